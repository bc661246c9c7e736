"""Choosing the name on Docker Hub, and waiting until a person has made the organization there."""

from typing import Any

import pytest
from django.test import Client

from classrooms.models import School, User
from hubsync.models import HubAccount
from hubsync.sandbox.world import World
from tests.factories import make_school, make_teacher
from tests.hubsync.connecting import Page, account

pytestmark = pytest.mark.usefixtures("hub")


@pytest.fixture
def connecting(client: Client, ana: User, school: School) -> Page:
    client.cookies["django_language"] = "en"
    return Page(client, ana, school)


def test_the_name_is_proposed_from_the_schools_name(connecting: Page) -> None:
    assert 'value="iestriana"' in connecting.get()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("iesnuevo", "Nobody has iesnuevo"),
        ("iestriana", "is an organization already"),
        ("bruno", "belongs to a person"),
        ("IES Triana", "only the letters a to z"),
        ("ies", "at least 4 characters"),
    ],
)
def test_a_name_is_looked_up_while_it_is_typed(connecting: Page, name: str, said: str) -> None:
    assert said in connecting.get(f"name/check/?name={name}")


def test_the_portal_says_so_where_docker_hub_does_not_answer(connecting: Page, world: World) -> None:
    world.faults.add("firewall")

    assert "does not answer just now" in connecting.get("name/check/?name=iesnuevo")


def test_a_free_name_is_kept_and_leads_to_docker_hubs_page(connecting: Page) -> None:
    shown = connecting.choose("iesnuevo")

    assert account().name == "iesnuevo"
    assert account().found_at is None
    assert "/orgs/create?name=iesnuevo" in shown


def test_an_organization_that_exists_goes_straight_on_to_the_token(connecting: Page) -> None:
    shown = connecting.choose("iestriana")

    assert account().found_at is not None
    assert "Give an access token of iestriana" in shown


def test_a_persons_name_is_refused_for_an_organization(connecting: Page) -> None:
    shown = connecting.choose("bruno")

    assert "belongs to a person on Docker Hub" in shown
    assert not HubAccount.objects.exists()


def test_a_personal_account_is_taken_as_it_is(connecting: Page) -> None:
    connecting.choose("bruno", kind="personal")

    assert (account().kind, account().found_at is not None) == ("personal", True)


def test_a_free_name_can_be_kept_while_docker_hub_is_down(connecting: Page, world: World) -> None:
    world.faults.add("error", status=503)

    shown = connecting.choose("iesnuevo")

    assert account().name == "iesnuevo"
    assert "gave no usable answer" in shown


def test_the_page_notices_by_itself_that_the_organization_was_made(connecting: Page, world: World) -> None:
    connecting.choose("iesnuevo")
    before = connecting.client.get(connecting.base + "look/", headers={"HX-Request": "true"})
    world.add_organization("iesnuevo", owner="anaruiz")

    after = connecting.client.get(connecting.base + "look/", headers={"HX-Request": "true"})

    assert "HX-Redirect" not in before
    assert after["HX-Redirect"].endswith(connecting.base)
    assert "Give an access token of iesnuevo" in connecting.get()


def test_the_button_says_that_it_is_not_there_yet(connecting: Page) -> None:
    connecting.choose("iesnuevo")

    assert "It is not there yet" in connecting.post("look/")


def test_typing_a_name_does_not_take_it_from_the_school_that_proves_it(
    connecting: Page, client: Client, carla: User, other_school: School
) -> None:
    connecting.choose("iestriana")

    shown = Page(client, carla, other_school).choose("iestriana")

    assert "Give an access token of iestriana" in shown


def test_a_name_that_another_school_has_proved_is_refused(connecting: Page) -> None:
    HubAccount.objects.create(school=make_school("IES Alixar"), name="iestriana", uuid="0" * 32)

    assert "Another school of this portal is connected to iestriana" in connecting.choose("iestriana")


def test_a_teacher_who_owns_no_school_does_not_find_the_page(client: Client, school: School) -> None:
    client.force_login(make_teacher(school, "Dario"))

    assert client.get(f"/school/{school.pk}/hub/").status_code == 404


@pytest.mark.parametrize(
    "where",
    ["", "name/", "name/check/", "look/", "token/", "check/", "seats/", "objects/", "objects/look/",
     "objects/adopt/", "objects/release/"],
)  # fmt: skip
def test_another_schools_pages_are_not_there(connecting: Page, other_school: School, where: str) -> None:
    address = f"/school/{other_school.pk}/hub/{where}"
    answers: list[Any] = [connecting.client.get(address), connecting.client.post(address)]

    assert {answer.status_code for answer in answers} == {404}

"""Pasting an access token: what is tested, what is refused, what is kept when Docker Hub is away."""

import pytest
from django.core.cache import cache
from django.test import Client

from classrooms.models import AuditEntry, School, User
from hubsync.credentials import open_credential
from hubsync.models import HubAccount, SealedCredential
from hubsync.sandbox.world import World
from tests.factories import make_school
from tests.hubsync.connecting import ALL_SCOPES, Page, account, token_of

pytestmark = pytest.mark.usefixtures("hub")


@pytest.fixture
def connecting(client: Client, ana: User, school: School, hub: object) -> Page:
    client.cookies["django_language"] = "en"
    connecting = Page(client, ana, school)
    connecting.choose("iestriana")
    return connecting


def test_the_page_lists_exactly_the_permissions_to_tick(connecting: Page) -> None:
    shown = connecting.get()

    assert "scope-member-edit" in shown and "scope-repo-group-admin" in shown
    assert "scope-repository-admin" not in shown


def test_a_token_with_everything_is_kept_tested_and_proves_the_account(
    connecting: Page, world: World, school: School
) -> None:
    token = token_of(world)
    shown = connecting.paste(token, seats="12", expires_on="")

    assert open_credential(account()).secret == token
    assert account().uuid == world.get_organization("iestriana").uuid.replace("-", "")
    assert account().seats == 12
    assert "nothing is missing" in shown
    school.refresh_from_db()
    assert school.namespace == "iestriana"
    assert AuditEntry.objects.filter(verb="hub.connected").count() == 1


def test_a_permission_that_is_missing_is_shown_with_how_to_mend_it(connecting: Page, world: World) -> None:
    token = token_of(world, *(scope for scope in ALL_SCOPES if scope != "scope-invite-edit"))

    shown = connecting.paste(token)

    found = {row["scope"]: row["held"] for row in account().scope_findings}
    assert found["scope-invite-edit"] is False
    assert found["scope-group-edit"] is True
    assert "some permissions are missing" in shown
    assert "Make a new access token on Docker Hub with this permission" in shown


def test_a_token_that_docker_hub_refuses_is_not_kept(connecting: Page) -> None:
    shown = connecting.paste("dckr_oat_0123456789abcdefghij")

    assert "does not accept the access token" in shown
    assert not SealedCredential.objects.exists()


def test_another_organizations_token_is_refused(connecting: Page, world: World) -> None:
    world.add_organization("iesalixar", owner="anaruiz")

    shown = connecting.paste(token_of(world, organization="iesalixar"))

    assert "belongs to another organization" in shown
    assert not SealedCredential.objects.exists()


def test_an_organization_that_took_the_name_of_the_first_is_refused(connecting: Page, world: World) -> None:
    HubAccount.objects.update(uuid="f" * 32)

    shown = connecting.paste(token_of(world))

    assert "is now another organization" in shown
    assert not SealedCredential.objects.exists()


def test_two_schools_cannot_prove_the_same_organization(connecting: Page, world: World) -> None:
    HubAccount.objects.create(school=make_school("IES Alixar"), name="iestriana", uuid="0" * 32)

    assert "Another school of this portal is connected" in connecting.paste(token_of(world))


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        ("dckr_pat_0123456789abcdefghij", "This is a personal access token"),
        ("correct horse battery staple", "Never paste a password here"),
        ("dckr_oat_", "This is not an access token"),
    ],
)
def test_what_is_no_token_of_an_organization_is_refused_without_asking(
    connecting: Page, world: World, pasted: str, said: str
) -> None:
    world.journal.forget()

    assert said in connecting.paste(pasted)
    assert list(world.journal.requests) == []


def test_a_refused_token_leaves_the_one_that_works(connecting: Page, world: World) -> None:
    token = token_of(world)
    connecting.paste(token)

    connecting.paste("dckr_oat_0123456789abcdefghij")

    assert open_credential(account()).secret == token
    assert SealedCredential.objects.get().refused_at is None


@pytest.mark.parametrize("fault", ["firewall", "too many", "error", "reset before"])
def test_a_token_is_kept_while_docker_hub_does_not_answer(connecting: Page, world: World, fault: str) -> None:
    token = token_of(world)
    world.faults.add(fault, seconds=1)

    shown = connecting.paste(token)

    assert "Nothing was lost" in shown
    assert open_credential(account()).secret == token
    assert "has not been tested yet" in shown


def test_coming_back_tests_everything_again(connecting: Page, world: World) -> None:
    token = token_of(world)
    connecting.paste(token)
    found = world.find_token(token)
    assert found is not None
    world.delete_token(found)

    shown = connecting.post("check/")

    assert "does not accept the access token" in shown
    assert SealedCredential.objects.get().refused_at is not None


def test_the_page_tests_by_itself_when_nobody_has_for_a_while(connecting: Page, world: World) -> None:
    connecting.paste(token_of(world))
    at_once = connecting.get()
    cache.clear()
    later = connecting.get()
    answer = connecting.client.post(connecting.base + "check/", headers={"HX-Request": "true"})

    assert "being tested again" not in at_once
    assert "being tested again" in later
    assert answer.headers["HX-Refresh"] == "true"
    assert "being tested again" not in connecting.get()


def test_a_test_that_fails_is_not_repeated_without_end(connecting: Page, world: World) -> None:
    connecting.paste(token_of(world))
    cache.clear()
    world.faults.add("firewall")

    connecting.client.post(connecting.base + "check/", headers={"HX-Request": "true"})

    assert "being tested again" not in connecting.get()


def test_a_token_that_works_again_is_no_longer_refused(connecting: Page, world: World) -> None:
    connecting.paste(token_of(world))
    SealedCredential.objects.update(refused_at="2026-09-01T10:00Z")

    connecting.post("check/")

    assert SealedCredential.objects.get().refused_at is None


def test_the_end_of_a_token_is_asked_for_and_warned_of(connecting: Page, world: World) -> None:
    connecting.paste(token_of(world), expires_on="2020-01-01")
    assert not SealedCredential.objects.exists()
    connecting.paste(token_of(world))
    SealedCredential.objects.update(expires_on="2020-01-01")

    assert "The access token has expired" in connecting.get()


def test_a_connected_school_cannot_change_its_name(connecting: Page, world: World) -> None:
    connecting.paste(token_of(world))

    assert "This school is connected already" in connecting.choose("iesnuevo")
    assert account().name == "iestriana"


def test_the_number_of_seats_can_be_written_down_later(connecting: Page, world: World) -> None:
    connecting.paste(token_of(world))
    connecting.post("seats/", seats="30")

    assert account().seats == 30


def test_another_kind_of_account_forgets_the_token_of_the_first(connecting: Page, world: World) -> None:
    world.faults.add("error", times=1, path="/v2/auth/token")
    connecting.paste(token_of(world))
    assert SealedCredential.objects.exists() and not account().uuid

    connecting.choose("anaruiz", kind="personal")

    assert not SealedCredential.objects.exists()


def test_a_personal_account_takes_a_personal_token(client: Client, connecting: Page, world: World) -> None:
    connecting.choose("anaruiz", kind="personal")
    _, token = world.add_personal_token("anaruiz", label="aulahub", scopes=["repo:admin"])

    shown = connecting.paste(token)

    assert "nothing is missing" in shown
    assert account().uuid

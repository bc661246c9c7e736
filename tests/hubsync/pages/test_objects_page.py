"""What is on Docker Hub: found, left alone, adopted, released; and the map of permissions."""

import pytest
from django.test import Client

from classrooms.models import School, User
from hubsync.account.adoption import adopt_team
from hubsync.account.refusals import NotConnectable
from hubsync.models import ObservedTeam, RemoteObject
from hubsync.pages import showing
from hubsync.pages.permission_map import permission_map
from hubsync.sync.asked_plans import make_asked_plan
from tests.factories import make_class_group, make_teacher
from tests.hubsync.stage import Stage


@pytest.fixture
def found(stage: Stage) -> Stage:
    """An organization with a team "informatica" of its own, as a look has shown it."""
    team = stage.world.add_team("iestriana", "informatica", description="Department")
    stage.world.take_seat("iestriana", "carla", "member")
    stage.world.add_to_team(team, "carla")
    stage.look()
    return stage


@pytest.fixture
def ana_at(client: Client, found: Stage) -> Client:
    client.force_login(User.objects.get(first_name="Ana"))
    client.cookies["django_language"] = "en"
    return client


pytestmark = pytest.mark.usefixtures("plans_at_once")


def objects_of(stage: Stage) -> str:
    return f"/school/{stage.school.pk}/hub/objects/"


def test_everything_is_shown_as_found_and_left_alone(ana_at: Client, found: Stage) -> None:
    shown = ana_at.get(objects_of(found)).content.decode()

    assert "informatica" in shown and "left alone" in shown
    assert "carla" in shown
    assert "iestriana/examen" in shown
    assert not RemoteObject.objects.exists()


def test_looking_now_renews_what_is_shown(ana_at: Client, found: Stage) -> None:
    found.world.add_team("iestriana", "electronica")

    shown = ana_at.post(objects_of(found) + "look/", follow=True).content.decode()

    assert "electronica" in shown


def test_an_adopted_team_is_ours_and_nobody_is_removed_from_it(ana_at: Client, found: Stage) -> None:
    ana_at.post(objects_of(found) + "adopt/", {"team": "informatica", "class_group": found.smr.pk})

    row = RemoteObject.objects.get()
    assert (row.name, row.mode, row.class_group) == ("informatica", "at_least", found.smr)
    assert row.uuid == ObservedTeam.objects.get(name="informatica").uuid
    found.settle()
    assert "carla" in found.people_of(RemoteObject.objects.get(kind="team", class_group=found.smr).name)


def test_adopting_again_changes_how_far_the_portal_goes(found: Stage) -> None:
    adopt_team(account=found.account, name="informatica", by=None)
    adopt_team(account=found.account, name="INFORMATICA", mode="exact", by=None)

    assert RemoteObject.objects.get().mode == "exact"


def test_docker_hubs_own_team_cannot_be_adopted(found: Stage) -> None:
    with pytest.raises(NotConnectable, match="own and cannot be adopted"):
        adopt_team(account=found.account, name="owners", by=None)


def test_a_team_that_nobody_has_seen_cannot_be_adopted(found: Stage) -> None:
    with pytest.raises(NotConnectable, match="at the last look"):
        adopt_team(account=found.account, name="nowhere", by=None)


def test_a_class_has_one_team(found: Stage) -> None:
    found.world.add_team("iestriana", "electronica")
    found.look()
    adopt_team(account=found.account, name="informatica", class_group=found.smr, by=None)

    with pytest.raises(NotConnectable, match="has another team already"):
        adopt_team(account=found.account, name="electronica", class_group=found.smr, by=None)


def test_another_schools_class_cannot_be_given_a_team(
    ana_at: Client, found: Stage, other_school: School
) -> None:
    group = make_class_group(other_school)

    answer = ana_at.post(objects_of(found) + "adopt/", {"team": "informatica", "class_group": group.pk})

    assert answer.status_code == 404


def test_a_released_team_stays_on_docker_hub(ana_at: Client, found: Stage) -> None:
    adopt_team(account=found.account, name="informatica", by=None)

    ana_at.post(objects_of(found) + "release/", {"team": "informatica"})

    assert not RemoteObject.objects.exists()
    assert found.people_of("informatica") == {"carla"}


def test_the_map_says_what_each_class_may_and_why(found: Stage) -> None:
    other = make_class_group(found.school, "2º DAW")
    seen = permission_map(found.account)

    examen = next(row for row in seen.rows if row.repository == "iestriana/examen")
    assert {(cell.column, cell.may) for cell in examen.cells} == {
        ("Teaching staff (docentes)", "push"), (str(found.smr), "pull"), (str(other), "none"),
    }  # fmt: skip
    lamp = next(row for row in seen.rows if row.repository == "iestriana/lamp")
    assert {cell.may for cell in lamp.cells} == {"push", "pull"}


def test_the_map_tells_where_only_teachers_can_pull(found: Stage) -> None:
    found.smr.students_are_members = False
    found.smr.save()

    seen = permission_map(found.account)

    examen = next(row for row in seen.rows if row.repository == "iestriana/examen")
    assert "only their teachers" in str(next(c.reason for c in examen.cells if c.column == str(found.smr)))


def test_the_map_has_a_page(ana_at: Client, found: Stage) -> None:
    shown = ana_at.get(f"/school/{found.school.pk}/sync/permissions/").content.decode()

    assert "iestriana/examen" in shown
    assert str(found.smr) in shown


def test_an_empty_map_says_what_to_do_next(ana_at: Client, found: Stage) -> None:
    found.smr.archived_at = "2026-07-01T10:00Z"
    found.smr.save()

    assert (
        "There is no class yet" in ana_at.get(f"/school/{found.school.pk}/sync/permissions/").content.decode()
    )


def test_a_class_by_a_number_that_no_id_has_is_no_class(ana_at: Client, found: Stage) -> None:
    answer = ana_at.post(objects_of(found) + "adopt/", {"team": "informatica", "class_group": "9" * 4000})

    assert answer.status_code == 302


def adopt_one(client: Client, stage: Stage, kind: str, name: str, **more: str) -> str:
    facts = {"kind": kind, "name": name, **more}
    return client.post(objects_of(stage) + "adopt-one/", facts, follow=True).content.decode()


@pytest.mark.parametrize(("kind", "name"), [("member", "carla"), ("repository", "examen")])
def test_a_member_and_a_repository_are_adopted_and_left_alone_again(
    ana_at: Client, found: Stage, kind: str, name: str
) -> None:
    shown = adopt_one(ana_at, found, kind, name)
    row = RemoteObject.objects.get()
    after = adopt_one(ana_at, found, kind, name, release="1")

    assert (row.kind, row.name, row.adopted_by) == (kind, name, User.objects.get(first_name="Ana"))
    assert f"{name} is the portal’s now." in shown
    assert f"The portal leaves {name} alone from now on." in after
    assert not RemoteObject.objects.exists()


@pytest.mark.parametrize(
    ("kind", "name"),
    [("member", "anaruiz"), ("member", "nobody"), ("repository", "x"), ("team", "informatica")],
)
def test_owners_what_nobody_saw_and_teams_are_not_adopted_this_way(
    ana_at: Client, found: Stage, kind: str, name: str
) -> None:
    adopt_one(ana_at, found, kind, name)

    assert not RemoteObject.objects.exists()


def test_only_owners_of_the_school_see_the_buttons_and_may_press_them(client: Client, found: Stage) -> None:
    client.force_login(make_teacher(found.school, "Tomás"))

    shown = client.get(objects_of(found)).content.decode()
    answer = client.post(objects_of(found) + "adopt-one/", {"kind": "member", "name": "carla"})

    assert "adopt-one" not in shown
    assert answer.status_code == 404 and not RemoteObject.objects.exists()


def test_a_slow_look_is_waited_for_on_the_page_and_asked_of_a_worker(
    ana_at: Client, found: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(showing, "PATIENCE_SECONDS", 0.0)
    monkeypatch.setattr("hubsync.sync.asked_plans.ring_for_plan", lambda account_id: None)
    found.world.add_team("iestriana", "electronica")
    found.forget_requests()

    waiting = ana_at.post(objects_of(found) + "look/", follow=True).content.decode()
    asked = list(found.world.journal.requests)
    make_asked_plan(found.account.pk)
    shown = ana_at.get(objects_of(found)).content.decode()

    assert "What it shows appears here in a moment" in waiting and "electronica" not in waiting
    assert asked == []
    assert "electronica" in shown and "appears here in a moment" not in shown

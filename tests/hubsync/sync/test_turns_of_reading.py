"""Permissions are read in turns: what changed at once, an eighth of the rest in each look, all of them by day's end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import F

from classrooms.models import Image
from hubsync.hub.names import team_name_for
from hubsync.models import Hold, LastLook, OrganizationSync, PermissionReading, SyncChange, SyncRun
from hubsync.pages.answers import approve_hold
from hubsync.planning.limits import LIMITS
from hubsync.sync import turns_of_reading
from hubsync.sync.reconcile import plan_organization
from tests.factories import make_assigned_image, make_class_group
from tests.hubsync.stage import ORGANIZATION, Stage

pytestmark = pytest.mark.usefixtures("nearby")

REPOSITORIES = 40


@pytest.fixture(autouse=True)
def by_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns_of_reading, "is_night", lambda: False)


@pytest.fixture
def by_repository(stage: Stage) -> Stage:
    """Forty repositories more, Docker Hub tells permissions by repository only, and everything is in sync."""
    stage.world.switches.team_repositories_route = False
    for number in range(REPOSITORIES):
        stage.world.add_repository(ORGANIZATION, f"image{number}", is_private=True)
    stage.settle()
    hours_pass()
    stage.forget_requests()
    return stage


def hours_pass(hours: int = 3) -> None:
    PermissionReading.objects.update(read_at=F("read_at") - timedelta(hours=hours))


def asked_for_permissions(stage: Stage) -> set[str]:
    return {path.split("/")[-2] for path in paths(stage) if path.endswith("/groups") and "/orgs/" not in path}


def asked_for_teams(stage: Stage) -> set[str]:
    return {
        path.split("/")[-2] for path in paths(stage) if path.endswith("/repositories") and "/orgs/" in path
    }


def paths(stage: Stage) -> list[str]:
    return [one.path.partition("?")[0] for one in stage.world.journal.requests if one.method == "GET"]


def team_of(stage: Stage) -> str:
    return team_name_for(stage.smr.name, stage.smr.academic_year)


def test_a_look_reads_an_eighth_of_what_nothing_was_wished_of(by_repository: Stage) -> None:
    by_repository.run()

    assert len(asked_for_permissions(by_repository)) == turns_of_reading.FEW


def test_after_some_looks_each_has_had_its_turn(by_repository: Stage) -> None:
    for _ in range(5):
        by_repository.run()

    assert len(asked_for_permissions(by_repository)) == REPOSITORIES + 2


def test_what_is_wished_anew_is_read_at_once_and_done(by_repository: Stage) -> None:
    image = by_repository.school.images.get(repository=f"{ORGANIZATION}/image39")
    Image.objects.filter(pk=image.pk).update(is_private=True)
    make_assigned_image(by_repository.smr, image)
    by_repository.wish()

    by_repository.run()

    assert "image39" in asked_for_permissions(by_repository)
    assert by_repository.level_of(team_of(by_repository), "image39") == "read"


def test_what_was_not_read_is_left_alone_until_its_turn(by_repository: Stage) -> None:
    by_repository.world.revoke(
        by_repository.world.get_repository(ORGANIZATION, "examen"),
        by_repository.team(team_of(by_repository)).id,
    )
    PermissionReading.objects.filter(key="examen").update(read_at=F("read_at") + timedelta(hours=2))

    by_repository.run()
    before = by_repository.level_of(team_of(by_repository), "examen")
    for _ in range(5):
        by_repository.run()

    assert before is None
    assert by_repository.level_of(team_of(by_repository), "examen") == "read"


def test_in_sync_is_said_as_of_the_oldest_reading_that_it_rests_on(by_repository: Stage) -> None:
    by_repository.run()

    sync = by_repository.sync
    assert sync.in_sync_at is not None and sync.proven_at is not None
    assert sync.in_sync_at < sync.proven_at - timedelta(hours=2)
    oldest = PermissionReading.objects.order_by("read_at")[0].read_at
    assert sync.in_sync_at == oldest


def test_in_sync_is_not_said_while_a_wish_was_not_read(
    by_repository: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Every wish is another one, and one look has no room for them all.
    PermissionReading.objects.update(wish="another")
    monkeypatch.setattr(turns_of_reading, "MOST_CALLS", 0)

    run = by_repository.run()

    assert run.result == SyncRun.Result.INTERRUPTED
    assert by_repository.sync.in_sync_at is None
    assert by_repository.settle(most=6).result == SyncRun.Result.SETTLED


def test_a_person_who_asks_is_told_everything(by_repository: Stage) -> None:
    plan_organization(by_repository.account)

    assert len(asked_for_permissions(by_repository)) == REPOSITORIES + 2


def test_a_click_reads_everything(by_repository: Stage) -> None:
    OrganizationSync.objects.update(is_urgent=True)

    by_repository.run()

    assert len(asked_for_permissions(by_repository)) == REPOSITORIES + 2


def test_at_night_a_look_reads_all_it_may(by_repository: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns_of_reading, "is_night", lambda: True)

    by_repository.run()

    assert len(asked_for_permissions(by_repository)) == REPOSITORIES + 2


def test_one_look_never_needs_more_than_its_calls(
    by_repository: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns_of_reading, "is_night", lambda: True)
    monkeypatch.setattr(turns_of_reading, "MOST_CALLS", 30)

    run = by_repository.run()

    assert run.calls <= 30


def test_the_route_that_answers_is_remembered(by_repository: Stage) -> None:
    by_repository.run()

    assert LastLook.objects.get().working_routes["team_repositories"] == "none"
    assert asked_for_teams(by_repository) == set()


def test_by_team_all_of_ours_are_read(stage: Stage) -> None:
    stage.settle()
    stage.forget_requests()

    stage.run()

    assert asked_for_teams(stage) == {team_of(stage), "docentes"}


def somebody_gives(stage: Stage, repositories: list[str]) -> None:
    for name in repositories:
        repository = stage.world.get_repository(ORGANIZATION, name)
        stage.world.grant(repository, stage.team(team_of(stage)), "read")


def still_given(stage: Stage, repositories: list[str]) -> list[str]:
    return [name for name in repositories if stage.level_of(team_of(stage), name)]


def test_many_permissions_do_not_pass_the_guard_piece_by_piece(by_repository: Stage) -> None:
    """Each look finds as many as may go; all of them together are more than that."""
    every_second = sorted(f"image{number}" for number in range(REPOSITORIES))[::2]
    somebody_gives(by_repository, every_second)

    for _ in range(8):
        by_repository.run()

    left = still_given(by_repository, every_second)
    assert len(every_second) - len(left) == LIMITS["permissions"].floor
    held = {row["facts"]["repository"] for row in Hold.objects.waiting().get().changes}
    assert held == set(left)


def test_an_approval_lets_the_rest_go_and_counts_for_nothing_later(by_repository: Stage) -> None:
    every_second = sorted(f"image{number}" for number in range(REPOSITORIES))[::2]
    somebody_gives(by_repository, every_second)
    for _ in range(8):
        by_repository.run()
    approve_hold(hold=Hold.objects.waiting().get(), by=by_repository.school.teacher_roles.get().user)
    by_repository.settle(most=8)
    SyncChange.objects.update(settled_at=F("settled_at") - timedelta(hours=25))

    somebody_gives(by_repository, every_second[:3])
    for _ in range(5):
        by_repository.run()

    assert still_given(by_repository, every_second) == []
    assert not Hold.objects.waiting().exists()


def test_the_guard_counts_what_is_ours_in_all_and_not_what_this_look_read(by_repository: Stage) -> None:
    """Six of forty permissions may go, although a look reads ten repositories only."""
    names = sorted(f"image{number}" for number in range(REPOSITORIES))
    for name in names[6:]:
        image = by_repository.school.images.get(repository=f"{ORGANIZATION}/{name}")
        make_assigned_image(by_repository.smr, image)
    by_repository.wish()
    by_repository.settle(most=8)
    hours_pass()
    somebody_gives(by_repository, names[:6])

    for _ in range(3):
        by_repository.run()

    assert still_given(by_repository, names[:6]) == []


def test_what_waits_is_read_again_without_keeping_others_from_their_turn(
    by_repository: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More waits than one look may read: each has its turn all the same."""
    monkeypatch.setattr(turns_of_reading, "MOST_CALLS", 18)
    somebody_gives(by_repository, [f"image{number}" for number in range(REPOSITORIES)])

    for _ in range(12):
        by_repository.run()

    assert len(asked_for_permissions(by_repository)) == REPOSITORIES + 2


@pytest.fixture
def few_repositories(stage: Stage) -> Stage:
    """Two repositories and four teams of ours, in sync."""
    for name in ("ASIR1A", "DAW2B"):
        group = make_class_group(stage.school, name=name)
        make_assigned_image(group, stage.school.images.get(repository=f"{ORGANIZATION}/examen"))
    stage.wish()
    stage.settle()
    stage.forget_requests()
    return stage


def test_fewer_repositories_than_teams_are_read_by_repository(few_repositories: Stage) -> None:
    few_repositories.run()

    assert asked_for_permissions(few_repositories) == {"lamp", "examen"}
    assert asked_for_teams(few_repositories) == set()


def test_what_is_read_by_repository_is_mended(few_repositories: Stage) -> None:
    exam = few_repositories.world.get_repository(ORGANIZATION, "examen")
    few_repositories.world.revoke(exam, few_repositories.team(team_of(few_repositories)).id)

    few_repositories.run()

    assert few_repositories.level_of(team_of(few_repositories), "examen") == "read"


def test_where_a_repository_does_not_tell_its_teams_do(few_repositories: Stage) -> None:
    few_repositories.world.switches.turn("namespaces_permission_routes", False)
    few_repositories.world.switches.turn("legacy_permission_routes", "not here")

    run = few_repositories.run()

    assert run.result == SyncRun.Result.SETTLED
    assert run.proof["permissions_by"] == "team"
    assert len(asked_for_teams(few_repositories)) == 4

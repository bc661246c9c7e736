"""An answer counts for its set; a no leaves it alone; what others undo each time is asked; the mark is a second key."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from classrooms.actions.class_groups import archive_class_group, withdraw_student
from classrooms.models import User
from hubsync.hub.names import team_name_for
from hubsync.models import Hold, SyncChange, SyncRun
from hubsync.pages.answers import approve_hold, refuse_hold
from tests.factories import make_student
from tests.hubsync.stage import ORGANIZATION, Stage


@pytest.fixture
def team(stage: Stage) -> str:
    """In sync, with Bruno a member."""
    stage.settle()
    stage.accept("bruno")
    stage.settle()
    return team_name_for(stage.smr.name, stage.smr.academic_year)


@pytest.fixture
def ana(stage: Stage) -> User:
    return User.objects.get(first_name="Ana")


def strangers(stage: Stage, team: str, number: int) -> None:
    for n in range(number):
        name = f"stranger{n}"
        if name not in stage.world.members[ORGANIZATION]:
            stage.world.add_user(name)
            stage.world.take_seat(ORGANIZATION, name, "member")
        if name not in stage.people_of(team):
            stage.world.add_to_team(stage.team(team), name)


def test_what_was_refused_is_left_alone_and_the_organization_is_in_sync(
    stage: Stage, team: str, ana: User
) -> None:
    strangers(stage, team, 6)
    stage.run()

    refuse_hold(hold=Hold.objects.get(), by=ana)
    run = stage.settle()

    assert len(stage.people_of(team)) == 8
    assert run.result == SyncRun.Result.SETTLED
    assert Hold.objects.open().count() == 1


def test_beside_what_was_refused_others_are_removed(stage: Stage, team: str, ana: User) -> None:
    strangers(stage, team, 6)
    stage.run()
    refuse_hold(hold=Hold.objects.get(), by=ana)
    strangers(stage, team, 8)

    stage.run()

    assert stage.people_of(team) == {"anaruiz", "bruno", *(f"stranger{n}" for n in range(6))}


def test_a_no_ends_when_the_wish_changes(stage: Stage, team: str, ana: User) -> None:
    strangers(stage, team, 6)
    stage.run()
    refuse_hold(hold=Hold.objects.get(), by=ana)
    stage.run()
    for n in range(6):
        make_student(stage.smr, f"Stranger{n}", docker_id=f"stranger{n}")

    stage.run()

    assert not Hold.objects.open().exists()


def test_who_was_to_leave_and_was_kept_stays_for_more_than_a_day(stage: Stage, team: str, ana: User) -> None:
    withdraw_student(enrolment=stage.smr.enrolments.get(), by=ana)
    stage.run()
    stage.run()
    refuse_hold(hold=Hold.objects.get(reason="grace"), by=ana)
    Hold.objects.update(created_at=timezone.now() - timedelta(days=3))

    stage.run()

    assert "bruno" in stage.world.members[ORGANIZATION]


def test_remove_now_does_not_wait_for_the_day(stage: Stage, team: str, ana: User) -> None:
    withdraw_student(enrolment=stage.smr.enrolments.get(), by=ana)
    stage.run()
    stage.run()

    approve_hold(hold=Hold.objects.get(reason="grace"), by=ana)
    stage.run()

    assert "bruno" not in stage.world.members[ORGANIZATION]


def test_a_team_without_the_mark_is_not_deleted_before_somebody_says_so(
    stage: Stage, team: str, ana: User
) -> None:
    stage.world.team_by_id[stage.team(team).id].description = "Club de ajedrez"
    archive_class_group(class_group=stage.smr, by=ana)
    stage.run()
    hold = Hold.objects.get(reason="mark_missing")
    was_there = stage.people_of(team)

    approve_hold(hold=hold, by=ana)
    stage.run()

    assert was_there == {"anaruiz", "bruno"}
    assert team not in {one.name for one in stage.world.team_by_id.values()}


def undo_by_hand(stage: Stage, team: str, times: int) -> None:
    """Carla takes Bruno out of the team again and again, an hour after each look."""
    for _ in range(times):
        stage.world.remove_from_team(stage.team(team), "bruno")
        stage.settle()
        for row in SyncChange.objects.filter(settled_at__isnull=False):
            row.settled_at -= timedelta(hours=1)
            row.save()


def test_what_is_undone_three_times_is_asked_the_fourth_time(stage: Stage, team: str) -> None:
    undo_by_hand(stage, team, 3)
    stage.world.remove_from_team(stage.team(team), "bruno")

    stage.run()

    hold = Hold.objects.get()
    assert (hold.kind, hold.reason) == ("fights", "fight")
    assert hold.changes == [{"kind": "add_to_team", "facts": {"team": team, "docker_id": "bruno"}}]
    assert stage.people_of(team) == {"anaruiz"}


def test_the_activity_log_names_who_undoes_it(stage: Stage, team: str) -> None:
    stage.world.switches.audit_delay_seconds = 0
    undo_by_hand(stage, team, 3)
    stage.world.remove_from_team(stage.team(team), "bruno", actor="dario")

    stage.run()

    assert Hold.objects.get().actor == "dario"


def test_two_times_are_no_fight_yet(stage: Stage, team: str) -> None:
    undo_by_hand(stage, team, 3)

    assert not Hold.objects.exists()
    assert "bruno" in stage.people_of(team)


def test_a_fight_that_somebody_approves_goes_on_once_more(stage: Stage, team: str, ana: User) -> None:
    undo_by_hand(stage, team, 3)
    stage.world.remove_from_team(stage.team(team), "bruno")
    stage.run()

    approve_hold(hold=Hold.objects.get(), by=ana)
    stage.settle()

    assert "bruno" in stage.people_of(team)
    assert not Hold.objects.open().exists()


def test_a_fight_that_somebody_gives_up_is_left_as_it_is(stage: Stage, team: str, ana: User) -> None:
    undo_by_hand(stage, team, 3)
    stage.world.remove_from_team(stage.team(team), "bruno")
    stage.run()

    refuse_hold(hold=Hold.objects.get(), by=ana)
    stage.settle()

    assert stage.people_of(team) == {"anaruiz"}

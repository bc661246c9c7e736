"""Somebody else changes the organization by hand; the portal mends what is its own and leaves the rest."""

import pytest

from hubsync.hub.names import team_name_for
from hubsync.models import Hold, RemoteObject, SyncRun
from tests.factories import make_student
from tests.hubsync.stage import ORGANIZATION, Stage


@pytest.fixture
def team(stage: Stage) -> str:
    stage.settle()
    stage.accept("bruno")
    stage.settle()
    stage.forget_requests()
    return team_name_for(stage.smr.name, stage.smr.academic_year)


def test_a_team_of_the_wanted_name_that_is_not_ours_is_left_alone(stage: Stage) -> None:
    name = team_name_for(stage.smr.name, stage.smr.academic_year)
    foreign = stage.world.add_team(ORGANIZATION, name, description="made by hand")

    run = stage.settle()

    assert stage.world.team_by_id[foreign.id].description == "made by hand"
    assert stage.people_of(name) == set()
    assert {"code": "exists_not_ours", "team": name} in run.proof["notes"]
    assert stage.invited() == []


def test_a_removed_permission_is_given_again(stage: Stage, team: str) -> None:
    stage.world.revoke(stage.world.get_repository(ORGANIZATION, "examen"), stage.team(team).id)

    stage.run()

    assert stage.level_of(team, "examen") == "read"


def test_a_raised_permission_is_lowered_again(stage: Stage, team: str) -> None:
    stage.world.grant(stage.world.get_repository(ORGANIZATION, "examen"), stage.team(team), "admin")

    stage.run()

    assert stage.level_of(team, "examen") == "read"


def test_a_stranger_in_our_team_is_taken_out_and_stays_in_the_organization(stage: Stage, team: str) -> None:
    stage.world.take_seat(ORGANIZATION, "carla", "member")
    stage.world.add_to_team(stage.team(team), "carla")

    stage.run()

    assert stage.people_of(team) == {"anaruiz", "bruno"}
    assert "carla" in stage.world.members[ORGANIZATION]


def test_a_stranger_stays_in_a_team_that_was_adopted_with_at_least(stage: Stage, team: str) -> None:
    RemoteObject.objects.filter(name=team).update(mode=RemoteObject.Mode.AT_LEAST)
    stage.world.take_seat(ORGANIZATION, "carla", "member")
    stage.world.add_to_team(stage.team(team), "carla")

    stage.run()

    assert "carla" in stage.people_of(team)


def test_a_team_that_was_renamed_by_hand_gets_its_name_back_and_is_not_made_again(
    stage: Stage, team: str
) -> None:
    number = stage.team(team).id
    stage.world.rename_team(stage.team(team), "otro-nombre")

    stage.settle()

    assert stage.team(team).id == number
    assert [one for one in stage.writes if one.startswith("POST")] == []


def test_a_deleted_team_is_made_again(stage: Stage, team: str) -> None:
    stage.world.delete_team(stage.team(team))

    stage.settle()

    assert stage.people_of(team) == {"anaruiz", "bruno"}
    assert stage.invited() == ["bruno"]


def test_renaming_a_class_renames_its_team(stage: Stage, team: str) -> None:
    number = stage.team(team).id
    stage.smr.name = "2º DAW"
    stage.smr.save()

    stage.settle()

    assert stage.team(team_name_for("2º DAW", stage.smr.academic_year)).id == number


def test_a_student_who_left_is_taken_out_at_once_and_removed_after_a_day(stage: Stage, team: str) -> None:
    enrolment = stage.smr.enrolments.get()
    enrolment.left_on = enrolment.enrolled_on
    enrolment.save()

    stage.run()
    stage.run()
    is_still_a_member = "bruno" in stage.world.members[ORGANIZATION]
    hold = Hold.objects.get(closed_at=None)
    hold.created_at = hold.created_at.replace(year=hold.created_at.year - 1)
    hold.save()
    stage.run()

    assert stage.people_of(team) == {"anaruiz"}
    assert is_still_a_member
    assert hold.reason == "grace"
    assert "bruno" not in stage.world.members[ORGANIZATION]


def test_too_many_removals_wait_for_approval_while_the_rest_goes_on(stage: Stage, team: str) -> None:
    for number in range(6):
        name = f"stranger{number}"
        stage.world.add_user(name)
        stage.world.take_seat(ORGANIZATION, name, "member")
        stage.world.add_to_team(stage.team(team), name)
    make_student(stage.smr, "Carla", docker_id="carla")

    run = stage.run()

    assert len(stage.people_of(team)) == 8
    assert run.changes.filter(state="held").count() == 6
    assert stage.invited() == ["bruno", "carla"]
    assert Hold.objects.get().kind == "memberships"


def test_what_was_approved_is_done(stage: Stage, team: str) -> None:
    for number in range(6):
        name = f"stranger{number}"
        stage.world.add_user(name)
        stage.world.take_seat(ORGANIZATION, name, "member")
        stage.world.add_to_team(stage.team(team), name)
    stage.run()
    hold = Hold.objects.get()
    hold.approved_at = hold.created_at
    hold.save()

    stage.settle()

    assert stage.people_of(team) == {"anaruiz", "bruno"}
    hold.refresh_from_db()
    assert hold.closed_at is not None


def test_an_invitation_of_a_student_who_left_is_cancelled(stage: Stage) -> None:
    stage.settle()
    enrolment = stage.smr.enrolments.get()
    enrolment.left_on = enrolment.enrolled_on
    enrolment.save()

    stage.settle()

    assert stage.world.pending_invites[ORGANIZATION] == {}
    assert not RemoteObject.objects.filter(kind="member").exists()


def test_who_declined_is_not_invited_a_second_time(stage: Stage) -> None:
    stage.settle()
    stage.world.decline_invite(stage.world.pending_invites[ORGANIZATION]["bruno"].id)

    run = stage.settle()

    assert stage.invited() == ["bruno"]
    assert {"code": "invited_before", "invitee": "bruno"} in run.proof["notes"]


def test_nobody_is_invited_where_no_seat_is_free(stage: Stage) -> None:
    stage.account.seats = 1
    stage.account.save()

    run = stage.settle()

    assert stage.invited() == []
    assert {"code": "no_seat", "invitee": "bruno"} in run.proof["notes"]


def test_an_organization_of_the_same_name_that_is_another_one_is_not_touched(stage: Stage, team: str) -> None:
    stage.account.uuid = "0" * 32
    stage.account.save()
    stage.world.delete_team(stage.team(team))

    run = stage.run()

    assert run.result == SyncRun.Result.UNPROVEN
    assert stage.writes == []

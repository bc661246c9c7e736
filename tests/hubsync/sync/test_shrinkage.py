"""A look that shows much less than the one before is not believed at once, and never mails or makes anything unasked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import translation

from hubsync.hub.names import team_name_for
from hubsync.models import AnnouncedRemoval, Hold, LastLook, SyncRun
from hubsync.pages.answers import approve_hold, refuse_hold
from hubsync.words.proof import missing_sentence
from tests.factories import make_assigned_image, make_class_group, make_image, make_student
from tests.hubsync.stage import ORGANIZATION, Stage

pytestmark = pytest.mark.usefixtures("nearby")

STUDENTS = 20
GONE = 8
Result = SyncRun.Result


@pytest.fixture
def full(stage: Stage) -> Stage:
    """Twenty students who were members before the portal came, in their class's team; all is in sync."""
    stage.account.seats = stage.world.organizations[ORGANIZATION].seats = 60
    stage.account.save()
    for number in range(STUDENTS):
        stage.world.add_user(f"stu{number:02}", email=f"stu{number:02}@example.org")
        stage.world.take_seat(ORGANIZATION, f"stu{number:02}", "member")
        make_student(stage.smr, f"Student {number}", docker_id=f"stu{number:02}")
    stage.settle()
    stage.forget_requests()
    return stage


def team_of(stage: Stage) -> str:
    return team_name_for(stage.smr.name, stage.smr.academic_year)


def a_minute_passes() -> None:
    LastLook.objects.update(shrunk_since=F("shrunk_since") - timedelta(seconds=61))


def people_leave(stage: Stage, number: int = GONE) -> list[str]:
    gone = [f"stu{one:02}" for one in range(number)]
    for docker_id in gone:
        stage.world.remove_member(ORGANIZATION, docker_id)
    return gone


def look_twice(stage: Stage) -> SyncRun:
    stage.run()
    a_minute_passes()
    return stage.run()


def test_a_list_that_lost_much_is_not_believed_at_the_first_look(full: Stage) -> None:
    people_leave(full)

    run = full.run()

    assert (run.result, full.writes) == (Result.UNPROVEN, [])
    assert run.proof["missing"] == {"code": "shrunk", "list": "members", "rows": GONE, "count": 21}
    with translation.override("en"):
        assert "8 of 21 rows are gone" in missing_sentence(run.proof)


def test_another_look_within_the_minute_does_not_count_as_the_second(full: Stage) -> None:
    people_leave(full)
    full.run()

    run = full.run()

    assert (run.result, full.writes) == (Result.UNPROVEN, [])


def test_what_is_there_again_at_the_second_look_was_never_gone(full: Stage) -> None:
    people = people_leave(full)
    full.run()
    for docker_id in people:
        full.world.take_seat(ORGANIZATION, docker_id, "member")
        full.world.add_to_team(full.team(team_of(full)), docker_id)
    a_minute_passes()

    run = full.run()

    assert (run.result, full.writes, Hold.objects.count()) == (Result.SETTLED, [], 0)
    assert LastLook.objects.get().shrunk_since is None


def test_who_is_gone_at_two_looks_is_not_mailed_before_somebody_says_so(full: Stage) -> None:
    people = people_leave(full)
    full.world.add_user("nina", email="nina@example.org")
    make_student(full.smr, "Nina", docker_id="nina")

    run = look_twice(full)

    hold = Hold.objects.waiting().get()
    assert (hold.kind, hold.reason) == ("shrunk", "shrunk")
    assert {one for row in hold.changes for one in row["facts"]["invitees"]} == set(people)
    # The rest goes on.
    assert full.invited() == ["bruno", "nina"]
    assert run.result == Result.SETTLED


def test_the_question_stays_until_it_is_answered(full: Stage) -> None:
    people_leave(full)
    look_twice(full)
    hold = Hold.objects.waiting().get()

    runs = [full.run() for _ in range(3)]

    assert Hold.objects.waiting().get() == hold
    assert {run.result for run in runs} == {Result.PARTLY}
    assert full.sync.in_sync_at is None or full.sync.in_sync_at < runs[0].started_at


def test_make_it_again_invites_those_who_are_gone_once(full: Stage) -> None:
    people = people_leave(full)
    look_twice(full)

    approve_hold(hold=Hold.objects.get(), by=full.school.teacher_roles.get().user)
    full.settle()

    assert full.invited() == ["bruno", *people]
    assert full.writes.count("POST /v2/invites/bulk") == 1


def test_it_was_really_removed_leaves_it_so_and_the_organization_counts_as_in_sync(full: Stage) -> None:
    people = people_leave(full)
    look_twice(full)

    refuse_hold(hold=Hold.objects.get(), by=full.school.teacher_roles.get().user)
    run = full.settle()

    assert run.result == Result.SETTLED
    assert not set(full.invited()) & set(people)


def test_who_is_new_in_the_class_is_invited_although_others_were_left_gone(full: Stage) -> None:
    people = people_leave(full)
    look_twice(full)
    refuse_hold(hold=Hold.objects.get(), by=full.school.teacher_roles.get().user)
    full.settle()
    full.world.add_user("nina", email="nina@example.org")
    make_student(full.smr, "Nina", docker_id="nina")
    full.wish()

    full.run()

    assert full.invited() == ["bruno", "nina"]
    assert not set(full.invited()) & set(people)


@pytest.mark.parametrize("number", [5])
def test_as_many_as_may_go_are_believed_at_once(full: Stage, number: int) -> None:
    people_leave(full, number)

    run = full.run()

    assert run.result != Result.UNPROVEN


def test_a_small_share_of_a_long_list_is_believed_at_once(full: Stage) -> None:
    for number in range(6):
        full.world.remove_from_team(full.team(team_of(full)), f"stu{number:02}")
    # Of thirty, six are a fifth; of twenty, more.
    for number in range(STUDENTS, 30):
        full.world.add_user(f"stu{number:02}", email=f"stu{number:02}@example.org")
    LastLook.objects.update(lists=_with_more_people(LastLook.objects.get().lists))

    run = full.run()

    assert run.result == Result.SETTLED
    assert {f"stu{number:02}" for number in range(6)} <= full.people_of(team_of(full))


def _with_more_people(lists: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """A team that nobody changed beside: the numbers of each team count for themselves."""
    name = next(one for one in lists if one.startswith("team ") and len(lists[one]) > STUDENTS - 1)
    there = lists[name]
    # Known by the name of one who stays: the last of them.
    return {**lists, name: {**there, **{f"x{n}": max(there.values()) for n in range(10)}}}


def test_people_who_were_taken_out_of_one_team_are_asked_for_and_put_back_after_a_yes(full: Stage) -> None:
    for number in range(GONE):
        full.world.remove_from_team(full.team(team_of(full)), f"stu{number:02}")

    look_twice(full)
    before = full.people_of(team_of(full))
    approve_hold(hold=Hold.objects.get(), by=full.school.teacher_roles.get().user)
    full.settle()

    assert "stu00" not in before
    assert {f"stu{number:02}" for number in range(GONE)} <= full.people_of(team_of(full))


def test_one_deleted_team_is_made_again_and_two_at_once_are_asked_for(full: Stage) -> None:
    other = make_class_group(full.school, "2º ASIR")
    make_assigned_image(other, make_image(full.school, f"{ORGANIZATION}/otra", is_private=True))
    full.world.add_repository(ORGANIZATION, "otra", is_private=True)
    full.wish()
    full.settle()
    names = [team_of(full), team_name_for(other.name, other.academic_year)]
    full.world.delete_team(full.team(names[1]))
    full.settle()
    assert full.team(names[1])

    for name in names:
        full.world.delete_team(full.team(name))
    first = full.run()
    a_minute_passes()
    full.run()

    assert first.proof["missing"]["list"] == "teams"
    hold = Hold.objects.waiting().get()
    assert {row["facts"]["team"] for row in hold.changes} == set(names)
    assert not set(names) & set(full.world.teams[ORGANIZATION])


def test_repositories_that_are_gone_are_not_made_again_unasked(full: Stage) -> None:
    for number in range(GONE):
        full.world.add_repository(ORGANIZATION, f"image{number}")
    full.settle()
    full.school.images.filter(repository__startswith=f"{ORGANIZATION}/image").update(is_wanted=True)
    full.wish()
    full.settle()
    for number in range(GONE):
        full.world.delete_repository(ORGANIZATION, f"image{number}")
    full.forget_requests()

    look_twice(full)

    assert len(Hold.objects.waiting().get().changes) == GONE
    assert not [one for one in full.writes if "/repositories" in one]


def test_what_the_portal_itself_took_away_explains_a_shorter_list(full: Stage) -> None:
    rows = list(full.smr.enrolments.filter(student__docker_id__in=[f"stu{n:02}" for n in range(GONE)]))
    for row in rows:
        row.delete()
    full.wish()
    full.run()
    approve_hold(hold=Hold.objects.waiting().get(), by=full.school.teacher_roles.get().user)

    runs = [full.run() for _ in range(3)]

    assert Result.UNPROVEN not in {run.result for run in runs}
    assert "stu00" not in full.people_of(team_of(full))


def test_what_was_announced_may_be_gone_by_another_hand(full: Stage) -> None:
    removals = [
        {"kind": "remove_member", "facts": {"docker_id": docker_id}} for docker_id in people_leave(full)
    ]
    AnnouncedRemoval.objects.create(
        account=full.account,
        changes=removals,
        reason="class.leavers",
        expires_at=full.sync.proven_at + timedelta(days=7),  # type: ignore[operator]
    )

    run = full.run()

    assert run.result != Result.UNPROVEN


def test_invitations_that_were_accepted_are_not_gone(full: Stage) -> None:
    for number in range(GONE):
        full.world.add_user(f"new{number}", email=f"new{number}@example.org")
        make_student(full.smr, f"New {number}", docker_id=f"new{number}")
    full.wish()
    full.settle()
    for number in range(GONE):
        full.accept(f"new{number}")

    run = full.run()

    assert run.result == Result.SETTLED
    assert full.people_of(team_of(full)) >= {f"new{number}" for number in range(GONE)}


def test_invitations_that_all_went_are_looked_at_twice_and_nobody_is_mailed_again(full: Stage) -> None:
    for number in range(GONE):
        full.world.add_user(f"new{number}", email=f"new{number}@example.org")
        make_student(full.smr, f"New {number}", docker_id=f"new{number}")
    full.wish()
    full.settle()
    full.let_pass(minutes=5)
    for invite in list(full.world.pending_invites[ORGANIZATION].values()):
        full.world.cancel_invite(invite.id)

    first = full.run()
    a_minute_passes()
    second = full.run()

    assert (first.result, second.result != Result.UNPROVEN) == (Result.UNPROVEN, True)
    assert full.invited() == ["bruno", *(f"new{number}" for number in range(GONE))]

"""An exam on Docker Hub: nobody of the class is let in before its minute, and everybody is by itself when it comes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models.functions import Now
from django.utils import timezone, translation

from classrooms.actions.images import assign_image
from classrooms.actions.practice_images import want_begun_exams
from classrooms.actions.practices import (
    Dates,
    Needed,
    PracticeText,
    change_dates,
    change_practice,
    give_practice,
    publish_practice,
    write_practice,
)
from classrooms.models import ClassPractice, Image, Practice
from hubsync.models import OrganizationSync
from hubsync.pages.permission_map import permission_map
from hubsync.sync import schedule
from hubsync.sync.desired import desired_state
from hubsync.sync.exams import AFTER_ITS_MINUTE, next_exam_look
from hubsync.sync.hand_in_places import repository_of
from hubsync.sync.worker import sweep
from tests.factories import make_image
from tests.hubsync.stage import ORGANIZATION, Stage

SECRET = "ut3"


@pytest.fixture(autouse=True)
def regular_look_is_far(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the hourly look may come before the minute, according to the time of day at which the test runs."""
    monkeypatch.setattr(schedule, "next_look", lambda _account, now, **_: now + timedelta(hours=1))


@pytest.fixture
def image(stage: Stage) -> Image:
    stage.world.add_repository(ORGANIZATION, SECRET, is_private=True)
    return make_image(stage.school, f"{ORGANIZATION}/{SECRET}", is_private=True)


def give_exam(stage: Stage, image: Image, *, is_exam: bool = True, **after: float) -> ClassPractice:
    written = PracticeText("UT3", hand_in_way=Practice.Way.SHARED, is_exam=is_exam, images=(Needed(image),))
    practice = write_practice(school=stage.school, written=written, by=None)
    publish_practice(practice=practice, by=None)
    dates = Dates(visible_from=timezone.now() + timedelta(**after))
    return give_practice(practice=practice, class_groups=[stage.smr], dates=dates, by=None)[0]


def settle(stage: Stage) -> None:
    stage.settle()
    for invitee in list(stage.world.pending_invites[ORGANIZATION]):
        stage.accept(invitee)
    stage.settle()


def may_pull(stage: Stage) -> bool:
    teams = desired_state(stage.account).state.teams
    return any(SECRET in team.permissions for team in teams if team.class_group_id == stage.smr.pk)


def its_minute_comes(given: ClassPractice) -> None:
    """As if time had passed: for the practice, and for what the queue was told when it was given."""
    ClassPractice.objects.filter(pk=given.pk).update(visible_from=timezone.now() - timedelta(seconds=6))
    OrganizationSync.objects.update(next_look_at=Now() - timedelta(seconds=1))


def test_the_class_is_let_in_at_the_minute_and_not_before(stage: Stage, image: Image) -> None:
    given = give_exam(stage, image, minutes=20)
    settle(stage)
    nothing_is_wished = stage.sync.due_at
    before = (may_pull(stage), stage.world.find_repository(ORGANIZATION, repository_of(given.practice)))

    its_minute_comes(given)
    ran = sweep()
    after_that = stage.sync.due_at
    stage.settle()

    team = next(one.name for one in desired_state(stage.account).state.teams if one.class_group_id)
    made = stage.world.find_repository(ORGANIZATION, repository_of(given.practice))
    assert (before, nothing_is_wished) == ((False, None), None)
    assert (ran, stage.level_of(team, SECRET)) == (1, "read")
    # What was written is looked at again within seconds, and then the tags are fixed.
    assert after_that is not None and after_that < timezone.now() + timedelta(seconds=6)
    assert made is not None
    assert (made.is_private, made.immutable_tags) == (True, True)


def test_a_look_is_due_by_itself_seconds_after_the_minute(stage: Stage, image: Image) -> None:
    given = give_exam(stage, image, minutes=3)

    settle(stage)

    assert given.visible_from is not None
    assert stage.sync.next_look_at == given.visible_from + AFTER_ITS_MINUTE


def test_a_minute_that_comes_while_a_run_is_under_way_is_not_missed(stage: Stage, image: Image) -> None:
    minute = give_exam(stage, image, minutes=3).visible_from
    assert minute is not None
    due = minute + AFTER_ITS_MINUTE

    claimed_before = next_exam_look(stage.account.pk, minute - timedelta(milliseconds=1))
    claimed_early = next_exam_look(stage.account.pk, minute + timedelta(milliseconds=1))
    claimed_when_due = next_exam_look(stage.account.pk, due)

    assert (claimed_before, claimed_early, claimed_when_due) == (due, due, None)


def test_what_a_worker_takes_the_time_for_opens_nothing(
    stage: Stage, image: Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker whose clock is two hours ahead."""
    give_exam(stage, image, hours=1)
    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)

    assert not may_pull(stage)
    assert want_begun_exams(school=stage.school) == 0


def test_a_minute_that_is_put_later_is_waited_for(stage: Stage, image: Image) -> None:
    given = give_exam(stage, image, minutes=3)
    settle(stage)
    later = timezone.now() + timedelta(minutes=9)
    before = stage.sync.generation

    change_dates(class_practice=given, dates=Dates(visible_from=later), by=None)

    assert stage.sync.generation > before
    settle(stage)
    assert stage.sync.next_look_at == later + AFTER_ITS_MINUTE


def test_an_image_that_the_class_has_for_something_else_stays_open(stage: Stage, image: Image) -> None:
    assign_image(class_group=stage.smr, image=image, tag="latest", by=None)
    give_exam(stage, image, hours=2)

    assert may_pull(stage)


def test_a_practice_that_is_no_exam_is_open_as_soon_as_it_is_given(stage: Stage, image: Image) -> None:
    give_exam(stage, image, is_exam=False, hours=2)

    assert may_pull(stage)


def test_what_stops_being_an_exam_is_opened_at_once(stage: Stage, image: Image) -> None:
    given = give_exam(stage, image, hours=2)
    settle(stage)
    before = stage.sync.generation
    written = PracticeText("UT3", hand_in_way=Practice.Way.NAMESPACE, images=(Needed(image),))

    change_practice(practice=given.practice, written=written, by=None)

    assert stage.sync.generation > before
    assert may_pull(stage)


def test_a_class_without_members_has_nothing_to_hide(stage: Stage, image: Image) -> None:
    """Only its teachers are in the team, who see the exam anyway."""
    stage.smr.students_are_members = False
    stage.smr.save()
    given = give_exam(stage, image, minutes=3)

    settle(stage)

    assert may_pull(stage)
    assert given.visible_from is not None
    assert stage.sync.next_look_at != given.visible_from + AFTER_ITS_MINUTE


def test_the_map_of_permissions_says_what_the_class_waits_for(stage: Stage, image: Image) -> None:
    give_exam(stage, image, hours=2)

    with translation.override("en"):
        rows = {row.repository: row for row in permission_map(stage.account).rows}
        of_class = next(one for one in rows[image.repository].cells if one.column == str(stage.smr))
        told = (of_class.may, str(of_class.reason))

    assert told == ("none", "assigned for an exam: the students get it at its minute")

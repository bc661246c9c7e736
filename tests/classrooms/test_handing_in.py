"""Handing in: attempts, receipts, late work, extensions, and what counts."""

from datetime import datetime, timedelta

import pytest
from django.test import override_settings

from classrooms import receipts
from classrooms.actions.class_groups import withdraw_student
from classrooms.actions.handing_in import (
    HandedIn,
    counting,
    dates_of,
    grant_extension,
    hand_in,
    note_later_version,
)
from classrooms.actions.practices import Dates, PracticeText, give_practice, publish_practice, write_practice
from classrooms.actions.refusals import NotTaken
from classrooms.models import ClassGroup, ClassPractice, HandIn, Practice, School, Student, User

pytestmark = pytest.mark.django_db
DUE = datetime.fromisoformat("2026-11-24T22:59+00:00")
MINUTE = timedelta(minutes=1)
WEB = HandedIn(reference="bruno1/web:v1", digest="sha256:" + "ab" * 32, platforms=("linux/amd64",))


@pytest.fixture
def given(school: School, class_group: ClassGroup) -> ClassPractice:
    """Due at 23:59, locked a day later."""
    written = PracticeText("Práctica 6", hand_in_way=Practice.Way.NAMESPACE)
    practice = write_practice(school=school, written=written, by=None)
    publish_practice(practice=practice, by=None)
    dates = Dates(due_at=DUE, locked_at=DUE + timedelta(days=1))
    return give_practice(practice=practice, class_groups=[class_group], dates=dates, by=None)[0]


def attempts_of(student: Student) -> list[HandIn]:
    return list(HandIn.objects.filter(student=student))


def test_each_attempt_is_a_row_of_its_own_with_a_receipt(given: ClassPractice, bruno: Student) -> None:
    first, second = (
        hand_in(class_practice=given, student=bruno, handed_in=WEB, at=DUE - MINUTE) for _ in range(2)
    )
    assert (first.attempt, second.attempt) == (1, 2)
    assert first.receipt != second.receipt


def test_at_the_due_minute_it_is_in_time_and_afterwards_late_but_taken(
    given: ClassPractice, bruno: Student
) -> None:
    in_time = hand_in(class_practice=given, student=bruno, handed_in=WEB, at=DUE)
    late = hand_in(class_practice=given, student=bruno, handed_in=WEB, at=DUE + MINUTE)
    assert (in_time.is_late, late.is_late) == (False, True)


def test_what_counts_is_the_last_one_in_time(given: ClassPractice, bruno: Student) -> None:
    for at in (DUE - 2 * MINUTE, DUE - MINUTE, DUE + MINUTE):
        hand_in(class_practice=given, student=bruno, handed_in=WEB, at=at)
    found = counting(attempts_of(bruno))
    assert found is not None
    assert found.attempt == 2


def test_late_work_counts_where_nothing_else_was_handed_in(given: ClassPractice, bruno: Student) -> None:
    late = hand_in(class_practice=given, student=bruno, handed_in=WEB, at=DUE + MINUTE)
    assert counting(attempts_of(bruno)) == late
    assert counting([]) is None


def test_once_locked_nothing_is_taken(given: ClassPractice, bruno: Student) -> None:
    with pytest.raises(NotTaken, match="over"):
        hand_in(class_practice=given, student=bruno, handed_in=WEB, at=DUE + timedelta(days=1))
    assert not HandIn.objects.exists()


def test_an_extension_moves_the_due_moment_and_the_lock_of_one_student(
    given: ClassPractice, bruno: Student, ana: User
) -> None:
    late = hand_in(class_practice=given, student=bruno, handed_in=WEB, at=DUE + MINUTE)
    until = DUE + timedelta(days=3)
    grant_extension(class_practice=given, student=bruno, due_at=until, by=ana)
    late.refresh_from_db()
    assert not late.is_late
    assert dates_of(given, bruno).locked_at == until
    assert not hand_in(class_practice=given, student=bruno, handed_in=WEB, at=until - MINUTE).is_late


def test_who_left_the_class_hands_nothing_in(
    given: ClassPractice, bruno: Student, class_group: ClassGroup
) -> None:
    withdraw_student(enrolment=bruno.enrolments.get(), by=None)
    with pytest.raises(NotTaken, match="not open"):
        hand_in(class_practice=given, student=bruno, handed_in=WEB, at=DUE)


def test_a_draft_takes_nothing(given: ClassPractice, bruno: Student) -> None:
    publish_practice(practice=given.practice, is_draft=True, by=None)
    with pytest.raises(NotTaken, match="not open"):
        hand_in(class_practice=given, student=bruno, handed_in=WEB, at=DUE)


def test_a_receipt_is_genuine_with_its_own_signature_only(given: ClassPractice, bruno: Student) -> None:
    row = hand_in(class_practice=given, student=bruno, handed_in=WEB, at=DUE)
    signature = receipts.signature_of(row)
    assert receipts.is_genuine(row, signature)
    assert not receipts.is_genuine(row, signature[:-1] + ("A" if signature[-1] != "A" else "B"))
    assert not receipts.is_genuine(row, "")


@pytest.mark.parametrize(
    "change", [{"digest": "sha256:00"}, {"reference": "bruno1/web:v2"}, {"handed_in_at": DUE + MINUTE}]
)
def test_a_receipt_that_was_changed_is_not_genuine(
    given: ClassPractice, bruno: Student, change: dict[str, object]
) -> None:
    row = hand_in(class_practice=given, student=bruno, handed_in=WEB, at=DUE)
    signature = receipts.signature_of(row)
    for name, value in change.items():
        setattr(row, name, value)
    assert not receipts.is_genuine(row, signature)


def test_another_portals_key_signs_nothing_here(given: ClassPractice, bruno: Student) -> None:
    row = hand_in(class_practice=given, student=bruno, handed_in=WEB, at=DUE)
    with override_settings(SECRET_KEY="of another portal"):
        signature = receipts.signature_of(row)
    assert not receipts.is_genuine(row, signature)


def test_a_receipt_says_no_name(given: ClassPractice, bruno: Student) -> None:
    row = hand_in(class_practice=given, student=bruno, handed_in=WEB, at=DUE)
    assert bruno.given_name not in receipts.signed_text(row)


def test_a_later_push_is_noted_and_changes_nothing(given: ClassPractice, bruno: Student) -> None:
    row = hand_in(class_practice=given, student=bruno, handed_in=WEB, at=DUE)
    assert note_later_version(hand_in=row, digest="sha256:" + "cd" * 32, at=DUE + MINUTE)
    assert not note_later_version(hand_in=row, digest=WEB.digest, at=DUE + MINUTE)
    row.refresh_from_db()
    assert (row.digest, row.later_digest) == (WEB.digest, "sha256:" + "cd" * 32)

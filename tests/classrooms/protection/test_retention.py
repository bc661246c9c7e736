"""What is kept too long goes by itself, two weeks after it was said."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from classrooms.academic_years import academic_year_of
from classrooms.actions.class_groups import enrol_student, withdraw_student
from classrooms.actions.retention import keep_house, rules_of
from classrooms.actions.upkeep import claim_and_keep_house
from classrooms.models import ClassGroup, HandIn, RetentionWarning, School, Student, User
from classrooms.queries.retention import months_before
from tests.classrooms.hand_ins.given import give, hand
from tests.factories import make_class_group, make_student, make_teacher

TODAY = timezone.localdate()
YEAR = academic_year_of(TODAY)


@pytest.fixture
def old_class(school: School, ana: User) -> ClassGroup:
    return make_class_group(school, "1º SMR", year=YEAR - 3, archived_at=timezone.now())


@pytest.fixture
def long_gone(class_group: ClassGroup) -> Student:
    student = make_student(class_group, "Elena")
    withdraw_student(enrolment=student.enrolments.get(), by=None, on=TODAY - timedelta(days=500))
    Student.objects.filter(pk=student.pk).update(created_at=timezone.now() - timedelta(days=900))
    return student


def test_an_old_class_is_warned_of_by_mail_then_goes(
    school: School, old_class: ClassGroup, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        keep_house(TODAY)
    assert ClassGroup.objects.filter(pk=old_class.pk).exists()
    assert [one.to for one in mail.outbox] == [["ana@example.org"]]

    keep_house(TODAY + timedelta(days=13))
    assert ClassGroup.objects.filter(pk=old_class.pk).exists()

    keep_house(TODAY + timedelta(days=14))
    assert not ClassGroup.with_deleted.filter(pk=old_class.pk).exists()


def test_an_owner_for_some_months_is_warned_and_one_of_last_year_is_not(
    school: School, old_class: ClassGroup, django_capture_on_commit_callbacks: object
) -> None:
    for name, days in (("Marta", 60), ("Pablo", -60)):
        make_teacher(school, name, role="owner", ends_on=TODAY + timedelta(days=days))

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        keep_house(TODAY)

    assert {one.to[0] for one in mail.outbox} == {"ana@example.org", "marta@example.org"}


def test_what_was_handed_in_goes_with_its_class_and_the_student_of_today_stays(
    school: School, class_group: ClassGroup, bruno: Student
) -> None:
    of_then = make_class_group(school, "1º DAM", year=YEAR - 3)
    enrol_student(student=bruno, class_group=of_then, by=None)
    hand(give(of_then), bruno)
    ClassGroup.objects.filter(pk=of_then.pk).update(archived_at=timezone.now())

    keep_house(TODAY)
    keep_house(TODAY + timedelta(days=14))

    assert not HandIn.objects.exists()
    assert [one.class_group for one in bruno.enrolments.all()] == [class_group]


def test_who_left_long_ago_is_erased_after_the_warning(long_gone: Student) -> None:
    keep_house(TODAY)
    assert RetentionWarning.objects.get().count == 1

    keep_house(TODAY + timedelta(days=14))

    long_gone.refresh_from_db()
    assert long_gone.erased_at is not None


def test_who_is_in_a_class_or_left_lately_stays(bruno: Student, class_group: ClassGroup) -> None:
    lately = make_student(class_group, "Omar")
    withdraw_student(enrolment=lately.enrolments.get(), by=None, on=TODAY - timedelta(days=20))
    Student.objects.update(created_at=timezone.now() - timedelta(days=3000))

    keep_house(TODAY)

    assert not RetentionWarning.objects.exists()


def test_a_milder_rule_set_meanwhile_keeps_it(school: School, old_class: ClassGroup) -> None:
    keep_house(TODAY)
    rules = rules_of(school)
    rules.years_kept = 9
    rules.save()

    keep_house(TODAY + timedelta(days=14))

    assert ClassGroup.objects.filter(pk=old_class.pk).exists()


def test_an_active_class_never_goes_by_itself(school: School, ana: User) -> None:
    make_class_group(school, "1º SMR", year=YEAR - 5)

    keep_house(TODAY)

    assert not RetentionWarning.objects.exists()


def test_the_days_upkeep_is_done_once_by_whoever_comes_first(school: School) -> None:
    now = timezone.now()

    assert [claim_and_keep_house(now), claim_and_keep_house(now), claim_and_keep_house(now + timedelta(days=1))] == [
        True, False, True
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 11, 24), 24, date(2024, 11, 24)),
    ],
)
def test_months_before_a_day(day: date, months: int, expected: date) -> None:
    assert months_before(day, months) == expected

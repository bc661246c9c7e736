"""What is done to several students of a class at once: all of it, or nothing."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction

from classrooms.actions.class_groups import enrol_student, withdraw_student
from classrooms.actions.sessions import sign_out_everywhere
from classrooms.models import ClassGroup, Enrolment, User


def is_here(enrolment: Enrolment) -> bool:
    return enrolment.left_on is None


def has_left(enrolment: Enrolment) -> bool:
    return enrolment.left_on is not None


def has_account(enrolment: Enrolment) -> bool:
    return is_here(enrolment) and enrolment.student.user_id is not None


def has_no_account(enrolment: Enrolment) -> bool:
    return is_here(enrolment) and enrolment.student.user_id is None


# Whom each can be done to; the others of those chosen are left as they are, and the page says how many.
CONCERNS: Mapping[str, Callable[[Enrolment], bool]] = {
    "codes": has_no_account,
    "sign_out": has_account,
    "remove": is_here,
    "bring_back": has_left,
}
# What who only assists in a class may do as well.
FOR_HELPERS = frozenset({"codes", "sign_out"})


@dataclass(frozen=True)
class Chosen:
    """`concerned` are those whom it can be done to, by surname; `others` how many were chosen besides."""

    action: str
    concerned: tuple[Enrolment, ...]
    others: int


def chosen_students(*, class_group: ClassGroup, action: str, enrolment_ids: Iterable[int]) -> Chosen:
    """Who of the class was chosen for one of CONCERNS. Ids of other classes are nobody's."""
    found = class_group.enrolments.filter(pk__in=enrolment_ids, student__deleted_at__isnull=True)
    here = found.select_related("student__user", "student__school", "class_group__school")
    people = here.order_by("student__sort_name", "student_id")
    concerned = tuple(one for one in people if CONCERNS[action](one))
    return Chosen(action, concerned, len(people) - len(concerned))


@transaction.atomic
def remove_students(*, enrolments: Iterable[Enrolment], by: User | None) -> None:
    """They leave the class; what they did in it stays."""
    for enrolment in enrolments:
        withdraw_student(enrolment=enrolment, by=by)


@transaction.atomic
def bring_students_back(*, enrolments: Iterable[Enrolment], by: User | None) -> None:
    """Those who had left are in the class again and find what they did. Raises NotEnrollable."""
    for enrolment in enrolments:
        enrol_student(student=enrolment.student, class_group=enrolment.class_group, by=by)


@transaction.atomic
def sign_students_out(*, enrolments: Iterable[Enrolment], by: User) -> None:
    """Their sessions have ended on every computer."""
    for user in (enrolment.student.user for enrolment in enrolments):
        if user is not None:
            sign_out_everywhere(user=user, by=by)

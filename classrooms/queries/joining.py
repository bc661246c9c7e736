"""Who waits at the door of a class, beside those of its list who may be meant."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from classrooms.identity import plain_letters
from classrooms.models import ClassGroup, JoinRequest, Student

_LIKELY = 0.75


@dataclass(frozen=True)
class Waiting:
    """`likely`: whom of the list the typed name means, the best first, None where nobody resembles it."""

    asked: JoinRequest
    likely: Student | None


@dataclass(frozen=True)
class Door:
    """`without_account`: those of the class who have no account yet, by surname."""

    waiting: tuple[Waiting, ...]
    without_account: tuple[Student, ...]


def door_of(class_group: ClassGroup) -> Door:
    """Two queries, however many wait."""
    enrolled = Student.objects.filter(
        enrolments__class_group=class_group, enrolments__left_on__isnull=True, user__isnull=True
    )
    students = tuple(enrolled.filter(join_requests__isnull=True).order_by("sort_name", "pk"))
    waiting = JoinRequest.objects.waiting().filter(class_group=class_group)
    return Door(tuple(Waiting(one, _likely(one, students)) for one in waiting), students)


def _likely(asked: JoinRequest, students: tuple[Student, ...]) -> Student | None:
    typed = plain_letters(f"{asked.surnames} {asked.given_name}")
    rated = [(_resemblance(typed, plain_letters(one.list_name.replace(",", " "))), one) for one in students]
    best = max(rated, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= _LIKELY else None


def _resemblance(typed: str, listed: str) -> float:
    """1.0 where every typed word is in the listed name: many type one surname only."""
    if set(typed.split()) <= set(listed.split()):
        return 1.0
    return SequenceMatcher(None, typed, listed).ratio()

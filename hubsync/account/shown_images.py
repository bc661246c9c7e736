"""Which images of the school's own account a student may be told of.

The portal asks for them with the school's token, which reads private repositories too: without this list whoever types the
name of one into a form would learn whether there is an exam, and what a classmate has pushed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from classrooms.image_checks.hand_in import is_at
from classrooms.image_references.reference import ImageReference
from classrooms.models import Student
from classrooms.queries.student import StudentHome, student_home_for
from classrooms.queries.student_practices import PracticeToDo, practices_for
from hubsync.sync.hand_in_places import place_of


@dataclass(frozen=True)
class ShownImages:
    """What the student's own pages name now, and the places where the student hands in."""

    student: Student

    def include(self, reference: ImageReference) -> bool:
        is_own = any(is_at(reference.familiar, place) for place in self.places)
        return is_own or reference.repository in self.repositories

    @property
    def repositories(self) -> set[str]:
        images = [one.assigned.image for one in self._home.images]
        images += [one.needed.image for practice in self._to_do for one in practice.images]
        return {one.repository for one in images}

    @property
    def places(self) -> list[str]:
        return [place for one in self._to_do if (place := place_of(one.given, self.student))]

    # Read where a name of the school's account was typed, which is seldom.
    @cached_property
    def _home(self) -> StudentHome:
        return student_home_for(self.student)

    @cached_property
    def _to_do(self) -> tuple[PracticeToDo, ...]:
        return practices_for(self.student, self._home.class_groups)

"""What a student has handed in already, for the page that says what is next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from classrooms.actions.handing_in import OwnDates
from classrooms.models import Assessment, HandIn, Student
from classrooms.queries.hand_ins import Work
from classrooms.queries.student_practices import PracticeToDo


def own_works(student: Student, practices: Iterable[PracticeToDo]) -> dict[int, Work]:
    """By the key of the class's practice, for those with something handed in or marked; in two queries.

    Marks and comments only once they are let out.
    """
    to_do = {one.given.pk: one for one in practices}
    attempts: dict[int, list[HandIn]] = defaultdict(list)
    for one in HandIn.objects.filter(student=student, class_practice__in=to_do).order_by("-attempt"):
        attempts[one.class_practice_id].append(one)
    let_out = Assessment.objects.filter(student=student, class_practice__in=to_do, published_at__isnull=False)
    marks = {one.class_practice_id: one for one in let_out}
    return {
        pk: Work(
            student,
            OwnDates(to_do[pk].due_at, to_do[pk].locked_at),
            tuple(attempts.get(pk, ())),
            marks.get(pk),
        )
        for pk in {*attempts, *marks}
    }


def undone_first(practices: Iterable[PracticeToDo], works: Mapping[int, Work]) -> list[PracticeToDo]:
    """What is handed in already is not what comes next; what is over stays last."""

    def place(to_do: PracticeToDo) -> tuple[bool, bool]:
        work = works.get(to_do.given.pk)
        return to_do.is_over, not to_do.is_over and bool(work and work.counted)

    return sorted(practices, key=place)

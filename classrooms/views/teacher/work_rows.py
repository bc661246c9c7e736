"""Finding a class's work, and one student's in it, for who marks there."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from classrooms.access import user_of
from classrooms.models import ClassPractice
from classrooms.queries.hand_ins import ClassWork, Work, class_work, works_in


@dataclass(frozen=True)
class OneOfClass:
    """One student's work between the one before and the one after."""

    work: ClassWork
    before: Work | None
    row: Work
    after: Work | None
    # Whom “Save and go to the next” leads to.
    next_one: Work | None


def find_given(
    request: HttpRequest, class_group_id: int, class_practice_id: int, *, may_change: bool = False
) -> ClassPractice:
    """Of a class that the person teaches; with `may_change` not in the archive."""
    rows = works_in(class_group_id, user_of(request))
    if may_change:
        rows = rows.filter(class_group__archived_at__isnull=True)
    return get_object_or_404(rows, pk=class_practice_id)


def work_of_student(given: ClassPractice, student_id: int) -> OneOfClass:
    """Raises Http404 for who neither is in the class nor handed in."""
    work = class_work(given)
    before, row, after = work.beside(student_id)
    if row is None:
        raise Http404
    return OneOfClass(work, before, row, after, work.next_after(student_id))

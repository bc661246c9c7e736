"""What of an exam waits for its minute on Docker Hub, and when that comes: nobody of the class is let in before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q
from django.db.models.functions import Now

from classrooms.models import AssignedImage, ClassGroup, ClassPractice

# SQLite's clock counts milliseconds, and a look that comes a hair too early would be the last for an hour.
AFTER_ITS_MINUTE = timedelta(seconds=2)


def begun() -> Q:
    """Practices of classes whose minute has come by the database's clock, which also says when a look is due."""
    return Q(visible_from__isnull=True) | Q(visible_from__lte=Now())


def next_exam_look(account_id: int, after: datetime) -> datetime | None:
    """When the next minute of an exam has come that changes something on Docker Hub; None where none is ahead.

    Only classes whose students are members: the others get nothing there by which they could see an exam.
    """
    ahead = ClassPractice.objects.current().filter(
        visible_from__gt=after - AFTER_ITS_MINUTE,
        practice__is_exam=True,
        practice__is_draft=False,
        class_group__school__hub_account=account_id,
        class_group__students_are_members=True,
        class_group__hub_is_off=False,
    )
    minute = ahead.order_by("visible_from").values_list("visible_from", flat=True).first()
    return minute + AFTER_ITS_MINUTE if minute else None


class HeldImages:
    """Images that a class has for exams alone whose minute has not come; in classes whose students are members."""

    def __init__(self, groups: Iterable[ClassGroup], assigned: Iterable[AssignedImage]) -> None:
        members = {group.pk for group in groups if group.students_are_members}
        may_wait = [row for row in assigned if row.is_for_practices and row.class_group_id in members]
        needed = ClassPractice.objects.filter(
            class_group__in={row.class_group_id for row in may_wait}, withdrawn_at__isnull=True
        )
        waits = Q(practice__is_exam=True) & (Q(practice__is_draft=True) | ~begun())
        columns = ("class_group_id", "practice__images__image_id", "practice__images__tag")
        self._waiting = set(needed.filter(waits).values_list(*columns)) if may_wait else set()
        if self._waiting:
            self._waiting -= set(needed.exclude(waits).values_list(*columns))

    def __contains__(self, row: AssignedImage) -> bool:
        return row.is_for_practices and (row.class_group_id, row.image_id, row.tag) in self._waiting

"""Thirty days after it was deleted: gone for good."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from classrooms.actions import audit
from classrooms.actions.erasing import erase_student
from classrooms.actions.register_upkeep import opened_register
from classrooms.models import AssignedImage, ClassGroup, Deletion, Image, Practice, School, Student, User


def purge_due(on: date | None = None) -> int:
    """Purge what has been in the trash long enough; how many."""
    due = Deletion.objects.in_trash().filter(purge_on__lte=on or timezone.localdate())
    purged = 0
    for deletion in due.order_by("pk"):
        purge(deletion=deletion)
        purged += 1
    return purged


@transaction.atomic
def purge(*, deletion: Deletion, by: User | None = None) -> None:
    """Delete for good what this deletion hid. Again: no change."""
    if not Deletion.objects.in_trash().filter(pk=deletion.pk).update(purged_at=timezone.now(), name=""):
        return
    if deletion.kind != Deletion.Kind.SCHOOL:
        about = "" if deletion.kind == Deletion.Kind.STUDENT else deletion.name
        audit.record(school=deletion.school, actor=by, verb=f"{deletion.kind}.purged", about=about)
    _PURGE[deletion.kind](deletion.object_id)


def _purge_class(pk: int) -> None:
    ClassGroup.with_deleted.filter(pk=pk).delete()


def _purge_student(pk: int) -> None:
    if student := Student.with_deleted.filter(pk=pk).first():
        erase_student(student=student, by=None)


def _purge_image(pk: int) -> None:
    """An image that something else still needs stays hidden."""
    AssignedImage.objects.filter(image_id=pk).delete()
    try:
        with transaction.atomic():
            Image.with_deleted.filter(pk=pk).delete()
    except ProtectedError:
        return


def _purge_practice(pk: int) -> None:
    """Nobody handed in to it: it would not have been deleted."""
    Practice.with_deleted.filter(pk=pk).delete()


def _purge_school(pk: int) -> None:
    """The accounts of its students go with it; teachers keep theirs, which may belong to other schools too."""
    pupils = User.objects.filter(student__school_id=pk, teacher_roles__isnull=True)
    pupil_ids = list(pupils.values_list("pk", flat=True))
    with opened_register("a school is purged"):
        ClassGroup.with_deleted.filter(school_id=pk).delete()
        # An image is protected by what needs it, so that goes before the school takes its images along.
        Practice.with_deleted.filter(school_id=pk).delete()
        School.with_deleted.filter(pk=pk).delete()
        User.objects.filter(pk__in=pupil_ids).delete()


_PURGE: dict[str, Callable[[Any], None]] = {
    Deletion.Kind.CLASS_GROUP: _purge_class,
    Deletion.Kind.STUDENT: _purge_student,
    Deletion.Kind.IMAGE: _purge_image,
    Deletion.Kind.PRACTICE: _purge_practice,
    Deletion.Kind.SCHOOL: _purge_school,
}

"""Out of the trash, as it was: with its students, images and account."""

from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from classrooms import signals
from classrooms.actions import audit
from classrooms.actions.practice_archive import show_practice
from classrooms.actions.refusals import NotDeletable
from classrooms.models import (
    AssignedImage,
    ClassGroup,
    Deletion,
    Enrolment,
    Image,
    Practice,
    School,
    Student,
    User,
)

MODELS: dict[str, type[ClassGroup] | type[Student] | type[Image] | type[Practice] | type[School]] = {
    Deletion.Kind.CLASS_GROUP: ClassGroup,
    Deletion.Kind.STUDENT: Student,
    Deletion.Kind.IMAGE: Image,
    Deletion.Kind.PRACTICE: Practice,
    Deletion.Kind.SCHOOL: School,
}


@transaction.atomic
def restore(*, deletion: Deletion, by: User | None) -> None:
    """What was deleted is there again. Raises NotDeletable once it is purged, restored, or its name is taken."""
    waiting = Deletion.objects.in_trash().filter(pk=deletion.pk)
    if not waiting.update(restored_at=timezone.now()):
        raise NotDeletable(_("This can no longer be brought back: it was restored before, or purged."))
    try:
        with transaction.atomic():
            MODELS[deletion.kind].with_deleted.filter(pk=deletion.object_id).update(deleted_at=None)
    except IntegrityError as problem:
        raise NotDeletable(
            _("Another one has taken this name meanwhile. Rename or delete that one, then restore this one.")
        ) from problem
    _SHOW[deletion.kind](deletion)
    verb = f"{deletion.kind}.restored"
    audit.record(school=deletion.school, actor=by, verb=verb, about=deletion.name)
    signals.roster_changed.send(sender=Deletion, school=deletion.school, class_group=None)


def _show_class(deletion: Deletion) -> None:
    if not deletion.undo.get("was_archived"):
        ClassGroup.objects.filter(pk=deletion.object_id).update(archived_at=None)


def _show_student(deletion: Deletion) -> None:
    """Back in the classes that the student had not left before; not in one that was closed meanwhile."""
    back = Enrolment.objects.filter(pk__in=deletion.undo.get("enrolments", []))
    back.filter(class_group__archived_at__isnull=True).update(left_on=None)
    if deletion.undo.get("had_account"):
        User.objects.filter(student__pk=deletion.object_id).update(is_active=True)


def _show_image(deletion: Deletion) -> None:
    AssignedImage.objects.filter(pk__in=deletion.undo.get("assigned", [])).update(withdrawn_at=None)


def _show_school(deletion: Deletion) -> None:
    ClassGroup.objects.filter(pk__in=deletion.undo.get("classes", [])).update(archived_at=None)


_SHOW: dict[str, Callable[[Any], None]] = {
    Deletion.Kind.CLASS_GROUP: _show_class,
    Deletion.Kind.STUDENT: _show_student,
    Deletion.Kind.IMAGE: _show_image,
    Deletion.Kind.PRACTICE: show_practice,
    Deletion.Kind.SCHOOL: _show_school,
}

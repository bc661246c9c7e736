"""Into the trash and out of it: what is deleted is hidden for thirty days, then purged by itself."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from classrooms import signals
from classrooms.actions import audit
from classrooms.actions.practice_archive import hide_practice
from classrooms.actions.refusals import NotDeletable
from classrooms.models import (
    AccessCode,
    ClassGroup,
    Deletion,
    Enrolment,
    Image,
    Practice,
    School,
    Student,
    User,
)

KEPT_DAYS = 30
Deletable = ClassGroup | Student | Image | Practice | School


@transaction.atomic
def delete(*, row: Deletable, by: User | None) -> Deletion:
    """Hide the row with all that hangs on it; `restore` brings it back. Raises NotDeletable.

    Deleting twice raises NotDeletable as well: the second page that was open says so.
    """
    kind = _KINDS[type(row)]
    model = type(row)
    now = timezone.now()
    if not model.with_deleted.filter(pk=row.pk, deleted_at__isnull=True).update(deleted_at=now):
        raise NotDeletable(_("It is in the trash already."))
    school = row if isinstance(row, School) else row.school
    undo = _HIDE[kind](row)
    deletion = Deletion.objects.create(
        school=school,
        kind=kind,
        object_id=row.pk,
        name=str(row)[:200],
        undo=undo,
        deleted_by=by,
        deleted_at=now,
        purge_on=timezone.localdate() + timedelta(days=KEPT_DAYS),
    )
    verb = f"{kind}.deleted"
    audit.record(school=school, actor=by, verb=verb, about=row)
    signals.roster_changed.send(
        sender=model, school=school, class_group=None, announced=_announced(verb, row, by)
    )
    return deletion


def _announced(verb: str, row: Deletable, by: User | None) -> signals.Announced:
    by_id = by.pk if by else None
    if isinstance(row, Student):
        return signals.Announced(verb, by_id, student_ids=(row.pk,))
    if isinstance(row, ClassGroup):
        return signals.Announced(verb, by_id, class_group_ids=(row.pk,))
    if isinstance(row, Image):
        assigned = tuple(row.assignments.values_list("pk", flat=True))
        return signals.Announced(verb, by_id, assigned_image_ids=assigned)
    if isinstance(row, Practice):
        return signals.Announced(verb, by_id)
    classes = ClassGroup.with_deleted.filter(school=row).values_list("pk", flat=True)
    return signals.Announced(verb, by_id, class_group_ids=tuple(classes))


def _hide_class(class_group: Any) -> dict[str, Any]:
    """Archived as well: everything that stops for an archived class stops for a deleted one."""
    was_archived = class_group.archived_at is not None
    if not was_archived:
        ClassGroup.with_deleted.filter(pk=class_group.pk).update(archived_at=timezone.now())
    return {"was_archived": was_archived}


def _hide_student(student: Any) -> dict[str, Any]:
    current = list(student.enrolments.current().values_list("pk", flat=True))
    Enrolment.objects.filter(pk__in=current).update(left_on=timezone.localdate())
    AccessCode.objects.filter(student=student).delete()
    had_account = User.objects.filter(pk=student.user_id, is_active=True).update(is_active=False)
    return {"enrolments": current, "had_account": bool(had_account)}


def _hide_image(image: Any) -> dict[str, Any]:
    """A repository of the school's own account that Docker Hub still lists would come back with the next look."""
    listed = Image.with_deleted.filter(school=image.school, is_own=True, listed_at__isnull=False)
    newest = listed.order_by("-listed_at").first()
    if image.is_own and image.listed_at and newest and image.listed_at == newest.listed_at:
        raise NotDeletable(
            _(
                "Docker Hub lists this repository in the school’s account, so it would come back. Delete it there first."
            )
        )
    current = list(image.assignments.filter(withdrawn_at__isnull=True).values_list("pk", flat=True))
    image.assignments.filter(pk__in=current).update(withdrawn_at=timezone.now())
    return {"assigned": current}


def _hide_school(school: Any) -> dict[str, Any]:
    active = list(school.class_groups.active().values_list("pk", flat=True))
    ClassGroup.objects.filter(pk__in=active).update(archived_at=timezone.now())
    return {"classes": active}


_KINDS: dict[type, Deletion.Kind] = {
    ClassGroup: Deletion.Kind.CLASS_GROUP,
    Student: Deletion.Kind.STUDENT,
    Image: Deletion.Kind.IMAGE,
    Practice: Deletion.Kind.PRACTICE,
    School: Deletion.Kind.SCHOOL,
}
_HIDE: dict[str, Callable[[Any], dict[str, Any]]] = {
    Deletion.Kind.CLASS_GROUP: _hide_class,
    Deletion.Kind.STUDENT: _hide_student,
    Deletion.Kind.IMAGE: _hide_image,
    Deletion.Kind.PRACTICE: hide_practice,
    Deletion.Kind.SCHOOL: _hide_school,
}

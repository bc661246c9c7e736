"""Sub-groups of a class (desdobles): made, filled, taken apart."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from classrooms import signals
from classrooms.actions import audit
from classrooms.actions.archived import refuse_archived
from classrooms.actions.refusals import NotEnrollable
from classrooms.models import ClassGroup, Enrolment, SubGroup, TeacherRole, User


@transaction.atomic
def save_sub_group(
    *,
    class_group: ClassGroup,
    name: str,
    teacher_roles: Iterable[TeacherRole],
    enrolments: Iterable[Enrolment],
    by: User | None,
    sub_group: SubGroup | None = None,
) -> SubGroup:
    """The part of the class with that name, these teachers and students; the one given is changed, else it is made.

    Raises NotEnrollable for students of another class, ClassIsArchived.
    """
    refuse_archived(class_group)
    enrolments = list(enrolments)
    if any(one.class_group_id != class_group.pk for one in enrolments):
        raise NotEnrollable(_("A sub-group takes students of its own class only."))
    verb = "sub_group.changed" if sub_group else "sub_group.created"
    sub_group = sub_group or SubGroup(class_group=class_group)
    sub_group.name = name
    sub_group.save()
    sub_group.enrolments.set(enrolments)
    sub_group.teacher_roles.set(
        role for role in teacher_roles if class_group.teachings.filter(teacher_role=role).exists()
    )
    facts = {"class": str(class_group), "students": len(enrolments)}
    audit.record(school=class_group.school, actor=by, verb=verb, about=name, facts=facts)
    signals.roster_changed.send(sender=SubGroup, school=class_group.school, class_group=class_group)
    return sub_group


@transaction.atomic
def delete_sub_group(*, sub_group: SubGroup, by: User | None) -> None:
    """Its images are withdrawn, so that they do not become the whole class's. The students stay in the class."""
    class_group = sub_group.class_group
    refuse_archived(class_group)
    sub_group.assigned_images.filter(withdrawn_at__isnull=True).update(withdrawn_at=timezone.now())
    facts = {"class": str(class_group)}
    audit.record(school=class_group.school, actor=by, verb="sub_group.deleted", about=sub_group, facts=facts)
    sub_group.delete()
    signals.images_changed.send(sender=SubGroup, school=class_group.school, class_group=class_group)

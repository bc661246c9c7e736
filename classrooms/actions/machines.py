"""What computers a class sits at."""

from collections.abc import Sequence

from django.db import transaction

from classrooms.actions import audit
from classrooms.actions.archived import refuse_archived
from classrooms.models import ClassGroup, User


@transaction.atomic
def set_machines(*, class_group: ClassGroup, machines: Sequence[str], by: User | None) -> None:
    """Kinds of `image_checks.machines`, by which images are checked from now on. The same again changes nothing."""
    refuse_archived(class_group)
    kept = sorted(set(machines))
    if ClassGroup.objects.filter(pk=class_group.pk).exclude(machines=kept).update(machines=kept):
        class_group.machines = kept
        audit.record(school=class_group.school, actor=by, verb="class.machines", about=class_group)

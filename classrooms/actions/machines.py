"""What computers a class sits at."""

from collections.abc import Sequence

from django.db import transaction

from classrooms.actions import audit
from classrooms.actions.archived import refuse_archived
from classrooms.models import ClassGroup, User


@transaction.atomic
def set_machines(
    *, class_group: ClassGroup, machines: Sequence[str], by: User | None, run_machine: str = ""
) -> None:
    """Kinds of `image_checks.machines`, by which images are checked from now on. The same again changes nothing.

    `run_machine` is the kind on which hand-ins are run, "" for the first of the class's.
    """
    refuse_archived(class_group)
    kept = {"machines": sorted(set(machines)), "run_machine": run_machine}
    if ClassGroup.objects.filter(pk=class_group.pk).exclude(**kept).update(**kept):
        class_group.machines, class_group.run_machine = kept["machines"], run_machine
        audit.record(school=class_group.school, actor=by, verb="class.machines", about=class_group)

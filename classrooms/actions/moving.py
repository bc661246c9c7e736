"""The same image under another name: what classes use is changed only here, and only when a person says so."""

from __future__ import annotations

from django.db import transaction

from classrooms import signals
from classrooms.actions import audit
from classrooms.models import AssignedImage, Image, User


@transaction.atomic
def replace_image(*, old: Image, new: Image, by: User | None) -> int:
    """Let every class that uses `old` use `new`, with the same tag and words; how many assignments changed.

    What is frozen by digest stays: the other image may have another digest. So does what a class already has of the
    new one. Both images are of one school.
    """
    current = AssignedImage.objects.current().filter(image=old, class_group__school=new.school, digest="")
    there = set(AssignedImage.objects.current().filter(image=new).values_list("class_group_id", "tag"))
    moved = [row.pk for row in current if (row.class_group_id, row.tag) not in there]
    if not moved:
        return 0
    AssignedImage.objects.filter(pk__in=moved).update(image=new)
    audit.record(school=new.school, actor=by, verb="image.moved", about=new, facts={"was": str(old)})
    signals.images_changed.send(sender=AssignedImage, school=new.school, class_group=None)
    return len(moved)

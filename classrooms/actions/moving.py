"""The same image under another name: what classes and practices use is changed only here, and only when a person says so."""

from __future__ import annotations

from django.db import transaction

from classrooms import signals
from classrooms.actions import audit
from classrooms.models import AssignedImage, ClassPracticeVersion, Image, PracticeImage, User


@transaction.atomic
def replace_image(*, old: Image, new: Image, by: User | None) -> int:
    """Let every class and practice that uses `old` use `new`, with the same tag and words; how many there were.

    What is frozen by digest stays: the other image may have another digest. So does what a class or a practice already
    has of the new one. Both images are of one school. A practice's compose file is its teacher's text and stays too.
    """
    moved = _replace_in_classes(old, new) + _replace_in_practices(old, new)
    if moved:
        audit.record(school=new.school, actor=by, verb="image.moved", about=new, facts={"was": str(old)})
        signals.images_changed.send(sender=AssignedImage, school=new.school, class_group=None)
    return moved


def _replace_in_classes(old: Image, new: Image) -> int:
    current = AssignedImage.objects.current().filter(image=old, class_group__school=new.school, digest="")
    there = set(AssignedImage.objects.current().filter(image=new).values_list("class_group_id", "tag"))
    moved = [row.pk for row in current if (row.class_group_id, row.tag) not in there]
    return AssignedImage.objects.filter(pk__in=moved).update(image=new) if moved else 0


def _replace_in_practices(old: Image, new: Image) -> int:
    there = set(PracticeImage.objects.filter(image=new).values_list("practice_id", "tag"))
    frozen = set(
        ClassPracticeVersion.objects.filter(image=old).values_list("class_practice__practice_id", "tag")
    )
    current = PracticeImage.objects.filter(image=old, practice__school=new.school, digest="")
    moved = [row.pk for row in current if (row.practice_id, row.tag) not in there | frozen]
    return PracticeImage.objects.filter(pk__in=moved).update(image=new) if moved else 0

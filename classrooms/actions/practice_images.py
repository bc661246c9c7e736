"""A class has the images that its practices need: given with the first practice, taken with the last.

The rows are those of any assigned image, so that permissions, the map and the year's copy know of them without knowing
of practices.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from classrooms import signals
from classrooms.models import (
    AssignedImage,
    ClassGroup,
    ClassPractice,
    Image,
    Practice,
    PracticeImage,
    School,
    User,
)


@transaction.atomic
def follow_practices(*, class_group: ClassGroup, by: User | None) -> None:
    """Make the class's images those that teachers gave it and those that its practices need. Twice is the same as once.

    An image that a teacher gave the class stays, whatever becomes of a practice that needs it too.
    """
    needed = _needed(class_group)
    current = AssignedImage.objects.current().filter(class_group=class_group, sub_group__isnull=True)
    there = {(row.image_id, row.tag) for row in current}
    missing = needed - there
    AssignedImage.objects.bulk_create(
        AssignedImage(class_group=class_group, image_id=image, tag=tag, is_for_practices=True, assigned_by=by)
        for image, tag in sorted(missing)
    )
    gone = [row.pk for row in current.filter(is_for_practices=True) if (row.image_id, row.tag) not in needed]
    AssignedImage.objects.filter(pk__in=gone).update(withdrawn_at=timezone.now())
    if missing or gone:
        announced = signals.Announced(
            "image.withdrawn", by.pk if by else None, (class_group.pk,), assigned_image_ids=tuple(gone)
        )
        signals.images_changed.send(
            sender=AssignedImage,
            school=class_group.school,
            class_group=class_group,
            announced=announced if gone else None,
        )


def announce_places(*, practice: Practice, class_group: ClassGroup, was_exam: bool = False) -> None:
    """Let others hear where work is handed in: a practice may have places in the school's own account, or lose them.

    Of an exam in any case: what belongs to it waits for its minute.
    """
    # An exam's is made at its minute: before that not even its name is to be found.
    if practice.hand_in_way == Practice.Way.SHARED and not practice.is_exam:
        _want_shared_repository(practice, class_group)
    if practice.hand_in_way in Practice.IN_THE_ACCOUNT or practice.is_exam or was_exam:
        signals.images_changed.send(
            sender=ClassPractice, school=class_group.school, class_group=class_group, announced=None
        )


def want_begun_exams(*, school: School) -> int:
    """The repositories of exams whose minute has come, for work that is handed in to one for all; how many are new."""
    exams = ClassPractice.objects.current().filter(
        class_group__school=school, practice__is_exam=True, practice__hand_in_way=Practice.Way.SHARED
    )
    # By the database's clock, as the engine that asks.
    begun = exams.filter(Q(visible_from__isnull=True) | Q(visible_from__lte=Now()))
    rows = begun.select_related("practice", "class_group__school")
    return sum(_want_shared_repository(given.practice, given.class_group) for given in rows)


def _want_shared_repository(practice: Practice, class_group: ClassGroup) -> bool:
    """One of the school's images like any other, so that owners see it; its tags cannot be pushed again.

    Otherwise a student could replace what a classmate handed in.
    """
    school = class_group.school
    is_for_members = class_group.students_are_members and not class_group.hub_is_off
    if practice.is_draft or not is_for_members or not school.namespace or school.namespace_is_personal:
        return False
    return Image.objects.get_or_create(
        school=school,
        repository=f"{school.namespace}/{practice.repository_name}",
        defaults={
            "is_own": True, "is_wanted": True, "is_private": True, "description": practice.title[:100],
            "wished_immutable": True,
        },
    )[1]  # fmt: skip


def _needed(class_group: ClassGroup) -> set[tuple[int, str]]:
    practices = ClassPractice.objects.filter(class_group=class_group, withdrawn_at__isnull=True)
    rows = PracticeImage.objects.filter(practice__class_practices__in=practices)
    return set(rows.values_list("image_id", "tag"))

"""Versions of a practice's images, class by class: a practice is shared, what changes before a lesson is not."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from classrooms.actions import audit
from classrooms.actions.archived import refuse_archived
from classrooms.models import ClassPractice, ClassPracticeVersion, ImageTag, Practice, PracticeImage, User


@transaction.atomic
def give_practice_version(
    *, class_practice: ClassPractice, needed: PracticeImage, digest: str, note: str, by: User | None
) -> None:
    """Give one class this version of an image of its practice, with one line for its students.

    The practice and its other classes stay as they are. The same again changes nothing.
    """
    refuse_archived(class_practice.class_group)
    before = _decided(class_practice, needed)
    had = before.digest if before else needed.digest
    if (had, before.note if before else "") == (digest, note):
        return
    columns: dict[str, Any] = {"digest": digest, "note": note}
    if had != digest:
        columns["changed_at"] = timezone.now()
    ClassPracticeVersion.objects.update_or_create(
        class_practice=class_practice, image=needed.image, tag=needed.tag, defaults=columns
    )
    class_group = class_practice.class_group
    facts = {"practice": str(class_practice.practice), "image": str(needed)}
    audit.record(
        school=class_group.school, actor=by, verb="practice.version_given", about=class_group, facts=facts
    )


@transaction.atomic
def freeze_images(*, practice: Practice, by: User | None) -> int:
    """Freeze every image of a practice at what its tag was last seen to mean; how many. What is frozen stays so."""
    before, images = digests_of(practice), list(practice.images.filter(digest=""))
    seen = {
        (tag.image_id, tag.name): tag.digest
        for tag in ImageTag.objects.filter(image__in=[one.image_id for one in images], found=True)
    }
    frozen = [one for one in images if seen.get((one.image_id, one.tag))]
    for one in frozen:
        one.digest = seen[one.image_id, one.tag]
    _keep(practice, frozen, before, "practice.frozen", by)
    return len(frozen)


@transaction.atomic
def follow_tags(*, practice: Practice, by: User | None) -> None:
    """Let every image follow its tag again, in all classes. Again: no change."""
    before, images = digests_of(practice), list(practice.images.exclude(digest=""))
    for one in images:
        one.digest = ""
    _keep(practice, images, before, "practice.follows_tags", by)


def _keep(
    practice: Practice,
    images: list[PracticeImage],
    before: dict[tuple[int, str], str],
    verb: str,
    by: User | None,
) -> None:
    if images:
        PracticeImage.objects.bulk_update(images, ["digest"])
        forget_versions(practice=practice, before=before)
        audit.record(school=practice.school, actor=by, verb=verb, about=practice)


def forget_versions(*, practice: Practice, before: dict[tuple[int, str], str]) -> None:
    """Where a practice is written with another version of an image than `before`, every class gets that one.

    `before`: by image and tag the digest that the practice said; what it no longer needs is forgotten as well.
    """
    now = digests_of(practice)
    rows = ClassPracticeVersion.objects.filter(class_practice__practice=practice)
    for image, tag in (key for key in before if before[key] != now.get(key)):
        rows.filter(image=image, tag=tag).delete()


def digests_of(practice: Practice) -> dict[tuple[int, str], str]:
    """By image and tag what the practice says; "" follows the tag."""
    return {(row.image_id, row.tag): row.digest for row in PracticeImage.objects.filter(practice=practice)}


def copy_versions(*, old: ClassPractice, new: ClassPractice) -> list[ClassPracticeVersion]:
    """Those of a class for its copy, not saved yet: the new class begins with them, so nothing is new to it."""
    return [
        ClassPracticeVersion(
            class_practice=new, image_id=row.image_id, tag=row.tag, digest=row.digest, changed_at=None
        )
        for row in old.versions.all()
    ]


def take_up_versions(given: ClassPractice) -> None:
    """Where a class had the practice before, what its teacher decided then holds again."""
    same = {
        "practice": given.practice_id,
        "class_group": given.class_group_id,
        "sub_group": given.sub_group_id,
    }
    before = ClassPractice.objects.filter(**same, withdrawn_at__isnull=False).order_by("withdrawn_at").last()
    if before is not None:
        ClassPracticeVersion.objects.bulk_create(copy_versions(old=before, new=given))


def _decided(class_practice: ClassPractice, needed: PracticeImage) -> ClassPracticeVersion | None:
    return class_practice.versions.filter(image=needed.image_id, tag=needed.tag).first()

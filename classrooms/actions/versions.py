"""Versions of images: what was read of one is kept for good, and a teacher gives a class another one."""

from __future__ import annotations

from dataclasses import asdict

from django.db import transaction
from django.utils import timezone

from classrooms import signals
from classrooms.actions import audit
from classrooms.actions.archived import refuse_archived
from classrooms.image_checks.versions import VersionFacts
from classrooms.models import AssignedImage, Image, ImageVersion, User


def record_version(*, image: Image, facts: VersionFacts) -> ImageVersion:
    """Keep what is in a version; a second reading changes nothing, for a digest means the same for ever."""
    columns = {
        name: list(value) if isinstance(value, tuple) else value for name, value in asdict(facts).items()
    }
    version, _is_new = ImageVersion.objects.get_or_create(
        image=image, digest=columns.pop("digest"), defaults=columns
    )
    return version


@transaction.atomic
def give_version(*, assigned: AssignedImage, digest: str, note: str, by: User | None) -> None:
    """Give the class this version, frozen, with one line for its students. The same again changes nothing."""
    refuse_archived(assigned.class_group)
    if assigned.digest == digest and assigned.note == note:
        return
    columns = {"digest": digest, "note": note}
    if assigned.digest != digest:
        columns["version_changed_at"] = timezone.now()  # type: ignore[assignment]
    AssignedImage.objects.filter(pk=assigned.pk).update(**columns)
    class_group = assigned.class_group
    facts = {"image": f"{assigned.image}:{assigned.tag}"}
    audit.record(
        school=class_group.school, actor=by, verb="image.assignment_changed", about=class_group, facts=facts
    )
    signals.images_changed.send(sender=AssignedImage, school=class_group.school, class_group=class_group)

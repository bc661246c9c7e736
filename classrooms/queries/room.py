"""What a class needs in its room: its images for the scripts, and the pulls they cost."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from classrooms.image_checks import machines
from classrooms.image_checks.budget import PullBudget
from classrooms.image_checks.machines import Machine
from classrooms.models import ClassGroup, ImageTag
from classrooms.pull_scripts.script_values import ScriptImage
from classrooms.queries.check_results import CheckPage, last_check
from classrooms.queries.image_checks import CheckItem, items_of_class, students_of
from classrooms.queries.image_words import MEGABYTE


@dataclass(frozen=True)
class Room:
    """`checked`: the last check, whose look at the limit is taken; `private`: images that need a sign-in.

    `registries` are those beside Docker Hub: their pulls count nowhere, and no mirror of Docker Hub holds them.
    """

    class_group: ClassGroup
    images: tuple[ScriptImage, ...]
    private: tuple[ScriptImage, ...]
    machines: tuple[Machine, ...]
    budget: PullBudget
    checked: CheckPage | None
    registries: tuple[str, ...] = ()

    @property
    def platforms(self) -> tuple[str, ...]:
        return machines.platforms_of(self.machines)

    @property
    def names(self) -> list[str]:
        return [_(machines.NAMES[machine]) for machine in self.machines]

    @property
    def waiting_hours(self) -> int:
        """How long the pulls have to be spread, in whole hours; 0 where they need not be, or nobody knows."""
        waiting = self.budget.waiting
        return round(waiting.total_seconds() / 3600) if waiting else 0

    @property
    def megabytes(self) -> int:
        """What one computer downloads, as far as sizes are known."""
        return sum(image.megabytes for image in self.images)

    @property
    def megabytes_of_all(self) -> int:
        return self.megabytes * self.budget.students


def room_of_class(class_group: ClassGroup) -> Room:
    """In a handful of queries."""
    items = items_of_class(class_group)
    known = _tags_of(items)
    images = tuple(_for_script(item, known.get((item.image.pk, item.tag))) for item in items)
    kinds = machines.known(class_group.machines)
    checked = last_check(class_group)
    told = checked.budget.limit if checked and checked.budget else None
    counted = sum(item.reference.is_on_docker_hub for item in items)
    private = tuple(image for image, item in zip(images, items, strict=True) if item.image.is_private)
    budget = PullBudget(counted, students_of(class_group), len(machines.platforms_of(kinds)), told)
    elsewhere = {item.reference.host for item in items if not item.reference.is_on_docker_hub}
    return Room(class_group, images, private, kinds, budget, checked, tuple(sorted(elsewhere)))


def _tags_of(items: tuple[CheckItem, ...]) -> dict[tuple[int, str], ImageTag]:
    tags = ImageTag.objects.filter(image__in={item.image.pk for item in items}, found=True)
    return {(tag.image_id, tag.name): tag for tag in tags}


def _for_script(item: CheckItem, tag: ImageTag | None) -> ScriptImage:
    """By digest, so that every computer has the same: the frozen one, else what the tag meant at the last look."""
    size = tag.compressed_bytes if tag and item.frozen in ("", tag.digest) else None
    digest = item.frozen or (tag.digest if tag else "")
    return ScriptImage(item.image.repository, item.tag, digest, "", round(size / MEGABYTE) if size else 0)

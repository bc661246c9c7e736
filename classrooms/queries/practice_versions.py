"""In which version the classes that have a practice have its images, and what their tags mean by now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from classrooms.models import (
    ClassGroup,
    ClassPractice,
    ClassPracticeVersion,
    ImageTag,
    PracticeImage,
    User,
)
from classrooms.queries.pulling import tags_of

# (practice of a class, image, tag)
VersionKey = tuple[int, int, str]


@dataclass(frozen=True)
class ImageInClass:
    """One image of a practice as one class has it; `tag` is None where nobody has looked at the registry yet."""

    given: ClassPractice
    needed: PracticeImage
    tag: ImageTag | None
    version: ClassPracticeVersion | None

    @property
    def frozen(self) -> str:
        """What the class's teacher decided, else what the practice says; "" follows the tag."""
        return self.version.digest if self.version else self.needed.digest

    @property
    def newer_digest(self) -> str:
        """What the tag means by now, where the class is frozen at another version; else ""."""
        now = self.tag.digest if self.tag else ""
        return now if self.frozen and now != self.frozen else ""


def images_in_classes(given: Iterable[ClassPractice]) -> list[ImageInClass]:
    """Every image of these practices in each of their classes; four queries, however many they are."""
    given = list(given)
    images = PracticeImage.objects.filter(practice__in={one.practice_id for one in given})
    by_practice: dict[int, list[PracticeImage]] = {}
    for row in images.select_related("image__school"):
        by_practice.setdefault(row.practice_id, []).append(row)
    tags = tags_of([row for rows in by_practice.values() for row in rows])
    versions = versions_of(given)
    return [
        ImageInClass(
            one, row, tags.get((row.image_id, row.tag)), versions.get((one.pk, row.image_id, row.tag))
        )
        for one in given
        for row in by_practice.get(one.practice_id, [])
    ]


def versions_of(given: Iterable[ClassPractice]) -> dict[VersionKey, ClassPracticeVersion]:
    """What teachers decided for these classes, in one query."""
    rows = ClassPracticeVersion.objects.filter(class_practice__in=[one.pk for one in given])
    return {(row.class_practice_id, row.image_id, row.tag): row for row in rows}


def frozen_elsewhere(found: ImageInClass, user: User) -> list[ImageInClass]:
    """The same image in all classes of this person that have the practice, frozen at another version than the newest."""
    taught = ClassGroup.objects.taught_by(user).active().values("pk")
    given = ClassPractice.objects.current().filter(practice=found.given.practice_id, class_group__in=taught)
    same = [
        one
        for one in images_in_classes(given.select_related("class_group", "sub_group"))
        if one.needed.pk == found.needed.pk
    ]
    return [one for one in same if one.newer_digest]

"""What a check has to look at, and for which room."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from classrooms.image_checks import machines
from classrooms.image_checks.verdicts import Room
from classrooms.image_references.reading import read_reference
from classrooms.image_references.reference import ImageReference
from classrooms.models import (
    AssignedImage,
    ClassGroup,
    ClassPractice,
    Enrolment,
    Image,
    ImageCheck,
    PracticeImage,
)
from classrooms.queries.practice_versions import images_in_classes


@dataclass(frozen=True)
class CheckItem:
    """One image to look at; `frozen` is the digest at which a class has it, or ""."""

    image: Image
    tag: str
    frozen: str = ""

    @property
    def reference(self) -> ImageReference:
        return read_reference(f"{self.image.repository}:{self.tag}")


def items_of(check: ImageCheck) -> tuple[CheckItem, ...]:
    """The images of a class, or of a practice, each once in the version that students get; by name."""
    if check.class_group is not None:
        return items_of_class(check.class_group)
    images = PracticeImage.objects.filter(practice=check.practice_id).select_related("image__school")
    given = ClassPractice.objects.current().filter(practice=check.practice_id)
    as_written = [CheckItem(row.image, row.tag, row.digest) for row in images]
    return _each_once(_in_classes(given) or as_written)


def items_of_class(class_group: ClassGroup) -> tuple[CheckItem, ...]:
    """What a class has, for itself and for its practices."""
    images = AssignedImage.objects.current().filter(class_group=class_group).select_related("image__school")
    given = ClassPractice.objects.current().filter(class_group=class_group)
    by_themselves = [CheckItem(row.image, row.tag, row.digest) for row in images]
    return _each_once([*by_themselves, *_in_classes(given)])


def _in_classes(given: Iterable[ClassPractice]) -> list[CheckItem]:
    """The images of practices, in the version that each class was given."""
    return [CheckItem(one.needed.image, one.needed.tag, one.frozen) for one in images_in_classes(given)]


def room_of(check: ImageCheck) -> Room:
    """The computers and students of the class; of a practice those of all classes that have it."""
    classes = list(_classes_of(check))
    kinds = machines.known([kind for one in classes for kind in one.machines])
    largest = max((students_of(one) for one in classes), default=0)
    return Room(
        machines.platforms_of(kinds),
        largest,
        translated=machines.translated_by(kinds),
        reads_private=all(one.students_are_members or one.has_pull_access for one in classes),
    )


def _classes_of(check: ImageCheck) -> list[ClassGroup]:
    if check.class_group_id:
        return list(ClassGroup.objects.filter(pk=check.class_group_id))
    given = ClassGroup.objects.active().filter(
        class_practices__practice=check.practice_id, class_practices__withdrawn_at__isnull=True
    )
    return list(given.distinct())


def students_of(class_group: ClassGroup) -> int:
    """Those who pull at once: a practice is not done by two classes in the same hour."""
    return Enrolment.objects.current().filter(class_group=class_group).count()


def _each_once(found: list[CheckItem]) -> tuple[CheckItem, ...]:
    items = {(item.image.pk, item.tag, item.frozen): item for item in found}
    # What a class follows by its tag because a practice froze it is one pull, the frozen one.
    frozen = {(image, tag) for image, tag, digest in items if digest}
    kept = [item for (image, tag, digest), item in items.items() if digest or (image, tag) not in frozen]
    return tuple(sorted(kept, key=lambda item: (item.image.repository, item.tag, item.frozen)))

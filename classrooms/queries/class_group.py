"""A class's page: its students, who needs attention, its images; as many queries for 3 as for 300."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from classrooms.models import AssignedImage, ClassGroup, ImageTag, JoinRequest, RosterImport
from classrooms.queries.class_students import ListChoice, StudentList, student_list


@dataclass(frozen=True)
class ImageRow:
    """An assigned image and what is known of its tag; None where nobody has looked yet."""

    assigned: AssignedImage
    tag: ImageTag | None

    @property
    def newer_digest(self) -> str:
        """What the tag means by now, where the class's image is frozen at another version; else ""."""
        now = self.tag.digest if self.tag else ""
        return now if self.assigned.digest and now != self.assigned.digest else ""

    @property
    def is_visible(self) -> bool:
        return self.assigned.visible_from is None or self.assigned.visible_from <= timezone.now()

    @property
    def is_missing(self) -> bool:
        return self.tag is not None and self.tag.found is False


@dataclass(frozen=True)
class ClassPage:
    """`listed_at`: when the school's last class list was brought in; `looked_at`: the oldest look at a tag shown.

    `has_practice_images`: its practices need images, which stand there and not among `images`.
    """

    students: StudentList
    images: tuple[ImageRow, ...]
    waiting_at_door: int
    listed_at: datetime | None
    looked_at: datetime | None
    has_practice_images: bool

    @property
    def missing_images(self) -> int:
        return sum(row.is_missing for row in self.images)

    @property
    def needs_attention(self) -> bool:
        return bool(self.students.needs or self.waiting_at_door or self.missing_images)


def class_page(class_group: ClassGroup, choice: ListChoice | None = None) -> ClassPage:
    """All that the page shows; `choice` says which students and in which order."""
    assigned = list(class_group.assigned_images.filter(withdrawn_at__isnull=True).select_related("image"))
    images = _images([one for one in assigned if not one.is_for_practices])
    looks = [row.tag.checked_at for row in images if row.tag and row.tag.checked_at]
    return ClassPage(
        students=student_list(class_group, choice or ListChoice()),
        images=images,
        waiting_at_door=JoinRequest.objects.waiting().filter(class_group=class_group).count(),
        listed_at=_listed_at(class_group),
        looked_at=min(looks, default=None),
        has_practice_images=any(one.is_for_practices for one in assigned),
    )


def image_row(assigned: AssignedImage) -> ImageRow:
    """One assigned image with what is known of its tag."""
    return ImageRow(assigned, assigned.image.tags.filter(name=assigned.tag).first())


def _listed_at(class_group: ClassGroup) -> datetime | None:
    done = RosterImport.objects.filter(school=class_group.school, state=RosterImport.State.DONE)
    of_the_year = done.filter(academic_year=class_group.academic_year).order_by("-finished_at")
    return of_the_year.values_list("finished_at", flat=True).first()


def _images(assigned: list[AssignedImage]) -> tuple[ImageRow, ...]:
    tags = ImageTag.objects.filter(image__in={one.image_id for one in assigned})
    known = {(tag.image_id, tag.name): tag for tag in tags}
    return tuple(ImageRow(one, known.get((one.image_id, one.tag))) for one in assigned)

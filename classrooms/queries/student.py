"""What a student has to pull, and what anybody may see behind a class's short code."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from classrooms.models import AssignedImage, ClassGroup, ImageTag, Student, SubGroup


class Way(StrEnum):
    """What a student needs before an image can be pulled."""

    OPEN = "open"
    SIGN_IN = "sign in"  # private, and the student is a member: `docker login` with the own Docker ID
    NO_DOCKER_ID = "no docker id"  # private, the class's students are members, this one has said no Docker ID
    ASK = "ask"  # private, and students of this class are not members


@dataclass(frozen=True)
class ImageToPull:
    """One image of one class. `tag` is None where nobody has looked at the registry yet.

    `renewed_at`: when the tag was seen to mean another image than when it was given out, else None.
    """

    assigned: AssignedImage
    tag: ImageTag | None
    way: Way
    renewed_at: datetime | None

    @property
    def title(self) -> str:
        return self.assigned.title or str(self.assigned.image)

    @property
    def reference(self) -> str:
        """As `docker pull` takes it: by digest where the teacher froze it, else by tag."""
        mark = f"@{self.assigned.digest}" if self.assigned.digest else f":{self.assigned.tag}"
        return f"{self.assigned.image.repository}{mark}"

    @property
    def pull_command(self) -> str:
        return f"docker pull {self.reference}"

    @property
    def run_command(self) -> str:
        return " ".join(f"docker run {self.assigned.run_options} {self.reference}".split())

    @property
    def is_gone(self) -> bool:
        return self.tag is not None and self.tag.found is False

    @property
    def size_bytes(self) -> int | None:
        return self._facts.compressed_bytes if self._facts else None

    @property
    def platforms(self) -> list[str]:
        return list(self._facts.platforms) if self._facts else []

    @property
    def _facts(self) -> ImageTag | None:
        """What is known of what is pulled: a frozen image may no longer be what its tag means."""
        is_same = self.tag is not None and self.assigned.digest in ("", self.tag.digest)
        return self.tag if is_same else None


@dataclass(frozen=True)
class StudentHome:
    """`images`: the newest first, those that are gone last. `class_groups`: those the student is in now."""

    student: Student
    images: tuple[ImageToPull, ...]
    class_groups: tuple[ClassGroup, ...]

    @property
    def login_command(self) -> str:
        return f"docker login -u {self.student.docker_id}"

    @property
    def may_need_docker_id(self) -> bool:
        return any(class_group.students_are_members for class_group in self.class_groups)


def student_home_for(student: Student) -> StudentHome:
    """Three queries, however many classes and images."""
    enrolments = student.enrolments.current().filter(class_group__archived_at__isnull=True)
    class_groups = [
        one.class_group for one in enrolments.select_related("class_group").order_by("class_group__name")
    ]
    of_part = Q(sub_group__in=SubGroup.objects.filter(enrolments__in=student.enrolments.current()))
    visible = AssignedImage.objects.visible().filter(
        Q(sub_group__isnull=True) | of_part, class_group__in=class_groups
    )
    return StudentHome(student, _with_facts(visible, student), tuple(class_groups))


def as_if_in(class_group: ClassGroup) -> StudentHome:
    """What a student of the class without a Docker ID sees today: of the whole class, of no part of it."""
    visible = AssignedImage.objects.visible().filter(class_group=class_group, sub_group__isnull=True)
    nobody = Student(school=class_group.school)
    return StudentHome(nobody, _with_facts(visible, nobody), (class_group,))


def public_images_of(class_group: ClassGroup) -> tuple[ImageToPull, ...]:
    """What may be seen without signing in, in two queries.

    Nothing private, and of the school's own nothing that is not known to be public.
    """
    is_open = Q(image__is_private=False) | Q(image__is_private__isnull=True, image__is_own=False)
    of_all = AssignedImage.objects.visible().filter(is_open, class_group=class_group, sub_group__isnull=True)
    return _with_facts(of_all, None)


def _with_facts(assigned: QuerySet[AssignedImage], student: Student | None) -> tuple[ImageToPull, ...]:
    newest_first = assigned.order_by(Coalesce("visible_from", "assigned_at").desc(), "-pk")
    rows = list(newest_first.select_related("image", "class_group"))
    tags = _tags_of(rows)
    found = [_to_pull(row, tags.get((row.image_id, row.tag)), student) for row in rows]
    return tuple(sorted(found, key=lambda image: image.is_gone))


def _tags_of(rows: Iterable[AssignedImage]) -> dict[tuple[int, str], ImageTag]:
    images, names = {row.image_id for row in rows}, {row.tag for row in rows}
    return {
        (tag.image_id, tag.name): tag for tag in ImageTag.objects.filter(image__in=images, name__in=names)
    }


def _to_pull(row: AssignedImage, tag: ImageTag | None, student: Student | None) -> ImageToPull:
    changed_at = tag.digest_changed_at if tag and not row.digest else None
    renewed_at = changed_at if changed_at and changed_at > row.assigned_at else None
    return ImageToPull(row, tag, _way(row, student), renewed_at)


def _way(row: AssignedImage, student: Student | None) -> Way:
    if not row.image.is_private:
        return Way.OPEN
    if not row.class_group.students_are_members:
        return Way.ASK
    return Way.SIGN_IN if student and student.docker_id else Way.NO_DOCKER_ID

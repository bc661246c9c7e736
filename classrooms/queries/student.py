"""What a student has to pull, and what anybody may see behind a class's short code."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from classrooms.models import AssignedImage, ClassGroup, Image, ImageTag, Student, SubGroup
from classrooms.pull_scripts.commands import Recipe
from classrooms.queries.pulling import IS_OPEN, Pulled, Way, tags_of, typed_options, way_for

__all__ = ["ImageToPull", "StudentHome", "Way", "as_if_in", "public_images_of", "student_home_for"]


@dataclass(frozen=True)
class ImageToPull(Pulled):
    """One image of one class, given by itself.

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
    def row(self) -> AssignedImage:
        return self.assigned

    @property
    def recipe(self) -> Recipe:
        return Recipe(options=typed_options(self.assigned.run_options))


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
    visible = _given_by_themselves().filter(Q(sub_group__isnull=True) | of_part, class_group__in=class_groups)
    return StudentHome(student, _with_facts(visible, student), tuple(class_groups))


def as_if_in(class_group: ClassGroup) -> StudentHome:
    """What a student of the class without a Docker ID sees today: of the whole class, of no part of it."""
    visible = _given_by_themselves().filter(class_group=class_group, sub_group__isnull=True)
    nobody = Student(school=class_group.school)
    return StudentHome(nobody, _with_facts(visible, nobody), (class_group,))


def public_images_of(class_group: ClassGroup) -> tuple[ImageToPull, ...]:
    """What may be seen without signing in, in two queries.

    Nothing private, and of the school's own nothing that is not known to be public.
    """
    of_all = _given_by_themselves().filter(class_group=class_group, sub_group__isnull=True)
    return _with_facts(of_all.filter(image__in=Image.objects.filter(IS_OPEN)), None)


def _given_by_themselves() -> QuerySet[AssignedImage]:
    """What a class has for its practices alone is seen in them, and not before them."""
    return AssignedImage.objects.visible().filter(is_for_practices=False)


def _with_facts(assigned: QuerySet[AssignedImage], student: Student | None) -> tuple[ImageToPull, ...]:
    newest_first = assigned.order_by(Coalesce("visible_from", "assigned_at").desc(), "-pk")
    rows = list(newest_first.select_related("image", "class_group"))
    tags = tags_of(rows)
    found = [_to_pull(row, tags.get((row.image_id, row.tag)), student) for row in rows]
    return tuple(sorted(found, key=lambda image: image.is_gone))


def _to_pull(row: AssignedImage, tag: ImageTag | None, student: Student | None) -> ImageToPull:
    # Of a frozen image the teacher decides when the class gets another version.
    changed_at = row.version_changed_at if row.digest else tag.digest_changed_at if tag else None
    renewed_at = changed_at if changed_at and changed_at > row.assigned_at else None
    return ImageToPull(row, tag, way_for(row.image, row.class_group, student), renewed_at)

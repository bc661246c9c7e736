"""A class's page: its students, who needs attention, its images; as many queries for 3 as for 300."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from classrooms.identity import plain_letters
from classrooms.models import AssignedImage, ClassGroup, Enrolment, ImageTag, Student

SHOWN = ("all", "account", "attention")


@dataclass(frozen=True)
class StudentRow:
    """`attention`: "no_code" (no account and no code that still works), "no_docker_id", or ""."""

    student: Student
    enrolment: Enrolment
    has_account: bool
    code_until: datetime | None
    attention: str


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


@dataclass(frozen=True)
class ClassPage:
    """`rows` are those that the filter and the search leave; the counters are of all."""

    rows: tuple[StudentRow, ...]
    students: int
    with_account: int
    with_attention: int
    images: tuple[ImageRow, ...]
    left: int


def class_page(class_group: ClassGroup, *, search: str = "", show: str = "all") -> ClassPage:
    """Students by surname. `show` is one of SHOWN; `search` finds any part of a name, without accents."""
    enrolments = list(
        class_group.enrolments.select_related("student", "student__user", "student__access_code").order_by()
    )
    everybody = sorted(
        (_row(one, class_group) for one in enrolments if one.left_on is None),
        key=lambda row: (row.student.sort_name, row.student.pk),
    )
    return ClassPage(
        rows=tuple(row for row in everybody if _is_shown(row, show) and _matches(row.student, search)),
        students=len(everybody),
        with_account=sum(row.has_account for row in everybody),
        with_attention=sum(bool(row.attention) for row in everybody),
        images=_images(class_group),
        left=len(enrolments) - len(everybody),
    )


def image_row(assigned: AssignedImage) -> ImageRow:
    """One assigned image with what is known of its tag."""
    return ImageRow(assigned, assigned.image.tags.filter(name=assigned.tag).first())


def _row(enrolment: Enrolment, class_group: ClassGroup) -> StudentRow:
    student = enrolment.student
    access_code = getattr(student, "access_code", None)
    code_until = access_code.expires_at if access_code and access_code.expires_at > timezone.now() else None
    has_account = student.user_id is not None
    attention = ""
    if class_group.students_are_members and not student.docker_id:
        attention = "no_docker_id"
    elif not has_account and code_until is None:
        attention = "no_code"
    return StudentRow(student, enrolment, has_account, code_until, attention)


def _is_shown(row: StudentRow, show: str) -> bool:
    return {"account": row.has_account, "attention": bool(row.attention)}.get(show, True)


def _matches(student: Student, search: str) -> bool:
    """Every word is somewhere in the name; "pena" finds "Peña" too, for keyboards that have no ñ."""
    name = student.sort_name.replace("~", "")
    return all(word in name for word in plain_letters(search).replace("~", "").split())


def _images(class_group: ClassGroup) -> tuple[ImageRow, ...]:
    assigned = list(class_group.assigned_images.filter(withdrawn_at__isnull=True).select_related("image"))
    tags = ImageTag.objects.filter(image__in={one.image_id for one in assigned})
    known = {(tag.image_id, tag.name): tag for tag in tags}
    return tuple(ImageRow(one, known.get((one.image_id, one.tag))) for one in assigned)

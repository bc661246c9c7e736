"""A school's academic years, and what beginning the next one would do."""

from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from classrooms.academic_years import academic_year_of, label
from classrooms.courses import Course, read_course
from classrooms.models import AssignedImage, ClassGroup, Enrolment, School, Student, Teaching, YearChange
from classrooms.queries.leavers import who_leaves


@dataclass(frozen=True)
class SchoolYear:
    """An academic year in which the school has classes. `courses`: its classes by programme and year of it."""

    year: int
    is_current: bool
    active: int
    archived: int
    students: int
    courses: tuple[tuple[Course, tuple[ClassGroup, ...]], ...]

    @property
    def label(self) -> str:
        return label(self.year)


@dataclass(frozen=True)
class YearChoices:
    """What the page lets a person choose; `copy` and `archive` are ids of classes of the year that ends."""

    archive: frozenset[int]
    copy: frozenset[int]
    with_images: bool = True
    with_teachers: bool = True
    free_seats: bool = True


@dataclass(frozen=True)
class PlannedClass:
    """A class of the year that ends. `is_there`: the new year has one of that name and course already."""

    class_group: ClassGroup
    students: int
    images: int
    teachers: int
    is_there: bool


@dataclass(frozen=True)
class YearPlan:
    """Everything the page shows before it is done; `digest` says whether it is still what was shown."""

    from_year: int
    classes: tuple[PlannedClass, ...]
    leavers: tuple[Student, ...]
    choices: YearChoices

    @property
    def new_label(self) -> str:
        return label(self.from_year + 1)

    @property
    def digest(self) -> str:
        chosen = self.choices
        facts = (
            self.from_year, sorted(chosen.archive), sorted(chosen.copy), chosen.with_images,
            chosen.with_teachers, chosen.free_seats, [student.pk for student in self.leavers],
        )  # fmt: skip
        return sha256(repr(facts).encode()).hexdigest()[:16]


def school_years(school: School) -> tuple[SchoolYear, ...]:
    """The newest first, in two queries."""
    this_year = academic_year_of(timezone.localdate())
    classes = list(school.class_groups.order_by("-academic_year", "name", "course"))
    students = dict(
        Enrolment.objects.filter(class_group__school=school, class_group__deleted_at__isnull=True)
        .values_list("class_group__academic_year")
        .annotate(Count("student", distinct=True))
    )
    years = sorted({one.academic_year for one in classes}, reverse=True)
    return tuple(
        _year(year, this_year, [one for one in classes if one.academic_year == year], students.get(year, 0))
        for year in years
    )


def year_to_end(school: School) -> int | None:
    """The newest year with active classes that has begun, or None: there is nothing to end."""
    active = school.class_groups.active().filter(academic_year__lte=academic_year_of(timezone.localdate()))
    return active.order_by("-academic_year").values_list("academic_year", flat=True).first()


def default_choices(school: School, from_year: int) -> YearChoices:
    """Archive and copy all of that year's classes."""
    classes = frozenset(_classes(school, from_year).values_list("pk", flat=True))
    return YearChoices(archive=classes, copy=classes)


def year_plan(school: School, from_year: int, choices: YearChoices) -> YearPlan:
    """What these choices would do, in a number of queries that does not grow with the classes."""
    counted = _classes(school, from_year).annotate(
        student_count=Count("enrolments", filter=Q(enrolments__left_on__isnull=True), distinct=True)
    )
    classes = list(counted.order_by("name", "course"))
    images = _counts(AssignedImage.objects.current(), classes)
    teachers = _counts(Teaching.objects.all(), classes)
    there = set(school.class_groups.filter(academic_year=from_year + 1).values_list("name", "course"))
    planned = tuple(
        PlannedClass(
            one,
            one.student_count,
            images.get(one.pk, 0),
            teachers.get(one.pk, 0),
            (one.name, one.course) in there,
        )
        for one in classes
    )
    return YearPlan(from_year, planned, tuple(who_leaves(school, closing_of(classes, choices))), choices)


def closing_of(classes: Collection[ClassGroup], choices: YearChoices) -> list[int]:
    """Classes whose students lose their seat: those archived, or all of the year where seats are freed."""
    return [one.pk for one in classes if one.pk in choices.archive or choices.free_seats]


def open_changes(school: School) -> list[YearChange]:
    """Changes of year that are not taken back, the newest first."""
    return list(school.year_changes.filter(undone_at__isnull=True).select_related("changed_by"))


def _classes(school: School, year: int) -> QuerySet[ClassGroup]:
    return school.class_groups.active().filter(academic_year=year)


def _counts(rows: QuerySet[Any], classes: Collection[ClassGroup]) -> dict[int, int]:
    found = rows.filter(class_group__in=classes).order_by().values_list("class_group")
    return dict(found.annotate(Count("pk")))


def _year(year: int, this_year: int, classes: list[ClassGroup], students: int) -> SchoolYear:
    by_course: dict[Course, list[ClassGroup]] = {}
    for one in classes:
        by_course.setdefault(read_course(one.name, one.course), []).append(one)
    ordered = sorted(by_course, key=lambda course: (course.programme, course.year or 0))
    return SchoolYear(
        year=year,
        is_current=year == this_year,
        active=sum(not one.is_archived for one in classes),
        archived=sum(one.is_archived for one in classes),
        students=students,
        courses=tuple((course, tuple(by_course[course])) for course in ordered),
    )

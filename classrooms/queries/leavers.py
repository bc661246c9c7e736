"""Who takes a seat on Docker Hub because of a class, and who would leave when classes close."""

from collections.abc import Collection

from django.db.models import QuerySet

from classrooms.models import Enrolment, School, Student


def seated_students(school: School) -> QuerySet[Student]:
    """Students with a Docker ID in an active class whose students are members."""
    seats = Enrolment.objects.current().filter(
        class_group__school=school,
        class_group__archived_at__isnull=True,
        class_group__students_are_members=True,
        class_group__hub_is_off=False,
    )
    return school.students.exclude(docker_id="").filter(pk__in=seats.values("student"))


def who_leaves(school: School, closing: Collection[int]) -> list[Student]:
    """Those whom no other class keeps as members once these classes close, by surname."""
    staying = Enrolment.objects.current().filter(
        class_group__archived_at__isnull=True,
        class_group__students_are_members=True,
        class_group__hub_is_off=False,
    )
    staying = staying.exclude(class_group__in=closing)
    in_closing = Enrolment.objects.current().filter(class_group__in=closing)
    leaving = seated_students(school).filter(pk__in=in_closing.values("student"))
    return list(leaving.exclude(pk__in=staying.values("student")).order_by("sort_name", "pk"))

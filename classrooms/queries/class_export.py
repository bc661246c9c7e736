"""Class lists to take out: who is in a class today, in the columns of the portal's own list."""

from collections.abc import Iterator

from django.db.models import QuerySet

from classrooms.models import ClassGroup, Enrolment


def list_rows(class_groups: QuerySet[ClassGroup]) -> Iterator[list[str]]:
    """One row for each enrolment that holds, by class and surname; in one query however many there are.

    The school's own number is kept as a keyed hash only, so it cannot stand here: the alias does.
    """
    current = Enrolment.objects.current().filter(
        class_group__in=class_groups, student__deleted_at__isnull=True, student__erased_at__isnull=True
    )
    order = ("class_group__name", "class_group__course", "student__sort_name", "student_id")
    for one in current.select_related("student", "class_group").order_by(*order).iterator(chunk_size=500):
        yield _row(one)


def _row(enrolment: Enrolment) -> list[str]:
    student, class_group = enrolment.student, enrolment.class_group
    return [
        student.alias,
        student.first_surname,
        student.second_surname,
        student.given_name,
        class_group.name,
        class_group.course,
        class_group.year_label,
        student.docker_id,
    ]

"""Figures about a school's personal data, for the head's sheet."""

from dataclasses import dataclass

from classrooms.models import School, Student, TeacherRole
from classrooms.queries.leavers import seated_students


@dataclass(frozen=True)
class SchoolFigures:
    """`on_docker_hub`: students of whom a Docker ID goes out; `without_hub`: classes that keep Docker Hub off."""

    students: int
    staff: int
    with_docker_id: int
    on_docker_hub: int
    without_hub: int
    consent_missing: int


def school_figures(school: School) -> SchoolFigures:
    """In six counts."""
    students = school.students.all()
    unrecorded = students.filter(consent=Student.Consent.UNKNOWN)
    return SchoolFigures(
        students=students.count(),
        staff=TeacherRole.objects.current().filter(school=school).count(),
        with_docker_id=students.exclude(docker_id="").count(),
        on_docker_hub=seated_students(school).count(),
        without_hub=school.class_groups.active().filter(hub_is_off=True).count(),
        consent_missing=unrecorded.exclude(docker_id="").count() if school.asks_consent else 0,
    )

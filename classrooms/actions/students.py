"""Students: added by hand, their names, and what they are called on Docker Hub."""

from django.db import transaction

from classrooms import signals
from classrooms.actions import audit
from classrooms.actions.class_groups import enrol_student
from classrooms.actions.docker_hub_off import refuse_docker_id
from classrooms.identity import external_id_hash, sort_name
from classrooms.models import ClassGroup, School, Student, User


@transaction.atomic
def add_student(
    *,
    class_group: ClassGroup,
    given_name: str,
    first_surname: str,
    second_surname: str = "",
    external_id: str = "",
    docker_id: str = "",
    by: User | None,
) -> Student:
    """A student enrolled in the class. A number that the school knows means that student, with these names.

    Without a number each call adds a person: two may have the same name.
    """
    student = _find_by_number(class_group.school, external_id) or Student(school=class_group.school)
    student.given_name, student.first_surname, student.second_surname = (
        given_name,
        first_surname,
        second_surname,
    )
    student.docker_id = docker_id.lower() or student.docker_id
    student.external_id_hash = external_id_hash(class_group.school.pk, external_id) if external_id else ""
    student.sort_name = sort_name_of(student)
    student.save()
    enrol_student(student=student, class_group=class_group, by=by)
    return student


def sort_name_of(student: Student) -> str:
    return sort_name(
        first_surname=student.first_surname,
        second_surname=student.second_surname,
        given_name=student.given_name,
    )


@transaction.atomic
def set_docker_id(*, student: Student, docker_id: str, by: User | None) -> None:
    """What the student is called on Docker Hub; "" forgets it. The same again changes nothing. Raises NoDockerId."""
    if student.docker_id == docker_id.lower():
        return
    if docker_id:
        refuse_docker_id(student)
    student.docker_id, student.docker_id_proof, student.docker_id_proven_at = docker_id.lower(), "", None
    student.save(update_fields=["docker_id", "docker_id_proof", "docker_id_proven_at"])
    audit.record(school=student.school, actor=by, verb="student.docker_id", about=student)
    signals.roster_changed.send(sender=Student, school=student.school, class_group=None)


@transaction.atomic
def change_student(
    *,
    student: Student,
    given_name: str,
    first_surname: str,
    second_surname: str,
    docker_id: str,
    by: User | None,
) -> None:
    """Correct the names and the Docker ID. It stays the same person; the same again changes nothing.

    `student` may carry the new values already, as a form leaves it: what counts is the stored row.
    """
    was = Student.objects.get(pk=student.pk)
    student.given_name, student.first_surname, student.second_surname = (
        given_name,
        first_surname,
        second_surname,
    )
    student.docker_id, student.sort_name = was.docker_id, sort_name_of(student)
    if (was.given_name, was.surnames) != (student.given_name, student.surnames):
        student.save(update_fields=["given_name", "first_surname", "second_surname", "sort_name"])
        audit.record(school=student.school, actor=by, verb="student.changed", about=student)
    set_docker_id(student=student, docker_id=docker_id, by=by)


def _find_by_number(school: School, external_id: str) -> Student | None:
    if not external_id.strip():
        return None
    return school.students.filter(external_id_hash=external_id_hash(school.pk, external_id)).first()

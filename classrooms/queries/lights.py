"""Six lights for each student of a class: how far everybody has got with Docker, as far as it can honestly be known."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from classrooms.models import ClassGroup, ClassPractice, HandIn, Practice, Student, StudentStep

PUSHED = (Practice.Way.NAMESPACE, *Practice.IN_THE_ACCOUNT)


class Light(StrEnum):
    """In the order in which they are reached."""

    ACCOUNT = "account"
    ADDRESS = "address"
    INVITATION = "invitation"
    LOGIN = "login"
    PULL = "pull"
    PUSH = "push"


@dataclass(frozen=True)
class StudentLights:
    """`name` is short enough for a wall: given name and first letter of the surname; the alias too where two are alike."""

    name: str
    lit: tuple[tuple[Light, bool], ...]

    @property
    def is_complete(self) -> bool:
        return all(is_on for _light, is_on in self.lit)

    @property
    def on(self) -> tuple[Light, ...]:
        return tuple(light for light, is_on in self.lit if is_on)


@dataclass(frozen=True)
class ClassLights:
    """`rows` by surname; `counts` says for each light that applies how many have it."""

    rows: tuple[StudentLights, ...]
    counts: tuple[tuple[Light, int], ...]

    @property
    def complete(self) -> int:
        return sum(row.is_complete for row in self.rows)


def class_lights(class_group: ClassGroup) -> ClassLights:
    """Four queries, however many students. Lights that do not apply to the class are left out."""
    lights = _that_apply(class_group)
    students = Student.objects.filter(enrolments__in=class_group.enrolments.current()).order_by(
        "sort_name", "pk"
    )
    people = list(students.only("given_name", "first_surname", "user_id", "docker_id_proof", "docker_id"))
    steps = StudentStep.objects.filter(student__in=people).values_list("student_id", "step")
    seen = {(student, Light(step)) for student, step in steps} | _pushes(people)
    alike = Counter(_short_name(one) for one in people)
    rows = tuple(_row(one, lights, seen, is_alone=alike[_short_name(one)] == 1) for one in people)
    counts = tuple((light, sum(light in row.on for row in rows)) for light in lights)
    return ClassLights(rows, counts)


def _that_apply(class_group: ClassGroup) -> tuple[Light, ...]:
    """Without Docker Hub: an account here and the first pull. The others where somebody needs them."""
    if class_group.hub_is_off:
        return Light.ACCOUNT, Light.PULL
    members = class_group.students_are_members
    current = ClassPractice.objects.current().filter(class_group=class_group)
    pushes = current.filter(practice__hand_in_way__in=PUSHED, practice__is_draft=False).exists()
    needed = {
        Light.ADDRESS: members or pushes,
        Light.INVITATION: members,
        Light.LOGIN: members or pushes,
        Light.PUSH: pushes,
    }
    return tuple(light for light in Light if needed.get(light, True))


def _pushes(people: list[Student]) -> set[tuple[int, Light]]:
    """Whoever handed in an image that is in the registry has pushed it."""
    pushed = HandIn.objects.filter(student__in=people).exclude(reference="").exclude(digest="")
    students = set(pushed.values_list("student_id", flat=True).distinct())
    return {(student, Light.PUSH) for student in students}


def _short_name(student: Student) -> str:
    initial = f"{student.first_surname[:1]}." if student.first_surname else ""
    return f"{student.given_name} {initial}".strip()


def _row(
    student: Student, lights: tuple[Light, ...], seen: set[tuple[int, Light]], *, is_alone: bool
) -> StudentLights:
    known = {light for light in Light if (student.pk, light) in seen}
    if student.user_id is not None:
        known.add(Light.ACCOUNT)
    if student.docker_id_proof:
        known.add(Light(student.docker_id_proof))
    if Light.PUSH in known:  # Docker Hub lets nobody push before
        known |= {Light.ADDRESS, Light.LOGIN}
    name = _short_name(student) if is_alone else f"{_short_name(student)} · {student.alias}"
    return StudentLights(name, tuple((light, light in known) for light in lights))

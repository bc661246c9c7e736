"""Where in the school's account a practice's work is pushed, by Docker's rules and the same whatever is renamed.

Names hold the practice's number and the student's alias: nothing on Docker Hub says who a student is. Who is to push has to
be a member of the organization, so these ways work in classes whose students are members; others hand in from their own
account or as a file. Repositories are private, and stay when the practice is withdrawn; the teams go. Of an exam nothing is
made before its minute; then the repository for all becomes one of the school's images, with tags that are fixed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Q

from classrooms.models import ClassGroup, ClassPractice, Enrolment, Practice, Student
from hubsync.hub.names import fit_description
from hubsync.planning.owned import MARK
from hubsync.planning.state import Grant, Permission, Person, RepositoryState, TeamState
from hubsync.sync.exams import begun
from hubsync.sync.sub_groups import with_docker_id

_ENDING = f" · {MARK}"


def repository_of(practice: Practice, student: Student | None = None) -> str:
    """The repository's short name: "practica-12", of one student "practica-12-encina-204"."""
    return practice.repository_name + (f"-{student.alias}" if student else "")


def place_of(given: ClassPractice, student: Student) -> str:
    """What the student's reference has to be or begin with; "" where the student chooses."""
    practice, group = given.practice, given.class_group
    is_there = practice.hand_in_way in Practice.IN_THE_ACCOUNT and group.school.namespace
    may_push = group.students_are_members and student.docker_id and student.may_use_docker_id
    if not is_there or group.school.namespace_is_personal or not may_push:
        return ""
    if practice.hand_in_way == Practice.Way.SHARED:
        return f"{group.school.namespace}/{repository_of(practice)}:{student.alias}"
    return f"{group.school.namespace}/{repository_of(practice, student)}"


class HandInPlaces:
    """Repositories and teams for the practices of these classes that are handed in in the school's own account."""

    def __init__(self, groups: Sequence[ClassGroup]) -> None:
        members = [group for group in groups if group.students_are_members]
        # An exam is not to be found before its minute, on Docker Hub neither.
        current = ClassPractice.objects.current().filter(
            Q(practice__is_exam=False) | begun(),
            class_group__in=members,
            practice__is_draft=False,
            practice__hand_in_way__in=Practice.IN_THE_ACCOUNT,
        )
        self.given = list(current.select_related("practice", "class_group").order_by("pk"))
        self._students: dict[int, list[Student]] = defaultdict(list)
        rows = Enrolment.objects.current().filter(class_group__in={one.class_group_id for one in self.given})
        for row in with_docker_id(rows).select_related("student") if self.given else ():
            self._students[row.class_group_id].append(row.student)

    def repositories(self) -> Iterable[RepositoryState]:
        """Of each student; the one for all is an image of the school, wanted as every other.

        An exam's becomes one in the run of its minute (`want_begun_exams`); a plan that is only shown says it here.
        """
        for given in self.given:
            for student in self._each(given):
                if student or given.practice.is_exam:
                    title = fit_description(given.practice.title)
                    yield RepositoryState(repository_of(given.practice, student), True, title)

    def teams(self, teachers: Mapping[int, set[Person]]) -> Iterable[TeamState]:
        """Who pushes, with the teachers who pull: one team for a class, or one for each student."""
        for given in self.given:
            people = teachers.get(given.class_group_id, set())
            for student in self._each(given):
                pushing = [student] if student else self._students[given.class_group_id]
                yield _team(given, student, people | {Person(one.docker_id) for one in pushing})

    def _each(self, given: ClassPractice) -> list[Student] | list[None]:
        is_own = given.practice.hand_in_way == Practice.Way.OWN
        return self._students[given.class_group_id] if is_own else [None]


def _team(given: ClassPractice, student: Student | None, people: set[Person]) -> TeamState:
    name = (
        repository_of(given.practice, student) if student else f"{given.practice.repository_name}-c{given.pk}"
    )
    title = f"{given.practice.title} · {student.alias if student else given.class_group.name}"
    grant = Grant(repository_of(given.practice, student), Permission.WRITE)
    return TeamState(name, fit_description(title, _ENDING), frozenset(people), frozenset({grant}))

"""Where in the school's account a practice's work is pushed, by Docker's rules and the same whatever is renamed.

Names hold the practice's number and the student's alias: nothing on Docker Hub says who a student is.
"""

from __future__ import annotations

from classrooms.models import ClassPractice, Practice, Student

IN_THE_ACCOUNT = (Practice.Way.SHARED, Practice.Way.OWN)


def repository_of(practice_id: int, student: Student | None = None) -> str:
    """The repository's short name: "practica-12", of one student "practica-12-encina-204"."""
    return f"practica-{practice_id}" + (f"-{student.alias}" if student else "")


def place_of(given: ClassPractice, student: Student) -> str:
    """What the student's reference has to be or begin with; "" where the student chooses."""
    practice, namespace = given.practice, given.class_group.school.namespace
    if practice.hand_in_way not in IN_THE_ACCOUNT or not namespace:
        return ""
    if practice.hand_in_way == Practice.Way.SHARED:
        return f"{namespace}/{repository_of(practice.pk)}:{student.alias}"
    return f"{namespace}/{repository_of(practice.pk, student)}"

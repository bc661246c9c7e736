"""The own data that a student takes along say nothing sooner than the pages do."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from classrooms.actions.assessing import assess, publish_marks
from classrooms.actions.handing_in import grant_extension
from classrooms.models import ClassGroup, ClassPractice, Practice, Student, User
from classrooms.queries.person import person_data
from tests.classrooms.practices.scene import make_practice

BEGIN = timezone.now() + timedelta(days=1)
MORE_TIME = BEGIN + timedelta(hours=3)


@pytest.fixture
def exam(class_group: ClassGroup, bruno: Student, ana: User) -> ClassPractice:
    """Tomorrow, with more time for Bruno, as it is arranged with his family beforehand."""
    dates: dict[str, Any] = {"visible_from": BEGIN, "due_at": BEGIN + timedelta(hours=1)}
    given = make_practice(
        class_group, "Examen UT3", is_exam=True, hand_in_way=Practice.Way.NAMESPACE, **dates
    )
    grant_extension(class_practice=given, student=bruno, due_at=MORE_TIME, by=ana)
    return given


@pytest.fixture
def marked(class_group: ClassGroup, bruno: Student, ana: User) -> ClassPractice:
    given = make_practice(class_group, "Práctica 6", hand_in_way=Practice.Way.NAMESPACE)
    assess(class_practice=given, student=bruno, hand_in=None, by=ana, mark=3, comment="Flojo", version=0)  # type: ignore[arg-type]
    return given


def taken_along(client: Client, student: Student) -> tuple[str, dict[str, Any]]:
    assert student.user is not None
    client.force_login(student.user)
    answer = client.get("/student/data.json", headers={"accept-language": "en"})
    return answer.content.decode(), answer.json()


def test_more_time_for_an_exam_does_not_tell_of_it_before_its_minute(
    client: Client, exam: ClassPractice, bruno: Student
) -> None:
    text, data = taken_along(client, bruno)

    assert "Examen" not in text and "extension" not in data
    assert not [one for one in data["register"] if "more time" in one["what"]]


def test_nor_of_a_practice_that_is_a_draft_again(client: Client, exam: ClassPractice, bruno: Student) -> None:
    ClassPractice.objects.update(visible_from=None)
    Practice.objects.update(is_draft=True)

    assert "Examen" not in taken_along(client, bruno)[0]


def test_from_its_minute_on_it_is_there(client: Client, exam: ClassPractice, bruno: Student) -> None:
    ClassPractice.objects.update(visible_from=timezone.now())

    text, data = taken_along(client, bruno)

    assert "Examen UT3" in text and data["extension"][0]["due_at"] == MORE_TIME.isoformat()
    assert [one for one in data["register"] if "more time" in one["what"]]


def test_a_mark_is_there_when_the_teacher_publishes_it(
    client: Client, marked: ClassPractice, bruno: Student, ana: User
) -> None:
    text, data = taken_along(client, bruno)
    assert "Flojo" not in text and "assessment" not in data

    publish_marks(class_practice=marked, by=ana)

    assert taken_along(client, bruno)[1]["assessment"][0]["mark"] == "3.00"


def test_what_the_school_takes_along_is_everything(
    exam: ClassPractice, marked: ClassPractice, bruno: Student
) -> None:
    data = person_data(bruno)

    assert data["extension"] and data["assessment"][0]["comment"] == "Flojo"

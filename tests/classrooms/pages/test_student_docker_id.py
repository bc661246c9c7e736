"""A student says the own Docker ID, confirms it, takes it back."""

import pytest
from django.test import Client

from classrooms import signals
from classrooms.models import ClassGroup, Student
from tests.factories import make_student, make_teacher

PATH = "/student/docker-id/"


@pytest.fixture
def signed_in(reader: Client, bruno: Student) -> Client:
    reader.force_login(bruno.user)
    return reader


def kept(bruno: Student) -> str:
    bruno.refresh_from_db()
    return bruno.docker_id


def test_it_is_shown_once_more_before_it_is_kept(signed_in: Client, bruno: Student) -> None:
    page = signed_in.post(PATH, {"docker_id": "Zorro99"}).content.decode()

    assert "Are you zorro99 on Docker Hub?" in page
    assert kept(bruno) == ""


def test_a_confirmed_one_is_kept_and_announced(signed_in: Client, bruno: Student) -> None:
    heard: list[object] = []

    def hear(school: object, **_: object) -> None:
        heard.append(school)

    signals.roster_changed.connect(hear)

    signed_in.post(PATH, {"docker_id": "zorro99", "confirmed": "1"})

    signals.roster_changed.disconnect(hear)
    assert kept(bruno) == "zorro99"
    assert heard == [bruno.school]


def test_it_can_be_taken_back(signed_in: Client, bruno: Student) -> None:
    signed_in.post(PATH, {"docker_id": "zorro99", "confirmed": "1"})

    signed_in.post(PATH, {"forget": "1"})

    assert kept(bruno) == ""


@pytest.mark.parametrize("text", ["", "bruno@example.org", "two words", "ñ"])
def test_what_cannot_be_a_docker_id_is_refused_in_words(signed_in: Client, bruno: Student, text: str) -> None:
    answer = signed_in.post(PATH, {"docker_id": text, "confirmed": "1"})

    assert "docker_id" in answer.context["form"].errors
    assert kept(bruno) == ""


def test_what_a_classmate_has_said_is_refused(
    signed_in: Client, bruno: Student, class_group: ClassGroup
) -> None:
    make_student(class_group, "Nerea", docker_id="zorro99")

    signed_in.post(PATH, {"docker_id": "ZORRO99", "confirmed": "1"})

    assert kept(bruno) == ""


def test_what_a_teacher_has_said_is_refused(signed_in: Client, bruno: Student) -> None:
    make_teacher(bruno.school, "Javier", docker_id="zorro99")

    signed_in.post(PATH, {"docker_id": "ZORRO99", "confirmed": "1"})

    assert kept(bruno) == ""


def test_it_warns_that_the_name_is_final_and_suggests_an_invented_one(signed_in: Client) -> None:
    page = signed_in.get(PATH).content.decode()

    assert "never lets you change it" in page and "invented name" in page

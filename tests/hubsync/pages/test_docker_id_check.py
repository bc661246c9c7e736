"""While a student says the own Docker ID, the page tells whether it exists; nothing keeps them from going on."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from classrooms.models import Student, User
from hubsync.views.docker_ids import MOST_LOOKS
from tests.factories import make_student
from tests.hubsync.stage import Stage

PATH = "/student/docker-id/check/"


@pytest.fixture
def nerea(client: Client, stage: Stage) -> Client:
    cache.clear()
    student = make_student(stage.smr, "Nerea", has_account=True)
    assert student.user is not None
    client.force_login(student.user)
    client.cookies["django_language"] = "en"
    return client


def told(client: Client, docker_id: str, **more: str) -> str:
    return client.get(PATH, {"docker_id": docker_id, **more}).content.decode()


def test_one_that_exists_is_said_to_exist(nerea: Client) -> None:
    assert "There is somebody called carla on Docker Hub" in told(nerea, "Carla")


@pytest.mark.parametrize("docker_id", ["nobodythere", "iestriana", "ñ/../x", ""])
def test_one_that_no_person_has_is_said_to_be_nobody(nerea: Client, docker_id: str) -> None:
    assert "Look at the spelling" in told(nerea, docker_id)


def test_where_docker_hub_does_not_answer_it_is_not_checked_now(nerea: Client, stage: Stage) -> None:
    stage.world.faults.add("firewall")

    assert "could not be checked now" in told(nerea, "carla")


def test_the_same_question_again_costs_no_second_call(nerea: Client, stage: Stage) -> None:
    told(nerea, "carla")
    stage.forget_requests()

    assert "There is somebody" in told(nerea, "carla")
    assert not list(stage.world.journal.requests)


def test_who_asks_again_and_again_is_told_that_it_is_not_checked_now(nerea: Client, stage: Stage) -> None:
    for number in range(MOST_LOOKS):
        told(nerea, f"name{number % 3}")
    stage.forget_requests()

    assert "could not be checked now" in told(nerea, "carla")
    assert not list(stage.world.journal.requests)


def test_a_name_to_take_is_free_or_taken(nerea: Client) -> None:
    assert "Nobody on Docker Hub is called encina204 now" in told(nerea, "encina204", new="1")
    assert "Somebody has carla already" in told(nerea, "carla", new="1")


def test_htmx_gets_the_sentence_alone_and_others_a_page(nerea: Client) -> None:
    part = nerea.get(PATH, {"docker_id": "carla"}, headers={"HX-Request": "true"}).content.decode()

    assert "There is somebody" in part and "<html" not in part
    assert "<html" in told(nerea, "carla")


def test_it_is_for_students_alone(client: Client, stage: Stage) -> None:
    client.force_login(User.objects.get(first_name="Ana"))

    assert client.get(PATH, {"docker_id": "carla"}).status_code == 404


def test_the_page_that_asks_again_looks_for_what_was_typed(nerea: Client) -> None:
    page = nerea.post("/student/docker-id/", {"docker_id": "Carla"}).content.decode()

    assert f"{PATH}?docker_id=carla" in page


def test_an_invented_name_is_proposed_that_is_not_the_students(nerea: Client) -> None:
    student = Student.objects.get(given_name="Nerea")

    page = nerea.get("/student/docker-id/").content.decode()

    assert student.docker_id_to_take in page
    assert student.docker_id_to_take.isalnum() and student.docker_id_to_take == student.alias.replace("-", "")


@pytest.mark.parametrize("where", ["students/new/", "students/{enrolment}/"])
def test_a_teacher_who_types_one_is_told_whether_it_can_be_invited(
    client: Client, stage: Stage, where: str
) -> None:
    client.force_login(User.objects.get(first_name="Ana"))
    client.cookies["django_language"] = "en"
    enrolment = stage.smr.enrolments.get()
    check = f"/school/{stage.school.pk}/hub/people/check/"

    page = client.get(f"/class/{stage.smr.pk}/{where.format(enrolment=enrolment.pk)}").content.decode()
    said = client.get(check, {"docker_id": "nobodythere"}).content.decode()

    assert f'hx-get="{check}"' in page
    assert "Nobody on Docker Hub is called nobodythere" in said

"""How far everybody of a class is, on the teacher's screen and on the projector."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from classrooms.actions.docker_id_proof import prove_docker_id
from classrooms.actions.handing_in import HandedIn, hand_in
from classrooms.actions.steps import forget_own_word, note_step
from classrooms.models import ClassGroup, Student, StudentStep, User
from classrooms.queries.lights import class_lights
from tests.classrooms.practices.scene import DIGEST, make_practice
from tests.factories import make_student

pytestmark = pytest.mark.django_db
STEP, SOURCE = StudentStep.Step, StudentStep.Source


def lit(class_group: ClassGroup) -> dict[str, list[str]]:
    return {row.name: list(row.on) for row in class_lights(class_group).rows}


def applying(class_group: ClassGroup) -> list[str]:
    return [light for light, _count in class_lights(class_group).counts]


def test_a_class_without_docker_hub_has_two_lights(class_group: ClassGroup) -> None:
    assert applying(class_group) == ["account", "pull"]


def test_members_who_push_have_six_and_a_class_that_keeps_docker_hub_off_two(class_group: ClassGroup) -> None:
    ClassGroup.objects.update(students_are_members=True)
    make_practice(class_group, hand_in_way="own_namespace")
    class_group.refresh_from_db()
    six = applying(class_group)
    class_group.hub_is_off = True

    assert six == ["account", "address", "invitation", "login", "pull", "push"]
    assert applying(class_group) == ["account", "pull"]


def test_each_light_is_lit_by_whoever_can_know_it(class_group: ClassGroup, bruno: Student) -> None:
    class_group.students_are_members = True
    class_group.save()
    given = make_practice(class_group, hand_in_way="own_namespace")
    make_student(class_group, "Elena")
    bruno.docker_id = "zorro99"
    bruno.save()
    before = lit(class_group)
    note_step(student=bruno, step=STEP.PULL, source=SOURCE.SCRIPT)
    note_step(student=bruno, step=STEP.ADDRESS, source=SOURCE.STUDENT)
    soon = timezone.now() + timedelta(minutes=1)
    prove_docker_id(school=class_group.school, docker_id="zorro99", proof=Student.Proof.INVITATION, at=soon)
    in_between = lit(class_group)
    hand_in(class_practice=given, student=bruno, handed_in=HandedIn("zorro99/web:v1", DIGEST))

    assert before == {"Bruno G.": ["account"], "Elena G.": []}
    assert in_between["Bruno G."] == ["account", "address", "invitation", "pull"]
    assert lit(class_group)["Bruno G."] == ["account", "address", "invitation", "login", "pull", "push"]


def test_a_push_that_docker_hub_saw_lights_what_comes_before_it(
    class_group: ClassGroup, bruno: Student
) -> None:
    make_practice(class_group, hand_in_way="own_namespace")
    bruno.docker_id, bruno.docker_id_proof = "zorro99", Student.Proof.INVITATION
    bruno.save()
    soon = timezone.now() + timedelta(minutes=1)
    prove_docker_id(school=class_group.school, docker_id="zorro99", proof=Student.Proof.PUSH, at=soon)

    assert lit(class_group)["Bruno G."] == ["account", "address", "login", "push"]


def test_the_own_word_can_be_taken_back_and_what_was_seen_stays(bruno: Student) -> None:
    note_step(student=bruno, step=STEP.ADDRESS, source=SOURCE.STUDENT)
    forget_own_word(student=bruno, step=STEP.ADDRESS)
    gone = bruno.steps.count()
    note_step(student=bruno, step=STEP.ADDRESS, source=SOURCE.STUDENT)
    note_step(student=bruno, step=STEP.ADDRESS, source=SOURCE.HUB)
    forget_own_word(student=bruno, step=STEP.ADDRESS)

    assert (gone, bruno.steps.get().source) == (0, SOURCE.HUB)


def test_a_student_says_that_the_address_is_confirmed(client: Client, bruno: Student) -> None:
    assert bruno.user is not None
    client.force_login(bruno.user)
    client.post("/student/address-confirmed/")
    said = bruno.steps.count()
    client.post("/student/address-confirmed/", {"no": "yes"})
    assert (said, bruno.steps.count()) == (1, 0)


def test_nothing_is_sent_while_nothing_has_changed(
    reader: Client, class_group: ClassGroup, bruno: Student, ana: User
) -> None:
    reader.force_login(ana)
    address = f"/class/{class_group.pk}/lights/wall/"
    first = reader.get(address, headers={"hx-request": "true"})
    asked = {"hx-request": "true", "if-none-match": first["ETag"]}
    same = reader.get(address, headers=asked)
    note_step(student=bruno, step=STEP.PULL, source=SOURCE.SCRIPT)
    changed = reader.get(address, headers=asked)

    assert (first.status_code, same.status_code, same.content, changed.status_code) == (200, 304, b"", 200)
    assert changed["ETag"] != first["ETag"] and b"<html" not in changed.content


def test_the_projector_costs_as_many_queries_for_35_as_for_5(
    reader: Client, class_group: ClassGroup, ana: User
) -> None:
    def cost() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as captured:
            answer = reader.get(f"/class/{class_group.pk}/lights/wall/", headers={"hx-request": "true"})
        return len(captured), len(answer.content)

    reader.force_login(ana)
    for number in range(5):
        make_student(class_group, f"Alumna{number}")
    few, _ = cost()
    for number in range(30):
        make_student(class_group, f"Alumno{number}")
    many, size = cost()

    assert many == few <= 10 and size < 8_000


def test_the_wall_shows_no_surname(
    reader: Client, class_group: ClassGroup, bruno: Student, ana: User
) -> None:
    reader.force_login(ana)
    page = reader.get(f"/class/{class_group.pk}/lights/wall/").content.decode()
    assert "Bruno G." in page and "García" not in page


def test_two_of_one_name_are_told_apart_by_their_alias(class_group: ClassGroup) -> None:
    first, second = make_student(class_group, "Alba"), make_student(class_group, "Alba")
    assert set(lit(class_group)) == {f"Alba G. · {first.alias}", f"Alba G. · {second.alias}"}

"""Several students of a class at once: who it is about is said with its number, then all of it or nothing happens."""

import pytest
from django.test import Client

from classrooms.models import AccessCode, AuditEntry, ClassGroup, Enrolment, School, User
from tests.factories import make_class_group, make_student, make_teacher

ENGLISH = {"accept-language": "en"}


@pytest.fixture
def teacher(client: Client, ana: User) -> Client:
    client.force_login(ana)
    return client


def three(class_group: ClassGroup) -> list[int]:
    people = [make_student(class_group, first_surname=name) for name in ("Alba", "Benali", "Cano")]
    return [person.enrolments.get().pk for person in people]


def send(client: Client, class_group: ClassGroup, action: str, ids: list[int], query: str = "", **more: str):
    data = {"action": action, "enrolment": ids, **more}
    return client.post(f"/class/{class_group.pk}/students/{query}", data, headers=ENGLISH)


def test_first_the_page_says_how_many_and_who(teacher: Client, class_group: ClassGroup) -> None:
    page = send(teacher, class_group, "remove", three(class_group)).content.decode()

    assert "Remove 3 students" in page and "Benali, " in page
    assert Enrolment.objects.current().count() == 3


def test_then_they_are_out_and_the_list_is_as_it_was_left(teacher: Client, class_group: ClassGroup) -> None:
    ids = three(class_group)

    answer = send(teacher, class_group, "remove", ids[:2], "?show=attention&q=a", confirmed="yes")

    assert answer["Location"] == f"/class/{class_group.pk}/?show=attention&q=a"
    assert [one.pk for one in Enrolment.objects.current()] == ids[2:]
    assert AuditEntry.objects.filter(verb="student.withdrawn").count() == 2


def test_they_can_be_brought_back_together(teacher: Client, class_group: ClassGroup) -> None:
    ids = three(class_group)
    send(teacher, class_group, "remove", ids, confirmed="yes")

    send(teacher, class_group, "bring_back", ids, "?show=left", confirmed="yes")

    assert Enrolment.objects.current().count() == 3


def test_codes_are_made_for_those_chosen_and_shown_once(teacher: Client, class_group: ClassGroup) -> None:
    ids = three(class_group)

    codes = send(teacher, class_group, "codes", ids[1:], confirmed="yes").context["codes"]

    assert [one.student.first_surname for one in codes] == ["Benali", "Cano"]
    assert AccessCode.objects.count() == 2


def test_who_is_not_concerned_is_counted_and_left_alone(teacher: Client, class_group: ClassGroup) -> None:
    ids = three(class_group)
    has_account = make_student(class_group, "Nerea", has_account=True).enrolments.get().pk

    page = send(teacher, class_group, "sign_out", [*ids, has_account]).content.decode()

    assert "Sign 1 student out" in page and "3 other students" in page


def test_signing_out_ends_every_session_of_those_chosen(teacher: Client, class_group: ClassGroup) -> None:
    student = make_student(class_group, "Nerea", has_account=True)
    elsewhere = Client()
    elsewhere.force_login(student.user)

    send(teacher, class_group, "sign_out", [student.enrolments.get().pk], confirmed="yes")

    assert elsewhere.get("/student/").status_code == 302


@pytest.mark.parametrize("ids", [[], ["x", "²", "9" * 30]])
def test_nobody_ticked_changes_nothing_and_says_what_to_do(
    teacher: Client, class_group: ClassGroup, ids: list[object]
) -> None:
    three(class_group)

    answer = teacher.post(
        f"/class/{class_group.pk}/students/",
        {"action": "remove", "enrolment": ids, "confirmed": "yes"},
        headers=ENGLISH,
        follow=True,
    )

    assert "Tick at least one student first." in answer.content.decode()


def test_students_of_another_class_are_nobody_here(
    teacher: Client, school: School, class_group: ClassGroup
) -> None:
    elsewhere = three(make_class_group(school, "2º DAW"))

    send(teacher, class_group, "remove", elsewhere, confirmed="yes")

    assert Enrolment.objects.current().count() == 3


def test_who_assists_helps_with_codes_and_removes_nobody(
    client: Client, school: School, class_group: ClassGroup
) -> None:
    rosa = make_teacher(school, "Rosa", role="assistant")
    class_group.teachings.create(teacher_role=rosa.teacher_roles.get(), role="assistant")
    ids = three(class_group)
    client.force_login(rosa)

    assert send(client, class_group, "remove", ids, confirmed="yes").status_code == 404
    assert send(client, class_group, "codes", ids, confirmed="yes").status_code == 200


def test_an_action_that_is_none_is_not_there(teacher: Client, class_group: ClassGroup) -> None:
    assert send(teacher, class_group, "expel", three(class_group)).status_code == 404


def test_a_student_changed_by_hand_leads_back_to_the_list_as_it_was(
    teacher: Client, class_group: ClassGroup
) -> None:
    (one, *_) = three(class_group)
    names = {"given_name": "Ada", "first_surname": "Alba", "second_surname": "", "docker_id": ""}

    answer = teacher.post(f"/class/{class_group.pk}/students/{one}/?q=al&sort=surname&evil=1", names)

    assert answer["Location"] == f"/class/{class_group.pk}/?q=al&sort=surname"

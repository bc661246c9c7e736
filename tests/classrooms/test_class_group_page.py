"""A class's page: counters, surnames in order, search without accents, as many queries for 300 as for 3."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from classrooms.actions.access_codes import create_access_codes
from classrooms.models import AccessCode, ClassGroup, Enrolment, School, Student, User
from classrooms.queries.class_group import class_page
from tests.factories import make_assigned_image, make_class_group, make_student, make_teacher


def shown(class_group: ClassGroup, **choice: str) -> list[str]:
    return [row.student.first_surname for row in class_page(class_group, **choice).rows]


def test_students_stand_by_surname_with_ene_after_n(class_group: ClassGroup) -> None:
    for surname in ("Ñíguez", "Nuño", "Ortega", "Álvarez", "Nzé"):
        make_student(class_group, first_surname=surname)

    assert shown(class_group) == ["Álvarez", "Nuño", "Nzé", "Ñíguez", "Ortega"]


@pytest.mark.parametrize("search", ["pena", "Peña", "PEÑA ana", "lopez", "n lop"])
def test_a_search_finds_any_part_of_a_name_without_accents(class_group: ClassGroup, search: str) -> None:
    make_student(class_group, "Ana", first_surname="Peña", second_surname="López")
    make_student(class_group, "Iker", first_surname="Ruiz")

    assert shown(class_group, search=search) == ["Peña"]


def test_counters_count_everybody_and_filter_the_list(class_group: ClassGroup, ana: User) -> None:
    make_student(class_group, first_surname="Alba", has_account=True)
    make_student(class_group, first_surname="Haddad")
    create_access_codes(class_group=class_group, by=ana)
    make_student(class_group, first_surname="Moreno")

    page = class_page(class_group, show="attention")

    assert (page.students, page.with_account, page.with_attention) == (3, 1, 1)
    assert [row.attention for row in page.rows] == ["no_code"]


def test_a_code_that_has_expired_needs_attention_again(class_group: ClassGroup, ana: User) -> None:
    make_student(class_group)
    create_access_codes(class_group=class_group, by=ana)
    AccessCode.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert class_page(class_group).with_attention == 1


def test_members_without_docker_id_need_attention(class_group: ClassGroup) -> None:
    class_group.students_are_members = True
    make_student(class_group, has_account=True)
    make_student(class_group, has_account=True, docker_id="nerea7")

    assert [row.attention for row in class_page(class_group).rows if row.attention] == ["no_docker_id"]


def add_many(class_group: ClassGroup, number: int) -> None:
    people = [
        Student(
            school=class_group.school,
            given_name=f"Nerea {one}",
            first_surname="Alba",
            sort_name=f"alba {one}",
        )
        for one in range(number)
    ]
    Student.objects.bulk_create(people)
    Enrolment.objects.bulk_create(Enrolment(student=one, class_group=class_group) for one in people)


def test_three_hundred_students_cost_as_many_queries_as_three(
    client: Client, class_group: ClassGroup, ana: User, django_assert_num_queries: Any, settings: Any
) -> None:
    # A cache that forgets a session in between would add a query of its own.
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.db"
    client.force_login(ana)
    path = f"/class/{class_group.pk}/"
    add_many(class_group, 3)
    make_assigned_image(class_group)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    add_many(class_group, 297)

    with django_assert_num_queries(len(few)):
        page = client.get(path).context["page"]

    assert page.students == 300


def test_the_page_says_on_docker_hub_what_it_shows(client: Client, bruno: Student, ana: User) -> None:
    client.force_login(ana)

    page = client.get(f"/class/{bruno.enrolments.get().class_group_id}/").content.decode()

    assert "hub-sentence" in page and "García, Bruno" in page


def test_htmx_gets_the_list_alone(client: Client, class_group: ClassGroup, ana: User) -> None:
    make_student(class_group, first_surname="Alba")
    client.force_login(ana)

    answer = client.get(f"/class/{class_group.pk}/?q=alba", headers={"hx-request": "true"})

    assert answer.content.decode().strip().startswith('<div id="student-list"')


def test_a_read_only_teacher_looks_and_changes_nothing(
    client: Client, school: School, bruno: Student
) -> None:
    client.force_login(make_teacher(school, "Rosa", role="read_only"))
    enrolment = bruno.enrolments.get()
    path = f"/class/{enrolment.class_group_id}/"

    assert "button secondary small" not in client.get(path).content.decode()
    assert client.get(f"{path}settings/").status_code == 404
    assert client.post(f"{path}codes/").status_code == 404
    assert client.post(f"{path}students/{enrolment.pk}/withdraw/").status_code == 404
    assert client.post(f"{path}assign/", {"reference": "nginx"}).status_code == 404


def test_a_teacher_of_another_class_does_not_see_it(
    client: Client, school: School, class_group: ClassGroup
) -> None:
    javier = make_teacher(school, "Javier")
    make_class_group(school, "2º DAW", teacher=javier)
    client.force_login(javier)

    assert client.get(f"/class/{class_group.pk}/").status_code == 404


def test_a_class_made_by_hand_is_taught_by_who_made_it(client: Client, school: School) -> None:
    javier = make_teacher(school, "Javier")
    client.force_login(javier)
    year = make_class_group(school).academic_year
    answer = client.post(f"/school/{school.pk}/classes/new/", {"name": "2º DAW", "academic_year": year})

    assert client.get(answer.headers["Location"]).status_code == 200


def test_the_same_class_is_not_made_twice(client: Client, class_group: ClassGroup, ana: User) -> None:
    client.force_login(ana)
    facts = {"name": "1º smr", "academic_year": class_group.academic_year}

    answer = client.post(f"/school/{class_group.school_id}/classes/new/", facts)

    assert "name" in answer.context["form"].errors

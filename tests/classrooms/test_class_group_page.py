"""A class's page: counters, surnames in order, search without accents, as many queries for 300 as for 3."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from classrooms.actions.access_codes import create_access_codes
from classrooms.actions.class_groups import withdraw_student
from classrooms.actions.practices import Needed
from classrooms.models import (
    AccessCode,
    ClassGroup,
    Enrolment,
    ImageTag,
    JoinRequest,
    RosterImport,
    School,
    Student,
    User,
)
from classrooms.queries.class_students import ListChoice, StudentRow, student_list
from tests.classrooms.practices.scene import make_practice
from tests.factories import make_assigned_image, make_class_group, make_image, make_student, make_teacher


def rows(class_group: ClassGroup, **choice: str) -> tuple[StudentRow, ...]:
    return student_list(class_group, ListChoice(**choice)).rows


def shown(class_group: ClassGroup, **choice: str) -> list[str]:
    return [row.student.first_surname for row in rows(class_group, **choice)]


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

    found = student_list(class_group, ListChoice(show="attention"))

    assert found.counts == {"all": 3, "attention": 1, "account": 1, "code": 1, "left": 0}
    assert [row.attention for row in found.rows] == ["no_code"]


def test_a_code_that_has_expired_needs_attention_again(class_group: ClassGroup, ana: User) -> None:
    make_student(class_group)
    create_access_codes(class_group=class_group, by=ana)
    AccessCode.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert student_list(class_group, ListChoice()).needs == {"no_code": 1}


def test_members_without_docker_id_need_attention(class_group: ClassGroup) -> None:
    class_group.students_are_members = True
    make_student(class_group, has_account=True)
    make_student(class_group, has_account=True, docker_id="nerea7")

    assert [row.attention for row in rows(class_group, show="attention")] == ["no_docker_id"]


def test_who_needs_attention_stands_first_unless_sorted_by_surname_alone(class_group: ClassGroup) -> None:
    make_student(class_group, first_surname="Alba", has_account=True)
    make_student(class_group, first_surname="Zamora")

    assert shown(class_group) == ["Zamora", "Alba"]
    assert shown(class_group, sort="surname") == ["Alba", "Zamora"]


@pytest.mark.parametrize(
    ("consent", "needs"), [("", "no_consent"), ("over_14", "no_docker_id"), ("none", "")]
)
def test_a_school_that_asks_for_consent_is_told_of_whom_nobody_has_said(
    class_group: ClassGroup, consent: str, needs: str
) -> None:
    class_group.students_are_members = class_group.school.asks_consent = True
    make_student(class_group, has_account=True, consent=consent)

    assert [row.attention for row in rows(class_group)] == [needs]


def test_who_has_left_is_shown_where_asked_for_only(class_group: ClassGroup, ana: User) -> None:
    gone = make_student(class_group, first_surname="Soler")
    make_student(class_group, first_surname="Vega")
    withdraw_student(enrolment=gone.enrolments.get(), by=ana)

    assert (shown(class_group), shown(class_group, show="left")) == (["Vega"], ["Soler"])


@pytest.mark.parametrize(
    "asked", [{}, {"show": "left"}, {"q": "peña & co", "sort": "surname"}, {"show": "code", "q": "a"}]
)
def test_what_was_chosen_comes_back_from_its_own_address(asked: dict[str, str]) -> None:
    choice = ListChoice.of(asked)

    assert ListChoice.of(QueryDict(choice.query.removeprefix("?"))) == choice


def test_an_address_that_says_nothing_known_is_as_usual() -> None:
    assert ListChoice.of({"show": "nobody", "sort": "size"}) == ListChoice()


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


@pytest.mark.parametrize("is_full_of_needs", [False, True])
def test_three_hundred_students_cost_as_many_queries_as_thirty(
    is_full_of_needs: bool,
    client: Client,
    class_group: ClassGroup,
    ana: User,
    django_assert_num_queries: Any,
    settings: Any,
) -> None:
    # A cache that forgets a session in between would add a query of its own.
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.db"
    client.force_login(ana)
    path = f"/class/{class_group.pk}/"
    class_group.students_are_members = is_full_of_needs
    class_group.save()
    add_many(class_group, 30)
    make_assigned_image(class_group)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    add_many(class_group, 270)

    with django_assert_num_queries(len(few)):
        page = client.get(path).context["page"]

    assert page.students.counts["all"] == 300


def test_the_page_says_first_what_needs_attention_and_how_old_its_data_are(
    client: Client, bruno: Student, ana: User
) -> None:
    class_group = bruno.enrolments.get().class_group
    make_student(class_group)
    JoinRequest.objects.create(class_group=class_group, given_name="Eva", surnames="Gil")
    image = make_assigned_image(class_group, tag="gone").image
    ImageTag.objects.create(image=image, name="gone", found=False, checked_at=timezone.now())
    done = {"state": "done", "finished_at": timezone.now() - timedelta(days=3)}
    RosterImport.objects.create(
        school=class_group.school,
        format_name="x",
        encoding="x",
        academic_year=class_group.academic_year,
        **done,
    )
    client.force_login(ana)

    page = client.get(f"/class/{class_group.pk}/", headers={"accept-language": "en"}).content.decode()

    told = page[page.index('id="attention"') : page.index('id="images"')]
    assert "1 person waits" in told and "1 student has no account" in told and "1 image was not found" in told
    assert "3\xa0days ago" in page and "0\xa0minutes ago" in page


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


def test_a_class_that_has_images_for_its_practices_alone_prepares_its_room_too(
    client: Client, ana: User, class_group: ClassGroup
) -> None:
    make_practice(class_group, "Práctica 6", Needed(make_image(class_group.school, "nginx"), "1.27"))
    client.force_login(ana)

    page = client.get(f"/class/{class_group.pk}/", headers={"accept-language": "en"}).content.decode()

    assert f"/class/{class_group.pk}/room/" in page and f"/class/{class_group.pk}/check/" in page
    assert "Beside those of its practices this class has no image." in page

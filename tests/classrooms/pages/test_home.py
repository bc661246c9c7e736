"""The first page: for visitors, for teachers, for students."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from classrooms.actions.class_groups import withdraw_student
from classrooms.actions.images import withdraw_image
from classrooms.forms.rosters import ACCEPTED
from classrooms.models import ClassGroup, School, Student, User
from classrooms.queries.home import home_for
from tests.classrooms.regalum import csv_of, student
from tests.factories import (
    make_assigned_image,
    make_class_group,
    make_image,
    make_student,
    make_teacher,
    make_user,
)


def test_a_visitor_finds_a_door_for_students_and_one_for_teachers(reader: Client) -> None:
    page = reader.get("/").content.decode()

    assert 'href="/join/"' in page and 'href="/account/signup/"' in page and 'href="/account/login/"' in page


def test_a_teacher_without_a_school_can_create_one_at_once(reader: Client) -> None:
    reader.force_login(make_user("Marina"))
    assert 'action="/school/new/"' in reader.get("/").content.decode()

    answer = reader.post("/school/new/", {"name": "IES Triana", "code": ""})

    assert answer.headers["Location"] == School.objects.get(name="IES Triana").get_absolute_url()


def test_a_teacher_without_a_class_is_led_to_the_class_list(
    reader: Client, school: School, ana: User
) -> None:
    reader.force_login(ana)

    assert f'href="/school/{school.pk}/roster/"' in reader.get("/").content.decode()


def test_a_class_with_students_and_no_image_is_the_next_step(
    reader: Client, ana: User, class_group: ClassGroup
) -> None:
    make_student(class_group)
    reader.force_login(ana)

    assert f'href="/class/{class_group.pk}/assign/"' in reader.get("/").content.decode()


def test_docker_hub_is_the_last_step_and_the_owners(
    reader: Client, school: School, ana: User, class_group: ClassGroup
) -> None:
    School.objects.update(namespace="")
    make_student(class_group)
    make_assigned_image(class_group)
    reader.force_login(ana)

    assert home_for(ana).schools[0].next_step == "connect"
    assert home_for(make_teacher(school, "Javier")).schools[0].next_step == "roster"


def test_what_was_withdrawn_or_left_does_not_count(ana: User, class_group: ClassGroup) -> None:
    for _ in range(2):
        make_student(class_group)
    withdraw_student(enrolment=class_group.enrolments.all()[0], by=None)
    withdraw_image(assigned=make_assigned_image(class_group), by=None)
    make_assigned_image(class_group, make_image(class_group.school, "nginx"))

    (shown,) = home_for(ana).schools[0].class_groups

    assert (shown.student_count, shown.image_count) == (1, 1)


def test_a_read_only_teacher_is_not_led_where_they_may_not_go(reader: Client, school: School) -> None:
    reader.force_login(make_teacher(school, "Rosa", role="read_only"))

    assert f"/school/{school.pk}/roster/" not in reader.get("/").content.decode()


def test_a_teacher_sees_the_own_classes_and_nobody_elses(
    reader: Client, ana: User, class_group: ClassGroup, carla: User, other_school: School
) -> None:
    foreign = make_class_group(other_school, "2º ASIR", teacher=carla)
    make_student(class_group)
    reader.force_login(ana)

    page = reader.get("/").content.decode()

    assert f'href="/class/{class_group.pk}/"' in page and "1 student" in page
    assert f"/class/{foreign.pk}/" not in page and "IES Alixar" not in page


def test_a_student_goes_to_what_there_is_to_pull(reader: Client, bruno: Student) -> None:
    reader.force_login(bruno.user)

    assert reader.get("/").headers["Location"] == "/student/"


def test_more_classes_and_students_do_not_mean_more_queries(
    reader: Client, ana: User, class_group: ClassGroup
) -> None:
    reader.force_login(ana)
    reader.get("/")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            reader.get("/")
        return len(captured)

    before = queries()
    for number in range(5):
        make_student(make_class_group(class_group.school, f"{number}º DAW", teacher=ana))

    assert queries() == before


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_language_changes_at_one_press_and_stays_on_the_page(reader: Client, language: str) -> None:
    answer = reader.post("/i18n/setlang/", {"language": language, "next": "/join/"}, follow=True)

    assert answer.redirect_chain[-1][0] == "/join/"
    assert f'<html lang="{language}">' in answer.content.decode()


def test_a_page_that_is_not_there_says_what_to_do(reader: Client) -> None:
    answer = reader.get("/nothing/")

    assert answer.status_code == 404 and "Check the address" in answer.content.decode()


def test_a_page_that_was_too_old_says_so() -> None:
    strict = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})

    answer = strict.post("/i18n/setlang/", {"language": "es"})

    assert answer.status_code == 403 and "Your page was too old" in answer.content.decode()


def test_a_class_list_is_chosen_on_the_start_page_itself(reader: Client, school: School, ana: User) -> None:
    reader.force_login(ana)
    page = reader.get("/").content.decode()
    form = page[page.index(f'action="/school/{school.pk}/roster/"') :]

    assert f'accept="{ACCEPTED}"' in form and 'enctype="multipart/form-data"' in form
    data = csv_of(student("9000001"))
    looked = reader.post(
        f"/school/{school.pk}/roster/", {"file": SimpleUploadedFile("a.csv", data)}, follow=True
    )
    assert "Bring in 1 student" in looked.content.decode()


def test_who_only_looks_on_is_offered_no_class_list(reader: Client, class_group: ClassGroup) -> None:
    reader.force_login(make_teacher(class_group.school, "Inés", role="read_only"))

    assert "/roster/" not in reader.get("/").content.decode()


def test_a_class_without_students_takes_its_list_on_its_own_page(
    reader: Client, ana: User, class_group: ClassGroup
) -> None:
    reader.force_login(ana)

    page = reader.get(class_group.get_absolute_url()).content.decode()

    assert f'action="/school/{class_group.school_id}/roster/"' in page

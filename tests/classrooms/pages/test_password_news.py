"""A code that resets a password: asked twice, written down, and seen by the student whoever used it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from classrooms.actions.access_codes import create_access_code, set_new_password
from classrooms.models import AccessCode, AuditEntry, ClassGroup, School, Student, Teaching, User
from classrooms.queries import password_news
from tests.factories import PASSWORD, make_student, make_teacher

NEW_PASSWORD = "grapa caballo pila"


@pytest.fixture
def assistant(reader: Client, school: School, class_group: ClassGroup) -> Client:
    ines = make_teacher(school, "Inés", role="assistant")
    Teaching.objects.create(class_group=class_group, teacher_role=ines.teacher_roles.get())
    reader.force_login(ines)
    return reader


def code_address(student: Student) -> str:
    enrolment = student.enrolments.get()
    return f"/class/{enrolment.class_group_id}/students/{enrolment.pk}/code/"


def home_after_sign_in(student: Student, password: str = PASSWORD) -> str:
    client = Client(headers={"accept-language": "en"})
    assert student.user is not None
    client.post("/account/login/", {"login": student.user.username, "password": password})
    return client.get("/student/").content.decode()


def test_who_assists_is_asked_first_and_told_what_the_code_does(assistant: Client, bruno: Student) -> None:
    page = assistant.post(code_address(bruno)).content.decode()

    assert "A code that sets a new password for Bruno" in page and 'name="confirmed"' in page
    assert "the student sees it at the next sign-in" in page
    assert not AccessCode.objects.exists() and not AuditEntry.objects.filter(
        student=bruno, verb__contains="code"
    )


def test_confirmed_there_is_a_code_and_the_register_says_what_it_is_for(
    assistant: Client, bruno: Student
) -> None:
    answer = assistant.post(code_address(bruno), {"confirmed": "1"})

    assert answer.context["code"] in answer.content.decode()
    entry = AuditEntry.objects.get(verb="student.reset_code")
    assert (entry.student, str(entry.actor)) == (bruno, "Inés")


def test_a_first_code_resets_nothing_and_is_made_at_once(assistant: Client, class_group: ClassGroup) -> None:
    nerea = make_student(class_group, "Nerea")

    assert "code" in assistant.post(code_address(nerea)).context
    assert AuditEntry.objects.filter(verb="student.code_created", student=nerea).exists()


def test_the_student_sees_a_code_that_was_made_at_the_next_sign_in(bruno: Student, ana: User) -> None:
    create_access_code(student=bruno, by=ana)

    page = home_after_sign_in(bruno)

    assert "About your password" in page and "made a code that sets a new password for you" in page
    assert "a new password was set with a code" not in page and "Ana" not in page


def test_it_is_seen_also_where_somebody_else_used_the_code_and_signed_in_with_it(
    bruno: Student, ana: User
) -> None:
    set_new_password(code=create_access_code(student=bruno, by=ana).code, password=NEW_PASSWORD)
    home_after_sign_in(bruno, NEW_PASSWORD)  # the joker

    assert "a new password was set with a code" in home_after_sign_in(bruno, NEW_PASSWORD)


@pytest.mark.parametrize(("days_away", "is_told"), [(30, True), (8, False)])
def test_it_is_told_for_a_week_and_until_the_next_sign_in_however_late(
    bruno: Student, ana: User, monkeypatch: pytest.MonkeyPatch, days_away: int, is_told: bool
) -> None:
    """The code was made 20 days ago: who signed in since then was told, who did not is told now."""
    create_access_code(student=bruno, by=ana)
    assert bruno.user is not None
    now = timezone.now() + timedelta(days=20)
    User.objects.filter(pk=bruno.user.pk).update(last_login=now - timedelta(days=days_away))
    monkeypatch.setattr(password_news.timezone, "now", lambda: now)  # type: ignore[attr-defined]

    assert ("About your password" in home_after_sign_in(bruno)) is is_told


def test_who_sets_the_password_with_the_code_is_not_told_of_it_in_that_moment(
    bruno: Student, ana: User
) -> None:
    client = Client(headers={"accept-language": "en"})
    client.get(f"/join/{create_access_code(student=bruno, by=ana).code}/")
    client.post("/join/account/", {"password": NEW_PASSWORD})

    page = client.get("/student/").content.decode()

    assert "What to pull today" in page and "About your password" not in page


def test_all_of_it_stands_among_the_own_data_for_as_long_as_the_register_lasts(
    bruno: Student, ana: User
) -> None:
    set_new_password(code=create_access_code(student=bruno, by=ana).code, password=NEW_PASSWORD)
    client = Client(headers={"accept-language": "en"})
    client.force_login(User.objects.get(pk=bruno.user_id))

    page = client.get("/student/data/").content.decode()

    assert (
        "made a code that sets a new password for you" in page
        and "a new password was set with a code" in page
    )
    assert [one.is_code for one in password_news.password_events(bruno)] == [False, True]

"""A student's first visit: a code on paper becomes an account."""

import pytest
from django.test import Client
from django.utils import timezone

from classrooms.actions.access_codes import create_access_code, create_access_codes
from classrooms.models import AccessCode, ClassGroup, Student, User
from classrooms.views.student.join import WRONG_CODES
from tests.factories import PASSWORD, make_student, make_user

NEREA = {"username": "Nerea07", "password": PASSWORD}


@pytest.fixture
def code(class_group: ClassGroup) -> str:
    make_student(class_group, "Nerea")
    return create_access_codes(class_group=class_group, by=None)[0].code


def type_code(reader: Client, code: str) -> str:
    """Where the code leads to; "" when it is refused."""
    return reader.post("/join/", {"code": code}).headers.get("Location", "")


def test_a_code_and_a_name_and_a_password_lead_to_what_there_is_to_pull(reader: Client, code: str) -> None:
    type_code(reader, code.lower().replace("-", " "))

    answer = reader.post("/join/account/", NEREA)

    assert answer.headers["Location"] == "/student/"
    assert Student.objects.get(user__username="nerea07").given_name == "Nerea"
    assert User.objects.get(username="nerea07").email == ""
    assert reader.get("/student/").status_code == 200


def test_a_link_may_bring_the_code_along(reader: Client, code: str) -> None:
    assert f'value="{code}"' in reader.get(f"/join/?code={code}").content.decode()


def test_a_wrong_code_says_what_to_do(reader: Client, code: str) -> None:
    page = reader.post("/join/", {"code": "XXXX-XXXX"}).content.decode()

    assert "ask your teacher for a new code" in page and 'aria-invalid="true"' in page


def test_a_code_works_once(reader: Client, code: str) -> None:
    type_code(reader, code)
    reader.post("/join/account/", NEREA)

    assert type_code(Client(), code) == ""


def test_an_old_code_is_refused(reader: Client, code: str) -> None:
    AccessCode.objects.update(expires_at=timezone.now())

    assert type_code(reader, code) == ""


def test_a_name_that_somebody_has_is_asked_again(reader: Client, code: str) -> None:
    make_user("Nerea07")
    type_code(reader, code)

    answer = reader.post("/join/account/", NEREA)

    assert answer.status_code == 200 and "username" in answer.context["form"].errors


@pytest.mark.parametrize("name", ["né", "nerea garcía", "nerea@example.org", "-nerea"])
def test_a_name_that_cannot_be_typed_everywhere_is_refused(reader: Client, code: str, name: str) -> None:
    type_code(reader, code)

    answer = reader.post("/join/account/", {"username": name, "password": PASSWORD})

    assert list(answer.context["form"].errors) == ["username"]


def test_a_password_like_the_name_is_refused(reader: Client, code: str) -> None:
    type_code(reader, code)

    answer = reader.post("/join/account/", {"username": "nereagarcia", "password": "nereagarcia1"})

    assert list(answer.context["form"].errors) == ["password"]


def test_a_lost_password_is_replaced_and_old_sessions_end(reader: Client, bruno: Student) -> None:
    elsewhere = Client()
    elsewhere.force_login(bruno.user)
    type_code(reader, create_access_code(student=bruno, by=None).code)

    assert 'value="bruno"' in reader.get("/join/account/").content.decode()
    answer = reader.post("/join/account/", {"username": "mallory", "password": "grapa caballo pila"})

    assert answer.headers["Location"] == "/student/" and reader.get("/student/").status_code == 200
    assert elsewhere.get("/student/").status_code == 302
    assert User.objects.get(student=bruno).username == "bruno"


def test_a_weak_new_password_is_refused(reader: Client, bruno: Student) -> None:
    type_code(reader, create_access_code(student=bruno, by=None).code)

    answer = reader.post("/join/account/", {"password": "1234567890"})

    assert list(answer.context["form"].errors) == ["password"]


def test_wrong_codes_slow_down_this_browser_and_not_the_classroom(reader: Client, code: str) -> None:
    for _ in range(WRONG_CODES):
        type_code(reader, "XXXX-XXXX")

    assert type_code(reader, code) == ""
    assert type_code(Client(), code) == "/join/account/"


def test_without_a_code_nobody_chooses_a_name(reader: Client) -> None:
    assert reader.get("/join/account/").headers["Location"] == "/join/"


def test_whoever_is_signed_in_is_told_so(reader: Client, code: str, ana: User) -> None:
    reader.force_login(ana)

    page = reader.post("/join/", {"code": code}).content.decode()

    assert "You are signed in already" in page

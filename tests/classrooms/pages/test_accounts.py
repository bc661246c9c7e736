"""Accounts: teachers sign up and confirm their address, students have none, limits are per account."""

import re

import pytest
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client

from classrooms.actions.access_codes import create_access_codes, open_account
from classrooms.models import ClassGroup, User
from tests.factories import PASSWORD, make_student, make_user

MARINA = {"full_name": "Marina Ruiz", "email": "marina@example.org", "password1": PASSWORD}


@pytest.fixture
def nerea(class_group: ClassGroup) -> User:
    """A student with an account of her own: a name, a password, no address."""
    make_student(class_group, "Nerea")
    code = create_access_codes(class_group=class_group, by=None)[0].code
    return open_account(code=code, username="nerea07", password=PASSWORD)


def sign_in(reader: Client, login: str, password: str = PASSWORD, address: str = "10.0.0.1") -> str:
    """Where signing in leads to; "" when it does not."""
    answer = reader.post("/account/login/", {"login": login, "password": password}, REMOTE_ADDR=address)
    return answer.headers.get("Location", "")


def test_a_teacher_signs_up_confirms_with_the_code_and_is_in(
    reader: Client, mailoutbox: list[EmailMessage]
) -> None:
    reader.post("/account/signup/", MARINA)
    code = re.search(r"^([A-Z0-9-]{6,9})$", str(mailoutbox[0].body), re.MULTILINE)
    assert code is not None

    answer = reader.post("/account/confirm-email/", {"code": code[1]})

    assert answer.headers["Location"] == "/"
    assert "_auth_user_id" in reader.session
    assert str(User.objects.get()) == "Marina Ruiz"


def test_a_teacher_who_has_not_confirmed_the_address_is_not_let_in(reader: Client) -> None:
    reader.post("/account/signup/", MARINA)
    cache.clear()  # a code is sent once in ten seconds at most
    elsewhere = Client()

    assert sign_in(elsewhere, "marina@example.org") == "/account/confirm-email/"
    assert "_auth_user_id" not in elsewhere.session


def test_signing_up_twice_does_not_tell_that_the_address_is_known(
    reader: Client, mailoutbox: list[EmailMessage]
) -> None:
    make_user("marina")

    answer = reader.post("/account/signup/", MARINA)

    assert answer.headers["Location"] == "/account/confirm-email/"
    assert "already" in mailoutbox[0].subject.lower()


def test_what_is_missing_is_said_in_words(reader: Client) -> None:
    page = reader.post("/account/signup/", {}).content.decode()

    assert (
        "Enter your name." in page and "Enter your e-mail address." in page and "Choose a password." in page
    )


def test_a_student_without_an_address_signs_in_with_the_name(reader: Client, nerea: User) -> None:
    assert sign_in(reader, "NEREA07") == "/"
    assert reader.session["_auth_user_id"] == str(nerea.pk)


def test_a_student_cannot_leave_an_address_here(reader: Client, nerea: User) -> None:
    reader.force_login(nerea)

    page = reader.post("/account/email/", {"action_add": "", "email": "nerea@example.org"}).content.decode()

    assert "Students need no e-mail address here" in page
    assert not nerea.emailaddress_set.exists()


def test_a_computer_left_open_adds_no_address_to_which_a_new_password_would_go(reader: Client) -> None:
    ana = make_user("Ana")
    reader.force_login(ana)
    theirs = {"action_add": "", "email": "mallory@example.org"}

    answer = reader.post("/account/email/", theirs)

    assert answer.headers["Location"].startswith("/account/reauthenticate/")
    assert [one.email for one in ana.emailaddress_set.all()] == ["ana@example.org"]


def test_whoever_types_the_password_once_more_need_not_type_the_address_again(
    reader: Client, mailoutbox: list[EmailMessage]
) -> None:
    reader.force_login(make_user("Ana"))
    asked = reader.post("/account/email/", {"action_add": "", "email": "ana@example.net"})

    reader.post(asked.headers["Location"], {"password": PASSWORD})

    assert mailoutbox[0].to == ["ana@example.net"]


def test_a_wrong_password_slows_this_account_and_no_other_of_the_classroom(
    reader: Client, nerea: User
) -> None:
    for _ in range(6):
        sign_in(Client(), "nerea07", "wrong")

    assert sign_in(reader, "nerea07") == ""
    assert sign_in(reader, "ana@example.org") == "/"


def test_a_class_of_35_signs_in_at_once_from_one_address(db: None, settings) -> None:
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher"
    ]  # 35 slow ones take a minute
    names = [f"student{number}" for number in range(35)]
    for name in names:
        make_user(name)
    User.objects.update(password=make_password(PASSWORD))

    assert [sign_in(Client(), f"{name}@example.org") for name in names] == ["/"] * 35


def test_a_teacher_gets_a_new_password_with_a_code(reader: Client, mailoutbox: list[EmailMessage]) -> None:
    make_user("Ana")

    reader.post("/account/password/reset/", {"email": "ana@example.org"})

    assert reader.get("/account/password/reset/confirm/").status_code == 200
    assert "ana@example.org" in mailoutbox[0].to


def test_the_code_leads_to_a_new_password_with_which_one_signs_in(
    reader: Client, mailoutbox: list[EmailMessage]
) -> None:
    make_user("Ana")
    reader.post("/account/password/reset/", {"email": "ana@example.org"})
    code = re.search(r"^([A-Z0-9-]{6,9})$", str(mailoutbox[0].body), re.MULTILINE)
    assert code is not None

    reader.post("/account/password/reset/confirm/", {"code": code[1]})
    page = reader.get("/account/password/reset/complete/").content.decode()
    reader.post("/account/password/reset/complete/", {"password1": "grapa caballo pila"})

    assert "Choose a new password" in page and "again" not in page
    assert sign_in(Client(), "ana@example.org", "grapa caballo pila") == "/"


def test_changing_the_password_asks_for_the_one_of_now(reader: Client) -> None:
    ana = make_user("Ana")
    reader.force_login(ana)
    path = "/account/password/change/"

    page = reader.post(path, {"oldpassword": "wrong", "password1": "grapa caballo pila"}).content.decode()
    reader.post(path, {"oldpassword": PASSWORD, "password1": "grapa caballo pila"})

    ana.refresh_from_db()
    assert "This is not the password you have now." in page and ana.check_password("grapa caballo pila")


def test_pages_about_the_account_speak_as_the_others_do(reader: Client) -> None:
    spanish = Client(headers={"accept-language": "es"})
    spanish.force_login(make_user("Ana"))
    paths = ("email/", "password/change/", "password/reset/", "reauthenticate/", "logout/")

    pages = " ".join(spanish.get(f"/account/{path}").content.decode() for path in paths)

    assert not re.search(r"\b(usted|su contraseña|su correo|introduzca|haga clic)\b", pages, re.IGNORECASE)


def test_signing_out_is_one_press_and_leads_to_the_first_page(reader: Client) -> None:
    reader.force_login(make_user("Ana"))

    answer = reader.post("/account/logout/")

    assert answer.headers["Location"] == "/"
    assert "_auth_user_id" not in reader.session


@pytest.mark.parametrize("path", ["email/", "password/change/", "logout/", "reauthenticate/"])
def test_every_page_about_the_account_wears_our_design(reader: Client, path: str) -> None:
    reader.force_login(make_user("Ana"))

    page = reader.get(f"/account/{path}").content.decode()

    assert 'class="site-header"' in page and "style=" not in page

"""A session that a school's server began changes nothing that would outlive it without a proof of one's own."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import reverse

from classrooms.actions.access_codes import create_access_code
from classrooms.models import ClassGroup, School, SchoolSignIn, Student, User
from classrooms.ways_in_kept import KEPT_WAYS_IN
from tests.classrooms.oidc_server import OidcServer
from tests.classrooms.pages.test_school_sign_in import come_back, server, sign_in
from tests.factories import PASSWORD, make_student, make_teacher

__all__ = ["server", "sign_in"]
OF_ONE_PASSKEY = ("mfa_edit_webauthn", "mfa_remove_webauthn")


@pytest.fixture
def lucia(school: School) -> User:
    """A teacher with a password, a passkey and an app, whom the school's server may vouch for."""
    user = make_teacher(school, "Lucia")
    user.emailaddress_set.update(email="lucia@iestriana.example")
    Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "mi móvil", "credential": {}}
    )
    return user


@pytest.fixture
def school_vouches(reader: Client, lucia: User, server: OidcServer, sign_in: SchoolSignIn) -> Client:
    """What a school's server can do by itself: the browser is in as Lucía."""
    Authenticator.objects.all().delete()
    come_back(reader, server, sign_in, email="lucia@iestriana.example")
    assert reader.session["_auth_user_id"] == str(lucia.pk)
    passkey = {"name": "mi móvil", "credential": {}}
    Authenticator.objects.create(user=lucia, type=Authenticator.Type.WEBAUTHN, data=passkey)
    TOTP.activate(lucia, "JBSWY3DPEHPK3PXP")
    return reader


@pytest.fixture
def nerea(class_group: ClassGroup, reader: Client, server: OidcServer, sign_in: SchoolSignIn) -> Student:
    """A student without a password: in with the school's account, in this browser."""
    student = make_student(class_group, "Nerea")
    reader.get(f"/join/{create_access_code(student=student, by=None).code}/")
    come_back(reader, server, sign_in)
    student.refresh_from_db()
    assert student.user is not None and not student.user.has_usable_password()
    return student


def address_of(name: str) -> str:
    return reverse(name, args=[Authenticator.objects.first().pk] if name in OF_ONE_PASSKEY else [])  # type: ignore[union-attr]


@pytest.mark.parametrize("name", sorted(KEPT_WAYS_IN))
def test_each_asks_for_the_password_first(school_vouches: Client, name: str) -> None:
    for send in (school_vouches.get, school_vouches.post):
        answer = send(address_of(name))

        assert answer.status_code == 302 and answer["Location"].startswith("/account/reauthenticate/"), name


def test_no_address_is_added_to_which_a_new_password_could_be_mailed(
    school_vouches: Client, lucia: User
) -> None:
    school_vouches.post("/account/email/", {"email": "mallory@example.org", "action_add": ""})

    assert [one.email for one in lucia.emailaddress_set.all()] == ["lucia@iestriana.example"]


def test_who_knows_the_password_goes_on_where_they_wanted_to(school_vouches: Client) -> None:
    asked = school_vouches.get("/account/email/")["Location"]

    answer = school_vouches.post(asked, {"password": PASSWORD})

    assert answer["Location"] == "/account/email/"
    assert school_vouches.get("/account/email/").status_code == 200


def test_a_wrong_password_changes_nothing(school_vouches: Client) -> None:
    asked = school_vouches.get("/account/2fa/totp/deactivate/")["Location"]

    school_vouches.post(asked, {"password": "of the school's server"})

    assert school_vouches.post("/account/2fa/totp/deactivate/").status_code == 302
    assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()


def test_who_signed_in_with_the_own_password_is_asked_no_more_than_before(
    client: Client, lucia: User
) -> None:
    Authenticator.objects.all().delete()
    client.post("/account/login/", {"login": "lucia@iestriana.example", "password": PASSWORD})

    assert client.get("/account/email/").status_code == 200


@pytest.mark.parametrize(
    "name", ["account_set_password", "mfa_add_webauthn", "mfa_activate_totp", "account_email"]
)
def test_who_has_nothing_but_the_schools_account_is_told_how_to_get_a_password(
    reader: Client, nerea: Student, name: str
) -> None:
    answer = reader.post(address_of(name), {"password1": "grapa caballo pila"}, follow=True)

    assert "ask your teacher for a code" in answer.content.decode()
    assert nerea.user is not None and not User.objects.get(pk=nerea.user.pk).has_usable_password()
    assert not Authenticator.objects.exists()


def test_the_teachers_code_leads_to_a_password_so_nobody_is_locked_out(
    reader: Client, nerea: Student
) -> None:
    again = Client()
    again.get(f"/join/{create_access_code(student=nerea, by=None).code}/")
    again.post("/join/account/", {"password": "grapa caballo pila"})

    assert nerea.user is not None and User.objects.get(pk=nerea.user.pk).check_password("grapa caballo pila")
    assert again.get("/account/2fa/webauthn/add/")["Location"].startswith("/account/reauthenticate/")


def test_staff_without_a_password_get_one_by_mail(
    reader: Client, lucia: User, server: OidcServer, sign_in: SchoolSignIn, mailoutbox: list[Any]
) -> None:
    Authenticator.objects.all().delete()
    lucia.set_unusable_password()
    lucia.save()
    come_back(reader, server, sign_in, email="lucia@iestriana.example")

    told = reader.get("/account/password/set/", follow=True).content.decode()
    Client().post("/account/password/reset/", {"email": "lucia@iestriana.example"})

    assert "Forgotten the password?" in told
    assert [mail.to for mail in mailoutbox] == [["lucia@iestriana.example"]]

"""Second factors of staff, and sessions that end: by themselves at shared computers, everywhere when asked to."""

import time
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.test import Client

from classrooms.actions.access_codes import create_access_code, set_new_password
from classrooms.models import ClassGroup, School, Student, TeacherRole, User
from tests.factories import PASSWORD, make_teacher

SECRET = "JBSWY3DPEHPK3PXP"


def sign_in(client: Client, name: str, **more: object) -> str:
    answer = client.post("/account/login/", {"login": name, "password": PASSWORD, **more})
    return str(answer.headers.get("Location", ""))


def test_a_school_that_asks_for_a_second_factor_shows_nothing_before(
    client: Client, school: School, class_group: ClassGroup, ana: User
) -> None:
    School.objects.update(requires_second_factor=True)
    client.force_login(ana)
    paths = [
        "/",
        f"/school/{school.pk}/",
        f"/class/{class_group.pk}/",
        f"/school/{school.pk}/staff/",
        f"/school/{school.pk}/sync/",
    ]

    before = [client.get(path).headers.get("Location") for path in paths]
    TOTP.activate(ana, SECRET)

    assert before == ["/account/2fa/"] * 5
    assert client.get(f"/class/{class_group.pk}/").status_code == 200


def test_a_code_of_the_app_is_asked_for_after_the_password(client: Client, ana: User) -> None:
    TOTP.activate(ana, SECRET)

    assert sign_in(client, "ana@example.org") == "/account/2fa/authenticate/"
    assert client.get("/school/new/").status_code == 302, "not in yet"
    code = format_hotp_value(hotp_value(SECRET, next(yield_hotp_counters_from_time())))
    client.post("/account/2fa/authenticate/", {"code": code})

    assert client.get("/school/new/").status_code == 200


def test_a_recovery_code_works_once(ana: User) -> None:
    TOTP.activate(ana, SECRET)
    code = RecoveryCodes.activate(ana).get_unused_codes()[0]

    inside = []
    for _time in range(2):
        browser = Client()
        sign_in(browser, "ana@example.org")
        browser.post("/account/2fa/authenticate/", {"code": code})
        inside.append(browser.get("/school/new/").status_code == 200)

    assert inside == [True, False]


def test_the_secret_of_an_app_is_sealed_and_its_keys_can_be_changed(ana: User, settings) -> None:  # type: ignore[no-untyped-def]
    TOTP.activate(ana, SECRET)
    sealed = Authenticator.objects.get().data["secret"]
    fresh = Fernet.generate_key().decode()
    settings.CREDENTIAL_KEYS = [fresh, *settings.CREDENTIAL_KEYS]

    call_command("rotate_keys")
    settings.CREDENTIAL_KEYS = [fresh]

    kept = Authenticator.objects.get()
    assert SECRET not in sealed and kept.data["secret"] != sealed
    assert kept.wrap().validate_code(
        format_hotp_value(hotp_value(SECRET, next(yield_hotp_counters_from_time())))
    )


def test_a_students_passkey_is_a_way_in_and_no_second_step(client: Client, bruno: Student) -> None:
    Authenticator.objects.create(
        user=bruno.user, type=Authenticator.Type.WEBAUTHN, data={"name": "x", "credential": {}}
    )

    assert sign_in(client, "bruno") in ("/", "/student/")
    assert client.get("/student/").status_code == 200


def test_a_new_code_ends_the_passkeys_too(bruno: Student) -> None:
    Authenticator.objects.create(
        user=bruno.user, type=Authenticator.Type.WEBAUTHN, data={"name": "x", "credential": {}}
    )

    set_new_password(code=create_access_code(student=bruno, by=None).code, password="grapa caballo pila")

    assert not Authenticator.objects.exists()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    now = time.time()
    return lambda minutes: monkeypatch.setattr("classrooms.sessions.time.time", lambda: now + minutes * 60)


def test_a_student_who_does_nothing_is_signed_out(
    reader: Client, bruno: Student, clock: Callable[[int], None]
) -> None:
    sign_in(reader, "bruno")
    found = []
    for minutes in (50, 100, 161):
        clock(minutes)
        found.append(reader.get("/student/").status_code)

    assert found == [200, 200, 302]
    assert "signed out because nobody did anything" in reader.get("/account/login/").content.decode()


def test_the_own_device_keeps_a_student_signed_in(
    client: Client, bruno: Student, clock: Callable[[int], None]
) -> None:
    sign_in(client, "bruno", remember="on")
    clock(24 * 60)

    assert client.get("/student/").status_code == 200
    assert client.session.get_expiry_age() > 13 * 24 * 60 * 60


def test_a_teacher_is_not_hurried(client: Client, ana: User, clock: Callable[[int], None]) -> None:
    sign_in(client, "ana@example.org")
    clock(3 * 60)

    assert client.get("/school/new/").status_code == 200


def test_signing_out_everywhere_ends_every_session_and_lets_sign_in_again(bruno: Student) -> None:
    here, there = Client(), Client()
    for browser in (here, there):
        sign_in(browser, "bruno")

    here.post("/account/sign-out-everywhere/")

    assert [browser.get("/student/").status_code for browser in (here, there)] == [302, 302]
    sign_in(there, "bruno")
    assert there.get("/student/").status_code == 200


def test_a_teacher_of_the_class_ends_what_a_student_left_open(
    client: Client, bruno: Student, ana: User
) -> None:
    left_open = Client()
    left_open.force_login(bruno.user)
    client.force_login(ana)
    enrolment = bruno.enrolments.get()

    client.post(f"/class/{enrolment.class_group_id}/students/{enrolment.pk}/sign-out/")

    assert left_open.get("/student/").status_code == 302


def test_only_owners_say_how_the_school_signs_in(client: Client, school: School, ana: User) -> None:
    path, rules = f"/school/{school.pk}/sign-in/", {"question": "rules", "student_session_minutes": 30}
    client.force_login(make_teacher(school, "Javier"))
    assert client.post(path, rules).status_code == 404
    client.force_login(ana)

    client.post(path, {**rules, "language": "en"})

    school.refresh_from_db()
    assert (school.student_session_minutes, school.language) == (30, "en")
    assert client.post(path, {**rules, "student_session_minutes": 0}).status_code == 200
    assert TeacherRole.objects.filter(school=school).count() == 2

"""The first visit with a slip: its picture of squares fills the code in; a passkey may stand for the password."""

import time
from pathlib import Path

import pytest
from django.conf import settings as portal_settings
from django.test import Client

from classrooms.actions import code_tries
from classrooms.actions.access_codes import create_access_code
from classrooms.models import AccessCode, ClassGroup, Student, TeacherRole, User
from tests.factories import PASSWORD, make_student, make_teacher

# As the portal itself has them; here every test is given a cache of its own.
FILES = portal_settings.CACHES["default"].get("OPTIONS", {})


@pytest.fixture
def nerea(class_group: ClassGroup) -> Student:
    return make_student(class_group, "Nerea")


@pytest.fixture
def code(nerea: Student) -> str:
    return create_access_code(student=nerea, by=None).code


def test_the_picture_on_the_slip_saves_the_code_and_uses_nothing_up(reader: Client, code: str) -> None:
    plain = code.replace("-", "")

    assert reader.get(f"/join/{plain}/").headers["Location"] == "/join/account/"
    assert "Hello, Nerea" in reader.get("/join/account/").content.decode()
    assert Client().get(f"/join/{plain}/").headers["Location"] == "/join/account/"


def test_a_slip_that_was_used_says_so_with_the_code_filled_in(reader: Client, code: str) -> None:
    AccessCode.objects.all().delete()

    page = reader.get(f"/join/{code}/").content.decode()

    assert f'value="{code}"' in page and "This code is not valid" in page


def test_a_passkey_may_stand_for_the_password(reader: Client, code: str, nerea: Student) -> None:
    reader.get(f"/join/{code}/")

    answer = reader.post("/join/account/", {"username": "nerea07", "with": "passkey"})

    assert answer.headers["Location"] == "/account/2fa/webauthn/add/"
    assert reader.get("/account/2fa/webauthn/add/").status_code == 200, "nothing more to prove"
    assert not User.objects.get(student=nerea).has_usable_password()
    assert "without one you cannot sign in again" in reader.get("/student/").content.decode()


def test_with_a_password_nothing_is_missing(reader: Client, code: str) -> None:
    reader.get(f"/join/{code}/")
    reader.post("/join/account/", {"username": "nerea07", "password": PASSWORD})

    assert "cannot sign in again" not in reader.get("/student/").content.decode()


def test_who_guesses_at_one_code_lets_that_one_rest_and_no_other(
    class_group: ClassGroup, code: str, nerea: Student
) -> None:
    other = create_access_code(student=make_student(class_group, "Omar"), by=None).code
    for _ in range(code_tries.MOST_TRIES):
        Client().post("/join/", {"code": f"{code[:4]}-XXXX"})

    rested = Client(headers={"accept-language": "en"}).post("/join/", {"code": code})

    assert "ask your teacher for a new one" in rested.content.decode()
    assert Client().post("/join/", {"code": other}).headers["Location"] == "/join/account/"
    fresh = create_access_code(student=nerea, by=None).code
    assert Client().post("/join/", {"code": fresh}).headers["Location"] == "/join/account/"


def in_files(settings, folder: Path) -> None:
    """The cache as it is without Redis: its bounds are those of the settings."""
    backend = "django.core.cache.backends.filebased.FileBasedCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": folder, "OPTIONS": FILES}}


def test_a_code_rests_for_its_whole_time_without_redis_too(
    settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_files(settings, tmp_path)
    for number in range(code_tries.MOST_TRIES):
        code_tries.count_wrong(f"K7WP-222{number}")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + code_tries.RESTS_FOR_SECONDS - 60)

    assert code_tries.rests("K7WP-3MXQ")


def test_what_is_counted_is_not_lost_among_what_a_room_leaves_in_the_cache(settings, tmp_path: Path) -> None:
    in_files(settings, tmp_path)
    for number in range(code_tries.MOST_TRIES):
        code_tries.count_wrong(f"K7WP-222{number}")
    for number in range(1000):
        (tmp_path / f"{number:032x}.djcache").write_bytes(b"")
    code_tries.count_wrong("ABCD-2222")

    assert len(list(tmp_path.iterdir())) == 1002


def test_slips_are_new_codes_for_those_who_have_no_account(
    client: Client, class_group: ClassGroup, ana: User, bruno: Student, code: str, nerea: Student
) -> None:
    client.force_login(ana)

    answer = client.post(f"/class/{class_group.pk}/codes/slips/")

    assert answer.headers["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
    assert "no-store" in answer.headers["Cache-Control"]
    assert [one.student for one in AccessCode.objects.all()] == [nerea], "Bruno has an account"
    assert Client().post("/join/", {"code": code}).status_code == 200, "the slip of before stops"


def test_an_assistant_helps_with_codes_and_changes_nothing(
    client: Client, class_group: ClassGroup, nerea: Student
) -> None:
    irene = make_teacher(class_group.school, "Irene", role="assistant")
    class_group.teachings.create(teacher_role=TeacherRole.objects.get(user=irene), role="assistant")
    client.force_login(irene)
    path, enrolment = f"/class/{class_group.pk}/", nerea.enrolments.get()
    of_nerea = f"{path}students/{enrolment.pk}/"

    helped = [
        client.get(path),
        client.post(f"{path}codes/"),
        client.post(f"{of_nerea}code/"),
        client.get(of_nerea),
    ]
    refused = [
        client.post(of_nerea, {"given_name": "X", "first_surname": "Y"}),
        client.post(f"{of_nerea}withdraw/"),
        client.get(f"{path}assign/"),
        client.get(f"{path}settings/"),
        client.get(f"{path}students/new/"),
        client.get(f"/school/{class_group.school_id}/roster/"),
    ]

    assert {one.status_code for one in helped} == {200} and {one.status_code for one in refused} == {404}


def test_seeing_as_a_student_shows_their_page_and_says_so(
    client: Client, class_group: ClassGroup, ana: User, bruno: Student
) -> None:
    client.force_login(ana)

    page = client.get(
        f"/class/{class_group.pk}/as-student/", headers={"accept-language": "en"}
    ).content.decode()

    assert "who does not exist" in page and "Nothing to pull yet" in page and "Bruno" not in page

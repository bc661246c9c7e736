"""Signing in with the school's own accounts: of its domain only, and nobody who is not known here."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from classrooms.actions.access_codes import create_access_code
from classrooms.actions.sign_in import keep_school_sign_in
from classrooms.forms.sign_in import SchoolSignInForm
from classrooms.models import ClassGroup, School, SchoolSignIn, Student, User
from classrooms.school_sign_in import RefusedServer, confirmed_address, refuse_inner_server
from tests.classrooms.oidc_server import OidcServer, running
from tests.factories import make_student, make_teacher


@pytest.fixture
def server(settings: Any) -> Iterator[OidcServer]:
    settings.SIGN_IN_SERVERS_MAY_BE_INSIDE = True
    with running() as found:
        yield found


@pytest.fixture
def sign_in(school: School, ana: User, server: OidcServer) -> SchoolSignIn:
    return keep_school_sign_in(
        school=school, kind="oidc", server_url=server.url, client_id="portal", secret="hush",
        domains=["iestriana.example"], is_active=True, by=ana,
    )  # fmt: skip


def come_back(
    client: Client, server: OidcServer, sign_in: SchoolSignIn, process: str = "login", **claims: object
) -> str:
    """Go to the school's server and come back as whom it vouches for; where that leads to."""
    server.claims = {"sub": "42", "email": "nerea@iestriana.example", "email_verified": True, **claims}
    path = f"/account/school/oidc/{sign_in.provider_id}/login/"
    asked = parse_qs(urlsplit(client.get(path, {"process": process}).headers["Location"]).query)
    return client.get(f"{path}callback/", {"code": "x", "state": asked["state"][0]}).headers["Location"]


def test_a_student_links_the_account_with_the_code_once_and_signs_in_with_it_from_then_on(
    reader: Client, class_group: ClassGroup, server: OidcServer, sign_in: SchoolSignIn
) -> None:
    nerea = make_student(class_group, "Nerea")
    reader.get(f"/join/{create_access_code(student=nerea, by=None).code}/")
    assert "With your school" in reader.get("/join/account/").content.decode()

    come_back(reader, server, sign_in)

    nerea.refresh_from_db()
    assert nerea.user is not None and not nerea.user.has_usable_password() and nerea.user.email == ""
    assert reader.get("/student/").status_code == 200
    again = Client()
    come_back(again, server, sign_in)
    assert again.get("/student/").status_code == 200
    assert User.objects.filter(student__isnull=False).count() == 1


def test_who_is_not_known_here_is_not_made(reader: Client, server: OidcServer, sign_in: SchoolSignIn) -> None:
    before = User.objects.count()

    assert come_back(reader, server, sign_in) == "/account/login/"

    assert User.objects.count() == before
    assert "this portal does not yet" in reader.get("/account/login/").content.decode()


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "nerea@elsewhere.example"},
        {"email_verified": False},
        {"email": "nerea@iestriana.example.elsewhere.example"},
        {"email": ""},
    ],
    ids=["another domain", "not confirmed", "a domain that begins so", "none"],
)
def test_an_account_of_no_domain_of_the_school_links_nobody(
    reader: Client,
    class_group: ClassGroup,
    server: OidcServer,
    sign_in: SchoolSignIn,
    claims: dict[str, object],
) -> None:
    nerea = make_student(class_group, "Nerea")
    reader.get(f"/join/{create_access_code(student=nerea, by=None).code}/")

    come_back(reader, server, sign_in, **claims)

    assert Student.objects.get(pk=nerea.pk).user is None and reader.get("/student/").status_code == 302


def test_a_code_of_another_school_links_nobody(
    reader: Client, other_school: School, carla: User, server: OidcServer, sign_in: SchoolSignIn
) -> None:
    class_group = ClassGroup.objects.create(
        school=other_school, name="2º DAW", academic_year=2026, code="ZZZZZZ"
    )
    dario = make_student(class_group, "Dario")
    reader.get(f"/join/{create_access_code(student=dario, by=None).code}/")

    come_back(reader, server, sign_in)

    assert Student.objects.get(pk=dario.pk).user is None


def test_a_teacher_is_known_by_the_confirmed_address_and_only_in_the_own_school(
    reader: Client, school: School, other_school: School, server: OidcServer, sign_in: SchoolSignIn
) -> None:
    for place, name in ((school, "Lucia"), (other_school, "Pedro")):
        user = make_teacher(place, name)
        user.emailaddress_set.update(email=f"{name.lower()}@iestriana.example")

    come_back(reader, server, sign_in, sub="1", email="Lucia@iestriana.example")
    stranger = Client()
    come_back(stranger, server, sign_in, sub="2", email="pedro@iestriana.example")

    assert reader.get(f"/school/{school.pk}/").status_code == 200
    assert stranger.get(f"/school/{school.pk}/").status_code == 302


def test_the_secret_is_kept_sealed_and_sent_to_the_server(
    reader: Client, client: Client, server: OidcServer, sign_in: SchoolSignIn, ana: User
) -> None:
    come_back(reader, server, sign_in)
    client.force_login(ana)

    assert server.asked["client_secret"] == ["hush"] and "code_verifier" in server.asked
    assert "hush" not in str(SchoolSignIn.objects.values())
    assert "hush" not in client.get(f"/school/{sign_in.school_id}/sign-in/").content.decode()


def test_switched_off_it_is_not_there(reader: Client, sign_in: SchoolSignIn) -> None:
    SchoolSignIn.objects.update(is_active=False)

    assert reader.get(f"/account/school/oidc/{sign_in.provider_id}/login/").status_code == 404
    assert "With the account of your school" not in reader.get("/account/login/").content.decode()


@pytest.mark.parametrize(
    ("kind", "facts", "address"),
    [
        ("google", {"email": "a@b.es", "email_verified": True, "hd": "b.es"}, "a@b.es"),
        ("google", {"email": "a@b.es", "email_verified": True}, ""),
        ("google", {"email": "a@b.es", "email_verified": False, "hd": "b.es"}, ""),
        ("microsoft", {"preferred_username": "A@b.es", "email": "x@elsewhere.es"}, "a@b.es"),
        ("microsoft", {"preferred_username": "guest@elsewhere.es", "email": "a@b.es"}, ""),
        ("oidc", {"email": "a@b.es", "email_verified": "true"}, ""),
    ],
)
def test_what_each_kind_of_server_must_say(kind: str, facts: dict[str, object], address: str) -> None:
    assert confirmed_address(SchoolSignIn(kind=kind, domains=["b.es"]), facts) == address


@pytest.mark.parametrize(
    "url", ["http://accounts.example.org", "https://127.0.0.1/", "https://[::1]/", "https://10.1.2.3"]
)
def test_no_server_inside_this_network_is_asked(url: str) -> None:
    with pytest.raises(RefusedServer):
        refuse_inner_server(url)


def test_a_tenant_of_everybody_is_refused() -> None:
    form = SchoolSignInForm(
        {"kind": "microsoft", "server_url": "https://login.microsoftonline.com/common/v2.0", "client_id": "x",
         "secret": "y", "domains": "b.es"}, sign_in=None,
    )  # fmt: skip

    assert list(form.errors) == ["server_url"]


@pytest.mark.parametrize("process", ["connect", "redirect"])
def test_a_link_that_somebody_sends_gives_no_account_of_a_strange_school_to_who_is_signed_in(
    client: Client, carla: User, server: OidcServer, sign_in: SchoolSignIn, process: str
) -> None:
    """Anybody may make a school whose server vouches for anything: Carla of another school opens such a link."""
    client.force_login(carla)

    come_back(client, server, sign_in, process=process)
    attacker = Client()
    come_back(attacker, server, sign_in)

    assert not carla.socialaccount_set.exists()
    assert "_auth_user_id" not in attacker.session
    assert client.session["_auth_user_id"] == str(carla.pk)


def test_no_school_signs_in_who_works_in_another_one_too(
    reader: Client, school: School, other_school: School, server: OidcServer, sign_in: SchoolSignIn
) -> None:
    """Whoever owns one school decides what its server says; it must not open the other school's pages."""
    lucia = make_teacher(school, "Lucia")
    lucia.emailaddress_set.update(email="lucia@iestriana.example")
    come_back(reader, server, sign_in, sub="1", email="lucia@iestriana.example")
    assert reader.session["_auth_user_id"] == str(lucia.pk)
    lucia.teacher_roles.create(school=other_school)

    again = Client(headers={"accept-language": "en"})
    come_back(again, server, sign_in, sub="1", email="lucia@iestriana.example")
    anew = Client()
    come_back(anew, server, sign_in, sub="2", email="lucia@iestriana.example")

    assert "_auth_user_id" not in again.session and "_auth_user_id" not in anew.session
    assert "with your password or a passkey" in again.get("/account/login/").content.decode()


def test_no_school_signs_in_who_runs_the_installation(
    reader: Client, school: School, server: OidcServer, sign_in: SchoolSignIn
) -> None:
    lucia = make_teacher(school, "Lucia")
    User.objects.filter(pk=lucia.pk).update(is_staff=True)
    lucia.emailaddress_set.update(email="lucia@iestriana.example")

    come_back(reader, server, sign_in, email="lucia@iestriana.example")

    assert "_auth_user_id" not in reader.session

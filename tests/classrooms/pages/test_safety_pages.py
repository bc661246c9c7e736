"""Passwords, passkeys, apps and recovery codes: pages in the portal's own words, and what they lead to."""

from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.test import Client

from classrooms.models import Student, User
from tests.factories import PASSWORD

OWN_TEMPLATES = Path(settings.BASE_DIR) / "templates"
SAFETY = "/account/2fa/"


@pytest.fixture
def inside(client: Client, ana: User) -> Client:
    client.post("/account/login/", {"login": ana.email, "password": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return client


def passkey_of(user: User | None) -> Authenticator:
    data = {"name": "mi móvil", "credential": {}}
    return Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=data)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "Códigos de una aplicación"),
        ("totp/deactivate/", "¿Desactivar los códigos de la aplicación?"),
        ("recovery-codes/", "Códigos de recuperación"),
        ("recovery-codes/generate/", "¿Crear códigos de recuperación nuevos?"),
        ("webauthn/", "Tus llaves de acceso"),
        ("webauthn/keys/{passkey}/remove/", "¿Quitar la llave de acceso «mi móvil»?"),
        ("webauthn/keys/{passkey}/edit/", "Cambiar el nombre de una llave de acceso"),
        ("reauthenticate/", "¿Eres tú?"),
    ],
)
def test_every_page_is_our_own_and_in_spanish(inside: Client, ana: User, address: str, words: str) -> None:
    passkey = passkey_of(ana)
    TOTP.activate(ana, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(ana)

    answer = inside.get(SAFETY + address.format(passkey=passkey.pk), headers={"accept-language": "es"})

    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert Path(str(answer.templates[0].origin)).is_relative_to(OWN_TEMPLATES)


def test_setting_up_an_app_shows_its_picture_and_its_key(inside: Client) -> None:
    answer = inside.get(f"{SAFETY}totp/activate/", headers={"accept-language": "es"})
    page = answer.content.decode()

    assert "Configurar una aplicación de códigos" in page
    assert answer.context["form"].secret in page and 'class="qr" src="data:image/svg' in page


def test_who_has_no_password_chooses_one_by_one_field(client: Client, bruno: Student) -> None:
    user = bruno.user
    assert user is not None
    user.set_unusable_password()
    user.save()
    client.force_login(user)
    page = client.get("/account/password/set/", headers={"accept-language": "es"}).content.decode()

    client.post("/account/password/set/", {"password1": "grapa caballo pila"})

    user.refresh_from_db()
    assert "Elige una contraseña" in page and 'name="password2"' not in page
    assert user.check_password("grapa caballo pila")


def test_removing_the_last_passkey_without_a_password_is_warned_of(client: Client, bruno: Student) -> None:
    user = bruno.user
    assert user is not None
    client.post("/account/login/", {"login": user.username, "password": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    passkey = passkey_of(user)
    address = f"{SAFETY}webauthn/keys/{passkey.pk}/remove/"
    before = client.get(address, headers={"accept-language": "en"}).content.decode()
    proven = {key: value for key, value in client.session.items() if key.startswith("account_")}
    user.set_unusable_password()
    user.save()

    client.force_login(user)
    session = client.session
    session.update(proven)
    session.save()
    after = client.get(address, headers={"accept-language": "en"}).content.decode()

    assert "without a passkey you cannot sign in again" not in before
    assert "without a passkey you cannot sign in again" in after


def test_a_passkey_gets_another_name(inside: Client, ana: User) -> None:
    passkey = passkey_of(ana)

    inside.post(f"{SAFETY}webauthn/keys/{passkey.pk}/edit/", {"name": "mi portátil"})

    assert Authenticator.objects.get(pk=passkey.pk).wrap().name == "mi portátil"

"""A passkey in a real browser, with an authenticator that Chromium pretends to have: made, and enough to sign in."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from classrooms.models import User
from tests.factories import PASSWORD, make_class_group, make_school, make_teacher

pytestmark = pytest.mark.browser


@pytest.fixture
def ana(monkeypatch: pytest.MonkeyPatch, transactional_db: None, settings: Any) -> User:
    # Playwright runs an event loop in this thread, and Django then refuses plain database calls.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    school = make_school()
    ana = make_teacher(school, "Ana", role="owner")
    make_class_group(school, teacher=ana)
    return ana


@pytest.fixture
def phone(page: Page) -> Iterator[None]:
    """What holds the passkey: it knows its owner at once."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield
    session.detach()


def test_a_passkey_is_set_up_and_then_signs_in_without_a_password(
    page: Page, live_server: Any, ana: User, phone: None
) -> None:
    _sign_in_with_password(page, live_server.url, ana)
    page.goto(f"{live_server.url}/account/2fa/")
    page.get_by_role("link", name="Añadir una llave de acceso").click()
    page.get_by_label("Tu contraseña").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Continuar").click()
    page.get_by_label("¿Cómo se llama?").fill("mi móvil")
    page.get_by_role("button", name="Crear la llave de acceso").click()
    expect(page.get_by_text("La llave de acceso está guardada.")).to_be_visible()
    page.goto(f"{live_server.url}/account/2fa/")
    expect(page.get_by_role("main")).to_contain_text("mi móvil")
    page.get_by_role("button", name="Cerrar sesión en todas partes").click()

    page.goto(f"{live_server.url}/account/login/")
    page.get_by_role("button", name="Entrar con una llave de acceso").click()

    expect(page.get_by_role("heading", level=1, name="Mis grupos")).to_be_visible()
    _a_passkey_also_proves_who_changes_it(page, live_server.url)


def _a_passkey_also_proves_who_changes_it(page: Page, url: str) -> None:
    page.goto(f"{url}/account/2fa/")
    page.get_by_role("link", name="Quitar mi móvil").click()
    page.get_by_role("link", name="con una llave de acceso").click()
    page.get_by_role("button", name="Usar una llave de acceso").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("¿Quitar la llave de acceso «mi móvil»?")
    page.get_by_role("button", name="Quitar la llave de acceso").click()
    expect(page.get_by_text("La llave de acceso se ha quitado.")).to_be_visible()


def _sign_in_with_password(page: Page, url: str, ana: User) -> None:
    page.goto(f"{url}/account/login/")
    page.get_by_label("Correo electrónico o nombre de usuario").fill(ana.email)
    page.get_by_label("Contraseña", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Iniciar sesión", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Mis grupos")).to_be_visible()

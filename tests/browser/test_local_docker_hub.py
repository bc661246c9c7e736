"""The pages of the local Docker Hub in Chromium: nothing for axe to complain about, nothing wider than a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from hubsync.sandbox.server import serve
from tests.hubsync.sandbox.conftest import world

__all__ = ["world"]

PATHS = (
    "/",
    "/signup",
    "/signin",
    "/inbox?address=dario@mail.example",
    "/controls",
    "/orgs/create",
    "/orgs/iestriana",
    "/orgs/iestriana/push",
    "/orgs/iestriana/access-tokens?scopes=scope-member-edit",
    "/settings/personal-access-tokens",
    "/nothing/here",
)

pytestmark = pytest.mark.browser


@pytest.fixture
def hub(world):
    world.invite_all("iestriana", ["dario@mail.example"], role="member", team=None, inviter="anaruiz")
    with serve(world) as hub:
        yield hub


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_too_wide(hub, world, browser, scheme):
    context = browser.new_context(
        viewport={"width": 360, "height": 800}, color_scheme=scheme, base_url=hub.url, locale="es-ES"
    )
    page = context.new_page()
    page.goto("/signin")
    page.get_by_label("Docker ID").fill("anaruiz")
    page.get_by_label("Contraseña").fill(world.users["anaruiz"].password)
    page.locator("main").get_by_role("button", name="Entrar").click()

    found = {}
    for path in PATHS:
        page.goto(path)
        violations = [one["id"] for one in Axe().run(page).response["violations"]]
        too_wide = page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )
        if violations or too_wide:
            found[path] = (violations, too_wide)
    context.close()

    assert found == {}


def test_the_front_page_shows_new_requests_by_itself(hub, browser):
    page = browser.new_page()
    page.goto(hub.url)

    page.request.get(f"{hub.url}/v2/users/bruno")

    page.get_by_text("/v2/users/bruno").first.wait_for(timeout=6000)
    assert page.get_by_text("/v2/users/bruno").count() >= 1

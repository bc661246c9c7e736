"""The pages as Chromium shows them: nothing for axe to complain about, nothing wider than a phone."""

import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from hubsync.sandbox.server import serve

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PATHS = (
    "/",
    "/signup",
    "/signin",
    "/inbox?address=dario@mail.example",
    "/controls",
    "/orgs/create",
    "/orgs/iestriana",
    "/orgs/iestriana/access-tokens?scopes=scope-member-edit",
    "/settings/personal-access-tokens",
    "/nothing/here",
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@pytest.fixture
def hub(world):
    world.invite_all("iestriana", ["dario@mail.example"], role="member", team=None, inviter="anaruiz")
    with serve(world) as hub:
        yield hub


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_too_wide(hub, world, chromium, scheme):
    context = chromium.new_context(
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


def test_the_front_page_shows_new_requests_by_itself(hub, chromium):
    page = chromium.new_page()
    page.goto(hub.url)

    page.request.get(f"{hub.url}/v2/users/bruno")

    page.get_by_text("/v2/users/bruno").first.wait_for(timeout=6000)
    assert page.get_by_text("/v2/users/bruno").count() >= 1

"""What the design promises beyond how it looks: copying, without JavaScript, by keyboard, on paper."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from classrooms.models import ClassGroup
from tests.factories import make_assigned_image

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def may_be_called_by_playwright(monkeypatch: pytest.MonkeyPatch) -> None:
    # Playwright runs an event loop in this thread, and Django then refuses plain database calls.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A page without JavaScript."""
    context = browser.new_context(java_script_enabled=False, locale="es-ES")
    yield context.new_page()
    context.close()


@pytest.fixture
def address(live_server: Any, class_group: ClassGroup) -> str:
    """The page of a class with one image to pull."""
    class_group.has_public_page = True
    class_group.save()
    make_assigned_image(class_group, tag="1.2")
    return f"{live_server.url}/c/{class_group.code}/"


def pull_command(page: Page) -> Locator:
    """The image's own command; the line that pulls all of them at once stands above it."""
    return page.locator(".command").filter(has_text="docker pull")


def test_a_command_is_copied_and_that_is_said_aloud(page: Page, address: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(address)

    pull_command(page).locator("[data-copy]").click()

    expect(page.locator("#said")).not_to_be_empty()
    assert page.evaluate("navigator.clipboard.readText()") == "docker pull iestriana/lamp:1.2"


def test_without_javascript_the_page_is_whole_and_offers_no_button_that_does_nothing(
    plain: Page, address: str
) -> None:
    plain.goto(address)

    expect(pull_command(plain).locator("pre code")).to_have_text("docker pull iestriana/lamp:1.2")
    expect(plain.locator("[data-copy]").first).to_be_hidden()


def test_without_javascript_the_language_changes_and_the_page_stays(plain: Page, address: str) -> None:
    plain.goto(address)

    plain.get_by_role("button", name="English").click()

    expect(plain.locator("html")).to_have_attribute("lang", "en")
    assert plain.url == address


def test_the_first_press_of_tab_offers_to_skip_to_the_content(page: Page, address: str) -> None:
    page.goto(address)

    page.keyboard.press("Tab")

    expect(page.locator(".skip-link")).to_be_focused()
    expect(page.locator(".skip-link")).to_be_in_viewport()


def test_paper_shows_the_content_and_no_controls(page: Page, address: str) -> None:
    page.goto(address)

    page.emulate_media(media="print")

    expect(page.locator(".site-header")).to_be_hidden()
    expect(page.locator("[data-copy]").first).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()

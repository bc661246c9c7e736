"""axe finds nothing on any page, by day and by night, and no page is wider than a phone."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from classrooms.identity import external_id_hash
from classrooms.models import School, Student
from tests.browser.pages import NO_PAGES, PAGES, REACHED_BY_ANSWERING, PageToLookAt
from tests.browser.world import CLASS_LIST, build_world, sign_in_cookie
from tests.classrooms.rosters.every_format import PEOPLE, own_csv
from tests.test_access import own_patterns

pytestmark = pytest.mark.browser

SCHEMES, WIDTHS = ("light", "dark"), (1280, 360)
# A folder in which to keep a picture of each page in each look.
PICTURES = os.environ.get("PICTURES", "")


@pytest.fixture(autouse=True)
def may_be_called_by_playwright(monkeypatch: pytest.MonkeyPatch) -> None:
    # Playwright runs an event loop in this thread, and Django then refuses plain database calls.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture
def world(
    may_be_called_by_playwright: None, transactional_db: None, settings: Any, tmp_path: Path
) -> dict[str, Any]:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.SHOW_OUTBOX, settings.EMAIL_FILE_PATH = True, str(tmp_path)
    return build_world()


@pytest.fixture
def troubles(page: Page) -> Iterator[list[str]]:
    """What the browser's console says: a refusal by the content security policy stands there."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    yield said


def test_every_address_is_a_page_that_is_looked_at_or_said_to_be_none() -> None:
    looked_at = {page.url_name for page in PAGES if page.url_name} | REACHED_BY_ANSWERING

    assert {pattern.name for _, pattern in own_patterns()} == looked_at | NO_PAGES


@pytest.mark.parametrize("shown", PAGES, ids=lambda shown: shown.name)
def test_axe_finds_nothing_and_nothing_is_too_wide(
    shown: PageToLookAt,
    page: Page,
    context: BrowserContext,
    live_server: Any,
    world: dict[str, Any],
    troubles: list[str],
) -> None:
    if shown.who:
        context.add_cookies(
            [{"name": "sessionid", "value": sign_in_cookie(shown.who), "url": live_server.url}]
        )

    answer = page.goto(live_server.url + shown.path.format(**world))
    # A page that tests the connection again loads itself anew when that is done.
    page.wait_for_load_state("networkidle")

    assert answer is not None and answer.status == (404 if shown.name == "not here" else 200)
    assert findings(page, shown.name) == []
    assert [text for text in troubles if "404" not in text] == []


def test_forms_with_errors_are_as_clean(page: Page, live_server: Any, world: dict[str, Any]) -> None:
    for path in ("/account/signup/", "/account/login/", "/join/"):
        page.goto(live_server.url + path)
        page.locator("main form button[type=submit]").first.click()
        page.locator(".error-summary").wait_for()

        assert findings(page, f"errors {path.strip('/').replace('/', ' ')}") == []


def test_the_way_in_with_a_code_is_as_clean(page: Page, live_server: Any, world: dict[str, Any]) -> None:
    page.goto(f"{live_server.url}/join/?code={world['join_code']}")
    page.locator("main form button[type=submit]").click()
    page.locator("#id_username").wait_for()

    assert findings(page, "student_join_account") == []


def test_a_new_code_for_one_student_is_as_clean(
    page: Page, context: BrowserContext, live_server: Any, world: dict[str, Any]
) -> None:
    context.add_cookies([{"name": "sessionid", "value": sign_in_cookie("ana"), "url": live_server.url}])
    page.goto(live_server.url + "/class/{class_group}/students/{enrolment}/".format(**world))
    page.locator("section[aria-labelledby=code] button").click()
    page.locator(".big-code").wait_for()

    assert findings(page, "student_code") == []


def test_a_code_that_resets_a_password_is_asked_about_and_told_to_the_student_as_clean(
    page: Page, context: BrowserContext, live_server: Any, world: dict[str, Any]
) -> None:
    bruno = Student.objects.get(given_name="Bruno")
    enrolment = bruno.enrolments.get().pk
    context.add_cookies([{"name": "sessionid", "value": sign_in_cookie("ana"), "url": live_server.url}])
    page.goto(live_server.url + "/class/{class_group}/students/".format(**world) + f"{enrolment}/")
    page.locator("section[aria-labelledby=code] button").click()
    page.locator("button[name=confirmed]").wait_for()
    asked = findings(page, "student_code_confirm")
    page.locator("button[name=confirmed]").click()
    page.locator(".big-code").wait_for()
    context.clear_cookies()
    context.add_cookies([{"name": "sessionid", "value": sign_in_cookie("bruno"), "url": live_server.url}])
    page.goto(live_server.url + "/student/")
    page.locator("#password-news").wait_for()

    assert asked == [] and findings(page, "student_home password") == []
    page.goto(live_server.url + "/student/data/")
    assert (
        page.get_by_role("main").get_by_role("listitem").count() and findings(page, "my_data password") == []
    )


def test_removing_students_is_asked_as_clean(
    page: Page, context: BrowserContext, live_server: Any, world: dict[str, Any], troubles: list[str]
) -> None:
    """The buttons wait until somebody is ticked, and say how many there are."""
    context.add_cookies([{"name": "sessionid", "value": sign_in_cookie("ana"), "url": live_server.url}])
    page.goto(live_server.url + "/class/{class_group}/".format(**world))
    remove = page.locator("button[value=remove]")
    assert remove.is_disabled()
    page.locator("input[data-all]").check()
    assert "(2)" in remove.inner_text()
    remove.click()
    page.locator("button[name=confirmed]").wait_for()

    assert findings(page, "students_bulk") == [] and troubles == []


def test_who_is_who_in_a_list_with_numbers_is_as_clean_and_leads_to_the_table(
    page: Page, context: BrowserContext, live_server: Any, world: dict[str, Any], troubles: list[str]
) -> None:
    """A list of others first, then one in which Bruno is: the table comes as a file with his number as it was written."""
    school = School.objects.get(pk=world["school"])
    Student.objects.filter(given_name="Bruno").update(external_id_hash=external_id_hash(school.pk, "4711"))
    context.add_cookies([{"name": "sessionid", "value": sign_in_cookie("ana"), "url": live_server.url}])
    page.goto(live_server.url + "/class/{class_group}/work/{class_practice}/".format(**world))
    page.locator("a[href*='/marks/?practice=']").click()
    page.locator("#id_file").set_input_files(CLASS_LIST)
    page.locator("main form button[type=submit]").click()
    page.locator("#strangers").wait_for()
    assert findings(page, "class_marks nobody") == []

    page.locator(".empty a").click()
    page.locator("main summary").first.click()
    page.locator("#id_numbers").fill(
        "NIA\tNombre\n0004711\tGarcía, Bruno\n0004712\tDesconocida, Persona\n12345678Z"
    )
    page.locator("main form button[type=submit]").click()
    page.locator("#id_columns_0").wait_for()
    found = findings(page, "class_marks who")
    with page.expect_download() as downloaded:
        page.locator("main form button[type=submit]").click()
    heading, *rows = downloaded.value.path().read_text(encoding="utf-8-sig").splitlines()

    assert found == [] and troubles == []
    assert heading.count(";") == 5 and [row.partition(";")[0] for row in rows] == ["0004711"]


def test_confirming_an_address_is_as_clean(page: Page, live_server: Any, world: dict[str, Any]) -> None:
    page.goto(f"{live_server.url}/account/signup/")
    page.fill("#id_full_name", "Lola Gil")
    page.fill("#id_email", "lola@example.org")
    page.fill("#id_password1", "grapa caballo pila")
    page.locator("main form button[type=submit]").click()
    page.locator("#id_code").wait_for()

    assert findings(page, "confirm address") == []


def findings(page: Page, name: str) -> list[str]:
    """What axe finds and what is too wide, in each look."""
    found = []
    for scheme in SCHEMES:
        for width in WIDTHS:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
            page.set_viewport_size({"width": width, "height": 800})
            look = f"{name} {scheme} {width}"
            if PICTURES:
                page.screenshot(path=Path(PICTURES) / f"{look.replace(' ', '-')}.png", full_page=True)
            found += [f"{look}: {_said(violation)}" for violation in Axe().run(page).response["violations"]]
            too_wide = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            found += [f"{look}: {too_wide} px too wide"] if too_wide > 0 else []
    return found


def _said(violation: dict[str, Any]) -> str:
    return f"{violation['id']} {[node['html'][:150] for node in violation['nodes']][:4]}"


def test_the_columns_of_an_unknown_table_are_as_clean(
    page: Page, context: BrowserContext, live_server: Any, world: dict[str, Any], troubles: list[str]
) -> None:
    context.add_cookies([{"name": "sessionid", "value": sign_in_cookie("ana"), "url": live_server.url}])
    page.goto(f"{live_server.url}/school/{world['school']}/roster/")
    table = {"name": "lista.csv", "mimeType": "text/csv", "buffer": own_csv(PEOPLE)}
    page.locator("input[type=file]").set_input_files(table)  # type: ignore[arg-type]
    page.locator("main form > button[type=submit]").click()
    page.locator("select[name=column_0]").wait_for()

    assert findings(page, "roster_columns") == [] and troubles == []

"""Stories of images in a browser: the look in September, the tag with memory, and the Friday before thirty pulls."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import BrowserContext, Page, expect

from classrooms.actions.evening_checks import ask_evening_checks
from classrooms.actions.practices import (
    Dates,
    Needed,
    PracticeText,
    give_practice,
    publish_practice,
    write_practice,
)
from classrooms.models import ClassGroup, Image, School, User
from hubsync.account.catalogue import read_tags
from hubsync.account.image_checking import check_waiting
from hubsync.sandbox.server import serve
from hubsync.sandbox.world import World
from tests.browser.world import sign_in_cookie
from tests.factories import (
    make_assigned_image,
    make_class_group,
    make_image,
    make_school,
    make_student,
    make_teacher,
)

pytestmark = pytest.mark.browser
FRIDAY = datetime(2026, 11, 27, 17, 5, tzinfo=UTC)
EVENING = "hubsync.account.image_checking.evening"


@pytest.fixture(autouse=True)
def may_be_called_by_playwright(monkeypatch: pytest.MonkeyPatch) -> None:
    # Playwright runs an event loop in this thread, and Django then refuses plain database calls.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture
def hub(settings: Any) -> Iterator[World]:
    world = World()
    world.add_user("anaruiz")
    for name in ("iestriana", "library", "bitnami"):
        world.add_organization(name, owner="anaruiz", seats=5)
    with serve(world) as running:
        settings.HUB_URL = settings.REGISTRY_URL = running.url
        settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
        cache.set(EVENING, 1)
        yield world


@pytest.fixture
def school(may_be_called_by_playwright: None, transactional_db: None, hub: World) -> School:
    school = make_school()
    make_teacher(school, "Ana", role="owner")
    return school


@pytest.fixture
def ana(school: School, page: Page, context: BrowserContext, live_server: Any) -> Page:
    """Ana at her computer, signed in."""
    context.add_cookies([{"name": "sessionid", "value": sign_in_cookie("ana"), "url": live_server.url}])
    page.set_default_timeout(10_000)
    return page


def push(hub: World, repository: str, tag: str, *platforms: str, **facts: Any) -> None:
    namespace, name = repository.split("/")
    if hub.find_repository(namespace, name) is None:
        hub.add_repository(namespace, name)
    hub.push_tag(namespace, name, tag, platforms=platforms or ("linux/amd64",), **facts)


def practice(school: School, title: str, *needed: Needed) -> Any:
    written = write_practice(school=school, written=PracticeText(title, images=needed), by=None)
    publish_practice(practice=written, by=None)
    return written


def class_with(school: School, name: str = "2º ASIR", **facts: Any) -> ClassGroup:
    return make_class_group(school, name, teacher=User.objects.get(first_name="Ana"), **facts)


def give_the_newer_version(ana: Page, class_page: str, name: str) -> None:
    """Look at what changed between PHP 8.2 and 8.3, write the line, and give it to this class."""
    ana.goto(class_page)
    ana.get_by_role("link", name="Ver qué ha cambiado").click()
    expect(ana.get_by_role("row").filter(has_text="PHP_VERSION")).to_contain_text("8.3")
    ana.get_by_label("Una línea para el alumnado").fill("PHP 8.3 en lugar de 8.2")
    ana.get_by_role("button", name="Darles la versión nueva").click()
    expect(ana.get_by_role("heading", level=1)).to_contain_text(name)


def test_story_14_in_september_one_press_finds_what_rotted_with_what_to_use_instead(
    school: School, hub: World, ana: Page, live_server: Any
) -> None:
    push(hub, "library/centos", "8", "linux/amd64", "linux/arm64")
    push(hub, "library/mysql", "5.7", "linux/amd64")
    push(hub, "iestriana/lamp", "2627-t1-v1", "linux/amd64", "linux/arm64")
    asir = class_with(school, machines=["pc", "mac"])
    for title, name, tag in (
        ("P1 Bitnami", "bitnami/mariadb", "10.3-debian-10"),
        ("P2 CentOS", "centos", "8"),
        ("P3 MySQL", "mysql", "5.7"),
        ("P4 LAMP", "iestriana/lamp", "2627-t1-v1"),
    ):
        one = practice(school, title, Needed(make_image(school, name), tag))
        give_practice(practice=one, class_groups=[asir], dates=Dates(), by=None)

    ana.goto(f"{live_server.url}/school/{school.pk}/images/")
    ana.get_by_role("link", name="Comprobarlo todo").click()
    ana.get_by_role("button", name="Comprobar").click()
    check_waiting()

    def said(title: str) -> Any:
        return ana.get_by_role("article", name=title)

    expect(said("P1 Bitnami")).to_contain_text("no funcionará")
    expect(said("P1 Bitnami")).to_contain_text("Bitnami")
    expect(said("P1 Bitnami")).to_contain_text("En su lugar: mariadb:11.4")
    expect(said("P2 CentOS")).to_contain_text("31 de diciembre de 2021")
    expect(said("P2 CentOS")).to_contain_text("En su lugar: almalinux:9")
    expect(said("P3 MySQL")).to_contain_text("mysql:8.4")
    expect(said("P3 MySQL")).to_contain_text("linux/arm64")
    expect(said("P4 LAMP")).to_contain_text("lista")
    # What is not there cannot be frozen; the others can, and students get that version from then on.
    expect(said("P1 Bitnami").get_by_role("button")).to_have_count(0)
    said("P3 MySQL").get_by_role("button", name="Fijar").click()
    expect(ana.get_by_role("main")).to_contain_text("Fijada")
    digest = Image.objects.get(repository="mysql").tags.get().digest
    ana.goto(f"{live_server.url}/class/{asir.pk}/as-student/")
    expect(ana.get_by_role("main")).to_contain_text(f"docker pull mysql@{digest}")


def test_story_16_one_class_keeps_mondays_version_and_the_other_reads_what_is_new(
    school: School, hub: World, ana: Page, live_server: Any
) -> None:
    push(hub, "iestriana/web", "t1", config={"Env": ["PHP_VERSION=8.2"]})
    web = make_image(school, "iestriana/web")
    group_a, group_b = class_with(school, "2º ASIR A"), class_with(school, "2º ASIR B")
    make_assigned_image(group_a, web, tag="t1")
    read_tags(web)
    monday = web.tags.get().digest
    for group in (group_a, group_b):
        make_assigned_image(group, web, tag="t1", digest=monday)
    push(hub, "iestriana/web", "t1", config={"Env": ["PHP_VERSION=8.3"]})
    read_tags(web)

    give_the_newer_version(ana, f"{live_server.url}/class/{group_b.pk}/", "2º ASIR B")

    ana.goto(f"{live_server.url}/class/{group_b.pk}/as-student/")
    expect(ana.get_by_role("main")).to_contain_text("PHP 8.3 en lugar de 8.2")
    expect(ana.get_by_role("main")).to_contain_text(Image.objects.get().tags.get().digest)
    ana.goto(f"{live_server.url}/class/{group_a.pk}/as-student/")
    expect(ana.get_by_role("main")).to_contain_text(monday)
    expect(ana.get_by_role("main")).not_to_contain_text("PHP 8.3")


def test_story_16_in_a_practice_each_class_has_its_own_version(
    school: School, hub: World, ana: Page, live_server: Any
) -> None:
    push(hub, "iestriana/web", "t1", config={"Env": ["PHP_VERSION=8.2"]})
    web = make_image(school, "iestriana/web")
    group_a, group_b = class_with(school, "2º ASIR A"), class_with(school, "2º ASIR B")
    make_assigned_image(group_a, web, tag="t1")
    read_tags(web)
    monday = web.tags.get().digest
    one = practice(school, "Práctica 6", Needed(web, "t1", monday))
    give_practice(practice=one, class_groups=[group_a, group_b], dates=Dates(), by=None)
    push(hub, "iestriana/web", "t1", config={"Env": ["PHP_VERSION=8.3"]})
    read_tags(web)

    give_the_newer_version(ana, f"{live_server.url}/class/{group_b.pk}/", "2º ASIR B")

    ana.goto(f"{live_server.url}/class/{group_b.pk}/as-student/")
    line = ana.get_by_role("article", name="Práctica 6").locator(".notice")
    expect(line).to_contain_text("Hay una versión nueva desde el")
    expect(line).to_contain_text("PHP 8.3 en lugar de 8.2")
    expect(ana.get_by_role("main")).to_contain_text(Image.objects.get().tags.get().digest)
    ana.goto(f"{live_server.url}/class/{group_a.pk}/as-student/")
    expect(ana.get_by_role("main")).to_contain_text(monday)
    expect(ana.get_by_role("main")).not_to_contain_text("PHP 8.3")


def test_story_6_on_friday_it_already_says_that_170_pulls_are_missing_on_monday(
    school: School, hub: World, ana: Page, live_server: Any
) -> None:
    smr = class_with(school, "1º SMR")
    for _ in range(30):
        make_student(smr)
    needed = []
    for number in range(9):
        push(hub, f"library/image{number}", "1")
        needed.append(Needed(make_image(school, f"image{number}"), "1"))
    monday = practice(school, "P6", *needed)
    dates = Dates(visible_from=FRIDAY + timedelta(days=2, hours=14))
    give_practice(practice=monday, class_groups=[smr], dates=dates, by=None)
    smr.assigned_images.update(assigned_at=FRIDAY - timedelta(days=30))
    hub.limits.anonymous_pulls = 100

    assert ask_evening_checks(FRIDAY) == 1
    check_waiting()

    (letter,) = mail.outbox
    assert "170" in letter.body
    ana.goto(f"{live_server.url}/class/{smr.pk}/check/")
    expect(ana.get_by_role("main")).to_contain_text("Faltan 170")
    ana.get_by_role("link", name="Preparar el aula").first.click()
    mirror = ana.get_by_role("row").filter(has_text="Un espejo en el aula")
    expect(mirror).to_contain_text("9")
    expect(mirror).to_contain_text("Bastan")
    with ana.expect_download() as waited:
        ana.get_by_role("link", name="usb.sh").click()
    assert waited.value.suggested_filename == "usb.sh"

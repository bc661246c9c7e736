"""A story in a browser: a class has an image of another registry from the first look to the second version of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import BrowserContext, Page, expect

from classrooms.models import Image, User
from hubsync.account.catalogue import read_tags
from hubsync.account.image_checking import check_waiting
from hubsync.hub.other_registries import read_registries
from hubsync.sandbox.server import serve
from hubsync.sandbox.world import World
from tests.browser.world import sign_in_cookie
from tests.factories import make_class_group, make_school, make_teacher
from tests.hubsync.real_registry import Layout, Registry, missing_programs

pytestmark = pytest.mark.browser
EVENING = "hubsync.account.image_checking.evening"


@pytest.fixture
def registry(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    """Stands for ghcr.io; Docker Hub is the local one, with nothing in it."""
    # Playwright runs an event loop in this thread, and Django then refuses plain database calls.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    if missing := missing_programs():
        pytest.skip(f"{' and '.join(missing)} not installed (apt install docker-registry skopeo)")
    registry = Registry()
    registry.start()
    settings.OTHER_REGISTRIES = read_registries([registry.url])
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.set(EVENING, 1)
    with serve(World()) as hub:
        settings.HUB_URL = settings.REGISTRY_URL = hub.url
        yield registry
    registry.stop()


def push(registry: Registry, folder: Path, *platforms: str) -> str:
    layout = Layout(folder)
    digest = layout.index(*platforms)
    registry.push(layout, "profes/web:t1")
    return digest


def test_a_teacher_gives_a_class_an_image_of_another_registry_checks_freezes_and_renews_it(
    registry: Registry,
    transactional_db: None,
    page: Page,
    context: BrowserContext,
    live_server: Any,
    tmp_path: Path,
) -> None:
    school = make_school()
    make_teacher(school, "Ana", role="owner")
    smr = make_class_group(
        school, "1º SMR", teacher=User.objects.get(first_name="Ana"), machines=["pc", "mac"]
    )
    context.add_cookies([{"name": "sessionid", "value": sign_in_cookie("ana"), "url": live_server.url}])
    page.set_default_timeout(10_000)
    name = f"127.0.0.1:{registry.port}/profes/web:t1"
    monday = push(registry, tmp_path / "monday", "linux/amd64")

    page.goto(f"{live_server.url}/class/{smr.pk}/assign/")
    page.locator("#id_reference").fill(name)
    page.get_by_role("main").get_by_role("button", name="Asignar").click()
    page.goto(f"{live_server.url}/class/{smr.pk}/check/")
    page.get_by_role("button", name="Comprobar ahora").click()
    check_waiting()
    image = page.get_by_role("article", name=name)
    expect(image).to_contain_text("en riesgo")
    expect(image).to_contain_text("linux/arm64")
    expect(page.get_by_role("main")).to_contain_text("Docker Hub no cuenta sus descargas.")

    assigned = smr.assigned_images.get()
    page.goto(f"{live_server.url}/class/{smr.pk}/images/{assigned.pk}/")
    page.get_by_label("(fijada)").check()
    page.get_by_role("button", name="Guardar").click()
    assigned.refresh_from_db()
    assert assigned.digest == monday

    tuesday = push(registry, tmp_path / "tuesday", "linux/amd64", "linux/arm64")
    read_tags(Image.objects.get())
    page.goto(f"{live_server.url}/class/{smr.pk}/")
    page.get_by_role("link", name="Ver qué ha cambiado").click()
    expect(page.get_by_role("main")).to_contain_text("funciona ahora también en: Mac con chip Apple")
    page.get_by_role("button", name="Darles la versión nueva").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("1º SMR")
    page.goto(f"{live_server.url}/class/{smr.pk}/as-student/")
    expect(page.get_by_role("main")).to_contain_text(f"profes/web@{tuesday}")

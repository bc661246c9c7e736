"""A practice from the teacher's desk to the students' computers, in a browser and in a terminal.

Nerea has no account on Docker Hub and no e-mail address (story 7); what the pull script leaves on a shared computer
opens nothing to whoever sits there next (story 18).
"""

import re
import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from classrooms.models import ClassGroup, Practice, Student
from tests.browser.world import sign_in_cookie
from tests.classrooms.pull_scripts.test_with_podman import run_with_podman
from tests.classrooms.room_files.test_bundle_with_podman import Computer
from tests.factories import make_class_group, make_school, make_student, make_teacher
from tests.hubsync.real_registry import NEEDED, Layout, Registry

MISSING = [name for name in (*NEEDED, "podman", "curl") if shutil.which(name) is None]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}"),
]
LOOKS_AGAIN = 20_000  # milliseconds; the projector looks every five seconds


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    """With one image of the school."""
    registry = Registry()
    registry.start()
    layout = Layout(tmp_path / "image")
    layout.index("linux/amd64", "linux/arm64")
    registry.push(layout, "iestriana/lamp:1.0")
    yield registry
    registry.stop()


@pytest.fixture
def class_group(monkeypatch: pytest.MonkeyPatch, transactional_db: None, settings: Any) -> ClassGroup:
    # Playwright runs an event loop in this thread, and Django then refuses plain database calls.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    school = make_school()
    class_group = make_class_group(school, "1º SMR", teacher=make_teacher(school, "Ana", role="owner"))
    nerea = make_student(class_group, "Nerea", has_account=True)
    assert nerea.user is not None
    nerea.user.emailaddress_set.all().delete()
    type(nerea.user).objects.filter(pk=nerea.user.pk).update(email="")
    return class_group


def as_person(browser: Browser, url: str, name: str, **facts: Any) -> Page:
    context = browser.new_context(locale="es-ES", permissions=["clipboard-read", "clipboard-write"], **facts)
    context.add_cookies([{"name": "sessionid", "value": sign_in_cookie(name), "url": url}])
    page = context.new_page()
    page.set_default_timeout(30_000)
    return page


def write_and_give(ana: Page, url: str, class_group: ClassGroup, *images: str) -> None:
    """As a teacher does it on the class's page."""
    ana.goto(f"{url}/class/{class_group.pk}/")
    ana.get_by_role("link", name="Nueva práctica").first.click()
    ana.fill("#id_title", "Práctica 6")
    ana.fill("#id_text", "Pon en marcha **LAMP**.")
    for number, image in enumerate(images):
        if number:
            ana.locator("button[name=more]").click()
        ana.fill(f"#id_images-{number}-reference", image)
    ana.fill("#id_images-0-ports", "8080:80")
    ana.get_by_role("button", name="Guardar").click()
    ana.get_by_role("button", name="Repartir").click()
    expect(ana.get_by_role("link", name="Práctica 6", exact=True)).to_be_visible()


def test_a_practice_is_given_copied_with_one_press_pulled_in_a_terminal_and_seen_on_the_projector(
    browser: Browser, live_server: Any, class_group: ClassGroup, registry: Registry, tmp_path: Path
) -> None:
    url = live_server.url
    ana = as_person(browser, url, "ana")
    write_and_give(ana, url, class_group, f"127.0.0.1:{registry.port}/iestriana/lamp:1.0")
    ana.goto(f"{url}/class/{class_group.pk}/lights/wall/")
    expect(ana.get_by_text("0/1 primera descarga")).to_be_visible()

    nerea = as_person(browser, url, "nerea", viewport={"width": 360, "height": 800})
    nerea.goto(f"{url}/student/?system=linux")
    nerea.get_by_text("Con un script").click()
    line = nerea.locator(".command", has_text="pull.sh")
    line.get_by_role("button", name="Copiar").click()
    expect(line.get_by_role("button", name="Copiado")).to_be_visible()
    copied = nerea.evaluate("navigator.clipboard.readText()")
    first, second = (run_with_podman(copied, registry, tmp_path) for _ in range(2))

    assert (first.returncode, "Todo está listo." in first.stdout) == (0, True), first.stdout + first.stderr
    assert "Ya está." in second.stdout or "Descargada" in second.stdout
    expect(ana.get_by_text("1/1 primera descarga")).to_be_visible(timeout=LOOKS_AGAIN)
    assert mail.outbox == [] and Student.objects.get().docker_id == ""

    # Story 18: the line is still in the shell's history when the next shift sits down.
    mark = re.search(r"me=([^'& ]+)", copied)
    assert mark is not None
    stranger = Client()
    pages = [stranger.get(f"{path}?me={mark[1]}").status_code for path in ("/student/", "/student/data/")]
    assert pages == [302, 302]


def test_an_error_is_explained_and_an_unknown_one_is_answered_by_the_teacher(
    browser: Browser, live_server: Any, class_group: ClassGroup
) -> None:
    url = live_server.url
    nerea = as_person(browser, url, "nerea", java_script_enabled=False)
    nerea.goto(f"{url}/student/help/")
    nerea.fill("#id_error", "toomanyrequests: You have reached your pull rate limit")
    nerea.get_by_role("button", name="Explicar").click()
    expect(nerea.get_by_text("comparte")).to_be_visible()
    nerea.fill("#id_error", "flux capacitor missing")
    nerea.get_by_role("button", name="Explicar otro").click()
    nerea.get_by_role("button", name="Preguntar a mi docente").click()
    expect(nerea.get_by_text("Espera a tu docente")).to_be_visible()

    ana = as_person(browser, url, "ana", java_script_enabled=False)
    ana.goto(f"{url}/class/{class_group.pk}/")
    ana.get_by_role("link", name="Preguntas (1)").click()
    ana.locator("textarea").fill("Reinicia Docker.")
    ana.get_by_role("button", name="Responder").click()
    nerea.reload()
    expect(nerea.get_by_text("Reinicia Docker.")).to_be_visible()
    assert not Practice.objects.exists()


def test_story_15_on_friday_the_practice_goes_to_a_usb_folder_that_every_computer_loads(
    browser: Browser, live_server: Any, class_group: ClassGroup, registry: Registry, tmp_path: Path
) -> None:
    """One archive for each processor, shared layers once in it, checksums, and a script for each system."""
    url, place = live_server.url, f"127.0.0.1:{registry.port}/iestriana"
    layout = Layout(tmp_path / "second")
    layout.index("linux/amd64", "linux/arm64")  # the same layer under another name
    registry.push(layout, "iestriana/mariadb:1.0")
    ana = as_person(browser, url, "ana")
    write_and_give(ana, url, class_group, f"{place}/lamp:1.0", f"{place}/mariadb:1.0")
    ana.get_by_role("link", name="Preparar el aula").click()
    with ana.expect_download() as waited:
        ana.get_by_role("link", name="usb.sh").click()
    waited.value.save_as(tmp_path / "usb.sh")
    made = Computer(tmp_path / "teacher", registry).run("sh", str(tmp_path / "usb.sh"), str(tmp_path / "usb"))
    assert made.returncode == 0, made.stdout + made.stderr
    registry.stop()  # half past two, and the line is down

    names = {path.name for path in (tmp_path / "usb").iterdir()}
    assert {"SHA256SUMS", "images-amd64.tar", "load.sh", "load.ps1"} <= names
    with tarfile.open(tmp_path / "usb" / "images-amd64.tar") as archive:
        layers = [one.name for one in archive.getmembers() if one.isfile() and one.name.endswith(".tar")]
    assert len(layers) == 1  # of two images that share it
    for number in range(2):
        computer = Computer(tmp_path / f"pc{number}", registry)
        loaded = computer.run("sh", str(tmp_path / "usb" / "load.sh"), AULAHUB_MACHINE="x86_64")
        assert loaded.returncode == 0, loaded.stdout + loaded.stderr
        found = {computer.architecture_of(f"{place}/{name}:1.0") for name in ("lamp", "mariadb")}
        assert found == {"amd64"}

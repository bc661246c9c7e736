"""Handing in, told in a browser: the wrong computer, frozen at the bell, run and not trusted, a secret, no account."""

from __future__ import annotations

import re
import time
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from classrooms.models import ClassPractice, HandIn, Student, User
from hubsync.sandbox.world import World
from tests.classrooms.archives.making import old_files, tar
from tests.classrooms.hand_ins.given import give
from tests.classrooms.run_projects.compose_rules import broken_rules
from tests.factories import make_student, make_user
from tests.hubsync.stage import Stage, hub, stage, world

__all__ = ["hub", "stage", "world"]
pytestmark = pytest.mark.browser
ARM, BOTH = ("linux/arm64",), ("linux/amd64", "linux/arm64")
COMPOSE = """services:
  web: {image: 'omar1/web:v1', ports: ['8080:80']}
  db: {image: 'mariadb:11', environment: {MARIADB_DATABASE: '${DB}', MARIADB_PASSWORD: '${DB_PASSWORD}'}}
"""


@pytest.fixture(autouse=True)
def may_be_called_by_playwright(
    monkeypatch: pytest.MonkeyPatch, transactional_db: None, settings: Any
) -> None:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@pytest.fixture
def given(stage: Stage) -> ClassPractice:
    return give(stage.smr)


@pytest.fixture
def omar(stage: Stage) -> Student:
    return someone(stage, "Omar", "omar1")


def someone(stage: Stage, name: str, docker_id: str) -> Student:
    """With an account here and on Docker Hub, and a repository there."""
    student = make_student(stage.smr, name, docker_id=docker_id)
    student.user = make_user(name)
    student.save()
    stage.world.add_user(docker_id)
    stage.world.add_repository(docker_id, "web", is_private=False, actor=docker_id)
    return student


def push(world: World, tag: str = "v1", **facts: Any) -> None:
    push_as(world, "omar1", tag, **facts)


def push_as(world: World, docker_id: str, tag: str = "v1", **facts: Any) -> None:
    facts = {"platforms": BOTH, "pushed_by": docker_id, "config": {"ExposedPorts": {"80/tcp": {}}}, **facts}
    world.push_tag(docker_id, "web", tag, **facts)


@pytest.fixture
def opens(browser: Browser, live_server: Any) -> Iterator[Any]:
    """A person's own browser, signed in, at an address."""
    contexts = []

    def open_as(user: User | None, address: str) -> Page:
        assert user is not None
        client = Client()
        client.force_login(user)
        context = browser.new_context(locale="en-GB", accept_downloads=True)
        contexts.append(context)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        context.add_cookies([cookie])  # type: ignore[list-item]
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.goto(live_server.url + address)
        return page

    yield open_as
    for context in contexts:
        context.close()


def look(page: Page, reference: str = "omar1/web:v1") -> None:
    page.get_by_label("Which image do you hand in?").fill(reference)
    page.get_by_role("button", name="Look at it first").click()


def hand_in(page: Page, reference: str = "omar1/web:v1") -> None:
    look(page, reference)
    page.get_by_role("button", name="Hand it in").click()
    expect(page.get_by_role("heading", level=1, name="Receipt")).to_be_visible()


def teacher_of(stage: Stage) -> User:
    return stage.school.teacher_roles.get().user


def test_mac_in_pc_out_and_frozen_at_the_bell(
    opens: Any, stage: Stage, given: ClassPractice, omar: Student
) -> None:
    """Stories 8, 9 and 13: he reads the line that mends it, repairs it in time, and pushes on after the bell."""
    push(stage.world, platforms=ARM)
    page = opens(omar.user, f"/student/practices/{given.pk}/hand-in/")
    look(page)
    expect(page.get_by_role("main")).to_contain_text("linux/arm64 only")
    expect(page.get_by_role("main")).to_contain_text("it will not start there")
    expect(page.get_by_role("main")).to_contain_text(
        "docker buildx build --platform linux/amd64,linux/arm64 -t omar1/web:v1 --push ."
    )
    page.get_by_role("link", name="No, I mend it first").click()
    push(stage.world)
    page.goto(page.url.split("/student/")[0] + f"/student/practices/{given.pk}/hand-in/")
    hand_in(page)
    assert HandIn.objects.get().is_late is False
    frozen = HandIn.objects.get().digest
    expect(page.get_by_role("main")).to_contain_text(frozen)
    ClassPractice.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    push(stage.world)
    page.goto(page.url.split("/student/")[0] + f"/student/practices/{given.pk}/hand-in/")
    hand_in(page)

    teacher = opens(teacher_of(stage), f"/class/{stage.smr.pk}/work/{given.pk}/")
    teacher.get_by_role("button", name="Look for later versions").click()

    row = teacher.get_by_role("row").filter(has_text="Omar")
    expect(row).to_contain_text("in time")
    expect(row).to_contain_text(frozen[7:15])
    expect(row).to_contain_text("handed in again, late")
    expect(row).to_contain_text("a later version exists")
    row.get_by_role("link", name=re.compile("Mark it")).click()
    expect(teacher.get_by_role("main")).to_contain_text(frozen)
    expect(teacher.get_by_role("main")).to_contain_text("A later version exists")
    teacher.get_by_text("All 2 attempts").click()
    expect(teacher.get_by_role("main")).to_contain_text(HandIn.objects.latest("attempt").digest[7:15])


def test_no_screenshots(opens: Any, stage: Stage, given: ClassPractice, omar: Student) -> None:
    """Story 13: «push v1, then v2»: both digests, dates and sizes, and the layers that changed."""
    for tag, php, size in (("v1", "8.2", 50_000_000), ("v2", "8.3", 61_000_000)):
        push(stage.world, tag, size_bytes=size, config={"Env": [f"PHP_VERSION={php}"]})
        hand_in(opens(omar.user, f"/student/practices/{given.pk}/hand-in/"), f"omar1/web:{tag}")
    first, second = HandIn.objects.order_by("attempt")
    teacher = opens(teacher_of(stage), f"/class/{stage.smr.pk}/work/{given.pk}/students/{omar.pk}/")
    teacher.get_by_text("All 2 attempts").click()

    teacher.get_by_role("link", name="See what changed").click()

    main = teacher.get_by_role("main")
    for one, tag in ((first, "v1"), (second, "v2")):
        expect(main).to_contain_text(f"omar1/web:{tag}")
        expect(main).to_contain_text(one.digest)
        assert one.pushed_at is not None and one.handed_in_at >= one.pushed_at
    expect(main.get_by_text(re.compile("pushed"))).to_have_count(2)
    expect(teacher.get_by_role("row", name=re.compile("^Size"))).to_contain_text("61 MB")
    expect(teacher.get_by_role("row", name=re.compile("PHP_VERSION"))).to_contain_text("8.3")
    expect(main).to_contain_text("New layers: 2. The same as before, not downloaded again: 1.")


def test_run_do_not_trust_and_compose_too(opens: Any, stage: Stage, omar: Student, tmp_path: Path) -> None:
    """Stories 10 and 11: what asks for the computer is refused and explained; the rest starts bounded, side by side.

    PHP and MariaDB with an `.env` start as one thing, and two students' work has ports of its own.
    """
    nerea = someone(stage, "Nerea", "nerea1")
    stage.world.add_repository("library", "mariadb")
    stage.world.push_tag("library", "mariadb", "11")
    given = give(stage.smr, takes_compose=True)
    for student in (omar, nerea):
        push_as(stage.world, student.docker_id)
        page = opens(student.user, f"/student/practices/{given.pk}/hand-in/")
        compose = COMPOSE.replace("omar1", student.docker_id)
        for evil, told in (
            ("privileged: true", "asks to be privileged"),
            ("volumes: ['/var/run/docker.sock:/var/run/docker.sock']", "asks for Docker’s socket"),
        ):
            page.get_by_label("Your compose file").fill(
                compose.replace("{image: 'mariadb", "{" + evil + ", image: 'mariadb")
            )
            look(page, f"{student.docker_id}/web:v1")
            expect(page.get_by_role("main")).to_contain_text(told)
        page.get_by_label("Your compose file").fill(compose)
        page.get_by_label("Your .env").fill("DB=tienda\nDB_PASSWORD=clase")
        hand_in(page, f"{student.docker_id}/web:v1")
    teacher = opens(teacher_of(stage), f"/class/{stage.smr.pk}/work/{given.pk}/")
    begun = time.monotonic()
    teacher.get_by_role("link", name="Run everything").click()
    with teacher.expect_download() as got:
        teacher.get_by_role("button", name=re.compile("Download the project")).click()
    got.value.save_as(tmp_path / "run.zip")
    assert time.monotonic() - begun < 20

    with zipfile.ZipFile(tmp_path / "run.zip") as packed:
        files = {name.rpartition("/")[2]: packed.read(name).decode() for name in packed.namelist()}
    project = yaml.safe_load(files["compose.yaml"])
    assert broken_rules(project) == []
    services = project["services"]
    assert sorted(name.partition("-")[2] for name in services) == ["db", "db", "web", "web"]
    assert all("@sha256:" in one["image"] for one in services.values())
    databases = [one for name, one in services.items() if name.endswith("-db")]
    assert all(
        one["environment"] == {"MARIADB_DATABASE": "tienda", "MARIADB_PASSWORD": "clase"} for one in databases
    )
    assert [one["ports"] for one in services.values() if "ports" in one] == [
        ["127.0.0.1:20000:80"], ["127.0.0.1:20001:80"],
    ]  # fmt: skip
    assert (
        'SECONDS_LEFT="${AULAHUB_SECONDS:-900}"' in files["start.sh"]
    )  # fifteen minutes, then all is taken away
    (tmp_path / "page.html").write_text(files["page.html"])
    (tmp_path / "states.js").write_text(f'window.states = "{next(iter(services))} running;";')
    (tmp_path / "answers.js").write_text('window.answers = "20000 200;20001 000;";')
    teacher.goto(f"file://{tmp_path}/page.html")
    for port in (20000, 20001):
        expect(teacher.get_by_role("link", name=f"http://127.0.0.1:{port}/")).to_be_visible()
    expect(teacher.locator("[data-service]").first).to_have_text("running")
    expect(teacher.locator("[data-service]").last).to_have_text("not running")
    expect(teacher.locator("[data-port='20000']")).to_have_text("HTTP 200")
    expect(teacher.locator("[data-port='20001']")).to_have_text("no answer")
    first, second = teacher.locator("section").all()
    first.get_by_role("link", name="Next").click()
    expect(second).to_be_in_viewport()
    assert teacher.url.endswith("#" + str(second.get_attribute("id")))
    second.get_by_role("link", name="Previous").click()
    assert teacher.url.endswith("#" + str(first.get_attribute("id")))
    expect(first.get_by_role("link", name="Previous")).to_have_count(0)
    expect(second.get_by_role("link", name="Next")).to_have_count(0)
    (tmp_path / "answers.js").write_text('window.answers = "20000 200;20001 500;";')
    expect(teacher.locator("[data-port='20001']")).to_have_text("HTTP 500")


def test_a_secret_is_told_quietly_and_the_work_is_marked(
    opens: Any, stage: Stage, given: ClassPractice, omar: Student
) -> None:
    """Story 12, and marking: the owner and the teacher read of it, the mark comes with a comma when it is let out."""
    push(stage.world, config={"Env": ["AWS=AKIAABCDEFGHIJKLMNOP"]})
    page = opens(omar.user, f"/student/practices/{given.pk}/hand-in/")
    hand_in(page)
    expect(page.get_by_role("main")).to_contain_text("A key or token of Amazon in the variable AWS: AKIA…")
    expect(page.get_by_role("main")).to_contain_text("worthless")
    classmate = opens(someone(stage, "Nerea", "nerea1").user, f"/student/practices/{given.pk}/")
    expect(classmate.get_by_role("main")).not_to_contain_text("Amazon")
    teacher = opens(teacher_of(stage), f"/class/{stage.smr.pk}/work/{given.pk}/students/{omar.pk}/")
    expect(teacher.get_by_role("main")).to_contain_text("A key or token of Amazon")
    teacher.get_by_role("textbox", name=re.compile("^Mark")).press_sequentially("7,5")
    expect(teacher.locator("#claim")).to_contain_text("You are marking it")
    teacher.get_by_role("button", name="Save", exact=True).click()
    expect(teacher.get_by_role("row").filter(has_text="Omar")).to_contain_text("7,50")

    teacher.get_by_role("button", name=re.compile("see the mark")).click()

    page.reload()
    expect(page.get_by_role("main")).to_contain_text("7,50")
    verify = page.locator('main a[href*="/receipt/"]').get_attribute("href")
    page.goto(page.url.split("/student/")[0] + "/receipt/" + str(verify).partition("/receipt/")[2])
    expect(page.get_by_role("main")).to_contain_text("Yes. This portal gave this receipt")
    expect(page.get_by_role("main")).not_to_contain_text("Omar")


def test_without_an_account_a_file_is_handed_in(
    opens: Any, given: ClassPractice, omar: Student, tmp_path: Path, settings: Any
) -> None:
    """Story 7: nothing of the student goes to Docker Hub."""
    (tmp_path / "image.tar").write_bytes(tar(old_files()))
    page = opens(omar.user, f"/student/practices/{given.pk}/hand-in/")
    page.get_by_text("I have no account on Docker Hub").click()
    page.get_by_role("link", name="Hand in a file").click()
    page.get_by_label("The file of your image").set_input_files(tmp_path / "image.tar")

    page.get_by_role("button", name="Hand it in").click()

    expect(page.get_by_role("heading", level=1, name="Receipt")).to_be_visible()
    assert HandIn.objects.get().archive

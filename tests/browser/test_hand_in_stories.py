"""Handing in, told in a browser: the wrong computer, frozen at the bell, run and not trusted, a secret, no account."""

from __future__ import annotations

import re
import time
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.utils import timezone
from playwright.sync_api import expect

from classrooms.models import ClassPractice, HandIn, Student
from tests.browser.hand_in_scene import (
    BOTH,
    given,
    hand_in,
    look,
    may_be_called_by_playwright,
    omar,
    opens,
    push,
    push_as,
    someone,
    teacher_of,
)
from tests.classrooms.archives.making import old_files, tar
from tests.classrooms.hand_ins.given import give
from tests.classrooms.run_projects.compose_rules import broken_rules
from tests.hubsync.stage import Stage, hub, stage, world

__all__ = ["BOTH", "given", "hub", "may_be_called_by_playwright", "omar", "opens", "stage", "world"]
pytestmark = pytest.mark.browser
ARM = ("linux/arm64",)
COMPOSE = """services:
  web: {image: 'omar1/web:v1', ports: ['8080:80']}
  db: {image: 'mariadb:11', environment: {MARIADB_DATABASE: '${DB}', MARIADB_PASSWORD: '${DB_PASSWORD}'}}
"""


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

"""A class's work as one project to download: by digest, by the rules of Compose, honest about what cannot be run."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import Any

import pytest
import yaml
from django.test import Client

from classrooms.actions.handing_in import HandedIn
from classrooms.models import ClassGroup, ClassPractice, Student, User
from classrooms.queries.run_works import runnable
from tests.classrooms.hand_ins.given import DIGEST, WEB, give, hand
from tests.classrooms.run_projects.compose_rules import broken_rules
from tests.factories import make_student

DB = "sha256:" + "cd" * 32
HOSTILE = """
services:
  web:
    image: bruno1/web:v1
    ports: ["8080:80", "443"]
    environment: {A: "$$(touch /tmp/stolen)", "B": "'; rm -rf ~ #"}
    command: ["sh", "-c", "echo $$HOME; reboot"]
    tmpfs: /run
  db:
    image: mariadb:11
    volumes: ["datos:/var/lib/mysql"]
    depends_on: [web]
"""


@pytest.fixture
def given(class_group: ClassGroup) -> ClassPractice:
    return give(class_group)


@pytest.fixture
def teacher(reader: Client, ana: User) -> Client:
    reader.force_login(ana)
    return reader


def download(teacher: Client, given: ClassPractice, **asked: Any) -> dict[str, str]:
    asked = {"minutes": 15, "memory": 512, **asked}
    answer = teacher.get(f"/class/{given.class_group_id}/work/{given.pk}/run/", asked)
    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        return {name.partition("/")[2]: packed.read(name).decode() for name in packed.namelist()}


def with_compose() -> HandedIn:
    digests = (("bruno1/web:v1", DIGEST), ("mariadb:11", DB))
    return replace(WEB, compose=HOSTILE, compose_digests=digests)


def test_a_whole_class_is_one_project_by_digest_that_keeps_to_the_rules_of_compose(
    teacher: Client, given: ClassPractice, bruno: Student
) -> None:
    hand(given, bruno, with_compose())
    hand(given, make_student(given.class_group, "Zoe"))

    project = yaml.safe_load(download(teacher, given)["compose.yaml"])

    assert broken_rules(project) == []
    images = sorted(one["image"] for one in project["services"].values())
    assert images == sorted([f"bruno1/web@{DIGEST}"] * 2 + [f"mariadb@{DB}"])
    assert len({port for one in project["services"].values() for port in one.get("ports", ())}) == 3


@pytest.mark.parametrize("wrong", [{"privileged": True}, {"ports": ["8080:80"]}, {"networks": {"host": {}}}])
def test_the_rules_find_what_is_wrong(
    teacher: Client, given: ClassPractice, bruno: Student, wrong: dict[str, Any]
) -> None:
    hand(given, bruno)
    project = yaml.safe_load(download(teacher, given)["compose.yaml"])
    next(iter(project["services"].values())).update(wrong)

    assert broken_rules(project)


def test_one_student_is_run_alone_with_other_limits_and_the_way_out(
    teacher: Client, given: ClassPractice, bruno: Student
) -> None:
    hand(given, bruno)
    hand(given, make_student(given.class_group, "Zoe"))

    files = download(teacher, given, student=bruno.pk, minutes=5, memory=1024, reaches_out="on")

    project = yaml.safe_load(files["compose.yaml"])
    (service,) = project["services"].values()
    assert (service["mem_limit"], "AULAHUB_SECONDS:-300" in files["start.sh"]) == ("1024m", True)
    assert any(name.endswith("-outside") for name in project["networks"])


def test_the_page_beside_it_names_the_students_and_leads_to_marking(
    teacher: Client, given: ClassPractice, bruno: Student
) -> None:
    hand(given, bruno)

    page = download(teacher, given)["page.html"]

    assert "Bruno García" in page
    assert f"/class/{given.class_group_id}/work/{given.pk}/students/{bruno.pk}/" in page


def test_the_scripts_can_be_run_at_once(teacher: Client, given: ClassPractice, bruno: Student) -> None:
    hand(given, bruno)
    answer = teacher.get(f"/class/{given.class_group_id}/work/{given.pk}/run/", {"minutes": 1, "memory": 256})

    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        modes = {one.filename.rpartition("/")[2]: one.external_attr >> 16 for one in packed.infolist()}

    assert modes["start.sh"] & 0o111
    assert not modes["compose.yaml"] & 0o111


@pytest.mark.parametrize(
    "handed_in",
    [
        HandedIn(reference="bruno1/web:v1"),
        replace(WEB, compose=HOSTILE),
        replace(WEB, compose="services: {web: {image: nginx, privileged: true}}"),
    ],
    ids=["no version known", "an image without version", "asks for the computer"],
)
def test_what_cannot_be_run_says_why_and_stops_nobody_else(
    given: ClassPractice, bruno: Student, handed_in: HandedIn
) -> None:
    rows = runnable([hand(given, bruno, handed_in), hand(given, make_student(given.class_group))])

    assert [one.work is None for one in rows] == [True, False]
    assert rows[0].reason


def test_a_version_that_was_seen_later_is_run_where_nobody_could_look_at_first(
    given: ClassPractice, bruno: Student
) -> None:
    row = hand(given, bruno, HandedIn(reference="bruno1/web:v1"))
    row.later_digest = DB

    (found,) = runnable([row])

    assert found.work is not None
    assert found.work.services[0].image == f"bruno1/web@{DB}"


def test_a_file_is_run_from_the_file(given: ClassPractice, bruno: Student) -> None:
    (found,) = runnable([hand(given, bruno, HandedIn(digest=DIGEST, archive="a.tar", ports=(80,)))])

    assert found.work is not None
    assert found.work.services[0].image == f"aulahub.invalid/w{found.hand_in.pk}:{'ab' * 32}"


def test_the_page_shows_what_runs_and_what_does_not(
    teacher: Client, given: ClassPractice, bruno: Student
) -> None:
    hand(given, bruno, HandedIn(reference="bruno1/web:v1"))

    page = teacher.get(f"/class/{given.class_group_id}/work/{given.pk}/run/").content.decode()

    assert "cannot be run" in page
    assert "There is nothing that can be run yet" in page


ELSEWHERE = "services:\n  web: {image: 'bruno1/web:v1'}\n  cache: {image: 'ghcr.io/valkey/valkey:8'}\n"


def test_what_is_not_on_docker_hub_runs_by_its_tag_and_that_is_said(
    teacher: Client, given: ClassPractice, bruno: Student
) -> None:
    handed_in = replace(WEB, compose=ELSEWHERE, compose_digests=(("bruno1/web:v1", DIGEST),))
    hand(given, bruno, handed_in)

    project = yaml.safe_load(download(teacher, given)["compose.yaml"])
    page = teacher.get(f"/class/{given.class_group_id}/work/{given.pk}/run/").content.decode()

    images = {one["image"] for one in project["services"].values()}
    assert images == {f"bruno1/web@{DIGEST}", "ghcr.io/valkey/valkey:8"}
    assert "ghcr.io/valkey/valkey:8: not on Docker Hub, so by its tag" in page


def test_images_that_were_seen_later_are_run_where_nobody_could_look_at_first(
    given: ClassPractice, bruno: Student
) -> None:
    row = hand(given, bruno, replace(WEB, compose=HOSTILE, compose_digests=(("bruno1/web:v1", DIGEST),)))
    row.later_compose_digests = {"mariadb:11": DB, "bruno1/web:v1": DB}

    (found,) = runnable([row])

    assert found.work is not None
    assert [one.image for one in found.work.services] == [f"bruno1/web@{DIGEST}", f"mariadb@{DB}"]


@pytest.mark.parametrize(
    ("machine", "platforms", "web", "beside"),
    [
        ("pc", ["linux/amd64", "linux/arm64"], "linux/amd64", "linux/amd64"),
        ("mac", ["linux/amd64", "linux/arm64/v8"], "linux/arm64", None),
        ("mac", ["linux/amd64"], "linux/amd64", None),
        ("pi64", ["linux/arm64"], "linux/arm64", "linux/arm64"),
        ("pi32", ["linux/arm/v7"], "linux/arm/v7", "linux/arm/v7"),
        ("pi64", ["linux/amd64"], "linux/amd64", "linux/arm64"),
        ("pc", [], "linux/amd64", "linux/amd64"),
    ],
)
def test_each_image_is_run_for_the_teachers_computer(
    teacher: Client,
    given: ClassPractice,
    bruno: Student,
    machine: str,
    platforms: list[str],
    web: str,
    beside: str | None,
) -> None:
    row = hand(given, bruno, replace(with_compose(), platforms=tuple(platforms)))
    ClassGroup.objects.update(run_machine=machine)

    project = yaml.safe_load(download(teacher, given)["compose.yaml"])

    assert broken_rules(project) == []
    services = project["services"]
    found = [services[f"w{row.pk}-{name}"].get("platform") for name in ("web", "db")]
    assert found == [web, beside]


def test_who_sits_at_another_computer_today_chooses_it(
    teacher: Client, given: ClassPractice, bruno: Student
) -> None:
    hand(given, bruno, replace(WEB, platforms=("linux/amd64", "linux/arm64")))

    project = yaml.safe_load(download(teacher, given, machine="pi64")["compose.yaml"])

    assert [one["platform"] for one in project["services"].values()] == ["linux/arm64"]


def test_the_page_offers_the_usual_computer_and_says_what_does_not_start_there(
    teacher: Client, given: ClassPractice, bruno: Student
) -> None:
    hand(given, bruno)
    ClassGroup.objects.update(run_machine="pi64")

    page = teacher.get(f"/class/{given.class_group_id}/work/{given.pk}/run/").content.decode()

    assert '<option value="pi64" selected>' in page
    assert "made for linux/amd64: it may not start on this computer" in page

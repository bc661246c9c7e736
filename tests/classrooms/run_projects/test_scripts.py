"""The scripts that start handed-in work and end it by themselves, really run, with a docker that only writes down."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml

from classrooms.archives.own_name import under_own_name
from classrooms.compose_files.values import PublishedPort, Service
from classrooms.run_projects.page import PageWords, Shown, page_html
from classrooms.run_projects.project import compose_project, doors_of
from classrooms.run_projects.scripts import RunWords, scripts_powershell, scripts_sh
from classrooms.run_projects.values import Door, Limits, Work, loaded_name
from tests.classrooms.archives.making import old_files, tar

DIGEST = "sha256:" + "ab" * 32
EVIL = "$(touch stolen)`touch stolen`'\"; touch stolen #"
WORDS = RunWords(EVIL, EVIL, EVIL, EVIL, "other", EVIL, EVIL, "over")
WEB = Service("web", f"nerea1/web@{DIGEST}", ports=(PublishedPort(80),), environment=(("A", EVIL),))
WORKS = (Work("w1", (WEB,)), Work("w2", (Service("web", loaded_name("w2", DIGEST)),)))
# Writes down what it is called with, and says what docker says where somebody reads it.
DOCKER = """#!/bin/sh
printf '%s\\n' "$*" >> "$(dirname "$0")/called"
case "$1" in
  ps) echo "w1-web running" ;;
  load) echo "Loaded image: evil;touch stolen:v1" ;;
esac
case "$*" in *"up -d"*w1-web*) exit "${W1:-0}" ;; esac
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    start, stop = scripts_sh("aulahub-7", WORKS, Limits(minutes=1), WORDS)
    project = compose_project("aulahub-7", WORKS, doors_of(WORKS), Limits())
    for name, text in {"start.sh": start, "stop.sh": stop, "compose.yaml": project, "docker": DOCKER}.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "docker").chmod(0o755)
    (tmp_path / "w2.tar").write_bytes(as_the_portal_gives_it(tar(old_files())))
    return tmp_path


def as_the_portal_gives_it(content: bytes, name: str = loaded_name("w2", DIGEST)) -> bytes:
    found = under_own_name(io.BytesIO(content), name, most_bytes=1024 * 1024)
    return b"".join(found.written(io.BytesIO(content)))


def run(place: Path, script: str, **variables: str) -> tuple[str, list[str]]:
    environment = os.environ | {"DOCKER": str(place / "docker"), "AULAHUB_SECONDS": "0", **variables}
    done = subprocess.run(
        ["sh", str(place / script)], env=environment, capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout, (place / "called").read_text().splitlines()


def test_each_work_is_started_by_itself_and_all_is_taken_away_when_the_time_is_over(place: Path) -> None:
    said, called = run(place, "start.sh")

    compose = "compose -p aulahub-7 -f compose.yaml"
    down = f"{compose} down --volumes --remove-orphans --timeout 3"
    assert called[0] == called[-2] == down
    assert f"{compose} up -d --no-build w1-web" in called
    assert f"{compose} up -d --no-build w2-web" in called
    assert said.splitlines()[-1] == "over"


def test_what_does_not_start_keeps_no_other_from_starting(place: Path) -> None:
    _, called = run(place, "start.sh", W1="1")

    assert any("up -d --no-build w2-web" in one for one in called)


def test_a_file_is_loaded_under_the_name_that_the_project_runs(place: Path) -> None:
    _, called = run(place, "start.sh")

    project = yaml.safe_load((place / "compose.yaml").read_text())
    assert called.index("load -q -i w2.tar") < min(n for n, one in enumerate(called) if "up -d" in one)
    assert not any(one.startswith("tag ") or "evil" in one for one in called)
    service = project["services"]["w2-web"]
    assert (service["image"], service["pull_policy"]) == (loaded_name("w2", DIGEST), "never")


@pytest.mark.parametrize(
    "content",
    [
        tar(old_files()),
        as_the_portal_gives_it(tar(old_files()), "nginx:latest"),
        as_the_portal_gives_it(tar(old_files()), f'{loaded_name("w2", DIGEST)}", "nginx:latest'),
        tar({"manifest.json": b'[{"RepoTags": ["nginx:latest"]}, {"RepoTags": ["@name"]}]'}),
        b"",
    ],
    ids=["as handed in", "another name", "a name more", "a second image", "empty"],
)
def test_a_file_that_the_portal_did_not_write_is_never_loaded(place: Path, content: bytes) -> None:
    (place / "w2.tar").write_bytes(content.replace(b"@name", loaded_name("w2", DIGEST).encode()))

    said, called = run(place, "start.sh")

    assert not any(one.startswith("load") for one in called)
    assert "other w2.tar" in said.splitlines()


def test_a_file_more_in_it_is_not_loaded_either(place: Path) -> None:
    with tarfile.open(place / "w2.tar", "a") as archive:
        archive.addfile(tarfile.TarInfo("index.json"))

    _said, called = run(place, "start.sh")

    assert not any(one.startswith("load") for one in called)


def test_nothing_that_anybody_wrote_becomes_a_command(place: Path) -> None:
    run(place, "start.sh")
    run(place, "stop.sh")

    assert not (place / "stolen").exists()


def test_the_states_for_the_page_are_written_beside_it(place: Path) -> None:
    run(place, "start.sh")

    assert (place / "states.js").read_text() == 'window.states = "w1-web running;";\n'


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_what_each_door_answers_is_written_for_the_page_and_forgotten_at_the_end(place: Path) -> None:
    with http_server() as port:
        doors = [Door("w1", "web", 80, port), Door("w2", "web", 80, 1)]
        start, _stop = scripts_sh("aulahub-7", WORKS, Limits(), WORDS, doors)
        (place / "start.sh").write_text(start)
        # What stood there when everything was taken away.
        (place / "docker").write_text(DOCKER + "cp answers.js answers.seen 2>/dev/null; exit 0\n")
        run(place, "start.sh", AULAHUB_SECONDS="5", http_proxy="http://127.0.0.1:9")

    seen = (place / "answers.seen").read_text()
    assert seen.startswith('window.answers = "')
    assert set(seen.partition('"')[2].partition('"')[0].strip(";").split(";")) == {f"{port} 200", "1 000"}
    assert (place / "answers.js").read_text() == 'window.answers = "";\n'


@contextmanager
def http_server() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), SimpleHTTPRequestHandler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_in_powershell_the_doors_are_numbers() -> None:
    start, _stop = scripts_powershell("aulahub-7", WORKS, Limits(), WORDS, doors_of(WORKS))

    assert "foreach ($port in @(20000))" in start
    assert "Save-States; Save-Answers" in start


def test_the_scripts_for_powershell_close_what_they_open() -> None:
    for text in scripts_powershell("aulahub-7", WORKS, Limits(), WORDS):
        lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
        bare = re.sub(r"'(?:[^']|'')*'", "''", "\n".join(lines))
        assert [bare.count(sign) for sign in "{(["] == [bare.count(sign) for sign in "})]"]


def test_in_powershell_every_word_is_quoted() -> None:
    start, _stop = scripts_powershell("aulahub-7", WORKS, Limits(), WORDS)

    assert "Start-Work 'w1' @('w1-web')" in start
    assert "Write-Host '$(touch stolen)`touch stolen`''\"; touch stolen #'" in start


def test_on_the_page_whatever_comes_from_outside_is_text() -> None:
    evil = '"><script>alert(1)</script>'
    words = PageWords(evil, evil, evil, evil, evil, "</script>" + evil, "es")
    shown = [Shown(work, evil, f"https://portal.example/{evil}") for work in WORKS]

    page = page_html(shown, doors_of(WORKS), words)

    assert page.count("<script") == 1
    assert page.count("</script>") == 1
    assert 'href="http://127.0.0.1:20000/"' in page
    assert 'data-service="w1-web"' in page
    assert 'data-port="20000"' in page
    assert '<a href="#w1">' in page
    assert '<a href="#w2">' in page

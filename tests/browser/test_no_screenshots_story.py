"""Story 13: «push v1, then v2, and deploy», seen without a screenshot."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from classrooms.models import ClassPractice, HandIn, Student
from tests.browser.hand_in_scene import (
    given,
    hand_in,
    may_be_called_by_playwright,
    omar,
    opens,
    push,
    teacher_of,
)
from tests.hubsync.stage import Stage, hub, stage, world

__all__ = ["given", "hub", "may_be_called_by_playwright", "omar", "opens", "stage", "world"]
pytestmark = pytest.mark.browser
DOCKER = """#!/bin/sh
cd "$(dirname "$0")" && printf '%s\\n' "$*" >> called
case "$1" in ps) echo "$(sed -n 's/^  \\(w[0-9]*-web\\):$/\\1/p' compose.yaml) running" ;; esac
cp answers.js answers.seen 2>/dev/null
exit 0
"""


class Page200(BaseHTTPRequestHandler):
    """What the student's server answers."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        """Nobody reads it."""


def answered_when_run(page: Page, stage: Stage, given: ClassPractice, row: HandIn, place: Path) -> str:
    """What the page beside the running project says of its door; docker itself only writes down what it is asked."""
    page.goto(
        f"{page.url.split('/class/')[0]}/class/{stage.smr.pk}/work/{given.pk}/run/?student={row.student_id}"
    )
    with page.expect_download() as got:
        page.get_by_role("button", name=re.compile("Download the project")).click()
    got.value.save_as(place / "run.zip")
    with zipfile.ZipFile(place / "run.zip") as packed:
        for name in packed.namelist():
            (place / name.rpartition("/")[2]).write_bytes(packed.read(name))
    assert f"omar1/web@{row.digest}" in (place / "compose.yaml").read_text()
    (place / "docker").write_text(DOCKER)
    (place / "docker").chmod(0o755)
    server = HTTPServer(("127.0.0.1", 20_000), Page200)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        started = os.environ | {"DOCKER": str(place / "docker"), "AULAHUB_SECONDS": "5"}
        subprocess.run(
            ["sh", str(place / "start.sh")], env=started, capture_output=True, timeout=60, check=True
        )
    finally:
        server.shutdown()
        server.server_close()
    assert any(" up -d --no-build " in one for one in (place / "called").read_text().splitlines())
    (place / "answers.js").write_text((place / "answers.seen").read_text())
    page.goto(f"file://{place}/page.html")
    door = page.locator("[data-port='20000']")
    expect(door).not_to_have_text("no answer")
    return door.inner_text()


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_no_screenshots(
    opens: Any, stage: Stage, given: ClassPractice, omar: Student, tmp_path: Path
) -> None:
    """Story 13: «push v1, then v2, and deploy»: digests, dates, sizes, the layers that changed, and HTTP 200 when run."""
    for tag, php, size in (("v1", "8.2", 50_000_000), ("v2", "8.3", 61_000_000)):
        config = {"Env": [f"PHP_VERSION={php}"], "ExposedPorts": {"80/tcp": {}}}
        push(stage.world, tag, size_bytes=size, config=config)
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
    assert answered_when_run(teacher, stage, given, second, tmp_path) == "HTTP 200"

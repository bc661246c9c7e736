"""Pages of teachers: a class of 30, 300 and 1,000 students, and every page of a school of real size.

In the server alone: the processor's time from the request to the last byte of the answer, templates and database
included, on SQLite. A school a tenth the size stands beside it: no page may ask the database more often for the larger
one.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks.figure import Figure

ROOT = Path(__file__).resolve().parent.parent.parent
CLASSES = (30, 300, 1_000)
LIMIT_SECONDS = 0.3


def measure() -> Iterator[Figure]:
    measured = _in_a_process_of_its_own("large", *map(str, CLASSES))
    classes, large = measured["classes"], measured["pages"]
    tenth = _in_a_process_of_its_own("tenth")["pages"]
    usual = classes["30"]["queries"]
    for students in CLASSES:
        found = classes[str(students)]
        # The limit is for 300; a class of 1,000 exists nowhere and is measured to see how it grows.
        limit = LIMIT_SECONDS if students <= 300 else None
        yield Figure(f"class_page.queries.{students}", found["queries"], "queries", limit=usual)
        yield Figure(f"class_page.seconds.{students}", found["seconds"], "s", limit=limit)
    grown = [name for name in large if large[name]["queries"] > tenth[name]["queries"]]
    _tell(large, tenth, grown)
    slowest = max(page["seconds"] for page in large.values())
    most, fewer = (max(page["queries"] for page in pages.values()) for pages in (large, tenth))
    yield Figure("teacher_pages.slowest_seconds", slowest, "s", limit=LIMIT_SECONDS)
    yield Figure("teacher_pages.most_queries", most, "queries", limit=fewer, peer=fewer)
    yield Figure("teacher_pages.pages_that_grow", len(grown), "pages", limit=0)


def _tell(large: dict[str, Any], tenth: dict[str, Any], grown: list[str]) -> None:
    """The five slowest pages, and those that grow, on the error output: the figures alone name none."""
    for name in sorted(large, key=lambda one: -large[one]["seconds"])[:5]:
        sys.stderr.write(f"{name}: {large[name]['seconds']:.3f} s, {large[name]['queries']} queries\n")
    for name in grown:
        sys.stderr.write(f"{name} grows: {tenth[name]['queries']} to {large[name]['queries']} queries\n")


def _in_a_process_of_its_own(*arguments: str) -> dict[str, Any]:
    """Settings are read once in a process, and these figures want a data folder of their own."""
    unset = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "DEPLOYMENT", "ALLOWED_HOSTS", "BASE_URL", "HUB_URL")
    kept = {name: value for name, value in os.environ.items() if name not in unset}
    with tempfile.TemporaryDirectory(prefix="aulahub-bench-") as folder:
        done = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.teacher_pages_in_database", *arguments],
            env=kept | {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "portal.settings"},
            cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True, timeout=900,
        )  # fmt: skip
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return measured

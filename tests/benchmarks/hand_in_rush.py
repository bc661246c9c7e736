"""300 students hand in at the last minute: each looks at the own image and confirms, on one server.

The server is one gunicorn of four threads, on SQLite (`hand_in.rush`) and, where it is installed, on PostgreSQL with Redis
(`hand_in.rush_on_postgresql`); Docker Hub is the local one with its own limits of calls and pulls, and such a minute uses up
both. `load` is how many processes of anybody's wanted a processor in the minute before.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue
from typing import Any

import requests

from hubsync.sandbox.keeping import save
from hubsync.sandbox.world import World
from tests.benchmarks.figure import Figure
from tests.installation import ROOT, Installation
from tests.services.servers import PostgreSQL, Redis, find_postgres, find_redis

STUDENTS = 300
# They do not come one after the other: so many browsers wait for an answer at the same moment.
AT_ONCE = 30
# What nobody waits longer for, on a machine that does nothing else with some room to spare.
SECONDS = 3.0
ROWS = [sys.executable, "-m", "tests.benchmarks.hand_in_rush_rows"]


def measure() -> Iterator[Figure]:
    yield from _measure("hand_in.rush", {"DATABASE_URL": "", "REDIS_URL": ""})
    if not (find_postgres() and find_redis()):
        sys.stderr.write(
            "hand_in.rush_on_postgresql is not measured: PostgreSQL or Redis is not installed.\n"
        )
        return
    postgres, redis = PostgreSQL(), Redis()
    try:
        postgres.start()
        redis.start()
        variables = {"DATABASE_URL": postgres.url("rush"), "REDIS_URL": redis.url}
        yield from _measure("hand_in.rush_on_postgresql", variables)
    finally:
        redis.stop()
        postgres.stop()


def _measure(name: str, variables: dict[str, str]) -> Iterator[Figure]:
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="aulahub-rush-") as folder:
        installation = Installation(Path(folder), variables)
        _fill_docker_hub(Path(folder) / "hub.json")
        try:
            installation.start_web_and_hub()
            given = _rows(installation, "make", str(STUDENTS))
            rush = Rush(installation.url, given)
            rush.run()
            kept = _rows(installation, "count")
        finally:
            installation.stop()
    lost = STUDENTS - len(set(kept["receipts"]) & rush.receipts)
    yield Figure(f"{name}.lost", lost, "hand-ins", limit=0.0)
    yield Figure(f"{name}.p99_seconds", _p99(rush.confirming), "s", limit=SECONDS)
    yield Figure(f"{name}.look_p99_seconds", _p99(rush.looking), "s", limit=SECONDS)
    yield Figure(f"{name}.without_version", kept["without_version"], "hand-ins", limit=0.0)
    yield Figure(f"{name}.seconds", rush.seconds, "s")
    yield Figure(f"{name}.load", load, "processes")


class Rush:
    """`receipts`: the pages of receipts that students were led to; `looking`, `confirming`: seconds of each."""

    def __init__(self, url: str, given: dict[str, Any]) -> None:
        self.address = f"{url}/student/practices/{given['class_practice']}/hand-in/"
        self.receipts: set[str] = set()
        self.looking: list[float] = []
        self.confirming: list[float] = []
        self.seconds = 0.0
        self._waiting: Queue[tuple[int, str]] = Queue()
        for number, session in enumerate(given["sessions"]):
            self._waiting.put((number, session))

    def run(self) -> None:
        begun = time.perf_counter()
        threads = [threading.Thread(target=self._hand_in_all) for _ in range(AT_ONCE)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.seconds = time.perf_counter() - begun

    def _hand_in_all(self) -> None:
        while True:
            try:
                number, session = self._waiting.get_nowait()
            except Empty:
                return
            self._hand_in(number, session)

    def _hand_in(self, number: int, session: str) -> None:
        with requests.Session() as browser:
            browser.trust_env = False
            browser.cookies.update({"sessionid": session, "csrftoken": "c" * 32, "django_language": "en"})
            typed = {"reference": f"clase1/web:s{number}", "note": "", "csrfmiddlewaretoken": "c" * 32}
            page = self._post(browser, typed, self.looking)
            seal = re.search(r'name="seal" value="([^"]+)"', page.text)
            if seal is None:
                sys.stderr.write(f"{page.status_code} {page.text[-600:]}\n")
                return
            facts = {"seal": seal[1], "csrfmiddlewaretoken": "c" * 32}
            answer = self._post(browser, facts, self.confirming)
            if answer.status_code == 302:
                self.receipts.add(answer.headers["Location"])

    def _post(
        self, browser: requests.Session, facts: dict[str, str], times: list[float]
    ) -> requests.Response:
        begun = time.perf_counter()
        answer = browser.post(self.address, data=facts, allow_redirects=False, timeout=60)
        times.append(time.perf_counter() - begun)
        return answer


def _fill_docker_hub(path: Path) -> None:
    world = World()
    world.add_user("clase1")
    world.add_repository("clase1", "web", is_private=False, actor="clase1")
    for number in range(STUDENTS):
        world.push_tag("clase1", "web", f"s{number}", pushed_by="clase1")
    save(world, path)


def _rows(installation: Installation, *arguments: str) -> dict[str, Any]:
    done = subprocess.run(
        [*ROWS, *arguments],
        env=installation.environment,
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _p99(seconds: list[float]) -> float:
    return sorted(seconds)[int(len(seconds) * 0.99) - 1] if seconds else float("inf")

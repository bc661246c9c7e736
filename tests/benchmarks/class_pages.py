"""The pages that a whole class opens at once: the class's page behind its code, and the projector.

`class_code_page`: the server of production (gunicorn, one process with threads, SQLite) is asked for 1,000 pages a
second over 16 connections by a process of its own on the same machine. `rate_ratio` is what it holds as a part of what
the same server holds of a bare page of Django with one query, behind the same middleware: both are slowed alike by
whatever else the machine does. `p99_seconds` is from the request to the last byte.

`projector`: one refresh for 35 students in whom something has changed; while nothing has, the answer has no body.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.benchmarks.figure import Figure
from tests.installation import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS, ROUNDS = 4.0, 3
THREADS = 8


def measure() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="aulahub-bench-") as folder:
        environment = _environment(Path(folder))
        prepared = json.loads(_run(environment, "tests.benchmarks.class_pages_in_database"))
        yield Figure("projector.queries", prepared["queries"], "queries", limit=10)
        yield Figure("projector.bytes", prepared["bytes"], "bytes", limit=8_000)
        yield Figure("projector.unchanged_bytes", prepared["unchanged_bytes"], "bytes", limit=0)
        with _server(environment) as port:
            bare, page = _both(environment, port, f"/c/{prepared['code']}/")
    yield Figure(
        "class_code_page.requests_per_second", page["rate"], "1/s", peer=bare["rate"], more_is_better=True
    )
    yield Figure(
        "class_code_page.rate_ratio", page["rate"] / bare["rate"], "ratio", limit=0.3, more_is_better=True
    )
    yield Figure("class_code_page.p99_seconds", page["p99_seconds"], "s", limit=0.5, peer=bare["p99_seconds"])


def _both(environment: dict[str, str], port: int, path: str) -> tuple[dict[str, float], dict[str, float]]:
    """Turn by turn, the best round of each: on a busy machine the one that others disturbed least."""
    rounds: list[tuple[dict[str, float], dict[str, float]]] = []
    for _round in range(ROUNDS):
        both = [
            json.loads(_run(environment, "tests.benchmarks.asking", str(port), one, str(SECONDS)))
            for one in ("/bare/", path)
        ]
        rounds.append((both[0], both[1]))
    best = [max((one[place] for one in rounds), key=lambda found: found["rate"]) for place in (0, 1)]
    return best[0], best[1]


@contextmanager
def _server(environment: dict[str, str]) -> Iterator[int]:
    port = free_port()
    options = ["--bind", f"127.0.0.1:{port}", "--threads", str(THREADS), "--no-control-socket"]
    command = [sys.executable, "-m", "gunicorn", "tests.benchmarks.class_pages_server", *options]
    server = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=sys.stderr)
    try:
        _until_it_answers(environment, port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)


def _until_it_answers(environment: dict[str, str], port: int) -> None:
    for _try in range(60):
        asked = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.asking", str(port), "/bare/", "0.1"],
            env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False,
        )  # fmt: skip
        if asked.returncode == 0:
            return
        time.sleep(0.5)
    raise RuntimeError("The server does not answer.")


def _environment(folder: Path) -> dict[str, str]:
    """Settings are read once in a process, and these figures want a data folder of their own."""
    unset = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "DEPLOYMENT", "ALLOWED_HOSTS", "BASE_URL", "HUB_URL")
    kept: dict[str, Any] = {name: value for name, value in os.environ.items() if name not in unset}
    return kept | {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "portal.settings"}


def _run(environment: dict[str, str], module: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True, timeout=300,
    )  # fmt: skip
    return done.stdout.splitlines()[-1]

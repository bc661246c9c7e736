"""`manage.py up` as a process whose lines can be read, for tests and benchmarks."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 90


class Up:
    """A running `up` whose lines can be read; started from a folder that is not the project's."""

    def __init__(self, data_dir: Path, port: int, hub_port: int, **variables: str) -> None:
        self.port, self.hub_port, self.data_dir = port, hub_port, data_dir
        self.output = data_dir.parent / f"up-{time.monotonic_ns()}.txt"
        outer = {key: value for key, value in os.environ.items() if not key.startswith("DJANGO_")}
        own = {
            "DATA_DIR": data_dir.name,
            "PORT": str(port),
            "HUB_PORT": str(hub_port),
            "http_proxy": "http://127.0.0.1:9",
        }
        self.begun = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "manage.py"), "up"],
            env=outer | own | variables, cwd=data_dir.parent, start_new_session=True,
            stdout=self.output.open("w"), stderr=subprocess.STDOUT,
        )  # fmt: skip

    @property
    def lines(self) -> list[str]:
        return self.output.read_text().splitlines()

    def until_ready(self) -> "Up":
        """One that is not ready in time is ended, so that nothing of it runs on behind the tests that follow."""
        try:
            wait_until(
                lambda: (
                    any(line.startswith("ready: ") for line in self.lines) or self.process.poll() is not None
                )
            )
            assert self.process.poll() is None, self.lines
        except AssertionError:
            self.end()
            raise
        return self

    def children(self) -> list[int]:
        return [int(pid) for pid in json.loads((self.data_dir / "children.json").read_text())]

    def end(self, number: signal.Signals = signal.SIGINT) -> int:
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(30)

    def readiness(self) -> dict[str, object]:
        answer: dict[str, object] = direct(f"http://127.0.0.1:{self.port}/readyz").json()
        return answer


def direct(url: str) -> requests.Response:
    with requests.Session() as session:
        session.trust_env = False
        return session.get(url, timeout=10)


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS
    while not is_so():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)

"""A whole installation for tests: web server, local Docker Hub and workers as processes of their own.

`embedded` is what `manage.py up` starts; `on_services` is production's shape: PostgreSQL, Redis, two Celery workers
and beat. Every process has a session of its own and only its main process is signalled.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parent.parent
# What a worker says when it begins to work: the first is Celery's.
IS_THERE = (b" ready.", b"The worker is running.")
CELERY = [sys.executable, "-m", "celery", "-A", "portal"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Installation:
    data_dir: Path
    variables: dict[str, str] = field(default_factory=dict)
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    commands: dict[str, list[str]] = field(default_factory=dict)
    said_before: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.port, self.hub_port = free_port(), free_port()
        self.url, self.hub_url = f"http://127.0.0.1:{self.port}", f"http://127.0.0.1:{self.hub_port}"
        self.environment = os.environ | {
            "DATA_DIR": str(self.data_dir),
            "PORT": str(self.port),
            "HUB_PORT": str(self.hub_port),
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
            **self.variables,
        }

    def run(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """A command of manage.py in this installation, to its end."""
        return subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *arguments],
            env=self.environment, cwd=ROOT, check=check, capture_output=True, text=True, timeout=120,
        )  # fmt: skip

    def start(self, name: str, command: list[str]) -> None:
        self.commands[name] = command
        self.said_before[name] = self._said(name)
        log = (self.data_dir / f"{name}.log").open("ab")
        self.processes[name] = subprocess.Popen(
            command, env=self.environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
        )

    def start_again(self, name: str) -> None:
        """As a supervisor does with a process that ended."""
        self.start(name, self.commands[name])

    @property
    def has_one_worker(self) -> bool:
        return len(self._workers()) == 1

    def workers_are_there(self) -> bool:
        """Whether every worker has said, since it was started last, that it begins to work."""
        return all(self._said(name) > self.said_before[name] for name in self._workers())

    def _workers(self) -> list[str]:
        return [name for name in self.processes if name == "worker" or name.startswith("celery")]

    def _said(self, name: str) -> int:
        log = self.data_dir / f"{name}.log"
        said = log.read_bytes() if log.exists() else b""
        return sum(said.count(words) for words in IS_THERE)

    def start_web_and_hub(self) -> None:
        manage = [sys.executable, str(ROOT / "manage.py")]
        state = str(self.data_dir / "hub.json")
        self.run("migrate", "--verbosity", "0")
        self.start("hub", [*manage, "hub_sandbox", "--port", str(self.hub_port), "--state", state])
        gunicorn = [sys.executable, "-m", "gunicorn", "portal.wsgi", "--threads", "4", "--no-control-socket"]
        self.start("web", [*gunicorn, "--bind", f"127.0.0.1:{self.port}"])
        wait_for(f"{self.url}/healthz")
        wait_for(f"{self.hub_url}/")

    def start_worker(self) -> None:
        self.start("worker", [sys.executable, str(ROOT / "manage.py"), "worker"])

    def start_celery(self, workers: int, clicks: int = 0) -> None:
        """So many workers for everything, and besides so many that serve clicks only; and beat."""
        queues = {f"celery{number}": "hub_now,hub" for number in range(1, workers + 1)}
        queues |= {f"clicks{number}": "hub_now" for number in range(1, clicks + 1)}
        for name, queue in queues.items():
            self.start(name, [*CELERY, "worker", "-Q", queue, "-c", "1", "-n", f"{name}@%h", "-l", "info"])
        schedule = str(self.data_dir / "beat-schedule")
        self.start("beat", [*CELERY, "beat", "-s", schedule, "--pidfile", ""])

    def stop(self) -> None:
        for process in self.processes.values():
            process.send_signal(signal.SIGTERM)
        for process in self.processes.values():
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(5)


@contextlib.contextmanager
def embedded(data_dir: Path) -> Iterator[Installation]:
    """SQLite, no broker, one worker: the shape that `manage.py up` starts."""
    installation = Installation(data_dir, {"DATABASE_URL": "", "REDIS_URL": ""})
    try:
        installation.start_web_and_hub()
        installation.start_worker()
        yield installation
    finally:
        installation.stop()


@contextlib.contextmanager
def on_services(data_dir: Path, *, database_url: str, redis_url: str) -> Iterator[Installation]:
    """PostgreSQL, Redis, two Celery workers and beat."""
    installation = Installation(data_dir, {"DATABASE_URL": database_url, "REDIS_URL": redis_url})
    try:
        installation.start_web_and_hub()
        installation.start_celery(workers=2)
        yield installation
    finally:
        installation.stop()


def wait_for(url: str, seconds: float = 90) -> None:
    """Return when the address answers anything below 500; raise TimeoutError naming it."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with contextlib.suppress(requests.RequestException):
            if requests.get(url, timeout=5).status_code < 500:
                return
        time.sleep(0.1)
    raise TimeoutError(f"{url} did not answer within {seconds} s")

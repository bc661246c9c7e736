"""One process that `up` looks after."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LARGEST_LOG = 5 * 1024 * 1024
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
# One that has lived this long is well again: the next end starts counting anew.
WELL_AFTER = 60.0
PATIENCE = 15.0


@dataclass
class Child:
    """A command with its log. It has a session of its own, so that Ctrl-C reaches `up` alone, which ends it in order."""

    name: str
    command: list[str]
    answers: Callable[[], bool]
    log: Path
    variables: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    pause: float = FIRST_PAUSE
    start_at: float = field(default_factory=time.monotonic)

    def start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".old.log"))
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=os.environ | self.variables,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        self.start_at = time.monotonic()

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def revive(self) -> float | None:
        """Plan another start if it has ended; the seconds until then, or None where nothing is to be said."""
        now = time.monotonic()
        if self.is_running or now < self.start_at:
            return None
        if self.process is None:
            self.start()
            return None
        lived, self.process = now - self.start_at, None
        self.pause = FIRST_PAUSE if lived > WELL_AFTER else min(self.pause * 2, LONGEST_PAUSE)
        self.start_at = now + self.pause
        return self.pause

    def wait_until_it_answers(self, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self.is_running:
            if self.answers():
                return True
            time.sleep(0.05)
        return False

    def ask_to_end(self) -> None:
        """Only the main process is told: a whole group told at once can hang."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)

    def see_it_end(self) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def manage(*arguments: str) -> list[str]:
    """A command of manage.py in this Python."""
    return [sys.executable, str(ROOT / "manage.py"), *arguments]

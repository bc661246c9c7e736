"""A portal's rows, filled and read by a process of its own, one JSON object a line.

For tests and benchmarks that run workers as processes on a database of theirs, which may go away and come back meanwhile.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
START = "import django; django.setup(); from tests.portal_rows import main; main()"


class PortalSide:
    """The process, asked from the test's own: `side.ask("wish", school=3, docker_id="bruno")`."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", START],
            env=environment, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def ask(self, do: str, **facts: Any) -> Any:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps({"do": do, **facts}) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def stop(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(20)

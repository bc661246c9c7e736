"""Children of an `up` that was killed without a word: they live on, hold their ports, and are ended here.

Each start of a child is noted with its command. The next `up` on the same data ends a noted process only where
it still is that very command: numbers of processes are used again.
"""

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from portal.supervisor.children import Child

PATIENCE = 10.0


def note(children: Iterable[Child], data_dir: Path) -> None:
    """Remember which processes run now."""
    running = {child.process.pid: child.command[1:] for child in children if child.process}
    fresh = data_dir / "children.new"
    fresh.write_text(json.dumps(running))
    fresh.replace(data_dir / "children.json")


def end_leftovers(data_dir: Path) -> None:
    """End what an earlier `up` on this data left running. Call only as the one `up` of this data."""
    left = [pid for pid, command in _noted(data_dir) if _is_still(pid, command)]
    for pid in left:
        _tell(pid, signal.SIGTERM)
    deadline = time.monotonic() + PATIENCE
    while any(map(_lives, left)) and time.monotonic() < deadline:
        time.sleep(0.05)
    for pid in filter(_lives, left):
        _tell(pid, signal.SIGKILL)
    (data_dir / "children.json").unlink(missing_ok=True)


def _noted(data_dir: Path) -> list[tuple[int, str]]:
    with suppress(OSError, ValueError):
        noted: dict[str, list[str]] = json.loads((data_dir / "children.json").read_text())
        return [(int(pid), " ".join(command)) for pid, command in noted.items()]
    return []


def _is_still(pid: int, command: str) -> bool:
    """Whether the process runs that command. Where there is no `ps`, nothing is known and nothing is ended."""
    with suppress(OSError):
        said = subprocess.run(
            ["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
        )
        return said.stdout.strip().endswith(command)
    return False


def _lives(pid: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(pid, 0)
        return True
    return False


def _tell(pid: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, number)

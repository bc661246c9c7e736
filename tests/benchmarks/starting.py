"""From `manage.py up` to its line `ready:`, the first time and the second time on the same data."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.figure import Figure
from tests.installation import free_port
from tests.starting import Up


def measure() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="aulahub-bench-") as folder:
        ports = free_port(), free_port()
        yield Figure("up.first.seconds", _seconds(Path(folder), *ports), "s", limit=60.0)
        yield Figure("up.second.seconds", _seconds(Path(folder), *ports), "s", limit=5.0)


def _seconds(folder: Path, port: int, hub_port: int) -> float:
    up = Up(folder / "data", port, hub_port)
    try:
        up.until_ready()
        return time.monotonic() - up.begun
    finally:
        up.end()

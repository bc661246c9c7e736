"""What a first sync and a look cost in calls, for schools of five sizes, each beside the fewest that the API allows.

All calls are counted by the local Docker Hub. People accept their invitations within a first sync, so there is a look in
between and one that verifies: those are regular looks and are in the figures of the no-op.

`first_sync.limit_ratio` is the time that a first sync takes beside the time that its calls take at the limit. The limit
here is 1,200 a minute instead of Docker Hub's 180, so that it can be waited for. Below 1 it is the limit alone that a
first sync waits for; the engine's own work is the same for each call whatever the limit is, so at 180 it weighs a
seventh of what it weighs here.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator

from tests.benchmarks.figure import Figure
from tests.installation import ROOT

# What is measured of which size, each in a process and a database of its own.
PARTS = (
    ("calls", "I"),
    ("calls", "F"),
    ("calls", "A"),
    ("calls", "B"),
    ("calls", "C"),
    ("ratio", "A"),
    ("ratio", "B"),
)


def measure() -> Iterator[Figure]:
    for what, name in PARTS:
        for line in _lines(what, name):
            yield Figure(**json.loads(line))


def _lines(what: str, name: str) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="aulahub-bench-") as folder:
        done = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.calls_of", what, name],
            env={**os.environ, "DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "portal.settings"},
            cwd=ROOT,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    return [line for line in done.stdout.splitlines() if line.startswith("{")]

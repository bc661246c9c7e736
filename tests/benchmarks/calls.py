"""What a first sync and a look cost in calls, for schools of five sizes, each beside the fewest that the API allows.

All calls are counted by the local Docker Hub. People accept their invitations within a first sync, so there is a look in
between and one that verifies: those are regular looks and are in the figures of the no-op.

`first_sync.limit_ratio` is the time that a first sync takes beside the time that its calls take at the limit: 1 would be
all of the limit, all of the time. The budget lets calls go at once until a minute's are used up, so a first sync of fewer
calls never waits, and the figure would only say that it is short. So the limit is chosen for it to wait several times: 45
calls a minute for A, Docker Hub's own 180 for B. Work in the background may use four fifths of the limit, which alone
makes 1.25; the last minute's calls need no waiting after them, which makes it less the fewer minutes there are.
Both run at the same time, each with a Docker Hub and a budget of its own: they do little but wait.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from tests.benchmarks.figure import Figure
from tests.installation import ROOT

# What is measured of which size, each in a process and a database of its own; what only waits does so together.
ONE_BY_ONE = [("calls", name) for name in "IFABC"]
TOGETHER = [("ratio", name) for name in "AB"]


def measure() -> Iterator[Figure]:
    for what, name in ONE_BY_ONE:
        yield from _figures(what, name)
    with ThreadPoolExecutor(len(TOGETHER)) as pool:
        for figures in pool.map(lambda part: _figures(*part), TOGETHER):
            yield from figures


def _figures(what: str, name: str) -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="aulahub-bench-") as folder:
        done = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.calls_of", what, name],
            env={**os.environ, "DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "portal.settings"},
            cwd=ROOT,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    return [Figure(**json.loads(line)) for line in done.stdout.splitlines() if line.startswith("{")]

"""What a check of a practice of ten images costs, with a registry that is 100 ms away: calls, seconds, and no pull.

The local Docker Hub answers each call 100 ms late. `peer` is the same images asked for one after the other, each by the
fewest calls that tell as much: one to the API.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator

from tests.benchmarks.figure import Figure
from tests.installation import ROOT


def measure() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="aulahub-bench-") as folder:
        done = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.practice_check_of"],
            env={**os.environ, "DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "portal.settings"},
            cwd=ROOT,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    for line in done.stdout.splitlines():
        if line.startswith("{"):
            yield Figure(**json.loads(line))

"""An installation with schools that wish, on a slow local Docker Hub; whatever works for them is killed.

CHAOS_ROUNDS (30) and CHAOS_SEED say how much and which chaos; the seed is printed.
"""

import contextlib
import os
import random
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

from hubsync.sandbox.server import serve
from hubsync.sandbox.world import World
from tests.installation import Installation
from tests.portal_side import PortalSide
from tests.services.chaos import SECONDS_TO_RESUME, Chaos

ROUNDS = int(os.environ.get("CHAOS_ROUNDS", "30"))
SEED = int(os.environ.get("CHAOS_SEED", random.SystemRandom().randrange(10**6)))
LATENCY_SECONDS = 0.05


@contextlib.contextmanager
def chaos(tmp_path: Path, **variables: str) -> Iterator[Chaos]:
    """The caller starts the workers."""
    sys.stdout.write(f"CHAOS_SEED={SEED} CHAOS_ROUNDS={ROUNDS}\n")
    world = World()
    world.limits.anonymous_per_minute = world.limits.signed_in_per_minute = None
    with serve(world) as hub:
        installation = Installation(
            tmp_path, {"HUB_URL": hub.url, "HUB_CALLS_PER_MINUTE": "100000", **variables}
        )
        installation.run("migrate", "--verbosity", "0")
        side = PortalSide(installation.environment)
        try:
            played = Chaos(world, side, installation, ROUNDS, SEED)
            world.faults.add("latency", path="/v2/*", seconds=LATENCY_SECONDS)
            yield played
        finally:
            installation.stop()
            side.stop()


def kill9(installation: Installation, name: str) -> None:
    """As when its machine loses its power: with its children, without a word."""
    process = installation.processes[name]
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(10)


def judge(played: Chaos) -> None:
    """All wishes came true, nobody was mailed twice, and no work lay still for longer than it may."""
    sys.stdout.write(f"{played.summary()}\n")
    wrong = [one.name for one in played.rounds if not one.right_at]
    assert wrong == [], f"seed {SEED}"
    assert played.mailed_twice() == [], f"seed {SEED}"
    assert played.longest_rest() <= SECONDS_TO_RESUME, f"seed {SEED}"

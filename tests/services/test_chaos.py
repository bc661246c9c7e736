"""Workers, broker and database are killed while schools wish: all wishes come true, and nobody is mailed twice.

CHAOS_ROUNDS (30) and CHAOS_SEED say how much and which chaos; the seed is printed.
"""

import contextlib
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hubsync.sandbox.server import serve
from hubsync.sandbox.world import World
from tests.installation import Installation
from tests.portal_side import PortalSide
from tests.services.chaos import SECONDS_TO_RESUME, Chaos
from tests.services.servers import PostgreSQL, Redis

ROUNDS = int(os.environ.get("CHAOS_ROUNDS", "30"))
SEED = int(os.environ.get("CHAOS_SEED", random.SystemRandom().randrange(10**6)))
LATENCY_SECONDS = 0.05


@contextlib.contextmanager
def chaos(tmp_path: Path, rounds: int, **variables: str) -> Iterator[Chaos]:
    """Schools on a slow local Docker Hub, and an installation whose workers the caller starts."""
    sys.stdout.write(f"CHAOS_SEED={SEED} CHAOS_ROUNDS={rounds}\n")
    world = World()
    world.limits.anonymous_per_minute = world.limits.signed_in_per_minute = None
    with serve(world) as hub:
        installation = Installation(
            tmp_path, {"HUB_URL": hub.url, "HUB_CALLS_PER_MINUTE": "100000", **variables}
        )
        installation.run("migrate", "--verbosity", "0")
        side = PortalSide(installation.environment)
        try:
            played = Chaos(world, side, installation, rounds, SEED)
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
    sys.stdout.write(f"longest rest: {played.longest_rest():.1f} s\n")
    wrong = [one.name for one in played.rounds if not one.right_at]
    assert wrong == [], f"seed {SEED}"
    assert played.mailed_twice() == [], f"seed {SEED}"
    assert played.longest_rest() <= SECONDS_TO_RESUME, f"seed {SEED}"


@pytest.mark.services
def test_celery_on_postgresql_and_redis_loses_no_wish(
    postgres_to_kill: PostgreSQL, redis_to_kill: Redis, tmp_path: Path
) -> None:
    services = {"DATABASE_URL": postgres_to_kill.url("chaos"), "REDIS_URL": redis_to_kill.url}
    with chaos(tmp_path, ROUNDS, **services) as played:
        played.installation.start_celery(workers=2)
        time.sleep(5)

        def server(which: PostgreSQL | Redis) -> Callable[[], None]:
            def kill() -> None:
                which.kill9()
                which.restart()

            return kill

        def worker() -> None:
            name = played.random.choice(["celery1", "celery2"])
            kill9(played.installation, name)
            played.installation.start_again(name)

        # Of ten rounds one takes the database away, one the broker, the others a worker.
        kinds = [worker] * 4 + [server(postgres_to_kill)] + [worker] * 4 + [server(redis_to_kill)]
        for number, one in enumerate(played.rounds):
            played.play(one, kinds[number % len(kinds)])
        played.until_quiet()
        judge(played)


def test_the_worker_on_sqlite_loses_no_wish(tmp_path: Path) -> None:
    with chaos(tmp_path, max(1, ROUNDS // 5), DATABASE_URL="", REDIS_URL="") as played:
        played.installation.start_worker()
        time.sleep(3)

        def worker() -> None:
            kill9(played.installation, "worker")
            played.installation.start_again("worker")

        for one in played.rounds:
            played.play(one, worker)
        played.until_quiet()
        judge(played)

"""200 schools of size I that are all due at once, on 1, 2 and 4 workers: how much of the limit is used, never more than it.

The local Docker Hub answers after 100 ms and counts each call itself; its answers tell the limit of 180 a minute. A
whole hour is too long for a benchmark: each number of workers is watched for WINDOW_SECONDS after all schools became
due, in which a person clicks now and then. The calls of the one before still count for the next. Beside the workers for
background work runs the one that serves clicks, as in production. On SQLite, where there is no PostgreSQL or Redis, only
one worker is measured.

Each school has 12 people, 8 teams, 40 repositories and 60 permissions on Docker Hub, made by hand: its wishes are met,
so that a run looks at all of it and writes nothing.
"""

import random
import tempfile
import time
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hubsync.sandbox.scopes import ORGANIZATION_SCOPES, REPOSITORY_SCOPES
from hubsync.sandbox.server import serve
from hubsync.sandbox.world import World
from tests.benchmarks.figure import Figure
from tests.installation import Installation
from tests.portal_side import PortalSide
from tests.services.servers import PostgreSQL, Redis, find_postgres, find_redis

SCHOOLS, PEOPLE, TEAMS, REPOSITORIES, PERMISSIONS = 200, 12, 8, 40, 60
LIMIT, LATENCY_SECONDS, MINUTE = 180, 0.1, 60.0
WINDOW_SECONDS = 105.0
CLICK_EVERY_SECONDS = 25.0
WORKERS = (1, 2, 4)


@dataclass
class Watched:
    """What the local Docker Hub and the runs' rows say of one window."""

    asked_at: list[float]
    click_waits: list[float]

    @property
    def over_limit_windows(self) -> int:
        """Windows of 60 s, each ending with a call, that held more calls than the limit."""
        return sum(
            number - bisect_left(self.asked_at, at - MINUTE) + 1 > LIMIT
            for number, at in enumerate(self.asked_at)
        )

    @property
    def limit_share(self) -> float:
        """Of the last minute: before that, a budget that nobody had used let more through."""
        return sum(at > self.asked_at[-1] - MINUTE for at in self.asked_at) / LIMIT


def measure() -> Iterator[Figure]:
    has_services = find_postgres() is not None and find_redis() is not None
    with (
        tempfile.TemporaryDirectory(prefix="aulahub-bench-") as folder,
        _services(has_services) as variables,
        _schools(Path(folder), variables) as stage,
    ):
        for workers in WORKERS if has_services else WORKERS[:1]:
            watched = stage.watch(workers)
            over = watched.over_limit_windows
            yield Figure(f"sweep.limit_share.{workers}", watched.limit_share, "ratio")
            yield Figure(f"sweep.click_wait_seconds.{workers}", max(watched.click_waits), "s", limit=5.0)
            yield Figure(f"sweep.over_limit_windows.{workers}", over, "windows", limit=0)


@contextmanager
def _services(are_there: bool) -> Iterator[dict[str, str]]:
    """The variables of an installation on PostgreSQL and Redis, or on SQLite where they are not there."""
    if not are_there:
        yield {"DATABASE_URL": "", "REDIS_URL": ""}
        return
    postgres, redis = PostgreSQL().start(), Redis().start()
    try:
        yield {"DATABASE_URL": postgres.url("sweep"), "REDIS_URL": redis.url}
    finally:
        redis.stop()
        postgres.stop()


@contextmanager
def _schools(data_dir: Path, variables: dict[str, str]) -> Iterator["Stage"]:
    """All schools on both sides; nobody works for them yet."""
    world = World()
    world.limits.anonymous_per_minute = world.limits.signed_in_per_minute = LIMIT
    with serve(world) as hub:
        installation = Installation(data_dir, {"HUB_URL": hub.url, "HUB_CALLS_PER_MINUTE": "0", **variables})
        installation.run("migrate", "--verbosity", "0")
        side = PortalSide(installation.environment)
        try:
            schools = [_add_school(world, side, number) for number in range(SCHOOLS)]
            world.faults.add("latency", path="/v2/*", seconds=LATENCY_SECONDS)
            yield Stage(world, side, installation, schools)
        finally:
            installation.stop()
            side.stop()


@dataclass
class Stage:
    """The schools, and workers for as long as they are watched."""

    world: World
    side: PortalSide
    installation: Installation
    schools: list[int]

    def watch(self, workers: int) -> Watched:
        self._start(workers)
        self.world.journal.forget()
        try:
            return self._click()
        finally:
            self.installation.stop()

    def _start(self, workers: int) -> None:
        if self.installation.variables["REDIS_URL"]:
            self.installation.start_celery(workers, clicks=1)
        else:
            self.installation.start_worker()
        time.sleep(5)

    def _click(self) -> Watched:
        begun, clicks, chance = time.time(), list[tuple[int, float]](), random.Random(1)
        self.side.ask("make_all_due")
        while time.time() < begun + WINDOW_SECONDS:
            time.sleep(CLICK_EVERY_SECONDS if clicks else CLICK_EVERY_SECONDS / 2)
            account = chance.choice(self.schools)
            clicks.append((account, time.time()))
            self.side.ask("click", account=account)
        time.sleep(5)
        runs = self.side.ask("runs")
        asked = sorted(one.at.timestamp() for one in self.world.requests)
        return Watched(asked, [_wait(runs, *one) for one in clicks])


def _wait(runs: list[dict[str, Any]], account: int, clicked_at: float) -> float:
    """Until the first run of that school that began after the click and was not sent away; 60 s where none did."""
    begun = [
        run["started_at"]
        for run in runs
        if run["account_id"] == account and run["started_at"] >= clicked_at and run["calls"]
    ]
    return min(begun, default=clicked_at + MINUTE) - clicked_at


def _add_school(world: World, side: PortalSide, number: int) -> int:
    name = f"ies{number:03}"
    scopes = (*ORGANIZATION_SCOPES, *REPOSITORY_SCOPES)
    world.add_user(f"{name}owner")
    world.add_organization(name, owner=f"{name}owner", seats=50)
    _, secret = world.add_organization_token(name, label="aulahub", scopes=scopes, created_by=f"{name}owner")
    made: dict[str, Any] = side.ask(
        "add_school", name=name, secret=secret, images=REPOSITORIES, classes=TEAMS, are_members=False
    )
    for person in range(PEOPLE - 1):
        world.add_user(f"{name}p{person}")
        world.take_seat(name, f"{name}p{person}", "member")
    repositories = [world.add_repository(name, f"image{one}", is_private=True) for one in range(REPOSITORIES)]
    teams = [world.add_team(name, team) for team in made["teams"]]
    for one in range(PERMISSIONS):
        world.grant(repositories[one % REPOSITORIES], teams[one % TEAMS], "read")
    account: int = made["account"]
    return account

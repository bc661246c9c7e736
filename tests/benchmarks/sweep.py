"""200 schools of size I that are all due at once, on 1, 2 and 4 workers: how much of the limit is used, never more than it.

The local Docker Hub answers after 100 ms and counts each call itself; its answers tell the limit of 180 a minute. Time is
not compressed. An hour for each number of workers is too long for every day, so they are watched for SWEEP_SECONDS (105)
after all schools became due, or until all were looked at: `SWEEP_SECONDS=3600 python3 manage.py bench sweep` measures the
hour, and SWEEP_WORKERS=2 one number of workers alone. `sweep.minutes_for_all` is what all 200 took; where the window ended
before, it is extrapolated from the pace after its first minute, in which a budget that nobody had used lets more through.

Meanwhile a person clicks now and then. Before every second click somebody took a permission away on Docker Hub, so that
there is something to write: `sweep.click_written_seconds` is until Docker Hub was asked to give it back. The calls of the
window before still count for the next. Beside the workers for background work runs the one that serves clicks, as in
production. On SQLite, where there is no PostgreSQL or Redis, only one worker is measured.

Each school has 12 people, 8 teams, 40 repositories and 60 permissions on Docker Hub. The teams are the portal's and all is
as the school wants it, so that a run reads all of it and, but for those clicks, writes nothing.
"""

import os
import random
import tempfile
import time
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hubsync.sandbox.journal import WRITING
from hubsync.sandbox.scopes import ORGANIZATION_SCOPES, REPOSITORY_SCOPES
from hubsync.sandbox.server import serve
from hubsync.sandbox.world import World
from tests.benchmarks.figure import Figure
from tests.installation import Installation
from tests.portal_side import PortalSide
from tests.services.servers import PostgreSQL, Redis, find_postgres, find_redis

SCHOOLS, PEOPLE, TEAMS, REPOSITORIES, PERMISSIONS = 200, 12, 8, 40, 60
LIMIT, LATENCY_SECONDS, MINUTE = 180, 0.1, 60.0
WINDOW_SECONDS = float(os.environ.get("SWEEP_SECONDS", "105"))
CLICK_EVERY_SECONDS = 25.0
WORKERS = tuple(int(number) for number in os.environ.get("SWEEP_WORKERS", "1,2,4").split(","))


@dataclass
class School:
    """`name` on Docker Hub; `grant` is one of its permissions: repository and team."""

    account: int
    name: str
    grant: tuple[Any, Any]


@dataclass(frozen=True)
class Click:
    """`writes`: something had to be written."""

    school: School
    at: float
    writes: bool


@dataclass
class Watched:
    """What the local Docker Hub and the runs' rows say of one window that began at `begun`."""

    begun: float
    asked_at: list[float]
    click_waits: list[float]
    # Until Docker Hub was asked to change something, of those clicks that needed it.
    written_after: list[float]
    # When each school was looked at to the end for the first time in this window.
    looked_at: list[float]

    @property
    def over_limit_windows(self) -> int:
        """Windows of 60 s, each ending with a call, that held more calls than the limit."""
        return sum(
            number - bisect_left(self.asked_at, at - MINUTE) + 1 > LIMIT
            for number, at in enumerate(self.asked_at)
        )

    @property
    def limit_share(self) -> float:
        """Of the whole minutes before the end, while there is work left. In the first minute a budget that nobody had used
        lets more through."""
        until = max(self.looked_at) if len(self.looked_at) == SCHOOLS else self.asked_at[-1]
        minutes = max(1, int((until - self.begun) / MINUTE) - 1)
        return sum(until - minutes * MINUTE < at <= until for at in self.asked_at) / (minutes * LIMIT)

    @property
    def minutes_for_all(self) -> float:
        """How long all schools took, or would have at the pace after the first minute."""
        last = max(self.looked_at, default=self.begun)
        if len(self.looked_at) == SCHOOLS:
            return (last - self.begun) / MINUTE
        later = [at for at in self.looked_at if at > self.begun + MINUTE]
        pace = len(later) / max(last - self.begun - MINUTE, 1.0)
        left = SCHOOLS - len(self.looked_at)
        return (last - self.begun + left / pace) / MINUTE if pace else float("inf")


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
            yield Figure(
                f"sweep.click_written_seconds.{workers}", max(watched.written_after, default=0.0), "s"
            )
            yield Figure(f"sweep.schools_looked_at.{workers}", len(watched.looked_at), "schools")
            yield Figure(f"sweep.minutes_for_all.{workers}", watched.minutes_for_all, "min", limit=60.0)


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
    # An hour of calls is kept, to be counted afterwards.
    world.journal.requests = deque(maxlen=LIMIT * 120)
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
    schools: list[School]

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
        begun, clicks, chance = time.time(), list[Click](), random.Random(1)
        self.side.ask("make_all_due")
        while time.time() < begun + WINDOW_SECONDS and len(self._looked_at(begun)) < SCHOOLS:
            time.sleep(CLICK_EVERY_SECONDS if clicks else CLICK_EVERY_SECONDS / 2)
            click = Click(chance.choice(self.schools), time.time(), writes=len(clicks) % 2 == 1)
            if click.writes:
                self._take_away(*click.school.grant)
            clicks.append(click)
            self.side.ask("click", account=click.school.account)
        time.sleep(10)
        runs = self.side.ask("runs")
        asked = sorted(one.at.timestamp() for one in self.world.requests)
        waits = [_wait(runs, one) for one in clicks]
        written = [self._written_after(one) for one in clicks if one.writes]
        return Watched(begun, asked, waits, written, self._looked_at(begun))

    def _take_away(self, repository: Any, team: Any) -> None:
        with self.world.lock:
            if team.id in self.world.permissions[repository.id]:
                self.world.revoke(repository, team.id)

    def _looked_at(self, begun: float) -> list[float]:
        first: dict[int, float] = {}
        for run in self.side.ask("runs"):
            if run["started_at"] >= begun and run["result"] == "settled":
                first.setdefault(run["account_id"], run["finished_at"])
        return list(first.values())

    def _written_after(self, click: Click) -> float:
        """Until Docker Hub was asked to change something of that school; 60 s where it was not."""
        at = [
            one.at.timestamp()
            for one in self.world.requests
            if one.method in WRITING and f"/{click.school.name}/" in one.path
        ]
        return min((one for one in at if one >= click.at), default=click.at + MINUTE) - click.at


def _wait(runs: list[dict[str, Any]], click: Click) -> float:
    """Until the first run of that school that began after the click and was not sent away; 60 s where none did."""
    begun = [
        run["started_at"]
        for run in runs
        if run["account_id"] == click.school.account and run["started_at"] >= click.at and run["calls"]
    ]
    return min(begun, default=click.at + MINUTE) - click.at


def _add_school(world: World, side: PortalSide, number: int) -> School:
    name = f"ies{number:03}"
    scopes = (*ORGANIZATION_SCOPES, *REPOSITORY_SCOPES)
    world.add_user(f"{name}owner")
    world.add_organization(name, owner=f"{name}owner", seats=50)
    _, secret = world.add_organization_token(name, label="aulahub", scopes=scopes, created_by=f"{name}owner")
    made: dict[str, Any] = side.ask(
        "add_school",
        name=name,
        secret=secret,
        images=REPOSITORIES,
        classes=TEAMS,
        grants=PERMISSIONS,
        are_members=False,
    )
    for person in range(PEOPLE - 1):
        world.add_user(f"{name}p{person}")
        world.take_seat(name, f"{name}p{person}", "member")
    for one in range(REPOSITORIES):
        world.add_repository(name, f"image{one}", is_private=True)
    for team, description in made["descriptions"].items():
        world.add_team(name, team, description=description)
    grants = [(world.get_repository(name, one), world.get_team(name, team)) for one, team in made["grants"]]
    for repository, team in grants:
        world.grant(repository, team, "read")
    assert (len(made["descriptions"]), len({(one.id, team.id) for one, team in grants})) == (
        TEAMS,
        PERMISSIONS,
    )
    return School(made["account"], name, grants[0])

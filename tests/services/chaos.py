"""Schools whose wishes are carried out while whatever works on them is killed."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Any

from hubsync.sandbox.scopes import ORGANIZATION_SCOPES, REPOSITORY_SCOPES
from hubsync.sandbox.world import World
from tests.installation import Installation
from tests.portal_side import PortalSide

# From a kill until the work is taken up again, and what a run and its second look take on a busy machine.
SECONDS_TO_RESUME = 60.0
SECONDS_TO_FINISH = 45.0
# From one kill to the next, and later where a worker was not there again by then.
SECONDS_BETWEEN_KILLS = (2.0, 7.0)
# From a school's first wishes to the kill: a run takes about so long.
SECONDS_OF_WORK = (0.0, 2.0)
SECONDS_TO_BE_THERE = 90.0
STUDENTS = 3


@dataclass
class Round:
    """One school: what was wished, and when."""

    name: str
    facts: dict[str, Any]
    wished: set[str] = field(default_factory=set)
    wished_at: float = 0.0
    right_at: float = 0.0


class Chaos:
    """Rounds of wishes and kills. `seed` makes the same again."""

    def __init__(
        self, world: World, side: PortalSide, installation: Installation, rounds: int, seed: int
    ) -> None:
        self.world, self.side, self.installation = world, side, installation
        self.random = random.Random(seed)
        self.rounds = [self._add_school(number) for number in range(rounds)]
        self.killed_at: list[float] = []
        # From the death of the only worker until it is there again: nobody could take up anything.
        self.alone: list[tuple[float, float]] = []

    def begin(self) -> None:
        """Wait for all workers."""
        deadline = time.time() + SECONDS_TO_BE_THERE
        while not self.installation.workers_are_there():
            assert time.time() < deadline, "no worker came up"
            time.sleep(0.1)
            self.look()

    def play(self, one: Round, kill: Callable[[], None]) -> None:
        """Wish, kill something while it is worked for, and go on."""
        kill_at = max(self.killed_at, default=time.time()) + self.random.uniform(*SECONDS_BETWEEN_KILLS)
        self.begin()
        if self.killed_at and self.installation.has_one_worker:
            self.alone.append((self.killed_at[-1], time.time()))
        work = self.random.uniform(*SECONDS_OF_WORK)
        self._wait_until(kill_at - work)
        one.wished_at = time.time()
        for number in range(STUDENTS - 1):
            self._wish(one, number)
        self._wait_until(max(kill_at, one.wished_at + work))
        self.killed_at.append(time.time())
        kill()
        self._wish(one, STUDENTS - 1)
        self.look()

    def _wish(self, one: Round, number: int) -> None:
        docker_id = f"{one.name}s{number}"
        self.side.ask("wish", class_group=one.facts["class_group"], docker_id=docker_id)
        one.wished.add(docker_id)

    def _wait_until(self, moment: float) -> None:
        """Schools that wished before are worked for meanwhile."""
        while (left := moment - time.time()) > 0:
            time.sleep(min(left, 0.5))
            self.look()

    def until_quiet(self) -> None:
        """Wait for what is left; no kills any more."""
        self.begin()
        deadline = time.time() + SECONDS_TO_RESUME + SECONDS_TO_FINISH
        while time.time() < deadline and not all(one.right_at for one in self.rounds):
            time.sleep(0.5)
            self.look()

    def look(self) -> None:
        for one in self.rounds:
            if one.wished and not one.right_at and self.is_right(one):
                one.right_at = time.time()

    def is_right(self, one: Round) -> bool:
        """Docker Hub is as the school wishes."""
        with self.world.lock:
            invited = set(self.world.pending_invites[one.name])
            teams = [team.name for team in self.world.teams[one.name].values()]
            return invited == one.wished and sorted(teams) == sorted(["owners", *one.facts["teams"]])

    def mailed_twice(self) -> list[str]:
        """Who was ever mailed more than once."""
        return sorted(person for person, mails in self.world.mails.items() if mails > 1)

    def summary(self) -> str:
        """How hard it was, and what came of it."""
        pauses = [two - one for one, two in pairwise(self.killed_at)]
        took = [one.right_at - one.wished_at for one in self.rounds if one.right_at]
        return (
            f"{len(self.killed_at)} kills, {min(pauses):.1f} to {max(pauses):.1f} s apart; right after "
            f"{median(took):.0f} s (median), {max(took):.0f} s (longest); longest rest {self.longest_rest():.1f} s"
        )

    def longest_rest(self) -> float:
        """The longest time in which a worker was there, and none was at work for a school with something left to do."""
        runs, longest = self.side.ask("runs"), 0.0
        for one in self.rounds:
            mine = [run for run in runs if run["account_id"] == one.facts["account"]]
            starts = [run["started_at"] for run in mine if run["started_at"] < one.right_at]
            # A run that was killed ended, at the latest, with the last kill before the next run.
            ends = [
                one.wished_at,
                *(self._end_of(run, after) for run, after in zip(mine, starts[1:], strict=False)),
            ]
            rests = (self._rest(end, start) for start, end in zip(starts, ends, strict=False))
            longest = max([longest, *rests])
        return longest

    def _rest(self, end: float, start: float) -> float:
        """How long somebody was there who could have begun, and did not."""
        nobody = sum(max(0.0, min(start, until) - max(end, since)) for since, until in self.alone)
        return start - end - nobody

    def _end_of(self, run: dict[str, Any], next_start: float) -> float:
        kills = [at for at in self.killed_at if run["started_at"] <= at <= next_start]
        ended: float = run["finished_at"] if run["finished_at"] else next_start
        return min([ended, *kills]) if run["result"] == "interrupted" else ended

    def _add_school(self, number: int) -> Round:
        name, world = f"ies{number:03}", self.world
        world.add_user(f"owner{name}", email=f"owner@{name}.example")
        world.add_organization(name, owner=f"owner{name}", seats=50)
        world.add_repository(name, "image0", is_private=True)
        for student in range(STUDENTS):
            world.add_user(f"{name}s{student}", email=f"{student}@{name}.example")
        scopes = (*ORGANIZATION_SCOPES, *REPOSITORY_SCOPES)
        _, secret = world.add_organization_token(
            name, label="aulahub", scopes=scopes, created_by=f"owner{name}"
        )
        return Round(name, self.side.ask("add_school", name=name, secret=secret))

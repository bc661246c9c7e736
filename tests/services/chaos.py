"""Schools whose wishes are carried out while whatever works on them is killed."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hubsync.sandbox.scopes import ORGANIZATION_SCOPES, REPOSITORY_SCOPES
from hubsync.sandbox.world import World
from tests.installation import Installation
from tests.portal_side import PortalSide

# From a kill until the work is taken up again, and what a run and its second look take on a busy machine.
SECONDS_TO_RESUME = 60.0
SECONDS_TO_FINISH = 45.0
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

    def play(self, one: Round, kill: Callable[[], None]) -> None:
        """Wish, kill something meanwhile, and go on."""
        one.wished_at = time.time()
        for number in range(STUDENTS):
            docker_id = f"{one.name}s{number}"
            self.side.ask("wish", class_group=one.facts["class_group"], docker_id=docker_id)
            one.wished.add(docker_id)
            if number == STUDENTS - 2:
                time.sleep(self.random.uniform(0, 2))
                kill()
                self.killed_at.append(time.time())
        time.sleep(self.random.uniform(1.5, 4))
        self.look()

    def until_quiet(self) -> None:
        """Wait for what is left; no kills any more."""
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

    def longest_rest(self) -> float:
        """The longest time in which nobody was at the work of a school that had something left to do."""
        runs, longest = self.side.ask("runs"), 0.0
        for one in self.rounds:
            mine = [run for run in runs if run["account_id"] == one.facts["account"]]
            starts = [run["started_at"] for run in mine if run["started_at"] < one.right_at]
            # A run that was killed ended, at the latest, with the last kill before the next run.
            ends = [
                one.wished_at,
                *(self._end_of(run, after) for run, after in zip(mine, starts[1:], strict=False)),
            ]
            longest = max([longest, *(start - end for start, end in zip(starts, ends, strict=False))])
        return longest

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

"""Planning for a large organization: from nothing to everything, and everything as it should be."""

import tracemalloc
from collections.abc import Iterator

from hubsync.planning.owned import Owned
from hubsync.planning.plan import plan_changes
from hubsync.planning.state import (
    Grant,
    MemberState,
    OrganizationState,
    Permission,
    Person,
    RepositoryState,
    TeamState,
)
from tests.benchmarks.figure import Figure, best_of

# 2,500 people, 100 teams with 30 members each, 500 repositories, 20 permissions for each team.
PEOPLE, TEAMS, MEMBERS, REPOSITORIES, GRANTS = 2500, 100, 30, 500, 20
OWNERS = frozenset(MemberState(Person(f"owner{number}"), role="owner") for number in range(3))


def measure() -> Iterator[Figure]:
    desired = OrganizationState(teams=_teams(), repositories=_repositories())
    empty = OrganizationState(members=OWNERS, repositories=_repositories())
    seconds = best_of(5, lambda: plan_changes(desired, empty, Owned()))
    yield Figure("plan.seconds.C", seconds, "s", limit=0.1)
    tracemalloc.start()
    plan = plan_changes(desired, empty, Owned())
    yield Figure("plan.megabytes.C", tracemalloc.get_traced_memory()[1] / 2**20, "MB", limit=50.0)
    tracemalloc.stop()
    yield Figure("plan.changes.C", len(plan.changes), "changes")


def _teams() -> frozenset[TeamState]:
    return frozenset(
        TeamState(
            name=f"class{team}",
            people=frozenset(Person(f"person{(team * MEMBERS + one) % PEOPLE}") for one in range(MEMBERS)),
            grants=frozenset(
                Grant(f"image{(team * GRANTS + one) % REPOSITORIES}", Permission.READ)
                for one in range(GRANTS)
            ),
        )
        for team in range(TEAMS)
    )


def _repositories() -> frozenset[RepositoryState]:
    return frozenset(RepositoryState(f"image{number}") for number in range(REPOSITORIES))

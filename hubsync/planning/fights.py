"""Objects that others put back each time the portal has changed them: going on would help nobody. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from hubsync.planning.changes import (
    AddCollaborator,
    AddToTeam,
    AssignPermission,
    Change,
    ChangePermission,
    ChangeVisibility,
    CreateRepository,
    CreateTeam,
    DeleteTeam,
    DescribeRepository,
    DescribeTeam,
    RemoveCollaborator,
    RemoveFromTeam,
    RemovePermission,
    RenameTeam,
    SetImmutableTags,
)

WINDOW = timedelta(days=7)
MOST_REVERSALS = 3
# Hub: a list can lag behind what was written, and then the same is asked for again although nobody undid it.
ONE_MOMENT = timedelta(minutes=10)

Effect = tuple[tuple[Hashable, ...], object]


@dataclass(frozen=True)
class Done:
    """A change of ours that Docker Hub confirmed."""

    change: Change
    at: datetime


def fought(planned: Iterable[Change], past: Iterable[Done]) -> frozenset[Change]:
    """Those of the planned changes that were done three times within the window, with nothing of ours in between.

    A change of ours that undid it was a wish of the school, so it begins anew.
    """
    history: dict[tuple[Hashable, ...], list[tuple[datetime, object]]] = defaultdict(list)
    for done in sorted(past, key=lambda one: one.at):
        for thing, value in effects(done.change):
            history[thing].append((done.at, value))
    return frozenset(change for change in planned if _is_fought(change, history))


def _is_fought(change: Change, history: dict[tuple[Hashable, ...], list[tuple[datetime, object]]]) -> bool:
    return any(
        _times_in_a_row(history[thing], value) >= MOST_REVERSALS
        for thing, value in effects(change)[:1]
        if thing in history
    )


def _times_in_a_row(events: list[tuple[datetime, object]], value: object) -> int:
    times, last = 0, None
    for at, was in events:
        if was != value:
            times, last = 0, None
        elif last is None or at - last >= ONE_MOMENT:
            times, last = times + 1, at
    return times


def effects(change: Change) -> tuple[Effect, ...]:
    """What the change makes of which object; the first is what it is about. Nothing for what a person has to answer."""
    of_kind = _EFFECTS.get(type(change))
    return of_kind(change) if of_kind else ()


def _membership(change: Any, *, is_in: bool) -> tuple[Effect, ...]:
    return ((("membership", change.team.lower(), change.docker_id), is_in),)


def _permission(change: Any, level: str) -> tuple[Effect, ...]:
    return ((("permission", change.team.lower(), change.repository), level),)


def _collaborator(change: Any, *, is_in: bool) -> tuple[Effect, ...]:
    return ((("collaborator", change.repository, change.docker_id), is_in),)


_EFFECTS: dict[type[Change], Callable[[Any], tuple[Effect, ...]]] = {
    AddToTeam: partial(_membership, is_in=True),
    RemoveFromTeam: partial(_membership, is_in=False),
    AssignPermission: lambda change: _permission(change, change.permission),
    ChangePermission: lambda change: _permission(change, change.permission),
    RemovePermission: lambda change: _permission(change, ""),
    AddCollaborator: partial(_collaborator, is_in=True),
    RemoveCollaborator: partial(_collaborator, is_in=False),
    CreateTeam: lambda change: ((("team", change.team.lower()), True),),
    DeleteTeam: lambda change: ((("team", change.team.lower()), False),),
    RenameTeam: lambda change: (
        (("name", change.new_name.lower()), True),
        (("name", change.team.lower()), False),
    ),
    DescribeTeam: lambda change: ((("description", change.team.lower()), change.description),),
    CreateRepository: lambda change: ((("repository", change.repository.lower()), True),),
    DescribeRepository: lambda change: ((("text", change.repository.lower()), change.description),),
    ChangeVisibility: lambda change: ((("visibility", change.repository.lower()), change.is_private),),
    SetImmutableTags: lambda change: ((("tags", change.repository.lower()), change.enabled),),
}

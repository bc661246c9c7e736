"""What is gone from Docker Hub without anybody's doing, and which changes would make it again. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from hubsync.planning.changes import (
    AddCollaborator,
    AddToTeam,
    AssignPermission,
    Change,
    CreateRepository,
    CreateTeam,
    Invite,
    RenameTeam,
)
from hubsync.planning.lists import TEAM, Lists
from hubsync.planning.state import OrganizationState
from hubsync.planning.wishes import key_of


@dataclass(frozen=True)
class Vanished:
    """`people` are Docker IDs and addresses; `teams` and `repositories` are names; teams of pairs are keys."""

    people: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()
    repositories: frozenset[str] = frozenset()
    # (key of the team, Docker ID), (repository, key of the team), (repository, Docker ID)
    memberships: frozenset[tuple[str, str]] = frozenset()
    permissions: frozenset[tuple[str, str]] = frozenset()
    collaborators: frozenset[tuple[str, str]] = frozenset()

    def remade_by(self, changes: Iterable[Change], observed: OrganizationState) -> tuple[Change, ...]:
        """Those of the changes that would make again what is gone."""
        changes = tuple(changes)
        keys = {team.key: key_of(team) for team in observed.teams}
        renamed = [change for change in changes if isinstance(change, RenameTeam)]
        keys |= {one.new_name.lower(): keys[one.team.lower()] for one in renamed if one.team.lower() in keys}
        return tuple(change for change in changes if self._is_remade(change, keys))

    def _is_remade(self, change: Change, keys: dict[str, str]) -> bool:
        team = keys.get(change.team_name.lower(), "")
        match change:
            case Invite():
                is_gone = bool(self.people & set(change.invitees))
            case CreateTeam():
                is_gone = change.team.lower() in self.teams
            case CreateRepository():
                is_gone = change.repository.lower() in self.repositories
            case AddToTeam():
                is_gone = (team, change.docker_id) in self.memberships
            case AssignPermission():
                is_gone = (change.repository, team) in self.permissions
            case AddCollaborator():
                is_gone = (change.repository, change.docker_id) in self.collaborators
            case _:
                is_gone = False
        return is_gone


NOTHING = Vanished()


def vanished(gone: Lists) -> Vanished:
    """The same in words of changes."""
    return Vanished(
        people=frozenset(_people(gone)),
        teams=frozenset(gone.get("teams", {}).values()),
        repositories=frozenset(gone.get("repositories", ())),
        memberships=frozenset(
            (name.removeprefix(TEAM), docker_id)
            for name, rows in gone.items()
            if name.startswith(TEAM)
            for docker_id in rows.values()
        ),
        permissions=_pairs(gone, "permissions"),
        collaborators=_pairs(gone, "collaborators"),
    )


def _people(gone: Lists) -> Iterator[str]:
    """Whoever is gone from a list of people would be invited again."""
    yield from (word for words in gone.get("members", {}).values() for word in words.split())
    yield from gone.get("invites", ())


def _pairs(gone: Lists, name: str) -> frozenset[tuple[str, str]]:
    split = (key.partition("/") for key in gone.get(name, ()))
    return frozenset((one, two) for one, _, two in split)


def apart(changes: Iterable[Change], people: frozenset[str]) -> Iterator[Change]:
    """The same changes, with an invitation of its own for each of these people, so that others need not wait with them."""
    for change in changes:
        if not isinstance(change, Invite) or not people & set(change.invitees):
            yield change
            continue
        yield from (replace(change, invitees=(one,)) for one in change.invitees if one in people)
        if rest := tuple(one for one in change.invitees if one not in people):
            yield replace(change, invitees=rest)

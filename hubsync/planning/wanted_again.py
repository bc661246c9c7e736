"""Which removals the school no longer asks for: what somebody said about them before is used up. Pure.

Whoever announced, approved or refused a removal meant the school's wish of then. A class that comes out of the archive, a
student who is enrolled again: from then on the same removal would be another one, and nobody has said anything about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hubsync.planning.changes import (
    Change,
    ChangePermission,
    DeleteTeam,
    RemoveCollaborator,
    RemoveFromTeam,
    RemoveMember,
    RemovePermission,
)
from hubsync.planning.plan_invites import everybody
from hubsync.planning.state import Collaboration, OrganizationState, Permission, Person, TeamState


class WantedAgain:
    """The wish, asked whether it wants what a removal would take away.

    `classes` are the ids of the classes whose team is called so on Docker Hub, by its name in lower case: a class that was
    renamed has the same team. `aliases` as in `Owned`.
    """

    def __init__(
        self,
        desired: OrganizationState,
        classes: Mapping[str, int] | None = None,
        aliases: Iterable[tuple[str, str]] = (),
    ) -> None:
        self._desired, self._classes = desired, classes or {}
        self._same = {one: {one, two} for pair in aliases for one, two in (pair, pair[::-1])}
        self._by_class = {one.class_group_id: one for one in desired.teams if one.class_group_id is not None}
        self._by_name = {one.key: one for one in desired.teams}
        self._people = self._keys(everybody(desired))

    def takes(self, removal: Change) -> bool:
        """Whether this removal takes away what is wanted now. False for what is no removal."""
        match removal:
            case RemoveMember():
                is_wanted = removal.docker_id in self._people
            case RemoveFromTeam():
                team = self._team(removal.team)
                is_wanted = team is not None and removal.docker_id in self._keys(team.people)
            case DeleteTeam():
                is_wanted = self._team(removal.team) is not None
            case RemovePermission():
                is_wanted = self._level(removal.repository, removal.team) is not None
            case ChangePermission() if removal.takes_away:
                level = self._level(removal.repository, removal.team)
                is_wanted = level is not None and level.rank > Permission(removal.permission).rank
            case RemoveCollaborator():
                one = Collaboration(removal.repository, removal.docker_id)
                is_wanted = one in self._desired.collaborations
            case _:
                is_wanted = False
        return is_wanted

    def _team(self, name: str) -> TeamState | None:
        of_class = self._by_class.get(self._classes.get(name.lower(), 0))
        return of_class or self._by_name.get(name.lower())

    def _level(self, repository: str, team: str) -> Permission | None:
        wanted = self._team(team)
        return wanted.permissions.get(repository.lower()) if wanted else None

    def _keys(self, people: Iterable[Person]) -> set[str]:
        """Everything by which they may have been named."""
        keys = {key for one in people for key in (one.docker_id, one.email) if key}
        return keys.union(*(self._same.get(key, ()) for key in keys))

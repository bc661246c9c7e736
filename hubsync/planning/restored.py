"""Removals that a person took back: what they took away is wanted again, although no list of the school asks. Pure.

It lasts until the school's own wish changes: when it asks for the same itself, or no longer wants the team at all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from hubsync.planning.changes import (
    Change,
    ChangePermission,
    DeleteTeam,
    RemoveCollaborator,
    RemoveFromTeam,
    RemovePermission,
)
from hubsync.planning.match import People
from hubsync.planning.owned import Owned, Restored
from hubsync.planning.state import Collaboration, Grant, OrganizationState, Permission, Person, TeamState


@dataclass(frozen=True)
class Restoring:
    """The wish with what a person took back, and which of it no longer counts."""

    desired: OrganizationState
    lapsed: frozenset[Restored]


def with_restored(desired: OrganizationState, observed: OrganizationState, owned: Owned) -> Restoring:
    """Deleted teams first, because what else was taken back may be in them."""
    story = _Wish(desired, observed, People(observed, owned.aliases))
    ordered = sorted(owned.restored, key=lambda one: (not isinstance(one.removal, DeleteTeam), repr(one)))
    lapsed = frozenset(one for one in ordered if not story.take_back(one))
    return Restoring(story.desired(), lapsed)


class _Wish:
    def __init__(self, desired: OrganizationState, observed: OrganizationState, people: People) -> None:
        self._rest, self.people = desired, people
        self.teams = {team.key: team for team in desired.teams}
        self.collaborations = set(desired.collaborations)
        self.repositories = {one.key for one in (*observed.repositories, *desired.repositories)}

    def desired(self) -> OrganizationState:
        teams = frozenset(self.teams.values())
        return replace(self._rest, teams=teams, collaborations=frozenset(self.collaborations))

    def take_back(self, one: Restored) -> bool:
        """Whether it still counts: nothing of the school's own has changed about it."""
        hands: dict[type[Change], Callable[[Restored], bool]] = {
            DeleteTeam: self._team,
            RemoveFromTeam: self._membership,
            RemovePermission: self._permission,
            ChangePermission: self._permission,
            RemoveCollaborator: self._collaborator,
        }
        hand = hands.get(type(one.removal))
        return hand is not None and hand(one)

    def _team(self, one: Restored) -> bool:
        team = one.team
        if team is None or self._find(team.name, team.class_group_id):
            return False
        people = frozenset(person for person in team.people if self.people.find_member(person))
        grants = frozenset(grant for grant in team.grants if grant.repository in self.repositories)
        self.teams[team.key] = replace(team, people=people, grants=grants, uuid="", number=None)
        return True

    def _membership(self, one: Restored) -> bool:
        removal = one.removal
        assert isinstance(removal, RemoveFromTeam)
        team = self._find(removal.team, one.class_group_id)
        if team is None or removal.docker_id in {self._docker_id(person) for person in team.people}:
            return False
        person = Person(removal.docker_id)
        # An invitation is an e-mail and a seat: only where somebody asked for it by name.
        if one.may_invite or self.people.find_member(person):
            self.teams[team.key] = replace(team, people=team.people | {person})
        return True

    def _permission(self, one: Restored) -> bool:
        removal = one.removal
        assert isinstance(removal, RemovePermission | ChangePermission)
        wished = removal.permission if isinstance(removal, ChangePermission) else None
        team = self._find(removal.team, one.class_group_id)
        if team is None or team.permissions.get(removal.repository) != wished:
            return False
        others = {grant for grant in team.grants if grant.repository != removal.repository}
        again = Grant(removal.repository, Permission(removal.was))
        self.teams[team.key] = replace(team, grants=frozenset(others | {again}))
        return True

    def _collaborator(self, one: Restored) -> bool:
        removal = one.removal
        assert isinstance(removal, RemoveCollaborator)
        again = Collaboration(removal.repository, removal.docker_id)
        if again in self.collaborations:
            return False
        self.collaborations.add(again)
        return True

    def _find(self, name: str, class_group_id: int | None) -> TeamState | None:
        """The wanted team: that of the class, whatever its name is by now, else the one of this name."""
        by_class = (team for team in self.teams.values() if team.class_group_id == class_group_id)
        return (next(by_class, None) if class_group_id is not None else None) or self.teams.get(name.lower())

    def _docker_id(self, person: Person) -> str:
        member = self.people.find_member(person)
        return member.person.docker_id if member else person.docker_id

"""From what is wanted, seen and ours to the changes that make them agree. Pure; decides everything, does nothing.

Nothing is planned for what is not ours, nor for an area that could not be seen. What the portal found but leaves alone
becomes a `Note`. Letter case, order and doubles of the input do not change the plan.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from hubsync.hub.names import RESERVED_TEAMS
from hubsync.hub.scopes import Area
from hubsync.planning.changes import (
    AddToTeam,
    AssignPermission,
    Change,
    ChangePermission,
    CreateRepository,
    CreateTeam,
    DeleteTeam,
    DescribeTeam,
    Facts,
    RemoveFromTeam,
    RemovePermission,
    RenameTeam,
)
from hubsync.planning.match import People, TeamMatch, find_observed, match_teams
from hubsync.planning.order import in_order
from hubsync.planning.owned import Mode, Owned, Restored
from hubsync.planning.plan_collaborators import plan_collaborators
from hubsync.planning.plan_invites import InvitesPlan, plan_invites
from hubsync.planning.plan_notes import Note
from hubsync.planning.plan_people import members_to_remove
from hubsync.planning.plan_repositories import plan_repository_wishes
from hubsync.planning.restored import with_restored
from hubsync.planning.state import OrganizationState, Permission, TeamState


@dataclass(frozen=True)
class HeldChanges:
    """Changes that wait for a person. `kind` is a guarded kind, "fights" or "shrunk". Reasons:

    too_many      more removals at once than the guard lets pass
    grace         leaving the organization waits a day
    mark_missing  the team's description no longer says that it is the portal's
    assumed       who is to leave may be another person than the one whom the portal invited
    fight         others have undone it three times
    shrunk        would make again what is gone in numbers without anybody's doing
    refused       a person said no
    follows       may not be done before something that is held
    """

    kind: str
    changes: tuple[Change, ...]
    reason: str = "too_many"


@dataclass(frozen=True)
class Plan:
    """What will be done in this order, what waits for a person, and what was found and left alone."""

    changes: tuple[Change, ...] = ()
    holds: tuple[HeldChanges, ...] = ()
    notes: tuple[Note, ...] = field(default=())
    # What a person had taken back and the school's own wish has since changed about.
    lapsed: frozenset[Restored] = frozenset()
    # Everything was seen, so that what is not in this plan need not be done. A look may spare permissions, or miss areas.
    is_whole: bool = True

    @property
    def is_empty(self) -> bool:
        return not self.changes and not self.holds

    @property
    def digest(self) -> str:
        """Hexadecimal SHA-256 over the sorted changes: equal plans have equal digests, whatever came in first."""
        return digest_of([*self.changes, *(change for hold in self.holds for change in hold.changes)])

    def __str__(self) -> str:
        return "\n".join(str(change) for change in self.changes) or "Nothing to do."


def digest_of(changes: Iterable[Change]) -> str:
    lines = sorted(json.dumps([change.kind, change.facts()], sort_keys=True) for change in changes)
    return hashlib.sha256("\n".join(lines).lower().encode()).hexdigest()


def plan_changes(desired: OrganizationState, observed: OrganizationState, owned: Owned) -> Plan:
    """The changes that make what is ours on Docker Hub as the school wants it, in the order of applying."""
    restoring = with_restored(desired, observed, owned)
    plan = _Planner(restoring.desired, observed, owned).plan()
    return replace(plan, lapsed=restoring.lapsed, is_whole=_is_whole(observed, owned))


def _is_whole(observed: OrganizationState, owned: Owned) -> bool:
    ours = {team.key for claim in owned.teams if (team := find_observed(claim, observed.teams))}
    there = {repository.key for repository in observed.repositories}
    by_repository, by_team = observed.repositories_read, observed.teams_read
    is_read = (by_repository is None or there <= by_repository) and (by_team is None or ours <= by_team)
    return is_read and not observed.unseen


class _Planner:
    def __init__(self, desired: OrganizationState, observed: OrganizationState, owned: Owned) -> None:
        self.desired, self.observed, self.owned = desired, observed, owned
        self.people = People(observed, owned.aliases)
        # Owners reach everything anyway, and the portal's own identity stays where it is.
        owners = {member.person.docker_id for member in observed.members if member.is_owner}
        self.untouchable = owners | {owned.identity}
        self.matches = match_teams(desired, observed, owned) if observed.sees(Area.TEAMS) else []
        self.repositories = {repository.key for repository in observed.repositories}
        self.teams = {team.key for team in observed.teams}
        self.known_repositories = self.repositories | {repository.key for repository in desired.repositories}
        self.notes: set[Note] = {Note("unseen", (("area", str(area)),)) for area in observed.unseen}

    def plan(self) -> Plan:
        changes: set[Change] = set(self._repositories())
        for match in self.matches:
            changes.update(self._team(match))
        invites = self._invites()
        changes |= {*invites.changes, *self._members(changes)}
        collaborators = plan_collaborators(self.desired, self.observed, self.owned)
        changes |= collaborators.changes
        self.notes |= collaborators.notes
        notes = tuple(sorted(self.notes | set(invites.notes), key=lambda note: (note.code, note.facts)))
        return Plan(in_order(changes, seats_are_short=invites.seats_are_short), notes=notes)

    def _repositories(self) -> Iterator[Change]:
        if self.observed.sees(Area.REPOSITORIES):
            for wanted in self.desired.repositories:
                if wanted.key not in self.repositories:
                    yield CreateRepository(wanted.key, wanted.is_private, wanted.description)
            yield from plan_repository_wishes(self.desired, self.observed)

    def _team(self, match: TeamMatch) -> Iterator[Change]:
        wanted, seen, claim = match.desired, match.observed, match.owned
        if wanted is None:
            yield from self._unwanted(match)
        elif match.is_foreign:
            self.notes.add(Note("exists_not_ours", (("team", wanted.name),)))
        elif claim is not None and claim.mode is Mode.OBSERVE:
            self.notes.add(Note("only_observed", (("team", claim.name),)))
        elif seen is None:
            yield CreateTeam(wanted.name, wanted.description)
            yield from self._contents(wanted, TeamState(wanted.name), Mode.EXACT)
        else:
            yield from self._same_team(wanted, seen, claim.mode if claim else Mode.AT_LEAST)

    def _unwanted(self, match: TeamMatch) -> Iterator[Change]:
        if match.observed is None or match.owned is None or match.observed.key in RESERVED_TEAMS:
            return
        if match.owned.mode is Mode.EXACT and not match.owned.is_adopted:
            yield _deletion(match.observed)

    def _same_team(self, wanted: TeamState, seen: TeamState, mode: Mode) -> Iterator[Change]:
        name = seen.name
        if self._is_renamed(wanted, seen, mode):
            yield RenameTeam(seen.name, wanted.name)
            name = wanted.name
        elif seen.key != wanted.key and mode is Mode.EXACT:
            self.notes.add(Note("name_taken", (("new_name", wanted.name), ("team", seen.name))))
        if mode is Mode.EXACT and seen.description != wanted.description:
            yield DescribeTeam(name, wanted.description)
        yield from self._contents(wanted, seen, mode, name)

    def _contents(self, wanted: TeamState, seen: TeamState, mode: Mode, name: str = "") -> Iterator[Change]:
        name = name or wanted.name
        if self.observed.sees(Area.MEMBERS):
            yield from self._memberships(wanted, seen, mode, name)
        if self.observed.sees(Area.PERMISSIONS, Area.REPOSITORIES):
            yield from self._permissions(wanted, seen, mode, name)

    def _memberships(self, wanted: TeamState, seen: TeamState, mode: Mode, name: str) -> Iterator[Change]:
        members = {
            member.person.docker_id for person in wanted.people if (member := self.people.find_member(person))
        }
        there = {person.docker_id for person in seen.people}
        yield from (AddToTeam(name, docker_id) for docker_id in members - there)
        if mode is Mode.EXACT:
            yield from (RemoveFromTeam(name, docker_id) for docker_id in there - members - self.untouchable)

    def _permissions(self, wanted: TeamState, seen: TeamState, mode: Mode, name: str) -> Iterator[Change]:
        there = seen.permissions
        for repository, permission in wanted.permissions.items():
            if repository not in self.known_repositories:
                self.notes.add(Note("repository_missing", (("repository", repository), ("team", name))))
            elif self._knows_permission(repository, seen):
                yield from self._permission(repository, name, permission, there.get(repository), mode)
        if mode is Mode.EXACT:
            for repository in there.keys() - wanted.permissions.keys():
                yield RemovePermission(repository, name, str(there[repository]))

    def _knows_permission(self, repository: str, team: TeamState) -> bool:
        """Whether it was read, or cannot be there: of a team or a repository that is still to be made."""
        is_new = team.key not in self.teams or repository not in self.repositories
        return is_new or self.observed.reads_permissions_of(repository, team.key)

    @staticmethod
    def _permission(
        repository: str, team: str, permission: Permission, was: Permission | None, mode: Mode
    ) -> Iterator[Change]:
        if was is None:
            yield AssignPermission(repository, team, str(permission))
        elif was is not permission and (mode is Mode.EXACT or permission.rank > was.rank):
            yield ChangePermission(repository, team, str(permission), str(was))

    def _invites(self) -> InvitesPlan:
        # Without the list of teams it is not known which team an invitation may name.
        if not self.observed.sees(Area.TEAMS, Area.MEMBERS, Area.INVITES):
            return InvitesPlan()
        teams = [team for match in self.matches if (team := self._team_to_enter_by(match))]
        return plan_invites(teams, self.desired, self.observed, self.owned, self.people)

    def _team_to_enter_by(self, match: TeamMatch) -> TeamState | None:
        """The wanted team by the name that it will have when the invitation names it; None where it is left alone."""
        wanted, seen, claim = match.desired, match.observed, match.owned
        if wanted is None or self._is_left_alone(match):
            return None
        if seen is None or self._is_renamed(wanted, seen, claim.mode if claim else Mode.AT_LEAST):
            return wanted
        return replace(wanted, name=seen.name)

    def _is_renamed(self, wanted: TeamState, seen: TeamState, mode: Mode) -> bool:
        # A team that somebody gave to the portal keeps the name that people on Docker Hub know it by.
        is_taken = any(other.key == wanted.key for other in self.observed.teams)
        return seen.key != wanted.key and mode is Mode.EXACT and not is_taken

    @staticmethod
    def _is_left_alone(match: TeamMatch) -> bool:
        return match.is_foreign or (match.owned is not None and match.owned.mode is Mode.OBSERVE)

    def _members(self, changes: set[Change]) -> Iterable[Change]:
        if not self.observed.sees(Area.TEAMS, Area.MEMBERS):
            return ()
        return members_to_remove(self.desired, self.observed, self.owned, self.people, changes)


def _deletion(team: TeamState) -> DeleteTeam:
    people = sorted(person.docker_id for person in team.people if person.docker_id)
    grants = sorted((grant.repository, str(grant.permission)) for grant in team.grants)
    return DeleteTeam(team.name, team.description, tuple(people), tuple(grants))


def facts_of(changes: Iterable[Change]) -> list[Facts]:
    """As holds and announcements store them: [{"kind": …, "facts": …}], sorted."""
    rows = [{"kind": change.kind, "facts": change.facts()} for change in changes]
    return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True))

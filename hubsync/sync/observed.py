"""Docker Hub as it is, with the proof that everything was seen. Anything less raises IncompleteObservation.

The portal removes only what it saw and does not want, so a list that is too short would rather make it invite people
twice than remove them; both are kept off here. An area that the credential may not read is left unseen, and nothing is
planned there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from math import ceil
from typing import Any, TypeVar

from hubsync.hub.account_answers import Invite, Member
from hubsync.hub.errors import HubForbidden, HubNotFound, NotSupportedHere
from hubsync.hub.image_answers import Repository
from hubsync.hub.paging import PAGE_SIZE
from hubsync.hub.reader import HubReader
from hubsync.hub.scopes import Area
from hubsync.hub.team_answers import Team
from hubsync.models import HubAccount
from hubsync.planning.owned import Owned
from hubsync.planning.state import Collaboration, OrganizationState, Person, TeamState
from hubsync.planning.wishes import wishes_of
from hubsync.sync.observed_collaborators import read_collaborations
from hubsync.sync.observed_permissions import PermissionReader, SeenGrants
from hubsync.sync.observed_rows import invite_state, member_state, repository_state
from hubsync.sync.turns_of_reading import Turns
from hubsync.sync.unproven import Unproven
from hubsync.sync.whole_lists import whole

T = TypeVar("T")
# Hub: the team whose members are the owners. Where it is not in the list, the list is not all there is.
OWNERS = "owners"


@dataclass
class Observer:
    """Reads one account. `proof` gathers what was checked, for the page and the journal."""

    account: HubAccount
    reader: HubReader
    owned: Owned
    known_private: frozenset[str] = frozenset()
    # Of a personal account: the repositories whose collaborators matter to us.
    shared: frozenset[str] = frozenset()
    desired: OrganizationState = field(default_factory=OrganizationState)
    turns: Turns = field(default_factory=partial(Turns, everything=True))
    proof: dict[str, object] = field(default_factory=dict)
    unseen: set[Area] = field(default_factory=set)

    def observe(self) -> OrganizationState:
        """The account, seen whole. Raises IncompleteObservation, or the error that kept Docker Hub from answering."""
        at = self.reader.connection.now()
        if self.account.kind == HubAccount.Kind.PERSONAL:
            return self._personal()
        uuid = self._identity()
        lists = self._lists()
        teams = self._teams(lists.members, lists.teams)
        self._prove_private({row.name for row in lists.repositories if row.is_private})
        seen = OrganizationState(
            teams=frozenset(teams),
            repositories=frozenset(repository_state(row) for row in lists.repositories),
            members=frozenset(member_state(row) for row in lists.members),
            invites=frozenset(invite_state(row) for row in lists.invites),
            uuid=uuid,
            seen_at=at,
            unseen=frozenset(self.unseen),
        )
        return self._with_grants(seen, lists)

    def _lists(self) -> _Lists:
        """The four lists, read at once."""
        reads: dict[Area, Callable[[], tuple[Any, ...]]] = {
            Area.MEMBERS: self._members,
            Area.INVITES: self._invites,
            Area.TEAMS: self._listed_teams,
            Area.REPOSITORIES: self._listed_repositories,
        }
        found = self.reader.connection.read_together([partial(_or_refusal, read) for read in reads.values()])
        rows = [
            self._area(area, partial(_unless_refused, one)) for area, one in zip(reads, found, strict=True)
        ]
        return _Lists(*rows)

    def _personal(self) -> OrganizationState:
        user = self.reader.find_user(self.account.name)
        if user is None:
            raise self._not_there("personal account")
        self._same(user.uuid)
        rows = self._repositories()
        read = self.shared & {row.name for row in rows}
        return OrganizationState(
            repositories=frozenset(repository_state(row) for row in rows),
            collaborations=self._collaborations(read),
            repositories_read=read,
            uuid=user.uuid,
            seen_at=self.reader.connection.now(),
            unseen=frozenset(self.unseen),
        )

    def _collaborations(self, repositories: Iterable[str]) -> frozenset[Collaboration]:
        """Who may push. Hub: undocumented; where Docker Hub does not tell, nobody is let in or out."""
        try:
            return read_collaborations(self.reader, self.account.name, repositories)
        except (HubForbidden, NotSupportedHere) as problem:
            self.unseen.add(Area.COLLABORATORS)
            self.proof["collaborators_refused"] = problem.sentence
            return frozenset()

    def _identity(self) -> str:
        try:
            uuid = self.reader.get_organization(self.account.name).uuid
        except HubNotFound as problem:
            raise self._not_there("organization") from problem
        self._same(uuid)
        return uuid

    def _not_there(self, what: str) -> Unproven:
        return Unproven("not_there", f"no {what} is called {self.account.name}", account=self.account.name)

    def _same(self, uuid: str) -> None:
        """Another uuid under the same name is another account: nothing about it is ours."""
        if self.account.uuid and _plain(self.account.uuid) != _plain(uuid):
            raise Unproven(
                "other_account",
                f"{self.account.name} is now another account than the one that was connected",
                account=self.account.name,
            )
        self.proof["uuid"] = uuid

    def _area(self, area: Area, read: Callable[[], tuple[T, ...]]) -> tuple[T, ...]:
        """What is read, or nothing with the area noted as unseen where the credential may not look."""
        try:
            rows = read()
        except HubForbidden as problem:
            self.unseen.add(area)
            self.proof[f"{area}_refused"] = problem.scope or problem.sentence
            return ()
        self.proof[str(area)] = len(rows)
        return rows

    def _members(self) -> tuple[Member, ...]:
        rows = whole(
            self.reader.list_members(self.account.name), lambda row: row.docker_id or row.uuid, "members"
        )
        members = tuple(row for row in rows if not row.is_invitee)
        if not any(row.is_owner for row in members):
            raise Unproven("no_owner", "the list of members holds no owner")
        return members

    def _invites(self) -> tuple[Invite, ...]:
        return whole(self.reader.list_invites(self.account.name), lambda row: row.id, "invitations")

    def _listed_teams(self) -> tuple[Team, ...]:
        rows = whole(self.reader.list_teams(self.account.name), lambda row: row.id, "teams")
        if OWNERS not in {row.name.lower() for row in rows}:
            raise Unproven("no_owners_team", "the team of the owners is not in the list of teams")
        return rows

    def _teams(self, members: Iterable[Member], rows: Iterable[Team]) -> list[TeamState]:
        inside: dict[str, set[Person]] = {}
        for member in members:
            for name in member.teams:
                inside.setdefault(name.lower(), set()).add(Person(member.docker_id, member.email))
        return [self._team(row, inside.get(row.name.lower(), set())) for row in rows]

    def _team(self, row: Team, people: set[Person]) -> TeamState:
        """The team with its people. Where the members' own lists do not add up, the team's list is read."""
        if (
            row.member_count is not None
            and row.member_count != len(people)
            and Area.MEMBERS not in self.unseen
        ):
            listed = whole(
                self.reader.list_team_members(self.account.name, row.name),
                lambda one: one.docker_id,
                f"team {row.name}",
            )
            people = {Person(one.docker_id, one.email) for one in listed}
            self.proof.setdefault("teams_read", []).append(row.name)  # type: ignore[attr-defined]
        return TeamState(row.name, row.description, frozenset(people), uuid=row.uuid, number=row.id)

    def _repositories(self) -> tuple[Repository, ...]:
        rows = self._area(Area.REPOSITORIES, self._listed_repositories)
        self._prove_private({row.name for row in rows if row.is_private})
        return rows

    def _listed_repositories(self) -> tuple[Repository, ...]:
        listing = self.reader.list_repositories(self.account.name)
        return whole(listing, lambda row: row.name, "repositories")

    def _prove_private(self, listed: set[str]) -> None:
        """Hub: without scope-repository-list the list holds the public repositories only, answered with 200."""
        if Area.REPOSITORIES in self.unseen:
            return
        for name in sorted(self.known_private - listed)[:1] if not self.known_private & listed else ():
            found = self.reader.find_repository(self.account.name, name)
            if found is not None and found.is_private:
                raise Unproven(
                    "private_missing",
                    f"the private repository {name} is not in the list (scope-repository-list)",
                    repository=name,
                )
        self.proof["private_repositories"] = len(listed)

    def _with_grants(self, seen: OrganizationState, lists: _Lists) -> OrganizationState:
        if not seen.sees(Area.TEAMS, Area.REPOSITORIES):
            return seen
        wishes = wishes_of(self.desired, seen, self.owned)
        permissions = PermissionReader(self.reader, self.account.name, self.turns, wishes, lists.calls)
        try:
            grants = permissions.read(sorted(seen.teams, key=lambda team: team.key), self.owned)
        except (HubForbidden, NotSupportedHere) as problem:
            self.unseen.add(Area.PERMISSIONS)
            self.turns.kind = ""
            self.proof["permissions_refused"] = getattr(problem, "scope", "") or problem.sentence
            return replace(seen, unseen=frozenset(self.unseen))
        return self._told(seen, grants)

    def _told(self, seen: OrganizationState, grants: SeenGrants) -> OrganizationState:
        if self.turns.kind:
            self.proof["permissions_read"] = len(self.turns.read)
            self.proof["permissions_by"] = self.turns.kind
        return replace(
            seen,
            teams=grants.teams,
            repositories_read=grants.repositories_read,
            teams_read=grants.teams_read,
        )


@dataclass(frozen=True)
class _Lists:
    members: tuple[Member, ...]
    invites: tuple[Invite, ...]
    teams: tuple[Team, ...]
    repositories: tuple[Repository, ...]

    @property
    def calls(self) -> int:
        """What they cost, with the sign-in and the organization itself."""
        return 2 + sum(max(1, ceil(len(rows) / PAGE_SIZE)) for rows in vars(self).values())


def _or_refusal(read: Callable[[], T]) -> T | HubForbidden:
    """What is read, or the refusal: one area that may not be seen does not end the others."""
    try:
        return read()
    except HubForbidden as problem:
        return problem


def _unless_refused(found: T | HubForbidden) -> T:
    if isinstance(found, HubForbidden):
        raise found
    return found


def _plain(uuid: str) -> str:
    return uuid.replace("-", "").lower()

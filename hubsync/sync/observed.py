"""Docker Hub as it is, with the proof that everything was seen. Anything less raises IncompleteObservation.

The portal removes only what it saw and does not want, so a list that is too short would rather make it invite people
twice than remove them; both are kept off here. An area that the credential may not read is left unseen, and nothing is
planned there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from hubsync.hub.account_answers import Invite, Member
from hubsync.hub.errors import HubForbidden, HubNotFound, IncompleteObservation, NotSupportedHere
from hubsync.hub.image_answers import Repository
from hubsync.hub.reader import HubReader
from hubsync.hub.scopes import Area
from hubsync.hub.team_answers import Team
from hubsync.models import HubAccount
from hubsync.planning.owned import Owned
from hubsync.planning.state import Collaboration, OrganizationState, Person, TeamState
from hubsync.sync.observed_collaborators import read_collaborations
from hubsync.sync.observed_permissions import read_grants
from hubsync.sync.observed_rows import invite_state, member_state, repository_state
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
    proof: dict[str, object] = field(default_factory=dict)
    unseen: set[Area] = field(default_factory=set)

    def observe(self) -> OrganizationState:
        """The account, seen whole. Raises IncompleteObservation, or the error that kept Docker Hub from answering."""
        at = self.reader.connection.now()
        if self.account.kind == HubAccount.Kind.PERSONAL:
            return self._personal()
        uuid = self._identity()
        members = self._area(Area.MEMBERS, self._members)
        invites = self._area(Area.INVITES, self._invites)
        teams = self._teams(members, self._area(Area.TEAMS, self._listed_teams))
        repositories = self._repositories()
        return OrganizationState(
            teams=self._with_grants(teams, repositories),
            repositories=frozenset(repository_state(row) for row in repositories),
            members=frozenset(member_state(row) for row in members),
            invites=frozenset(invite_state(row) for row in invites),
            uuid=uuid,
            seen_at=at,
            unseen=frozenset(self.unseen),
        )

    def _personal(self) -> OrganizationState:
        user = self.reader.find_user(self.account.name)
        if user is None:
            raise IncompleteObservation(f"no personal account is called {self.account.name}")
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
            raise IncompleteObservation(f"no organization is called {self.account.name}") from problem
        self._same(uuid)
        return uuid

    def _same(self, uuid: str) -> None:
        """Another uuid under the same name is another account: nothing about it is ours."""
        if self.account.uuid and _plain(self.account.uuid) != _plain(uuid):
            raise IncompleteObservation(
                f"{self.account.name} is now another account than the one that was connected"
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
            raise IncompleteObservation("the list of members holds no owner")
        return members

    def _invites(self) -> tuple[Invite, ...]:
        return whole(self.reader.list_invites(self.account.name), lambda row: row.id, "invitations")

    def _listed_teams(self) -> tuple[Team, ...]:
        rows = whole(self.reader.list_teams(self.account.name), lambda row: row.id, "teams")
        if OWNERS not in {row.name.lower() for row in rows}:
            raise IncompleteObservation("the team of the owners is not in the list of teams")
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
        rows = self._area(
            Area.REPOSITORIES,
            lambda: whole(
                self.reader.list_repositories(self.account.name), lambda row: row.name, "repositories"
            ),
        )
        if Area.REPOSITORIES not in self.unseen:
            self._prove_private({row.name for row in rows if row.is_private})
        return rows

    def _prove_private(self, listed: set[str]) -> None:
        """Hub: without scope-repository-list the list holds the public repositories only, answered with 200."""
        for name in sorted(self.known_private - listed)[:1] if not self.known_private & listed else ():
            found = self.reader.find_repository(self.account.name, name)
            if found is not None and found.is_private:
                raise IncompleteObservation(
                    f"the private repository {name} is not in the list (scope-repository-list)"
                )
        self.proof["private_repositories"] = len(listed)

    def _with_grants(
        self, teams: list[TeamState], repositories: Iterable[Repository]
    ) -> frozenset[TeamState]:
        if self.unseen & {Area.TEAMS, Area.REPOSITORIES}:
            return frozenset(teams)
        try:
            return read_grants(
                self.reader, self.account.name, teams, self.owned, [row.name for row in repositories]
            )
        except (HubForbidden, NotSupportedHere) as problem:
            self.unseen.add(Area.PERMISSIONS)
            self.proof["permissions_refused"] = getattr(problem, "scope", "") or problem.sentence
            return frozenset(teams)


def _plain(uuid: str) -> str:
    return uuid.replace("-", "").lower()

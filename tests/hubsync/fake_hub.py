"""An organization in memory that does what a change says: what planning is tested against, without a network."""

from __future__ import annotations

from dataclasses import replace

from hubsync.planning.changes import (
    AddToTeam,
    AssignPermission,
    CancelInvite,
    Change,
    ChangePermission,
    CreateRepository,
    CreateTeam,
    DeleteTeam,
    DescribeTeam,
    Invite,
    RemoveFromTeam,
    RemoveMember,
    RemovePermission,
    RenameTeam,
)
from hubsync.planning.owned import Owned, OwnedMember, OwnedTeam
from hubsync.planning.plan import Plan
from hubsync.planning.state import (
    Grant,
    InviteState,
    OrganizationState,
    Permission,
    Person,
    RepositoryState,
    TeamState,
)


def carry_out(plan: Plan, observed: OrganizationState, owned: Owned) -> tuple[OrganizationState, Owned]:
    """The organization, and what is ours of it, after all of the plan was done."""
    hub = _FakeHub(observed, owned)
    for change in plan.changes:
        hub.do(change)
    return hub.observed(), hub.owned


class _FakeHub:
    def __init__(self, observed: OrganizationState, owned: Owned) -> None:
        self._rest, self.owned = observed, owned
        self.teams = {team.key: team for team in observed.teams}
        self.repositories = set(observed.repositories)
        self.members = set(observed.members)
        self.invites = set(observed.invites)

    def observed(self) -> OrganizationState:
        return replace(
            self._rest,
            teams=frozenset(self.teams.values()),
            repositories=frozenset(self.repositories),
            members=frozenset(self.members),
            invites=frozenset(self.invites),
        )

    def do(self, change: Change) -> None:
        match change:
            case CreateTeam():
                key = change.team.lower()
                assert key not in self.teams, "a team is made that is there"
                uuid = f"made-{key}"
                self.teams[key] = TeamState(
                    change.team, change.description, uuid=uuid, number=len(self.teams) + 100
                )
                others = {team for team in self.owned.teams if team.key != key}
                self.owned = replace(self.owned, teams=frozenset(others | {OwnedTeam(change.team, uuid)}))
            case RenameTeam():
                team = self.teams.pop(change.team.lower())
                assert change.new_name.lower() not in self.teams
                self.teams[change.new_name.lower()] = replace(team, name=change.new_name)
            case DescribeTeam():
                self._team(change.team, description=change.description)
            case DeleteTeam():
                del self.teams[change.team.lower()]
            case AddToTeam():
                assert change.docker_id in {member.person.docker_id for member in self.members}
                self._people(change.team, add={Person(change.docker_id)})
            case RemoveFromTeam():
                self._people(change.team, remove=change.docker_id)
            case AssignPermission():
                assert change.repository not in self.teams[change.team.lower()].permissions
                self._grant(change.team, change.repository, change.permission)
            case ChangePermission():
                assert self.teams[change.team.lower()].permissions[change.repository] == change.was
                self._grant(change.team, change.repository, change.permission)
            case RemovePermission():
                self._grant(change.team, change.repository, None)
            case CreateRepository():
                self.repositories.add(
                    RepositoryState(change.repository, change.is_private, change.description)
                )
            case Invite():
                self._invite(change)
            case CancelInvite():
                self.invites = {invite for invite in self.invites if invite.invite_id != change.invite_id}
                self._forget(change.invitee)
            case RemoveMember():
                self.members = {one for one in self.members if one.person.docker_id != change.docker_id}
                self._forget(change.docker_id)
                for key in list(self.teams):
                    self._people(key, remove=change.docker_id)

    def _team(self, name: str, **facts: object) -> None:
        self.teams[name.lower()] = replace(self.teams[name.lower()], **facts)  # type: ignore[arg-type]

    def _people(self, team: str, *, add: set[Person] = frozenset(), remove: str = "") -> None:  # type: ignore[assignment]
        people = {person for person in self.teams[team.lower()].people if person.docker_id != remove}
        self._team(team, people=frozenset(people | add))

    def _grant(self, team: str, repository: str, permission: str | None) -> None:
        grants = {grant for grant in self.teams[team.lower()].grants if grant.repository != repository}
        if permission:
            grants.add(Grant(repository, Permission(permission)))
        self._team(team, grants=frozenset(grants))

    def _invite(self, change: Invite) -> None:
        assert change.team.lower() in self.teams, "an invitation names a team that is not there"
        for invitee in change.invitees:
            assert invitee not in {invite.invitee for invite in self.invites}, "a second e-mail"
            self.invites.add(InviteState(f"invite-{invitee}", invitee, change.team))
            self.owned = replace(self.owned, members=self.owned.members | {OwnedMember(invitee)})

    def _forget(self, key: str) -> None:
        self.owned = replace(
            self.owned, members=frozenset(one for one in self.owned.members if one.key != key)
        )

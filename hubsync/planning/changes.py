"""The changes that a plan is made of: one frozen value for each kind, with its facts, printing itself. Pure.

`facts()` is what is stored: JSON, without anything secret. `from_facts(kind, facts)` reads it back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from hubsync.planning.state import Permission

Facts = dict[str, Any]


@dataclass(frozen=True)
class Change:
    """One wish about one object on Docker Hub."""

    kind: ClassVar[str]

    def facts(self) -> Facts:
        return {
            name: list(value) if isinstance(value, tuple) else value for name, value in vars(self).items()
        }

    @property
    def team_name(self) -> str:
        """The team that must be there for this change to make sense, "" where none is needed."""
        return str(getattr(self, "team", ""))


@dataclass(frozen=True)
class CancelInvite(Change):
    """`reason` is "" where nobody wants the person any more, "unanswered" where the seat is to be free again."""

    kind: ClassVar[str] = "cancel_invite"
    invite_id: str
    invitee: str
    reason: str = ""

    def __str__(self) -> str:
        return f"Cancel the invitation of {self.invitee}."


@dataclass(frozen=True)
class CreateRepository(Change):
    kind: ClassVar[str] = "create_repository"
    repository: str
    is_private: bool
    description: str

    def __str__(self) -> str:
        return f"Create the {'private' if self.is_private else 'public'} repository {self.repository}."


@dataclass(frozen=True)
class DescribeRepository(Change):
    kind: ClassVar[str] = "describe_repository"
    repository: str
    description: str

    def __str__(self) -> str:
        return f"Describe the repository {self.repository} as “{self.description}”."


@dataclass(frozen=True)
class ChangeVisibility(Change):
    """To public or to private, because a person who was told what it means asked for it."""

    kind: ClassVar[str] = "change_visibility"
    repository: str
    is_private: bool

    def __str__(self) -> str:
        return f"Make the repository {self.repository} {'private' if self.is_private else 'public'}."


@dataclass(frozen=True)
class SetImmutableTags(Change):
    kind: ClassVar[str] = "set_immutable_tags"
    repository: str
    enabled: bool

    def __str__(self) -> str:
        return (
            f"Let nobody push a tag of {self.repository} again."
            if self.enabled
            else (f"Let tags of {self.repository} be pushed again.")
        )


@dataclass(frozen=True)
class CreateTeam(Change):
    kind: ClassVar[str] = "create_team"
    team: str
    description: str

    @property
    def team_name(self) -> str:
        return ""

    def __str__(self) -> str:
        return f"Create the team {self.team}."


@dataclass(frozen=True)
class RenameTeam(Change):
    kind: ClassVar[str] = "rename_team"
    team: str
    new_name: str

    def __str__(self) -> str:
        return f"Rename the team {self.team} to {self.new_name}."


@dataclass(frozen=True)
class DescribeTeam(Change):
    kind: ClassVar[str] = "describe_team"
    team: str
    description: str

    def __str__(self) -> str:
        return f"Describe the team {self.team} as “{self.description}”."


@dataclass(frozen=True)
class Invite(Change):
    """One request for everybody who enters with the same team and role; each of them gets one e-mail."""

    kind: ClassVar[str] = "invite"
    team: str
    role: str
    invitees: tuple[str, ...]

    def __str__(self) -> str:
        return f"Invite {', '.join(self.invitees)} into the team {self.team}."


@dataclass(frozen=True)
class ResendInvite(Change):
    kind: ClassVar[str] = "resend_invite"
    invite_id: str
    invitee: str

    def __str__(self) -> str:
        return f"Send the invitation of {self.invitee} again."


@dataclass(frozen=True)
class AddToTeam(Change):
    kind: ClassVar[str] = "add_to_team"
    team: str
    docker_id: str

    def __str__(self) -> str:
        return f"Add {self.docker_id} to the team {self.team}."


@dataclass(frozen=True)
class AssignPermission(Change):
    kind: ClassVar[str] = "assign_permission"
    repository: str
    team: str
    permission: str

    def __str__(self) -> str:
        return f"Give the team {self.team} {self.permission} permission on {self.repository}."


@dataclass(frozen=True)
class ChangePermission(Change):
    kind: ClassVar[str] = "change_permission"
    repository: str
    team: str
    permission: str
    was: str

    @property
    def takes_away(self) -> bool:
        return Permission(self.permission).rank < Permission(self.was).rank

    def __str__(self) -> str:
        change = f"from {self.was} to {self.permission}"
        return f"Change the permission of the team {self.team} on {self.repository} {change}."


@dataclass(frozen=True)
class RemovePermission(Change):
    kind: ClassVar[str] = "remove_permission"
    repository: str
    team: str
    was: str

    def __str__(self) -> str:
        return f"Take the {self.was} permission on {self.repository} from the team {self.team}."


@dataclass(frozen=True)
class AddCollaborator(Change):
    """A right to push to a repository of a personal account; there is no lesser one."""

    kind: ClassVar[str] = "add_collaborator"
    repository: str
    docker_id: str

    def __str__(self) -> str:
        return f"Let {self.docker_id} push to {self.repository}."


@dataclass(frozen=True)
class RemoveCollaborator(Change):
    kind: ClassVar[str] = "remove_collaborator"
    repository: str
    docker_id: str

    def __str__(self) -> str:
        return f"Take the right to push to {self.repository} from {self.docker_id}."


@dataclass(frozen=True)
class RemoveFromTeam(Change):
    kind: ClassVar[str] = "remove_from_team"
    team: str
    docker_id: str

    def __str__(self) -> str:
        return f"Remove {self.docker_id} from the team {self.team}."


@dataclass(frozen=True)
class RemoveMember(Change):
    kind: ClassVar[str] = "remove_member"
    docker_id: str

    def __str__(self) -> str:
        return f"Remove {self.docker_id} from the organization."


@dataclass(frozen=True)
class DeleteTeam(Change):
    """What the team was goes with it into the journal, so that it can be made again; it makes no other change of it."""

    kind: ClassVar[str] = "delete_team"
    team: str
    description: str = field(default="", compare=False, repr=False)
    people: tuple[str, ...] = field(default=(), compare=False, repr=False)
    # (repository, permission)
    grants: tuple[tuple[str, str], ...] = field(default=(), compare=False, repr=False)

    def __str__(self) -> str:
        return f"Delete the team {self.team}."


KINDS: dict[str, type[Change]] = {
    change.kind: change
    for change in (
        CancelInvite, CreateRepository, CreateTeam, RenameTeam, DescribeTeam, Invite, ResendInvite, AddToTeam,
        AssignPermission, ChangePermission, RemovePermission, RemoveFromTeam, RemoveMember, DeleteTeam,
        AddCollaborator, RemoveCollaborator, DescribeRepository, ChangeVisibility, SetImmutableTags,
    )
}  # fmt: skip


def from_facts(kind: str, facts: Facts) -> Change:
    """The change that was stored. Raises KeyError or TypeError for what no change of ours wrote."""
    return KINDS[kind](
        **{name: tuple(value) if isinstance(value, list) else value for name, value in facts.items()}
    )

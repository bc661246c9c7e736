"""What the answers of Docker Hub become: values without a network behind them. Pure.

The API says *group* and *username*; from here on it is `team` and `docker_id` (lower case). Each `from_row`
raises HubUnavailable where something is missing without which the row means nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from hubsync.hub import json_fields as field
from hubsync.hub.json_fields import Row

T = TypeVar("T")


@dataclass(frozen=True)
class Listing(Generic[T]):
    """All rows of a list in the order in which they came, and what the pages said about their number.

    Rows are not de-duplicated: pages shift while they are read. `complete` is True where the pages ended by
    themselves and as many rows came as the first and the last page said (where they said a number at all).
    """

    rows: tuple[T, ...]
    count_first: int | None
    count_last: int | None
    complete: bool


@dataclass(frozen=True)
class Organization:
    uuid: str
    name: str
    full_name: str

    @classmethod
    def from_row(cls, row: Row) -> Organization:
        name = field.needed_text(row, "orgname", "username").lower()
        return cls(field.account_id(row), name, field.text(row, "full_name"))


@dataclass(frozen=True)
class User:
    uuid: str
    docker_id: str
    full_name: str

    @classmethod
    def from_row(cls, row: Row) -> User:
        docker_id = field.needed_text(row, "username").lower()
        return cls(field.account_id(row), docker_id, field.text(row, "full_name"))


@dataclass(frozen=True)
class Member:
    """A member of an organization. `role` is in lower case;

    `teams` are names; an invitee may have no docker_id.
    """

    uuid: str
    docker_id: str
    email: str
    full_name: str
    role: str
    teams: tuple[str, ...]
    joined_at: datetime | None = None

    @property
    def is_owner(self) -> bool:
        return self.role == "owner"

    @property
    def is_invitee(self) -> bool:
        return self.role == "invitee"

    @classmethod
    def from_row(cls, row: Row) -> Member:
        # Hub: roles are lower case in requests and capitalised in answers.
        return cls(
            uuid=field.account_id(row),
            docker_id=field.text(row, "username").lower(),
            email=field.text(row, "email", "primary_email").lower(),
            full_name=field.text(row, "full_name"),
            role=field.needed_text(row, "role").lower(),
            teams=field.texts(row, "groups"),
            joined_at=field.moment(row, "date_joined"),
        )


@dataclass(frozen=True)
class Team:
    """A team. Teams are addressed by name; permissions name them by the numeric `id`."""

    id: int
    uuid: str
    name: str
    description: str
    member_count: int | None

    @classmethod
    def from_row(cls, row: Row) -> Team:
        return cls(
            id=field.needed_number(row, "id"),
            uuid=field.text(row, "uuid").replace("-", "").lower(),
            name=field.needed_text(row, "name"),
            description=field.text(row, "description"),
            member_count=field.number(row, "member_count"),
        )


@dataclass(frozen=True)
class TeamMember:
    """Someone in a team. Only owners are shown the e-mail address."""

    uuid: str
    docker_id: str
    email: str
    full_name: str

    @classmethod
    def from_row(cls, row: Row) -> TeamMember:
        return cls(
            uuid=field.account_id(row),
            docker_id=field.needed_text(row, "username").lower(),
            email=field.text(row, "email").lower(),
            full_name=field.text(row, "full_name"),
        )


@dataclass(frozen=True)
class Invite:
    """A pending invitation. `invitee` is the address or Docker ID exactly as it was typed;

    `team` may be "".
    """

    id: str
    invitee: str
    team: str
    role: str
    invited_at: datetime | None
    inviter: str = ""

    @classmethod
    def from_row(cls, row: Row) -> Invite:
        return cls(
            id=field.needed_text(row, "id"),
            invitee=field.needed_text(row, "invitee"),
            team=field.text(row, "team"),
            role=field.text(row, "role").lower(),
            invited_at=field.moment(row, "created_at"),
            inviter=field.text(row, "inviter_username"),
        )


@dataclass(frozen=True)
class InviteOutcome:
    """What became of one invitee. `status` is Docker Hub's own word: the set is open, so the word is kept."""

    invitee: str
    status: str
    invite: Invite | None = None

    @property
    def is_invited(self) -> bool:
        return self.status == "invited"

    @property
    def is_member_already(self) -> bool:
        return self.status == "existing_org_member"

    @classmethod
    def from_row(cls, row: Row) -> InviteOutcome:
        invite = row.get("invite")
        return cls(
            invitee=field.needed_text(row, "invitee"),
            status=field.text(row, "status"),
            invite=Invite.from_row(invite) if isinstance(invite, dict) and invite.get("id") else None,
        )


@dataclass(frozen=True)
class TeamPermission:
    """What one team may do with one repository: `level` is "read", "write" or "admin"."""

    team_id: int
    team_name: str
    level: str

    @classmethod
    def from_row(cls, row: Row) -> TeamPermission:
        level = field.needed_text(row, "permission").lower()
        return cls(field.needed_number(row, "group_id"), field.text(row, "group_name"), level)


@dataclass(frozen=True)
class TeamRepository:
    """A repository that a team may use; `level` is "" where the answer did not tell."""

    namespace: str
    name: str
    level: str

    @classmethod
    def from_row(cls, row: Row) -> TeamRepository:
        name = field.needed_text(row, "name", "repository", "repository_name")
        namespace, _, short = name.rpartition("/")
        return cls(field.text(row, "namespace") or namespace, short, field.text(row, "permission").lower())


@dataclass(frozen=True)
class Collaborator:
    """Somebody who may push to a repository of a personal account."""

    docker_id: str

    @classmethod
    def from_row(cls, row: Row) -> Collaborator:
        # Hub: undocumented; the body of the request says `user`, people are `username` everywhere else.
        return cls(field.needed_text(row, "user", "username").lower())


@dataclass(frozen=True)
class AuditAction:
    """A kind of line of the audit log, named as the log names it: "org.team.create"."""

    action: str
    label: str


@dataclass(frozen=True)
class AccessToken:
    """An access token of the organization, as the list shows it: never its value."""

    id: str
    label: str
    is_active: bool
    expires_at: datetime | None
    last_used_at: datetime | None

    @classmethod
    def from_row(cls, row: Row) -> AccessToken:
        return cls(
            id=field.needed_text(row, "id"),
            label=field.text(row, "label"),
            is_active=field.yes(row, "is_active"),
            expires_at=field.moment(row, "expires_at"),
            last_used_at=field.moment(row, "last_used_at"),
        )


@dataclass(frozen=True)
class AuditEntry:
    """One line of the audit log. `action` is like "org.team.create";

    `actor` a Docker ID or the name of a token.
    """

    action: str
    name: str
    actor: str
    at: datetime | None
    description: str

    @classmethod
    def from_row(cls, row: Row) -> AuditEntry:
        return cls(
            action=field.needed_text(row, "action"),
            name=field.text(row, "name"),
            actor=field.text(row, "actor"),
            at=field.moment(row, "timestamp"),
            description=field.text(row, "action_description"),
        )

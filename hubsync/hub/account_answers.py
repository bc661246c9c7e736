"""What the answers about accounts become, their members and invitations: values without a network. Pure.

The API says *group* and *username*; from here on it is `team` and `docker_id` (lower case). Each `from_row`
raises HubUnavailable where something is missing without which the row means nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hubsync.hub import json_fields as field
from hubsync.hub.json_fields import Row


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
class Collaborator:
    """Somebody who may push to a repository of a personal account."""

    docker_id: str

    @classmethod
    def from_row(cls, row: Row) -> Collaborator:
        # Hub: undocumented; the body of the request says `user`, people are `username` everywhere else.
        return cls(field.needed_text(row, "user", "username").lower())

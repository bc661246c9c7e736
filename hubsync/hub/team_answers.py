"""What the answers about teams become, and what teams may do with repositories. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from hubsync.hub import json_fields as field
from hubsync.hub.json_fields import Row


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

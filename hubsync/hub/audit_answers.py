"""What the answers become that only owners look at: the audit log and the organization's access tokens. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hubsync.hub import json_fields as field
from hubsync.hub.json_fields import Row


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
    """One line of the audit log. `action` is like "org.team.create"; `actor` a Docker ID or the name of a token.

    `about` are all names in it, in lower case: of the thing itself, and of what its data names besides.
    """

    action: str
    name: str
    actor: str
    at: datetime | None
    description: str
    about: frozenset[str] = frozenset()

    @classmethod
    def from_row(cls, row: Row) -> AuditEntry:
        # Hub: what `data` holds depends on the action and is described nowhere.
        data = field.row_or_empty(row, "data")
        named = [field.text(row, "name"), *(value for value in data.values() if isinstance(value, str))]
        return cls(
            action=field.needed_text(row, "action"),
            name=field.text(row, "name"),
            actor=field.text(row, "actor"),
            at=field.moment(row, "timestamp"),
            description=field.text(row, "action_description"),
            about=frozenset(name.lower() for name in named if name),
        )

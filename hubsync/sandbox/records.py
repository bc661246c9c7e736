"""What the local Docker Hub remembers: one flat record per thing, so that all of it can be kept as JSON."""

from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, TypeVar
from uuid import uuid4

Row = dict[str, Any]
Record = TypeVar("Record")


def new_uuid() -> str:
    return str(uuid4())


@dataclass(kw_only=True)
class User:
    username: str
    email: str
    password: str
    joined_at: datetime
    full_name: str = ""
    second_factor: str | None = None
    email_verified: bool = True
    uuid: str = field(default_factory=new_uuid)


@dataclass(kw_only=True)
class Organization:
    name: str
    seats: int
    joined_at: datetime
    full_name: str = ""
    badge: str | None = None
    settings: Row = field(default_factory=dict)
    uuid: str = field(default_factory=new_uuid)


@dataclass(kw_only=True)
class Membership:
    organization: str
    username: str
    role: str
    joined_at: datetime


@dataclass(kw_only=True)
class Team:
    id: int
    organization: str
    name: str
    description: str = ""
    role: str | None = None
    uuid: str = field(default_factory=new_uuid)


@dataclass(kw_only=True)
class TeamMembership:
    team_id: int
    username: str


@dataclass(kw_only=True)
class Invite:
    organization: str
    invitee: str
    role: str
    team_id: int | None
    inviter: str
    created_at: datetime
    sent_at: datetime
    status: str = "pending"
    id: str = field(default_factory=new_uuid)


@dataclass(kw_only=True)
class Repository:
    id: int
    namespace: str
    name: str
    registered_at: datetime
    description: str = ""
    full_description: str | None = None
    is_private: bool = False
    status: int = 1
    updated_at: datetime | None = None
    pull_count: int = 0
    star_count: int = 0
    immutable_tags: bool = False
    immutable_tags_rules: list[str] = field(default_factory=list)

    @property
    def path(self) -> str:
        return f"{self.namespace}/{self.name}"


@dataclass(kw_only=True)
class Grant:
    repository_id: int
    team_id: int
    permission: str


@dataclass(kw_only=True)
class Collaborator:
    repository_id: int
    username: str


@dataclass(kw_only=True)
class Tag:
    """`platforms` are written "linux/arm64/v8"; `images_shown` is "filled", "empty" or "null".

    `config` is what its builder wrote into the configuration: {"Env": ["PORT=80"], "ExposedPorts": {"80/tcp": {}}};
    `layers` are the files of each layer that has some: [{"app/index.html": "<h1>…"}].
    """

    id: int
    repository_id: int
    name: str
    platforms: list[str]
    size_bytes: int
    pushed_at: datetime
    pushed_by: str
    revision: int = 1
    attestations: bool = False
    images_shown: str = "filled"
    config: Row = field(default_factory=dict)
    layers: list[dict[str, str]] = field(default_factory=list)
    pulled_at: datetime | None = None


@dataclass(kw_only=True)
class AccessToken:
    """`kind` is "organization" or "personal"; only a digest of the value is remembered."""

    kind: str
    owner: str
    label: str
    value_digest: str
    created_by: str
    created_at: datetime
    description: str = ""
    scopes: list[str] = field(default_factory=list)
    resources: list[Row] = field(default_factory=list)
    expires_at: datetime | None = None
    last_used_at: datetime | None = None
    is_active: bool = True
    id: str = field(default_factory=new_uuid)


@dataclass(kw_only=True)
class Event:
    account: str
    action: str
    name: str
    actor: str
    happened_at: datetime
    data: Row = field(default_factory=dict)


def to_row(record: Any) -> Row:
    """The record as JSON can hold it; fields named `…_at` become ISO text."""
    values = {one.name: getattr(record, one.name) for one in fields(record)}
    return {
        name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()
    }


def from_row(kind: type[Record], row: Row) -> Record:
    """A record back from `to_row`."""
    moments = {
        name: datetime.fromisoformat(value) for name, value in row.items() if name.endswith("_at") and value
    }
    return kind(**{**row, **moments})

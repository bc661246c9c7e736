"""What an organization is, said in the same words whether it is desired or observed. Frozen, pure.

People are keyed by their Docker ID in lower case, or by their e-mail in lower case while they are only invited.
A repository is its name inside the organization ("lamp", not "iestriana/lamp").
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hubsync.hub.scopes import Area


class Permission(StrEnum):
    """What a team may do with a repository; each includes the ones before."""

    READ = "read"
    WRITE = "write"
    ADMIN = "admin"

    @property
    def rank(self) -> int:
        return list(Permission).index(self)


@dataclass(frozen=True, order=True)
class Person:
    """Somebody by Docker ID, by e-mail, or by both; at least one is given."""

    docker_id: str = ""
    email: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "docker_id", self.docker_id.strip().lower())
        object.__setattr__(self, "email", self.email.strip().lower())

    @property
    def key(self) -> str:
        """What an invitation is addressed to: the Docker ID, or the e-mail where there is none."""
        return self.docker_id or self.email


@dataclass(frozen=True)
class Grant:
    """What the team that holds it may do with one repository."""

    repository: str
    permission: Permission

    def __post_init__(self) -> None:
        object.__setattr__(self, "repository", self.repository.lower())


@dataclass(frozen=True)
class TeamState:
    """A team. `uuid` and `number` are Docker Hub's, `class_group_id` is ours; each is empty on the other side."""

    name: str
    description: str = ""
    people: frozenset[Person] = frozenset()
    grants: frozenset[Grant] = frozenset()
    uuid: str = ""
    number: int | None = None
    class_group_id: int | None = None

    @property
    def key(self) -> str:
        return self.name.lower()

    @property
    def permissions(self) -> dict[str, Permission]:
        return {grant.repository: grant.permission for grant in self.grants}


@dataclass(frozen=True)
class RepositoryState:
    name: str
    is_private: bool = True
    description: str = ""
    last_updated: datetime | None = None

    @property
    def key(self) -> str:
        return self.name.lower()


@dataclass(frozen=True)
class RepositoryWish:
    """What a person of the school asked to be changed of one repository; None leaves it as it is.

    It is a wish for once: as soon as it is done it is gone, and what others change later stays.
    """

    name: str
    is_private: bool | None = None
    description: str | None = None
    has_immutable_tags: bool | None = None

    @property
    def key(self) -> str:
        return self.name.lower()


@dataclass(frozen=True)
class MemberState:
    """Somebody who has accepted. `role` is in lower case: "owner", "editor", "member" or a custom one."""

    person: Person
    role: str = "member"
    uuid: str = ""

    @property
    def is_owner(self) -> bool:
        return self.role == "owner"


@dataclass(frozen=True)
class InviteState:
    """An invitation that waits for its answer; it takes a seat. `invitee` is as typed, in lower case.

    `invite_id` is "" where the list does not show it yet.
    """

    invite_id: str
    invitee: str
    team: str = ""
    role: str = "member"
    created_at: datetime | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "invitee", self.invitee.strip().lower())


@dataclass(frozen=True, order=True)
class Collaboration:
    """Somebody who may push to one repository of a personal account; an organization has teams instead."""

    repository: str
    docker_id: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "repository", self.repository.lower())
        object.__setattr__(self, "docker_id", self.docker_id.strip().lower())


@dataclass(frozen=True)
class OrganizationState:
    """An organization, wanted or seen.

    Desired: `teams` with everybody and everything they should have, `repositories` that should exist, `seats` bought
    (None: not known, so never short). Observed: everything, except the areas in `unseen`, of which nothing may be
    planned, and the permissions (or collaborators) of repositories that are not in `repositories_read` (None: all were
    read), or of teams (in lower case) that are not in `teams_read`.
    """

    teams: frozenset[TeamState] = frozenset()
    repositories: frozenset[RepositoryState] = frozenset()
    members: frozenset[MemberState] = frozenset()
    invites: frozenset[InviteState] = frozenset()
    collaborations: frozenset[Collaboration] = frozenset()
    seats: int | None = None
    uuid: str = ""
    seen_at: datetime | None = None
    unseen: frozenset[Area] = frozenset()
    repositories_read: frozenset[str] | None = None
    teams_read: frozenset[str] | None = None
    # Desired only.
    repository_wishes: frozenset[RepositoryWish] = frozenset()

    def sees(self, *areas: Area) -> bool:
        return not self.unseen & set(areas)

    def reads_permissions_of(self, repository: str, team: str = "") -> bool:
        """Whether it was read what may be done with this repository (by this team)."""
        is_read = self.repositories_read is None or repository in self.repositories_read
        return is_read and (not team or self.teams_read is None or team.lower() in self.teams_read)

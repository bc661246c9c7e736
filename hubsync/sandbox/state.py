"""All that the local Docker Hub knows, in memory, found through dictionaries and never by searching."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import singledispatchmethod
from itertools import chain
from secrets import token_hex
from threading import RLock
from typing import Any

from .clock import Clock
from .faults import Faults
from .journal import Journal
from .limits import Limits
from .manifests import Manifest
from .records import (
    AccessToken,
    Collaborator,
    Event,
    Grant,
    Invite,
    Membership,
    Organization,
    Repository,
    Tag,
    Team,
    TeamMembership,
    User,
)
from .switches import Switches


class State:
    """The tables and their indexes. `put` is the only way in, for new records and those from a file."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.clock = Clock()
        self.switches = Switches()
        self.faults = Faults()
        self.limits = Limits()
        self.journal = Journal()
        self.signing_key = token_hex(32)
        self.ended_bearers: set[str] = set()
        self.next_id = 1000
        self.users: dict[str, User] = {}
        self.username_by_email: dict[str, str] = {}
        self.organizations: dict[str, Organization] = {}
        self.members: dict[str, dict[str, Membership]] = defaultdict(dict)
        self.organization_names_of: dict[str, dict[str, None]] = defaultdict(dict)
        self.owners: dict[str, dict[str, None]] = defaultdict(dict)
        self.teams: dict[str, dict[str, Team]] = defaultdict(dict)
        self.team_by_id: dict[int, Team] = {}
        self.former_team_names: dict[tuple[str, str], int] = {}
        self.team_members: dict[int, dict[str, None]] = defaultdict(dict)
        self.team_ids_of: dict[tuple[str, str], dict[int, None]] = defaultdict(dict)
        self.invites: dict[str, Invite] = {}
        # How many mails each invitee was ever sent, the ones sent again included.
        self.mails: Counter[str] = Counter()
        self.pending_invites: dict[str, dict[str, Invite]] = defaultdict(dict)
        self.repositories: dict[str, dict[str, Repository]] = defaultdict(dict)
        self.repository_by_id: dict[int, Repository] = {}
        self.permissions: dict[int, dict[int, str]] = defaultdict(dict)
        self.repository_ids_of_team: dict[int, dict[int, None]] = defaultdict(dict)
        self.collaborators: dict[int, dict[str, None]] = defaultdict(dict)
        self.tags: dict[int, dict[str, Tag]] = defaultdict(dict)
        self.manifests: dict[int, dict[str, Manifest]] = defaultdict(dict)
        self.blobs: dict[int, dict[str, bytes]] = defaultdict(dict)
        self.access_tokens: dict[str, dict[str, AccessToken]] = defaultdict(dict)
        self.access_token_by_digest: dict[str, AccessToken] = {}
        self.access_token_by_id: dict[str, AccessToken] = {}
        self.events: dict[str, list[Event]] = defaultdict(list)

    def new_id(self) -> int:
        self.next_id += 1
        return self.next_id

    def records(self) -> Iterator[Any]:
        """Every record, in an order in which `put` can take them back."""
        yield from self.users.values()
        yield from self.organizations.values()
        by_owner: tuple[Any, ...] = (self.members, self.teams)
        for table in by_owner:
            yield from chain.from_iterable(rows.values() for rows in table.values())
        for team_id, usernames in self.team_members.items():
            yield from (TeamMembership(team_id=team_id, username=username) for username in usernames)
        yield from self.invites.values()
        yield from self.repository_by_id.values()
        for repository_id, permissions in self.permissions.items():
            yield from (
                Grant(repository_id=repository_id, team_id=team_id, permission=permission)
                for team_id, permission in permissions.items()
            )
        for repository_id, usernames in self.collaborators.items():
            yield from (Collaborator(repository_id=repository_id, username=name) for name in usernames)
        yield from chain.from_iterable(rows.values() for rows in self.tags.values())
        yield from self.access_token_by_id.values()
        yield from chain.from_iterable(self.events.values())

    @singledispatchmethod
    def put(self, record: object) -> None:
        raise TypeError(f"nothing is known about {type(record).__name__}")

    @put.register
    def _(self, user: User) -> None:
        self.users[user.username] = user
        self.username_by_email[user.email.lower()] = user.username

    @put.register
    def _(self, organization: Organization) -> None:
        self.organizations[organization.name] = organization

    @put.register
    def _(self, member: Membership) -> None:
        self.members[member.organization][member.username] = member
        self.organization_names_of[member.username][member.organization] = None
        self.owners[member.organization].pop(member.username, None)
        if member.role == "owner":
            self.owners[member.organization][member.username] = None

    @put.register
    def _(self, team: Team) -> None:
        self.teams[team.organization][team.name] = team
        self.team_by_id[team.id] = team

    @put.register
    def _(self, seat: TeamMembership) -> None:
        team = self.team_by_id.get(seat.team_id)
        if team is not None:
            self.team_members[team.id][seat.username] = None
            self.team_ids_of[team.organization, seat.username][team.id] = None

    @put.register
    def _(self, invite: Invite) -> None:
        self.invites[invite.id] = invite
        if invite.status == "pending":
            self.pending_invites[invite.organization][invite.invitee.lower()] = invite
        else:
            self.pending_invites[invite.organization].pop(invite.invitee.lower(), None)

    @put.register
    def _(self, repository: Repository) -> None:
        self.repositories[repository.namespace][repository.name] = repository
        self.repository_by_id[repository.id] = repository

    @put.register
    def _(self, grant: Grant) -> None:
        self.permissions[grant.repository_id][grant.team_id] = grant.permission
        self.repository_ids_of_team[grant.team_id][grant.repository_id] = None

    @put.register
    def _(self, collaborator: Collaborator) -> None:
        self.collaborators[collaborator.repository_id][collaborator.username] = None

    @put.register
    def _(self, tag: Tag) -> None:
        self.tags[tag.repository_id][tag.name] = tag

    @put.register
    def _(self, token: AccessToken) -> None:
        self.access_tokens[token.owner][token.id] = token
        self.access_token_by_id[token.id] = token
        self.access_token_by_digest[token.value_digest] = token

    @put.register
    def _(self, event: Event) -> None:
        self.events[event.account].append(event)

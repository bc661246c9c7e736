"""Which permissions our teams have: by the team where Docker Hub answers that, else by each repository.

By the team it is one call for each class, whatever it may use. A school with fewer repositories than teams is read by
repository, because that is fewer calls, and either way tells everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from hubsync.hub.errors import HubForbidden, HubNotFound, NotSupportedHere
from hubsync.hub.reader import HubReader
from hubsync.hub.team_answers import TeamPermission
from hubsync.planning.match import find_observed
from hubsync.planning.owned import Owned
from hubsync.planning.state import Grant, Permission, TeamState
from hubsync.planning.wishes import Wishes, key_of
from hubsync.sync.turns_of_reading import Kind, Turns
from hubsync.sync.unproven import Unproven
from hubsync.sync.whole_lists import whole


@dataclass(frozen=True)
class SeenGrants:
    """The teams with the permissions that were read; of which repositories and teams they were (None: of all)."""

    teams: frozenset[TeamState]
    repositories_read: frozenset[str] | None = None
    teams_read: frozenset[str] | None = None


class PermissionReader:
    """Reads what has its turn. `other_calls` are what the look asks besides."""

    def __init__(
        self, reader: HubReader, organization: str, turns: Turns, wishes: Wishes, other_calls: int
    ) -> None:
        self.reader, self.organization = reader, organization
        self.turns, self.wishes, self.other_calls = turns, wishes, other_calls

    def read(self, teams: Sequence[TeamState], owned: Owned) -> SeenGrants:
        """Ours with their permissions. Those of other teams are nobody's business and are not read."""
        ours = {team.number for claim in owned.teams if (team := find_observed(claim, teams))}
        mine = [team for team in teams if team.number in ours]
        if not mine:
            # Permissions are of teams: where none is ours, there is nothing to know.
            return SeenGrants(frozenset(teams))
        if self._has_few_repositories():
            return self._by_repository_or_team(teams, mine, ours)
        try:
            return self._by_team(teams, mine)
        except NotSupportedHere:
            return self._by_repository(teams, ours)

    def _has_few_repositories(self) -> bool:
        return len(self.wishes.by_repository) < len(self.wishes.by_team)

    def _by_repository_or_team(
        self, teams: Sequence[TeamState], mine: Sequence[TeamState], ours: Iterable[int | None]
    ) -> SeenGrants:
        try:
            return self._by_repository(teams, ours)
        except (HubForbidden, NotSupportedHere):
            return self._by_team(teams, mine)

    def _by_team(self, teams: Sequence[TeamState], mine: Sequence[TeamState]) -> SeenGrants:
        keys = self.turns.choose(Kind.TEAM, self.wishes.by_team, self.other_calls, all_now=True)
        asked = [team for team in mine if key_of(team) in set(keys)]
        # The first answer tells whether Docker Hub has this route at all; it is not asked four times for nothing.
        seen = [self._grants_of(team) for team in asked[:1]]
        seen += self.reader.connection.read_together([partial(self._grants_of, team) for team in asked[1:]])
        grants = {team.number: found for team, found in zip(asked, seen, strict=True)}
        return SeenGrants(
            frozenset(replace(team, grants=grants.get(team.number, frozenset())) for team in teams),
            teams_read=frozenset(team.key for team in asked),
        )

    def _grants_of(self, team: TeamState) -> frozenset[Grant]:
        """Hub: undocumented; where the level is not told, the route is of no use."""
        listing = self.reader.list_team_repositories(self.organization, team.name)
        rows = whole(listing, lambda row: row.name, f"repositories of {team.name}")
        if any(row.level not in list(Permission) for row in rows):
            raise NotSupportedHere("team_repositories")
        return frozenset(Grant(row.name, Permission(row.level)) for row in rows)

    def _by_repository(self, teams: Sequence[TeamState], ours: Iterable[int | None]) -> SeenGrants:
        names = self.turns.choose(
            Kind.REPOSITORY,
            self.wishes.by_repository,
            self.other_calls,
            all_now=self._has_few_repositories(),
        )
        # The first answer tells which of the two routes it is.
        lists = [self._permissions_of(name) for name in names[:1]]
        lists += self.reader.connection.read_together(
            [partial(self._permissions_of, name) for name in names[1:]]
        )
        grants: dict[int | None, set[Grant]] = {}
        for name, rows in zip(names, lists, strict=True):
            for row in rows:
                if row.team_id in set(ours) and row.level in list(Permission):
                    grants.setdefault(row.team_id, set()).add(Grant(name, Permission(row.level)))
        return SeenGrants(
            frozenset(replace(team, grants=frozenset(grants.get(team.number, ()))) for team in teams),
            repositories_read=frozenset(names),
        )

    def _permissions_of(self, name: str) -> tuple[TeamPermission, ...]:
        try:
            listing = self.reader.list_repository_permissions(self.organization, name)
        except HubNotFound as problem:
            raise Unproven(
                "went_away", f"the repository {name} went away while it was looked at", repository=name
            ) from problem
        return whole(listing, lambda row: row.team_id, f"permissions of {name}")

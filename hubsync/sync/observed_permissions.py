"""Which permissions our teams have: by the team where Docker Hub answers that, else by each repository."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from hubsync.hub.errors import HubNotFound, IncompleteObservation, NotSupportedHere
from hubsync.hub.reader import HubReader
from hubsync.planning.match import find_observed
from hubsync.planning.owned import Owned
from hubsync.planning.state import Grant, Permission, TeamState


def read_grants(
    reader: HubReader,
    organization: str,
    teams: Sequence[TeamState],
    owned: Owned,
    repositories: Iterable[str],
) -> frozenset[TeamState]:
    """The teams, ours with their permissions. Those of other teams are nobody's business and are not read."""
    ours = {team.number for claim in owned.teams if (team := find_observed(claim, teams))}
    mine = [team for team in teams if team.number in ours]
    if not mine:
        return frozenset(teams)
    try:
        seen = {team.number: _by_team(reader, organization, team) for team in mine}
    except NotSupportedHere:
        seen = _by_repository(reader, organization, repositories)
    return frozenset(
        replace(team, grants=frozenset(seen.get(team.number, ()))) if team.number in ours else team
        for team in teams
    )


def _by_team(reader: HubReader, organization: str, team: TeamState) -> set[Grant]:
    """Hub: undocumented; where the level is not told, the route is of no use."""
    listing = reader.list_team_repositories(organization, team.name)
    if not listing.complete:
        raise IncompleteObservation(f"the list of repositories of the team {team.name} is not whole")
    if any(row.level not in list(Permission) for row in listing.rows):
        raise NotSupportedHere("team_repositories")
    return {Grant(row.name, Permission(row.level)) for row in listing.rows}


def _by_repository(
    reader: HubReader, organization: str, repositories: Iterable[str]
) -> dict[int | None, set[Grant]]:
    seen: dict[int | None, set[Grant]] = {}
    for name in repositories:
        try:
            listing = reader.list_repository_permissions(organization, name)
        except HubNotFound as problem:
            raise IncompleteObservation(
                f"the repository {name} went away while it was looked at"
            ) from problem
        if not listing.complete:
            raise IncompleteObservation(f"the list of permissions of {name} is not whole")
        for row in listing.rows:
            if row.level in list(Permission):
                seen.setdefault(row.team_id, set()).add(Grant(name, Permission(row.level)))
    return seen

"""What is wished of the permissions of one repository or of one team, as a digest. Pure.

A permission that was read as wished stays proven for as long as its wish is the same; another digest means that it has
to be read again before anything is said or done about it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from hubsync.hub.scopes import Area
from hubsync.planning.changes import (
    AssignPermission,
    Change,
    ChangePermission,
    RemovePermission,
)
from hubsync.planning.match import match_teams
from hubsync.planning.owned import Owned
from hubsync.planning.state import OrganizationState, TeamState


@dataclass(frozen=True)
class Wishes:
    """Digests of wishes by the name of the repository and by the `key_of` the team as it is seen."""

    by_repository: dict[str, str]
    by_team: dict[str, str]


def key_of(team: TeamState) -> str:
    """By what a team is known from one look to the next."""
    return team.uuid or team.key


def wishes_of(desired: OrganizationState, observed: OrganizationState, owned: Owned) -> Wishes:
    """The wishes for every repository that is there and every team of ours that is there."""
    # A team that somebody adopts, or whose mode changes, may have permissions anywhere that are now to go or to stay.
    claims = sorted((team.uuid or team.key, str(team.mode)) for team in owned.teams if team.is_adopted)
    grants: dict[str, list[tuple[str, str]]] = {row.key: [] for row in observed.repositories}
    for team in desired.teams:
        for grant in team.grants:
            if grant.repository in grants:
                grants[grant.repository].append((team.key, str(grant.permission)))
    return Wishes(
        {name: _digest([claims, sorted(given)]) for name, given in grants.items()},
        dict(_of_teams(desired, observed, owned)),
    )


def _of_teams(
    desired: OrganizationState, observed: OrganizationState, owned: Owned
) -> Iterable[tuple[str, str]]:
    if not observed.sees(Area.TEAMS):
        return
    for match in match_teams(desired, observed, owned):
        if match.observed is not None and match.owned is not None:
            wanted = match.desired.grants if match.desired else ()
            facts = sorted((grant.repository, str(grant.permission)) for grant in wanted)
            yield key_of(match.observed), _digest([str(match.owned.mode), match.desired is not None, facts])


def touched_repositories(changes: Iterable[Change]) -> frozenset[str]:
    """The repositories whose permissions these changes are about."""
    return frozenset(
        change.repository
        for change in changes
        if isinstance(change, AssignPermission | ChangePermission | RemovePermission)
    )


def touched_teams(changes: Iterable[Change]) -> frozenset[str]:
    """The teams, in lower case, whose permissions these changes are about."""
    return frozenset(
        change.team.lower()
        for change in changes
        if isinstance(change, AssignPermission | ChangePermission | RemovePermission)
    )


def _digest(facts: object) -> str:
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()

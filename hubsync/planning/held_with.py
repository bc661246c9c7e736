"""What waits because something else is held: what needs it, and what would be a way around it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from hubsync.planning.changes import (
    Change,
    CreateRepository,
    CreateTeam,
    DeleteTeam,
    RemoveFromTeam,
    RemoveMember,
    RenameTeam,
)
from hubsync.planning.state import OrganizationState


def followers(
    held: Collection[Change], others: Iterable[Change], observed: OrganizationState
) -> tuple[Change, ...]:
    """Those of the others that may not be done while these are held."""
    leavers, teams, repositories = _leavers(held, observed), _teams(held), _repositories(held)
    return tuple(
        change
        for change in others
        if (isinstance(change, RemoveMember) and change.docker_id in leavers)
        or change.team_name.lower() in teams
        or str(getattr(change, "repository", "")).lower() in repositories
    )


def _leavers(held: Collection[Change], observed: OrganizationState) -> set[str]:
    """Leaving the organization ends all memberships, so it may not be the way around one that is held."""
    people = {change.docker_id for change in held if isinstance(change, RemoveFromTeam)}
    deleted = {change.team.lower() for change in held if isinstance(change, DeleteTeam)}
    return people | {
        person.docker_id for team in observed.teams if team.key in deleted for person in team.people
    }


def _teams(held: Collection[Change]) -> set[str]:
    """Teams that are not there, or not under this name, before what is held is done."""
    made = {change.team.lower() for change in held if isinstance(change, CreateTeam)}
    return made | {change.new_name.lower() for change in held if isinstance(change, RenameTeam)}


def _repositories(held: Collection[Change]) -> set[str]:
    return {change.repository.lower() for change in held if isinstance(change, CreateRepository)}

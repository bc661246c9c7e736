"""An organization as it stands, without numbers and times: two of them are equal where nobody could tell a difference."""

from __future__ import annotations

from typing import Any

from hubsync.sandbox.world import World
from tests.hubsync.stage import ORGANIZATION


def picture(world: World, account: str = ORGANIZATION) -> dict[str, Any]:
    """Teams with people and permissions, members, invitations that wait, repositories, and how often whom was mailed."""
    return {
        "teams": {team.name: _team(world, team) for team in world.teams[account].values()},
        "members": {one.username: one.role for one in world.members[account].values()},
        "invited": sorted(world.pending_invites[account]),
        "repositories": {one.name: _repository(world, one) for one in world.repositories[account].values()},
        "mails": world.mails.copy(),
    }


def _team(world: World, team: Any) -> Any:
    repositories = world.repository_ids_of_team[team.id]
    levels = {world.repository_by_id[one].name: world.permissions[one][team.id] for one in repositories}
    return team.description, sorted(world.team_members[team.id]), levels


def _repository(world: World, repository: Any) -> Any:
    return repository.is_private, repository.description, sorted(world.collaborators[repository.id])

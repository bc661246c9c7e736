"""Somebody chooses another Docker ID, which Docker Hub lets them do: the number of the account stays."""

from __future__ import annotations

from tests.hubsync.laws.ground import Ground, other_name
from tests.hubsync.stage import ORGANIZATION


def rename_account(ground: Ground, was: str) -> None:
    world, name = ground.world, other_name(was)
    user, member = world.users.pop(was), world.members[ORGANIZATION].pop(was)
    user.username = member.username = name
    world.put(user)
    world.put(member)
    for team_id in world.team_ids_of.pop((ORGANIZATION, was), {}):
        del world.team_members[team_id][was]
        world.team_members[team_id][name] = None
        world.team_ids_of[ORGANIZATION, name][team_id] = None
    for names in (ground.members_by_hand, ground.gave_up):
        if was in names:
            names.remove(was)
            names.add(name)

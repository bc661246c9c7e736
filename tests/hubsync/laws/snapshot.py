"""What is not the portal's, and how much is, at one moment: to be compared with a later one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from hubsync.models import AnnouncedRemoval, Hold, OrganizationSync, RemoteObject
from hubsync.planning.changes import Change, from_facts
from tests.hubsync.laws.ground import Ground
from tests.hubsync.stage import ORGANIZATION


@dataclass(frozen=True)
class Snapshot:
    """`foreign` must be the same afterwards; `sizes` are what guards measure by; `allowed` what people let happen."""

    foreign: Any
    owners: frozenset[str]
    repositories: frozenset[str]
    uuid_of_class: dict[int, str]
    sizes: dict[str, int]
    allowed: frozenset[Change]
    sent: int
    generation: int


def take(ground: Ground) -> Snapshot:
    world = ground.world
    return Snapshot(
        foreign=_foreign(ground),
        owners=frozenset(world.owners[ORGANIZATION]),
        repositories=frozenset(world.repositories[ORGANIZATION]),
        uuid_of_class=_uuids(ground),
        sizes=_sizes(ground),
        allowed=frozenset(allowed_in(ground)),
        sent=len(ground.wire.sent),
        generation=OrganizationSync.objects.get(account=ground.account).generation,
    )


def _foreign(ground: Ground) -> Any:
    world = ground.world
    teams = {team.uuid: team for team in world.teams[ORGANIZATION].values()}
    return (
        {uuid: _contents(ground, teams[uuid]) for uuid in sorted(ground.teams_by_hand & set(teams))},
        {name: world.members[ORGANIZATION][name].role for name in sorted(_members_by_hand(ground))},
        {one.name: (one.is_private, one.description) for one in world.repositories[ORGANIZATION].values()},
        sorted(
            one.invitee for one in world.pending_invites[ORGANIZATION].values() if one.inviter == "handmade"
        ),
    )


def _members_by_hand(ground: Ground) -> set[str]:
    return ground.members_by_hand & set(ground.world.members[ORGANIZATION])


def _contents(ground: Ground, team: Any) -> Any:
    world = ground.world
    levels = {one: world.permissions[one][team.id] for one in world.repository_ids_of_team[team.id]}
    return team.name, team.description, sorted(world.team_members[team.id]), levels


def _uuids(ground: Ground) -> dict[int, str]:
    """The team that each class has on Docker Hub now."""
    claims = [one for one in ground.claims() if one.class_group_id and ground.find_team(one.uuid)]
    return {one.class_group_id: one.uuid for one in claims if one.class_group_id}


def _sizes(ground: Ground) -> dict[str, int]:
    world = ground.world
    teams = [team for one in ground.claims() if (team := ground.find_team(one.uuid))]
    return {
        "members": len(ground.claims(RemoteObject.Kind.MEMBER)),
        "teams": len(teams),
        "memberships": sum(len(world.team_members[one.id]) for one in teams),
        "permissions": sum(len(world.repository_ids_of_team[one.id]) for one in teams),
    }


def allowed_in(ground: Ground) -> Iterable[Change]:
    """Everything that somebody announced or approved, as it is written in the journal."""
    holds = Hold.objects.filter(account=ground.account, closed_at=None, approved_at__isnull=False)
    announced = AnnouncedRemoval.objects.filter(account=ground.account, expires_at__gt=ground.clock.now())
    for changes in [*(one.changes for one in holds), *(one.changes for one in announced)]:
        yield from (written(one["kind"], one["facts"]) for one in changes)


def written(kind: str, facts: dict[str, Any]) -> Change:
    """The change as it is compared: by what it is about, not by what it remembers of it."""
    return from_facts(kind, facts)

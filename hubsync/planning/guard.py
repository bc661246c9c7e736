"""Holds back dangerous removals until a person has looked, while everything else goes on. Pure.

Each kind of removal may take away, unannounced and in one run, up to the larger of a floor and a share of what is ours.
More than that holds the whole kind. Removals that a person announced or approved pass exactly as they were named.
Losing the membership of the organization cannot be undone without the person, so it waits a day besides.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from hubsync.hub.names import RESERVED_TEAMS
from hubsync.planning.changes import (
    Change,
    ChangePermission,
    DeleteTeam,
    RemoveCollaborator,
    RemoveFromTeam,
    RemoveMember,
    RemovePermission,
)
from hubsync.planning.match import find_observed
from hubsync.planning.order import in_order
from hubsync.planning.owned import Owned
from hubsync.planning.plan import HeldChanges, Plan
from hubsync.planning.state import OrganizationState

# How long a person is left in the organization after nothing keeps them there any more.
GRACE = timedelta(hours=24)


@dataclass(frozen=True)
class Limit:
    """At most `floor` or `share` of what is ours, whichever is more."""

    floor: int
    share: float

    def of(self, owned: int) -> int:
        return max(self.floor, int(self.share * owned))


LIMITS = {
    "members": Limit(3, 0.10),
    "teams": Limit(1, 0.10),
    "memberships": Limit(5, 0.20),
    "permissions": Limit(5, 0.20),
}


@dataclass(frozen=True)
class Consent:
    """What people have said about removals: announced beforehand, approved after a hold, and since when they are due.

    `first_planned` tells when a removal from the organization was first planned after a proven observation; a removal
    that is not in it is planned for the first time.
    """

    announced: frozenset[Change] = frozenset()
    approved: frozenset[Change] = frozenset()
    first_planned: dict[Change, datetime] = field(default_factory=dict)


def guarded_kind(change: Change) -> str | None:
    """ "members", "teams", "memberships" or "permissions"; None for what takes nothing away."""
    match change:
        case RemoveMember():
            return "members"
        case DeleteTeam():
            return "teams"
        case RemoveFromTeam():
            return "memberships"
        case RemovePermission() | RemoveCollaborator():
            return "permissions"
        case ChangePermission() if change.takes_away:
            return "permissions"
    return None


def hold_unsafe(plan: Plan, observed: OrganizationState, owned: Owned, consent: Consent) -> Plan:
    """The same plan with every guarded kind that takes away too much moved to its holds."""
    plan = _without_the_untouchable(plan, observed, owned)
    sizes = _sizes(observed, owned)
    holds = [hold for kind in LIMITS if (hold := _too_many(kind, plan, sizes[kind], consent))]
    held = {change for hold in holds for change in hold.changes}
    holds += _held_with_them(plan, held, observed)
    held |= {change for hold in holds for change in hold.changes}
    holds += _in_grace(plan, held, observed, consent)
    held |= {change for hold in holds for change in hold.changes}
    return replace(
        plan, changes=tuple(change for change in plan.changes if change not in held), holds=tuple(holds)
    )


def _without_the_untouchable(plan: Plan, observed: OrganizationState, owned: Owned) -> Plan:
    """The planner never touches owners, reserved teams or the portal itself; this says so a second time."""
    owners = {member.person.docker_id for member in observed.members if member.is_owner}

    def may(change: Change) -> bool:
        if change.team_name.lower() in RESERVED_TEAMS:
            return False
        leaver = (
            change.docker_id
            if isinstance(change, RemoveMember | RemoveFromTeam | RemoveCollaborator)
            else None
        )
        return leaver is None or (leaver != owned.identity and leaver not in owners)

    return replace(plan, changes=tuple(change for change in plan.changes if may(change)))


def _too_many(kind: str, plan: Plan, size: int, consent: Consent) -> HeldChanges | None:
    removals = [change for change in plan.changes if guarded_kind(change) == kind]
    unannounced = [change for change in removals if change not in consent.announced | consent.approved]
    if len(unannounced) <= LIMITS[kind].of(size):
        return None
    return HeldChanges(kind, in_order(unannounced))


def _held_with_them(plan: Plan, held: Collection[Change], observed: OrganizationState) -> list[HeldChanges]:
    """Leaving the organization ends all memberships, so it may not be the way around a membership that is held."""
    people = {change.docker_id for change in held if isinstance(change, RemoveFromTeam)}
    teams = {change.team.lower() for change in held if isinstance(change, DeleteTeam)}
    people |= {person.docker_id for team in observed.teams if team.key in teams for person in team.people}
    leavers = [
        change for change in plan.changes if isinstance(change, RemoveMember) and change.docker_id in people
    ]
    also = tuple(change for change in leavers if change not in held)
    return [HeldChanges("members", also)] if also else []


def _in_grace(
    plan: Plan, held: Collection[Change], observed: OrganizationState, consent: Consent
) -> list[HeldChanges]:
    waiting = [
        change
        for change in plan.changes
        if isinstance(change, RemoveMember)
        and change not in held
        and change not in consent.approved
        and not _has_waited(consent.first_planned.get(change), observed.seen_at)
    ]
    return [HeldChanges("members", tuple(waiting), "grace")] if waiting else []


def _has_waited(first_planned: datetime | None, seen_at: datetime | None) -> bool:
    return first_planned is not None and seen_at is not None and seen_at - first_planned >= GRACE


def _sizes(observed: OrganizationState, owned: Owned) -> dict[str, int]:
    teams = [team for claim in owned.teams if (team := find_observed(claim, observed.teams))]
    return {
        "members": len(owned.members),
        "teams": len(teams),
        "memberships": sum(len(team.people) for team in teams),
        "permissions": sum(len(team.grants) for team in teams) + len(owned.collaborations),
    }

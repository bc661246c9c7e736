"""How much may be taken away without anybody's having said so, kind by kind. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

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
from hubsync.planning.owned import Owned
from hubsync.planning.state import OrganizationState


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


def by_kind(changes: Collection[Change]) -> Iterator[tuple[str, tuple[Change, ...]]]:
    """The changes by their kind; what takes nothing away is of the kind "fights"."""
    for kind in (*LIMITS, "fights"):
        if found := tuple(change for change in changes if (guarded_kind(change) or "fights") == kind):
            yield kind, found


def sizes_of(observed: OrganizationState, owned: Owned, permissions: int = 0) -> dict[str, int]:
    """How much is ours of each kind. `permissions` are known, whether or not this look read them."""
    teams = [team for claim in owned.teams if (team := find_observed(claim, observed.teams))]
    seen = sum(len(team.grants) for team in teams)
    return {
        "members": len(owned.members),
        "teams": len(teams),
        "memberships": sum(len(team.people) for team in teams),
        "permissions": max(permissions, seen) + len(owned.collaborations),
    }

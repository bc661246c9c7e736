"""What on Docker Hub is the portal's: it alone may be changed or taken away. Frozen, pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from hubsync.planning.changes import Change
from hubsync.planning.state import Collaboration, TeamState

# The second key to a team, beside our row: what the portal writes into the description of each team that it makes.
MARK = "Aulahub"


def is_marked(team: TeamState) -> bool:
    """Whether the description still says that the team is the portal's."""
    return MARK.lower() in team.description.lower()


class Mode(StrEnum):
    """How far the portal goes with a team: exactly as said, at least what is said, or only looking."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    OBSERVE = "observe"


@dataclass(frozen=True)
class OwnedTeam:
    """A team that the portal made or that a person gave to it."""

    name: str
    uuid: str = ""
    mode: Mode = Mode.EXACT
    class_group_id: int | None = None
    # A person gave it to the portal; it was there before and stays when no class needs it.
    is_adopted: bool = False

    @property
    def key(self) -> str:
        return self.name.lower()


@dataclass(frozen=True)
class OwnedMember:
    """Somebody whom the portal invited: how many e-mails left after the first one, and when the last of them."""

    key: str
    resends: int = 0
    last_sent_at: datetime | None = None


@dataclass(frozen=True)
class Restored:
    """A removal that a person took back. `team` is what a deleted team was; `class_group_id` is the class of its team.

    Who is no longer a member needs a new invitation, which is sent only where the person asked for it (`may_invite`).
    """

    removal: Change
    class_group_id: int | None = None
    team: TeamState | None = None
    may_invite: bool = False
    # Which row says so.
    number: int = 0


@dataclass(frozen=True)
class Owned:
    """What on Docker Hub is ours. All else is left as it is.

    `aliases` tells under which Docker ID somebody is a member whom the school's rows call otherwise. `not_again` are the
    people whose invitation came to an end, with the word for it: only a click invites them anew. `assumed` are Docker IDs
    of members who may be somebody else than whom the portal invited.
    `identity` is the Docker ID that the portal itself acts as ("" for an organization's token). `uncertain` are the
    invitees of requests whose answer was lost so recently that looking would prove nothing yet. `restored` is what
    stays because a person took its removal back.
    """

    teams: frozenset[OwnedTeam] = frozenset()
    members: frozenset[OwnedMember] = frozenset()
    collaborations: frozenset[Collaboration] = frozenset()
    identity: str = ""
    uncertain: frozenset[str] = field(default=frozenset())
    restored: frozenset[Restored] = frozenset()
    aliases: tuple[tuple[str, str], ...] = ()
    not_again: tuple[tuple[str, str], ...] = ()
    assumed: frozenset[str] = frozenset()

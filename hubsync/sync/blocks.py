"""The rows behind the budget: blocks of calls that the workers behind one address took, by the database's clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db.models import F

from hubsync.models import CallBlock, HubBudget
from hubsync.sync.database_clock import database_now
from hubsync.sync.pacing import WINDOW_SECONDS, Taken, free_at, free_calls, limit_of

# Until Docker Hub's answers tell their limit.
UNTOLD_LIMIT = 120
# A block is used within this, and a call of it has its answer within the rest: then a block that its worker never
# closed, because it died, has been over for a minute.
BLOCK_SECONDS = 5.0
OPEN_SECONDS = BLOCK_SECONDS + 30.0
KEPT = timedelta(minutes=10)


@dataclass(frozen=True)
class Room:
    """What an address has left: `calls` now, or at `free_at` as many as were wanted."""

    calls: int
    free_at: datetime


def egress() -> str:
    return str(settings.HUB_URL)[:80]


def locked_budget() -> HubBudget:
    """This address's row, locked until the transaction ends."""
    HubBudget.objects.get_or_create(egress=egress())
    return HubBudget.objects.select_for_update().get(egress=egress())


def limit_now(budget: HubBudget) -> int:
    """Calls a minute for everybody behind this address."""
    return limit_of(budget.limit_told, settings.HUB_CALLS_PER_MINUTE or None, UNTOLD_LIMIT)


def room_of(budget: HubBudget, now: datetime, *, is_urgent: bool, wanted: int) -> Room:
    """How many calls are left, and when so many as wanted are."""
    taken, at, limit = _taken(budget, now), now.timestamp(), limit_now(budget)
    later = free_at(taken, at, limit, is_urgent=is_urgent, wanted=wanted)
    return Room(free_calls(taken, at, limit, is_urgent=is_urgent), datetime.fromtimestamp(later, UTC))


def take_block(budget: HubBudget, now: datetime, calls: int, *, is_urgent: bool) -> CallBlock:
    """Note that so many calls are taken; forget what has long ceased to count."""
    CallBlock.objects.filter(budget=budget, taken_at__lt=now - KEPT).delete()
    return CallBlock.objects.create(budget=budget, calls=calls, is_urgent=is_urgent, taken_at=now)


def close_block(block: CallBlock, unused: int) -> None:
    """The last answer of this block is there; what was not used is given back."""
    CallBlock.objects.filter(pk=block.pk).update(calls=F("calls") - unused, closed_at=database_now(block))


def _taken(budget: HubBudget, now: datetime) -> Iterable[Taken]:
    window = timedelta(seconds=WINDOW_SECONDS)
    rows = budget.blocks.filter(taken_at__gt=now - KEPT).values_list(
        "calls", "is_urgent", "taken_at", "closed_at"
    )
    ends = [
        (calls, urgent, closed or taken + timedelta(seconds=OPEN_SECONDS))
        for calls, urgent, taken, closed in rows
    ]
    return [Taken(calls, urgent, (end + window).timestamp()) for calls, urgent, end in ends]

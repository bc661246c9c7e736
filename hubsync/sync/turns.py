"""Schools take turns: who waits for room in the budget stays where it is in the queue, and clicks give way to clicks."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic, sleep

from hubsync.models import HubBudget, SyncRun
from hubsync.sync.blocks import egress, room_of
from hubsync.sync.budget import LONGEST_WAIT_SECONDS, PAUSE_SECONDS
from hubsync.sync.database_clock import database_now
from hubsync.sync.schedule import clicks_wait

# What a first look of a small school costs.
UNKNOWN_CALLS = 20
# A click that takes long lets others go first after this.
CLICK_SECONDS = 4.0
ASK_EVERY_SECONDS = 1.0


def wait_for_room(account_id: int, is_over: Callable[[], bool] = lambda: False) -> bool:
    """Whether background work may ask as often now as this account's last run did. Waits a little for it.

    Asked before the lease is taken: who gets no room has lost nothing, neither its calls nor its place in the queue.
    """
    wanted, until = _expected_calls(account_id), monotonic() + LONGEST_WAIT_SECONDS
    while not _has_room(wanted):
        if is_over() or monotonic() > until:
            return False
        sleep(PAUSE_SECONDS)
    return True


def giving_way(account_id: int, is_over: Callable[[], bool]) -> Callable[[], bool]:
    """`is_over`, and also once a click has taken some seconds while other people's clicks wait."""
    began = asked = monotonic()

    def is_enough() -> bool:
        nonlocal asked
        now = monotonic()
        if is_over() or now - began < CLICK_SECONDS or now - asked < ASK_EVERY_SECONDS:
            return is_over()
        asked = now
        return clicks_wait(besides=account_id)

    return is_enough


def _has_room(wanted: int) -> bool:
    budget = HubBudget.objects.filter(egress=egress()).first()
    if budget is None:
        return True
    now = database_now(budget)
    if budget.blocked_until and budget.blocked_until > now:
        return False
    return room_of(budget, now, is_urgent=False, wanted=wanted).free_at <= now


def _expected_calls(account_id: int) -> int:
    runs = SyncRun.objects.filter(account_id=account_id, calls__gt=0)
    return runs.values_list("calls", flat=True).first() or UNKNOWN_CALLS

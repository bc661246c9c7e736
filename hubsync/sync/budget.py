"""The calls that all workers behind one address may make together: a bucket in the database, taken in blocks.

Refilled by the database's clock. A full bucket holds a third of a minute's calls, so that a burst and a minute of
refilling stay below what Docker Hub allows. What clicks need is kept back from background work.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import sleep as sleep_seconds

from django.conf import settings
from django.db import transaction

from hubsync.hub.errors import BudgetUsedUp
from hubsync.hub.headers import BudgetHeaders
from hubsync.models import HubBudget
from hubsync.sync.database_clock import database_now

BLOCK = 10
SHARE_FOR_URGENT = 0.2
# A worker sleeps no longer than this while it holds a lease; then it gives it back and comes again.
LONGEST_WAIT_SECONDS = 5.0
PAUSE_SECONDS = 0.5


class Budget:
    """One worker's share of the calls. `before_call` is the hook of a connection."""

    def __init__(
        self,
        *,
        is_urgent: bool = False,
        sleep: Callable[[float], None] = sleep_seconds,
        longest_wait: float = LONGEST_WAIT_SECONDS,
    ) -> None:
        self.is_urgent, self.longest_wait = is_urgent, longest_wait
        self.egress = settings.HUB_URL[:80]
        self._in_hand = 0
        self._sleep = sleep

    def before_call(self) -> None:
        """Take one call. Waits a little for it; raises BudgetUsedUp where that would take longer."""
        waited = 0.0
        while self._in_hand < 1:
            self._in_hand, not_before = self._take_block()
            if self._in_hand < 1:
                if waited >= self.longest_wait or not_before > datetime.now(UTC) + timedelta(minutes=1):
                    raise BudgetUsedUp(not_before)
                self._sleep(PAUSE_SECONDS)
                waited += PAUSE_SECONDS
        self._in_hand -= 1

    def hear(self, headers: BudgetHeaders) -> None:
        """Docker Hub's own count: where it says that little is left, all workers hear of it."""
        if headers.remaining <= 1:
            self.block_until(headers.reset_at)

    def block_until(self, moment: datetime) -> None:
        """Docker Hub refused for now: nobody behind this address asks before that moment."""
        with transaction.atomic():
            bucket = self._bucket()
            bucket.blocked_until = max(filter(None, (bucket.blocked_until, moment)))
            bucket.available = 0
            bucket.save(update_fields=["blocked_until", "available"])

    def give_back(self) -> None:
        """Return what was taken and not used."""
        if self._in_hand:
            with transaction.atomic():
                bucket = self._bucket()
                bucket.available += self._in_hand
                bucket.save(update_fields=["available"])
            self._in_hand = 0

    def _take_block(self) -> tuple[int, datetime]:
        """(calls taken, when to try again): a block, or what is there of one."""
        with transaction.atomic():
            bucket = self._bucket()
            now = database_now(bucket)
            if bucket.blocked_until and bucket.blocked_until > now:
                return 0, bucket.blocked_until
            capacity = bucket.calls_per_minute / 3
            _refill(bucket, now, capacity)
            kept = 0.0 if self.is_urgent else capacity * SHARE_FOR_URGENT
            taken = int(max(0.0, min(BLOCK, bucket.available - kept)))
            bucket.available -= taken
            bucket.save(update_fields=["available", "refilled_at"])
            return taken, now + timedelta(seconds=60 / bucket.calls_per_minute)

    def _bucket(self) -> HubBudget:
        """This address's row, locked until the transaction ends."""
        calls = settings.HUB_CALLS_PER_MINUTE
        HubBudget.objects.get_or_create(
            egress=self.egress, defaults={"calls_per_minute": calls, "available": calls / 3}
        )
        bucket = HubBudget.objects.select_for_update().get(egress=self.egress)
        bucket.calls_per_minute = calls
        return bucket


def _refill(bucket: HubBudget, now: datetime, capacity: float) -> None:
    seconds = max(0.0, (now - bucket.refilled_at).total_seconds())
    bucket.available = min(capacity, bucket.available + seconds * bucket.calls_per_minute / 60)
    bucket.refilled_at = max(now, bucket.refilled_at)

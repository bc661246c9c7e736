"""One worker's share of the calls that all workers behind one address may make together.

The count is in the database (`blocks.py`), its arithmetic in `pacing.py`; calls are taken in blocks, so that not each of
them costs a transaction. What Docker Hub says is left counts where it is less. Threads may share a budget.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import RLock, get_ident
from time import monotonic
from time import sleep as sleep_seconds

from django.db import transaction

from hubsync.hub.errors import BudgetUsedUp, PauseAsked
from hubsync.hub.headers import BudgetHeaders
from hubsync.models import CallBlock, HubBudget
from hubsync.sync import circuit
from hubsync.sync.blocks import BLOCK_SECONDS, close_block, locked_budget, room_of, take_block
from hubsync.sync.database_clock import database_now
from hubsync.sync.pacing import SHARE_FOR_URGENT

BLOCK = 10
# Before its first call a run may as well come again later. After it, giving up would waste what was read.
LONGEST_WAIT_SECONDS = 5.0
LONGEST_WAIT_UNDER_WAY_SECONDS = 75.0
PAUSE_SECONDS = 0.25
LONGEST_PAUSE = timedelta(minutes=15)
# The smallest limit told counts this long; whoever asks meanwhile hears it again.
TOLD_FOR = timedelta(minutes=15)


class Budget:
    """`before_call` and `after_call` are the hooks of a connection, `hear` takes what its answers tell.

    `longest_wait` and `longest_wait_under_way` are seconds; `on_pause` is called while a call is waited for and may
    raise; `is_over` ends the waiting.
    """

    def __init__(
        self,
        *,
        is_urgent: bool = False,
        sleep: Callable[[float], None] = sleep_seconds,
        longest_wait: float | None = None,
        longest_wait_under_way: float | None = None,
        on_pause: Callable[[], None] = lambda: None,
        is_over: Callable[[], bool] = lambda: False,
    ) -> None:
        self.is_urgent, self.on_pause, self.is_over = is_urgent, on_pause, is_over
        self._first_wait = LONGEST_WAIT_SECONDS if longest_wait is None else longest_wait
        self._later_wait = longest_wait_under_way if longest_wait_under_way is not None else self._first_wait
        self._sleep, self._lock = sleep, RLock()
        # Which block each thread's call under way came out of; `whose` tells the thread.
        self._mine, self.whose = dict[int, _Block](), get_ident
        self._block: _Block | None = None
        self._closing: list[_Block] = []
        self._told = _Told(is_urgent)
        self._has_begun = self._is_trying = False

    def before_call(self) -> None:
        """Take one call. Waits a little for it; raises BudgetUsedUp where that would take longer."""
        waited = 0.0
        longest = self._later_wait if self._has_begun else self._first_wait
        while not_before := self._take():
            seconds = (not_before - datetime.now(UTC)).total_seconds()
            if waited >= longest or waited + seconds > longest or self.is_over():
                raise self._reason(not_before)
            self.on_pause()
            self._sleep(PAUSE_SECONDS)
            waited += PAUSE_SECONDS
        self._has_begun = True

    def after_call(self) -> None:
        """The answer of a call is there, or will not come."""
        with self._lock:
            block = self._mine.pop(self.whose(), None)
            if block:
                block.in_flight -= 1

    def hear(self, headers: BudgetHeaders) -> None:
        """Docker Hub's own count: its limit for everybody behind this address, what is left for this credential."""
        with self._lock:
            self._told.hear(headers)
            if not self._told.is_known(headers.limit):
                self._tell(headers.limit)

    def block_until(self, moment: datetime) -> datetime:
        """Docker Hub refused for now: nobody behind this address asks before that. The moment by the database's clock."""
        wait = min(max(moment - datetime.now(UTC), timedelta(0)), LONGEST_PAUSE)
        # Jitter: many workers that were refused together do not come back together.
        wait += timedelta(seconds=random.uniform(0, min(5.0, wait.total_seconds() / 10)))  # noqa: S311  no secret
        with transaction.atomic():
            row = locked_budget()
            row.blocked_until = max(filter(None, (row.blocked_until, database_now(row) + wait)))
            row.save(update_fields=["blocked_until"])
            return row.blocked_until

    def met_silence(self) -> None:
        """No Docker Hub answered, or something in front of it did."""
        circuit.note_silence()

    def met_answer(self) -> None:
        """Docker Hub answers."""
        if self._is_trying or self._told.silences:
            circuit.note_answer()
            self._is_trying, self._told.silences = False, 0

    def give_back(self) -> None:
        """Return what was taken and not used."""
        with self._lock, transaction.atomic():
            for block in filter(None, (*self._closing, self._block)):
                close_block(block.row, block.unused)
            self._closing, self._block = [], None

    def _take(self) -> datetime | None:
        """Take one call; None where that worked, else when to try again."""
        with self._lock:
            if not_before := self._told.not_before():
                return not_before
            is_spent = self._block is None or self._block.is_spent()
            if is_spent and (not_before := self._take_block()):
                return not_before
            assert self._block is not None
            self._block.use()
            self._mine[self.whose()] = self._block
            self._told.spend()
            return None

    def _take_block(self) -> datetime | None:
        with transaction.atomic():
            row = locked_budget()
            now = database_now(row)
            self._close_spent()
            self._told.learn(row, now)
            if row.blocked_until and row.blocked_until > now and not self._is_trying:
                return row.blocked_until
            if circuit.is_open(row) and not self._is_trying:
                circuit.let_one_try(row, now)
                self._is_trying = True
            room = room_of(row, now, is_urgent=self.is_urgent, wanted=1)
            if not room.calls:
                return max(room.free_at, now + timedelta(milliseconds=1))
            calls = min(BLOCK, room.calls)
            self._block = _Block(take_block(row, now, calls, is_urgent=self.is_urgent))
            return None

    def _close_spent(self) -> None:
        """Close what has all its answers; a block with a call under way counts on."""
        blocks = [*self._closing, *([self._block] if self._block else [])]
        self._closing = [block for block in blocks if block.in_flight]
        for block in blocks:
            if not block.in_flight:
                close_block(block.row, block.unused)
        self._block = None

    def _tell(self, limit: int) -> None:
        with transaction.atomic():
            row = locked_budget()
            row.limit_told, row.told_at = limit, database_now(row)
            row.save(update_fields=["limit_told", "told_at"])
            self._told.learn(row, row.told_at)

    def _reason(self, not_before: datetime) -> BudgetUsedUp:
        if self._told.is_blocked:
            return PauseAsked(not_before, is_silence=self._told.silences >= circuit.OPENS_AFTER)
        return BudgetUsedUp(not_before)


class _Block:
    """A block in hand. `in_flight` are calls that have left and have no answer yet."""

    def __init__(self, row: CallBlock) -> None:
        self.row, self.unused, self.in_flight, self._taken = row, row.calls, 0, monotonic()

    def use(self) -> None:
        self.unused -= 1
        self.in_flight += 1

    def is_spent(self) -> bool:
        return self.unused < 1 or monotonic() - self._taken > BLOCK_SECONDS


class _Told:
    """What Docker Hub told this worker, and what the common row held when it was last read."""

    def __init__(self, is_urgent: bool) -> None:
        self.is_urgent, self.silences, self.is_blocked = is_urgent, 0, False
        self._limit: int | None = None
        self._is_old = False
        self._left: BudgetHeaders | None = None
        self._spent = 0

    def learn(self, row: HubBudget, now: datetime) -> None:
        self._limit, self.silences = row.limit_told, row.silences
        self._is_old = row.told_at is None or now - row.told_at > TOLD_FOR / 2
        self.is_blocked = bool(row.blocked_until and row.blocked_until > now)
        if row.told_at is not None and now - row.told_at > TOLD_FOR:
            self._limit = None

    def is_known(self, limit: int) -> bool:
        """Whether the common row needs no news of this limit."""
        if limit < 1:
            return True
        return self._limit is not None and (
            limit > self._limit or (limit == self._limit and not self._is_old)
        )

    def hear(self, headers: BudgetHeaders) -> None:
        self._left, self._spent = headers, 0

    def spend(self) -> None:
        self._spent += 1

    def not_before(self) -> datetime | None:
        """When this credential may ask again, where Docker Hub says that it has little left."""
        if self._left is None or self._left.reset_at <= datetime.now(UTC):
            return None
        kept = 1 if self.is_urgent else int(self._left.limit * SHARE_FOR_URGENT)
        return self._left.reset_at if self._left.remaining - self._spent <= kept else None

"""After several runs in a row that met no Docker Hub, nobody asks for a while; then one tries for all.

Hub: the firewall answers with a page of its own to addresses that ask too stubbornly, so stubbornness makes it worse.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from hubsync.models import HubBudget
from hubsync.sync.blocks import egress, locked_budget
from hubsync.sync.database_clock import database_now

OPENS_AFTER = 3
FIRST_REST = timedelta(seconds=30)
LONGEST_REST = timedelta(minutes=15)
# Whoever tries for all has its answer by then.
ONE_TRIES_FOR = timedelta(seconds=30)


def is_open(row: HubBudget) -> bool:
    """Whether so many runs met silence that one alone should try."""
    return row.silences >= OPENS_AFTER


def note_silence() -> None:
    """A run met no Docker Hub: after the third in a row all rest, longer each time."""
    with transaction.atomic():
        row = locked_budget()
        row.silences += 1
        if is_open(row):
            rest = min(FIRST_REST * int(2 ** min(row.silences - OPENS_AFTER, 10)), LONGEST_REST)
            row.blocked_until = database_now(row) + rest
        row.save(update_fields=["silences", "blocked_until"])


def note_answer() -> None:
    """Docker Hub answers: all may ask again."""
    HubBudget.objects.filter(egress=egress(), silences__gt=0).update(silences=0, blocked_until=None)


def let_one_try(row: HubBudget, now: datetime) -> None:
    """The others wait for what the one that tries will find. `row` is locked."""
    row.blocked_until = now + ONE_TRIES_FOR
    row.save(update_fields=["blocked_until"])

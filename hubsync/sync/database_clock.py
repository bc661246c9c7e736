"""The one clock that decides what is due and what has expired: the database's, the same for all workers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from django.db.models import Model
from django.db.models.functions import Now


def database_now(row: Model) -> datetime:
    """The database's time now; `row` is any row that is there."""
    times = type(row)._default_manager.filter(pk=row.pk).annotate(database_now=Now())
    now: datetime = times.values_list("database_now", flat=True).get()
    return now


def clock_for(row: Model) -> Callable[[], datetime]:
    """A clock of this process that shows the database's time: it is asked once, whatever the machine's own clock says."""
    ahead = database_now(row) - datetime.now(UTC)
    return lambda: datetime.now(UTC) + ahead

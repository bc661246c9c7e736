"""One clock for the portal, its database and the local Docker Hub, which a test moves on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine
from django.db.models.functions import Now

from hubsync.hub.transport import HubConnection
from hubsync.sync.budget import Budget

# A Tuesday in which a school year begins.
SEPTEMBER = datetime(2026, 9, 15, 8, 0, tzinfo=UTC)


class Clock:
    """The time now is Python's, which time-machine moves; the database is asked for the same."""

    def __init__(self, traveller: Any) -> None:
        self._traveller = traveller

    def move(self, **by: float) -> None:
        """In the words of `timedelta`: `move(minutes=11)`."""
        self._traveller.shift(timedelta(**by))

    def now(self) -> datetime:
        return datetime.now(UTC)

    def turn_to(self, moment: datetime) -> None:
        """It is this moment now, be it past or to come."""
        self._traveller.move_to(moment)

    def sleep(self, seconds: float) -> None:
        """Whoever would wait for so long finds that it is so much later."""
        self.move(seconds=seconds)


def _now(function: Now, compiler: Any, connection: Any, **context: Any) -> Any:
    moment = f"'{datetime.now(UTC):%Y-%m-%d %H:%M:%S.%f}'"
    return function.as_sql(compiler, connection, template=moment, **context)


@contextmanager
def one_clock(patch: Any, start: datetime = SEPTEMBER) -> Iterator[Clock]:
    """It is `start`, and time goes on from there; nobody sleeps. `patch` is pytest's MonkeyPatch."""
    with time_machine.travel(start, tick=True) as traveller, patch.context() as inside:
        clock = Clock(traveller)
        for vendor in ("sqlite", "postgresql"):
            inside.setattr(Now, f"as_{vendor}", _now)
        for sleeper in (Budget, HubConnection):
            inside.setitem(sleeper.__init__.__kwdefaults__, "sleep", clock.sleep)
        yield clock

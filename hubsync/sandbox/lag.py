"""What was so a moment ago, for reads that lag behind the writes."""

from collections import deque
from copy import deepcopy
from datetime import datetime, timedelta

from .world import World

MOST_KEPT = 200


class Past:
    """The world as it was before each of the last writes, kept only while a fault asks for it."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._before: deque[tuple[datetime, World]] = deque(maxlen=MOST_KEPT)

    def note_write(self) -> None:
        """To be told before something is written."""
        longest = self._world.faults.longest_lag_seconds
        now = self._world.clock.now()
        while self._before and self._before[0][0] < now - timedelta(seconds=longest):
            self._before.popleft()
        if longest:
            self._before.append((now, _copy(self._world)))

    def as_of(self, seconds: float) -> World:
        """The world so many seconds ago, as far as requests have changed it since."""
        moment = self._world.clock.now() - timedelta(seconds=seconds)
        return next((then for written_at, then in self._before if written_at > moment), self._world)


def _copy(world: World) -> World:
    # Clock, limits and the rest belong to the present: only what Docker Hub knows about its customers lags.
    shared = (world.lock, world.clock, world.switches, world.faults, world.limits, world.journal)
    return deepcopy(world, {id(one): one for one in shared})

"""Many futures of one moment: the database, the local Docker Hub and the clock are put back before each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy

from django.db import transaction

from hubsync.sandbox.world import World
from tests.hubsync.laws.ground import Ground


class Futures:
    """`with futures.another():` begins at the moment at which this was made, and leaves nothing behind."""

    def __init__(self, ground: Ground) -> None:
        self.ground, self.world, self.moment = ground, ground.world, ground.clock.now()

    @contextmanager
    def another(self) -> Iterator[None]:
        ground = self.ground
        ground.world = _copy(self.world)
        ground.wire.turn_to(ground.world)
        ground.clock.turn_to(self.moment)
        point = transaction.savepoint()
        try:
            yield
        finally:
            transaction.savepoint_rollback(point)
            ground.wire.trap = ground.wire.lie = None


def _copy(world: World) -> World:
    # A lock cannot be copied, and nobody else is here.
    return deepcopy(world, {id(world.lock): world.lock})

"""What tests of the engine may ask for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from hubsync.sandbox.world import World
from tests.hubsync.laws.wire import URL, Wire, wired


@pytest.fixture
def nearby(hub: object, world: World, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    """The local Docker Hub answers in this process: for tests of many calls, which need no socket."""
    with wired(world, monkeypatch) as wire:
        settings.HUB_URL = settings.REGISTRY_URL = URL
        yield wire

"""A look at an organization that is as it should be costs close to the fewest calls that the API allows. Small sizes;
`manage.py bench calls` measures all of them.
"""

from __future__ import annotations

from typing import Any

import pytest

from hubsync.sync import turns_of_reading
from tests.hubsync.calls_stage import SIZES, Counted, make_organization, make_wishes
from tests.hubsync.laws.wire import URL, wired


@pytest.fixture(params=["I", "A"])
def counted(request: Any, db: None, settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(turns_of_reading, "is_night", lambda: False)
    size = SIZES[request.param]
    world, secret = make_organization(size)
    with wired(world, monkeypatch):
        settings.HUB_URL = settings.REGISTRY_URL = URL
        settings.HUB_CALLS_PER_MINUTE = 1_000_000
        settings.DATA_DIR = tmp_path
        yield Counted(size, world, make_wishes(size, secret))


def test_the_calls_of_a_first_sync_and_of_looks_are_close_to_the_fewest(counted: Counted) -> None:
    first = counted.first_sync()
    counted.settle()
    noop = counted.noop()
    counted.by_repository()
    rotated = [counted.noop() for _ in range(8)]

    assert first <= counted.size.first_floor * 1.02
    assert noop <= counted.size.noop_floor + 2
    # Ten repositories in each look, which is more than an eighth of these forty.
    assert sum(rotated) / 8 <= counted.size.lists + turns_of_reading.FEW + 2

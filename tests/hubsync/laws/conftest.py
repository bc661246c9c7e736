"""The ground, for tests that need no machine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.hubsync.laws.ground import Ground
from tests.hubsync.laws.ground import ground as make_ground


@pytest.fixture
def ground(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ground]:
    with make_ground(monkeypatch) as made:
        yield made

"""A sign of life of the workers, for /readyz and the pages."""

from __future__ import annotations

from datetime import datetime

from django.core.cache import cache
from django.utils import timezone

_KEY = "hubsync.sync.heartbeat"


def beat() -> None:
    """A worker is alive now."""
    cache.set(_KEY, timezone.now(), timeout=None)


def last_beat() -> datetime | None:
    """When a worker last gave a sign of life; None where none ever did."""
    at: datetime | None = cache.get(_KEY)
    return at

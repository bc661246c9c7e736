"""Counters of attempts that begin at nothing."""

import pytest


@pytest.fixture(autouse=True)
def fresh_counters(settings, request: pytest.FixtureRequest) -> None:
    """Attempts are counted in the cache: each test has its own."""
    name = request.node.name
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
    }

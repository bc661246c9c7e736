"""Somebody who reads English, and counters of attempts that begin at nothing."""

import pytest
from django.test import Client


@pytest.fixture
def reader(db: None) -> Client:
    return Client(headers={"accept-language": "en"})


@pytest.fixture(autouse=True)
def fresh_counters(settings, request: pytest.FixtureRequest) -> None:
    """Attempts are counted in the cache: each test has its own."""
    name = request.node.name
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
    }

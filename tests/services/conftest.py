"""Servers for the tests of this folder; a test that kills one asks for its own by `…_to_kill`."""

from collections.abc import Iterator

import pytest

from tests.services.servers import PostgreSQL, Redis, Server, find_postgres, find_redis


def _running(kind: type[Server], *, is_installed: bool) -> Iterator[Server]:
    if not is_installed:
        pytest.skip(f"{kind.__name__} is not installed (apt install postgresql redis-server)")
    server = kind()
    try:
        yield server.start()
    finally:
        server.stop()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    yield from _running(PostgreSQL, is_installed=find_postgres() is not None)


@pytest.fixture(scope="session")
def redis_server() -> Iterator[Server]:
    yield from _running(Redis, is_installed=find_redis() is not None)


@pytest.fixture
def postgres_to_kill() -> Iterator[Server]:
    yield from _running(PostgreSQL, is_installed=find_postgres() is not None)


@pytest.fixture
def redis_to_kill() -> Iterator[Server]:
    yield from _running(Redis, is_installed=find_redis() is not None)

"""The servers that tests start: private, as an ordinary user, and fit to be killed."""

from pathlib import Path

import environ
import psycopg
import pytest

from tests.services.servers import PostgreSQL, Redis

pytestmark = pytest.mark.services


def owner_of(process: int) -> int:
    return Path(f"/proc/{process}").stat().st_uid


def test_what_postgresql_acknowledged_is_there_after_a_kill(postgres_to_kill: PostgreSQL) -> None:
    with psycopg.connect(postgres_to_kill.dsn("postgres")) as connection:
        connection.execute("CREATE TABLE kept (number int)")
        connection.execute("INSERT INTO kept SELECT generate_series(1, 1000)")
    postgres_to_kill.kill9()
    postgres_to_kill.restart()

    with psycopg.connect(postgres_to_kill.dsn("postgres")) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (1000,)


def test_what_redis_acknowledged_is_there_after_a_kill(redis_to_kill: Redis) -> None:
    redis_to_kill.client().set("kept", "yes")
    redis_to_kill.kill9()
    redis_to_kill.restart()

    assert redis_to_kill.client().get("kept") == b"yes"


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="tells users apart by /proc")
def test_servers_never_run_as_root(postgres: PostgreSQL, redis_server: Redis) -> None:
    assert 0 not in {owner_of(server.process.pid) for server in (postgres, redis_server)}


def test_the_address_of_a_database_is_understood_by_the_settings(postgres: PostgreSQL) -> None:
    read = environ.Env.db_url_config(postgres.url("aulahub_address"))

    assert (read["HOST"], read["NAME"], read["USER"]) == (str(postgres.folder), "aulahub_address", "aulahub")

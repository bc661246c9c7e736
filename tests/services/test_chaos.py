"""Workers, broker and database are killed while schools wish: all wishes come true, and nobody is mailed twice."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.services.chaos_stage import chaos, judge, kill9
from tests.services.servers import PostgreSQL, Redis


@pytest.mark.takes_minutes
@pytest.mark.services
def test_celery_on_postgresql_and_redis_loses_no_wish(
    postgres_to_kill: PostgreSQL, redis_to_kill: Redis, tmp_path: Path
) -> None:
    services = {"DATABASE_URL": postgres_to_kill.url("chaos"), "REDIS_URL": redis_to_kill.url}
    with chaos(tmp_path, **services) as played:
        played.installation.start_celery(workers=2)
        played.begin()

        def server(which: PostgreSQL | Redis) -> Callable[[], None]:
            def kill() -> None:
                which.kill9()
                which.restart()

            return kill

        def worker() -> None:
            name = played.random.choice(["celery1", "celery2"])
            kill9(played.installation, name)
            played.installation.start_again(name)

        # Of ten rounds one takes the database away, one the broker, the others a worker.
        kinds = [worker] * 4 + [server(postgres_to_kill)] + [worker] * 4 + [server(redis_to_kill)]
        for number, one in enumerate(played.rounds):
            played.play(one, kinds[number % len(kinds)])
        played.until_quiet()
        judge(played)

"""The one worker without a broker is killed as often: all wishes come true, and nobody is mailed twice.

A file of its own, so that it runs beside the chaos on PostgreSQL.
"""

from pathlib import Path

import pytest

from tests.services.chaos_stage import chaos, judge, kill9


@pytest.mark.takes_minutes
def test_the_worker_on_sqlite_loses_no_wish(tmp_path: Path) -> None:
    with chaos(tmp_path, DATABASE_URL="", REDIS_URL="") as played:
        played.installation.start_worker()
        played.begin()

        def worker() -> None:
            kill9(played.installation, "worker")
            played.installation.start_again("worker")

        for one in played.rounds:
            played.play(one, worker)
        played.until_quiet()
        judge(played)

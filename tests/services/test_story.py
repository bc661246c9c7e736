"""The main job on what production uses: PostgreSQL, Redis, two Celery workers and beat."""

from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.conftest import browser_type_launch_args
from tests.browser.story import Story
from tests.installation import on_services
from tests.services.servers import PostgreSQL, Redis

__all__ = ["browser_type_launch_args"]


def test_the_main_job_runs_on_postgresql_and_redis_with_two_celery_workers(
    browser: Browser, postgres: PostgreSQL, redis_server: Redis, tmp_path: Path
) -> None:
    database = postgres.url("story")
    with on_services(tmp_path, database_url=database, redis_url=redis_server.url) as installation:
        Story(browser, installation).tell()
    logs = "".join((tmp_path / f"celery{number}.log").read_text() for number in (1, 2))
    assert "hubsync.tasks.reconcile_organization" in logs
    assert "Traceback" not in logs

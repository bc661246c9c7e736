"""The main job, from signing up to the student's page, in a browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.story import Story
from tests.installation import embedded

pytestmark = pytest.mark.browser


def test_the_main_job_runs_from_signing_up_to_the_students_page(browser: Browser, tmp_path: Path) -> None:
    """On SQLite with the worker that needs no broker, as `manage.py up` starts it."""
    with embedded(tmp_path) as installation:
        Story(browser, installation).tell()

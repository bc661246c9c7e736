"""What pytest-playwright's `page` is here: Debian's Chromium in Spanish; skipped with its reason where there is none."""

from typing import Any

import pytest

from tests.browser.chromium import ARGUMENTS, WHY_SKIPPED, find_chromium


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    found = find_chromium()
    if found is None:
        pytest.skip(WHY_SKIPPED)
    return browser_type_launch_args | {"executable_path": found, "args": ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return browser_context_args | {"locale": "es-ES", "timezone_id": "Europe/Madrid"}

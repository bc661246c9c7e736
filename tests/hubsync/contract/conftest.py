"""The published description, or the reason for being skipped."""

import pytest

from tests.hubsync.contract import description


@pytest.fixture(scope="session")
def published():
    if not description.where().is_file():
        pytest.skip(
            f"the published description of Docker Hub's API is not at {description.where()}; HUB_OPENAPI tells where it is"
        )
    return description.read()

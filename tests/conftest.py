"""The cast that all tests share, and what makes them quick."""

from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest

from classrooms.models import AuditEntry, RegisterOpening
from tests.cast import ana, bruno, carla, class_group, other_school, reader, school

# How long an example takes tells how busy the machine is, and nothing about the portal.
hypothesis.settings.register_profile("aulahub", deadline=None)
hypothesis.settings.load_profile("aulahub")

__all__ = ["ana", "bruno", "carla", "class_group", "other_school", "reader", "school"]


@pytest.fixture(autouse=True)
def passwords_are_hashed_quickly(settings: Any) -> None:
    """Hashing is slow on purpose, against people who guess; nobody guesses here."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def the_register_is_emptied_where_tests_commit(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tests that commit end with a flush, and SQLite's flush deletes rows, which the register refuses."""
    marker = request.node.get_closest_marker("django_db")
    commits = marker is not None and marker.kwargs.get("transaction")
    if not commits and not {"transactional_db", "live_server"} & set(request.fixturenames):
        yield
        return
    request.getfixturevalue("transactional_db")  # set up before, so that it is flushed after
    yield
    opening = RegisterOpening.objects.create(reason="end of a test")
    AuditEntry.objects.all().delete()
    opening.delete()

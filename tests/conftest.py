"""The cast that all tests share, and what makes them quick."""

from typing import Any

import pytest

from tests.cast import ana, bruno, carla, class_group, other_school, reader, school

__all__ = ["ana", "bruno", "carla", "class_group", "other_school", "reader", "school"]


@pytest.fixture(autouse=True)
def passwords_are_hashed_quickly(settings: Any) -> None:
    """Hashing is slow on purpose, against people who guess; nobody guesses here."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

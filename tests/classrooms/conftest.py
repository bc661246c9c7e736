"""Sentences of actions are looked at in English; pages are in the language that the request asks for."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def who_reads_english() -> Iterator[None]:
    with translation.override("en"):
        yield

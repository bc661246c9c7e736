"""The list of fifty in docs/local-docker-hub.md has a row and a test for each."""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
PAGE = TESTS.parents[2] / "docs" / "local-docker-hub.md"


@pytest.mark.parametrize("number", range(1, 51))
def test_each_item_has_its_row_and_as_many_tests_as_the_row_says(number):
    row = re.search(
        rf"^\| {number} \| .* \| `test_{number:02}_…`(?: \((\d+)\))?", PAGE.read_text(), re.MULTILINE
    )

    written = sum(
        len(re.findall(rf"^def test_{number:02}_", one.read_text(), re.MULTILINE))
        for one in TESTS.glob("test_*.py")
    )

    assert row is not None
    assert written == int(row[1] or 1)

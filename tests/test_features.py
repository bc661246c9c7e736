"""The page about what the portal can do: every place and every test that it names is there."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from tests.installation import ROOT
from tests.test_access import own_patterns

ROWS = [
    [cell.strip() for cell in line.strip("|\n ").split(" | ")]
    for line in (ROOT / "docs" / "features.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| What |")
]
QUOTED = re.compile(r"`([^`]+)`")
# Where a row has no place, it begins so and says why.
WHY_NOT = "Not here: "


def test_every_row_has_a_place_and_a_proof_or_a_reason() -> None:
    bare = [row for row in ROWS if len(row) != 3 or not (QUOTED.search(row[1]) or row[1].startswith(WHY_NOT))]

    assert ROWS and bare == []
    assert [row for row in ROWS if not row[1].startswith(WHY_NOT) and not QUOTED.search(row[2])] == []


def test_every_place_is_an_address_or_a_command() -> None:
    addresses = {str(pattern.name) for _, pattern in own_patterns()}
    commands = {f"manage.py {name}" for name in get_commands()}
    named = {name for row in ROWS for name in QUOTED.findall(row[1])}

    assert named - addresses - commands == set()


@pytest.fixture(scope="module")
def tests_there() -> set[str]:
    files = (path.read_text(encoding="utf-8") for path in Path(ROOT, "tests").rglob("test_*.py"))
    return {name for text in files for name in re.findall(r"^def (test_\w+)", text, re.MULTILINE)}


def test_every_test_is_there(tests_there: set[str]) -> None:
    named = {name for row in ROWS for name in QUOTED.findall(row[2])}

    assert named - tests_there == set()

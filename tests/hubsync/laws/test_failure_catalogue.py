"""The catalogue of failures is whole: sixty-four rows, each with a test that is there or the reason why it needs none."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "failures.md"
ROW = re.compile(r"\| (\d+) \| (.+?) \| (.+?) \| (.+) \|")
NAMED = re.compile(r"`(\S+\.py)::(test_\w+)`")


def rows() -> dict[int, tuple[str, ...]]:
    found = (ROW.fullmatch(line) for line in PAGE.read_text(encoding="utf-8").splitlines())
    return {int(one[1]): one.groups()[1:] for one in found if one}


@cache
def names_in(file: str) -> set[str]:
    path = ROOT / "tests" / file
    tree = ast.parse(path.read_text(encoding="utf-8")) if path.exists() else ast.Module([], [])
    return {one.name for one in tree.body if isinstance(one, ast.FunctionDef)}


def test_there_are_sixty_four_rows() -> None:
    assert sorted(rows()) == list(range(1, 65))


@pytest.mark.parametrize("number", range(1, 65))
def test_each_row_names_a_test_that_is_there_or_says_why_it_cannot_occur(number: int) -> None:
    _, happens, named = rows()[number]
    tests = NAMED.findall(named)

    assert tests or happens.startswith("cannot occur: ")
    assert [(file, name) for file, name in tests if name not in names_in(file)] == []

"""docs/docker-hub.md lists exactly the calls that the client sends, each with its evidence and its test."""

import re
from pathlib import Path

from hubsync.sandbox.switches import CHOICES
from tests.hubsync.contract.calls import Sent, sent, traffic

TESTS = Path(__file__).parents[1]
PAGE = (TESTS.parents[1] / "docs" / "docker-hub.md").read_text(encoding="utf-8")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def rows_of(heading):
    section = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_the_page_lists_exactly_the_calls_that_the_client_sends(published):
    told = {
        Sent(call.strip("`"), operation, caller)
        for call, operation, callers, *_ in rows_of("Every call")
        for caller in re.findall(r"`(\w+)`", callers)
    }

    assert told == sent(published, traffic())


def test_each_call_stands_there_once_with_its_evidence():
    rows = rows_of("Every call")

    assert len({call for call, *_ in rows}) == len(rows)
    assert all(call.strip("`").split()[0] in METHODS and evidence for call, _, _, evidence, _ in rows)


def test_an_undocumented_call_says_where_it_was_seen():
    undocumented = [
        evidence for _, operation, _, evidence, _ in rows_of("Every call") if operation == "undocumented"
    ]

    assert undocumented
    assert [evidence for evidence in undocumented if evidence.startswith("described")] == []


def test_the_tests_that_the_page_names_are_there():
    sources = "".join(path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py"))
    named = {test.strip("`") for *_, test in rows_of("Every call")}

    assert {name for name in named if f"def {name}(" not in sources} == set()


def test_the_page_says_what_the_client_does_with_each_switch():
    assert [name.strip("`") for name, _ in rows_of("What is uncertain")] == list(CHOICES)

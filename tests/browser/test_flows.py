"""How much there is to press: counted in a browser, held to what was promised, and written in docs/flows.md."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.counting import Count
from tests.browser.flows import Flows
from tests.installation import ROOT, embedded

pytestmark = pytest.mark.browser

# Clicks and fields, at most.
PROMISED = {
    "First set-up, signed in": (6, 5),
    "Class list of 30": (3, 0),
    "Assign an image": (3, 1),
    "Assign one more image": (3, 1),
    "A student's first visit": (3, 2),
}
ROW = re.compile(r"^\| ([^|]+) \| (\d+) \| (\d+) \| (\d+) \|", re.MULTILINE)


@pytest.fixture(scope="module")
def counts(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Count]]:
    with embedded(tmp_path_factory.mktemp("flows")) as installation:
        yield Flows(browser, installation, tmp_path_factory.mktemp("lists")).all()


@pytest.mark.parametrize("flow", PROMISED)
def test_a_flow_costs_no_more_than_was_promised(counts: dict[str, Count], flow: str) -> None:
    clicks, fields = PROMISED[flow]

    assert counts[flow].clicks <= clicks and counts[flow].fields <= fields, counts[flow]


def test_the_page_about_flows_says_what_was_counted(counts: dict[str, Count]) -> None:
    written = ROW.findall((ROOT / "docs" / "flows.md").read_text(encoding="utf-8"))

    assert {name: tuple(map(int, numbers)) for name, *numbers in written} == {
        name: count.row for name, count in counts.items()
    }

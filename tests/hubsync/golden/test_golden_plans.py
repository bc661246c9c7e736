"""Plans of a school's year as a teacher in Spain reads them, kept beside this file to be read in review.

After a change of the words: `GOLDEN=write python3 manage.py test tests/hubsync/golden`, then read the difference.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from django.utils import translation

from hubsync.management.commands.hub_plan import text_of
from hubsync.sync.reconcile import plan_organization
from tests.hubsync.golden.scenarios import SCENARIOS
from tests.hubsync.stage import Stage

HERE = Path(__file__).parent


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.__name__)
def test_a_day_of_the_school_reads_as_it_was_agreed(stage: Stage, scenario: object) -> None:
    assert callable(scenario)
    scenario(stage)
    kept = HERE / f"{scenario.__name__}.txt"

    plan = plan_organization(stage.account)
    with translation.override("es"):
        text = f"{_title(scenario)}\n\n{without_what_changes(text_of(stage.account, plan))}\n"

    if os.environ.get("GOLDEN") == "write":
        kept.write_text(text, encoding="utf-8")
    assert text == kept.read_text(encoding="utf-8")


def test_no_plan_is_kept_that_no_scenario_makes() -> None:
    assert {path.stem for path in HERE.glob("*.txt")} == {scenario.__name__ for scenario in SCENARIOS}


def without_what_changes(text: str) -> str:
    """The same with the academic year as 20XX/XX, in names of teams as -XXXX, and a practice's number as N."""
    text = re.sub(r"\bpractica-\d+\b", "practica-N", text)
    text = re.sub(r"(?<=practica-N-c)\d+\b", "N", text)
    return re.sub(r"(?<=-)\d{4}\b", "XXXX", re.sub(r"\b20\d\d/\d\d\b", "20XX/XX", text))


def _title(scenario: object) -> str:
    return f"# {(getattr(scenario, '__doc__', '') or '').strip()}"

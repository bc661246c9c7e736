"""The state machine, short here and long in the nightly profile (HYPOTHESIS_PROFILE=nightly)."""

from __future__ import annotations

import os
import sys

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.hubsync.laws.machine import Machine
from tests.hubsync.laws.personal_machine import PersonalMachine
from tests.hubsync.laws.walk import Walk

# A machine that does other things besides breaks no law, and building a school takes its time.
COMMON = settings(
    deadline=None, suppress_health_check=list(HealthCheck), print_blob=True, report_multiple_bugs=False
)
PROFILES = {
    # The same walks each time, so that a red build is about what was changed; to shorten a story is for people.
    "test": settings(
        COMMON,
        max_examples=12,
        stateful_step_count=25,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
    ),
    "nightly": settings(COMMON, max_examples=300, stateful_step_count=50),
}
# A walk may end early, so that walks are added until there were so many steps.
LEAST_STEPS = {"test": 200, "nightly": 10_000}


@pytest.mark.parametrize("machine", [Machine, PersonalMachine])
def test_whatever_happens_the_twenty_laws_hold(db: None, machine: type[Walk]) -> None:
    machine.steps = 0
    name = os.environ.get("HYPOTHESIS_PROFILE", "test")

    try:
        while machine.steps < LEAST_STEPS[name]:
            before = machine.steps
            run_state_machine_as_test(machine, settings=PROFILES[name])
            assert machine.steps - before >= PROFILES[name].max_examples
    finally:
        # Also of a night that ended early: how far it came.
        sys.stderr.write(f"{machine.__name__}: {machine.steps} steps\n")

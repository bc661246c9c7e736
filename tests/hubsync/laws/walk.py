"""What both machines do besides what people do in them: time passes, workers run and die, Docker Hub falters."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack, suppress
from typing import Any

import pytest
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from hubsync.hub.errors import HubError
from hubsync.models import SyncRun
from hubsync.sync.reconcile import plan_organization, reconcile_organization
from hubsync.sync.schedule import due
from tests.hubsync.laws import school_edits
from tests.hubsync.laws.ground import LEASE_SECONDS, Ground
from tests.hubsync.laws.wire import Killed, Trap

API = "/v2/[!a]*"
# What may go wrong with the next requests, and whether a read may then say what is not so.
FAULTS = {
    "too many": False,
    "abuse": False,
    "error": False,
    "firewall": False,
    "firewall code": False,
    "reset before": False,
    "reset after": False,
    "truncated": False,
    "redirect": False,
    "expired bearer": False,
    "doubled row": True,
    "missing row": True,
    "shifted page": True,
    "stale read": True,
}
QUIET_RUNS = 3


class Walk(RuleBasedStateMachine):
    """After each step the standing laws are looked at, after each run its own. A machine says where, and which laws."""

    steps = 0
    ground: Ground

    def place(self, patch: Any) -> AbstractContextManager[Ground]:
        raise NotImplementedError

    def take(self) -> Any:
        """What the laws of a run compare with: `sent` is how much was asked so far."""
        raise NotImplementedError

    def check_run(self, before: Any, run: SyncRun | None) -> None:
        raise NotImplementedError

    def check_standing(self) -> None:
        raise NotImplementedError

    # Nobody whom the portal asked for something keeps it waiting any longer.
    everybody_answers: Callable[[], None]

    def what_is_wrong(self) -> list[str]:
        raise NotImplementedError

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(transaction.atomic())
        patch = self.stack.enter_context(pytest.MonkeyPatch.context())
        self.ground = self.stack.enter_context(self.place(patch))
        self.is_lied_to = False

    def teardown(self) -> None:
        try:
            self.settle_down()
        finally:
            transaction.set_rollback(True)
            self.stack.close()

    @initialize(is_settled=st.booleans())
    def begin(self, is_settled: bool) -> None:
        """Most of a year happens after the first sync, some before."""
        if is_settled:
            self.ground.settle()

    # Time and workers

    @rule(minutes=st.sampled_from([1, 5, 16, 65]))
    def minutes_pass(self, minutes: int) -> None:
        self.ground.wait(minutes=minutes)

    @rule(days=st.sampled_from([1, 2, 8, 15]))
    def days_pass(self, days: int) -> None:
        self.ground.wait(days=days, minutes=1)

    @rule()
    def a_worker_runs(self) -> None:
        self._told_run()

    @rule()
    def a_worker_sweeps(self) -> None:
        for one in due():
            before = self.take()
            run = reconcile_organization(one.account_id)
            self._look(before, run)

    @rule(number=st.integers(1, 6), when=st.sampled_from(["before", "after", "lost"]))
    def crash(self, number: int, when: str) -> None:
        """The worker dies at one of its writes, or the answer is lost; its lease stays with the dead."""
        self.ground.wire.trap = Trap(number, when)
        self._told_run()
        self.ground.wire.trap = None
        self.ground.wait(seconds=LEASE_SECONDS)

    @rule(number=st.integers(1, 4))
    def another_wish_meanwhile(self, number: int) -> None:
        """Somebody wishes for something while a run is under way."""
        self.ground.wire.trap = Trap(number, "meanwhile", self.ground.wish)
        self._told_run()
        self.ground.wire.trap = None

    @rule(number=st.integers(1, 4))
    def another_worker_takes_over(self, number: int) -> None:
        """The first was too slow: from then on it must not write any more."""
        self.ground.wire.trap = Trap(number, "meanwhile", self._steal_lease)
        self._told_run()
        was_stolen, self.ground.wire.trap = self.ground.wire.trap is None, None
        if was_stolen:
            assert len(self.ground.wire.writes) <= self.writes_when_stolen + 1
            self.ground.wait(seconds=LEASE_SECONDS)

    def _steal_lease(self) -> None:
        self.writes_when_stolen = len(self.ground.wire.writes)
        type(self.ground.sync).objects.update(lease_token="another worker")

    @rule(kind=st.sampled_from(sorted(FAULTS)), times=st.integers(1, 3), skip=st.integers(0, 8))
    def docker_hub_has_a_fault(self, kind: str, times: int, skip: int) -> None:
        if len(self.ground.world.faults.rules) < 2:
            self.ground.world.faults.add(kind, path=API, times=times, skip=skip, seconds=30)
            self.is_lied_to |= FAULTS[kind]

    @rule()
    def look_at_the_plan(self) -> None:
        """Planning writes nothing, and the same is planned twice."""
        digests = set()
        self.ground.wire.is_read_only = True
        try:
            with suppress(HubError):
                digests = {plan_organization(self.ground.account).digest for _ in range(2)}
        finally:
            self.ground.wire.is_read_only = False
        assert len(digests) <= 1 or self.is_lied_to

    # Looking

    def _told_run(self) -> None:
        before = self.take()
        run: SyncRun | None = None
        with suppress(Killed):
            run = self.ground.run_if_free()
        self._look(before, run)

    def _look(self, before: Any, run: SyncRun | None) -> None:
        if len(self.ground.wire.sent) > before.sent:
            self.check_run(before, run)
        used_up = [one for one in self.ground.world.faults.rules if one.times == 0]
        for one in used_up:
            self.ground.world.faults.rules.remove(one)
        self.is_lied_to = any(FAULTS[one.kind] for one in self.ground.world.faults.rules)

    @invariant()
    def the_standing_laws_hold(self) -> None:
        type(self).steps += 1
        self.check_standing()

    def settle_down(self) -> None:
        """No faults and no more wishes, everybody answers: three runs make all as wanted, and the next writes nothing."""
        ground = self.ground
        ground.world.faults.clear()
        self.is_lied_to = False
        # The first look may be so much emptier than the one before that it is not believed; the second shows what a
        # person has to say yes to, and who is to answer.
        for _ in range(2):
            ground.wait(minutes=20)
            self._told_run()
        for _ in range(QUIET_RUNS):
            self.everybody_answers()
            school_edits.approve_holds(ground)
            ground.wait(hours=25)
            self._told_run()
        writes = len(ground.wire.writes)
        ground.wait(minutes=16)
        run = ground.run()
        assert ground.wire.writes[writes:] == [], ground.told(run)
        wrong = self.what_is_wrong()
        assert not wrong, f"{wrong} {ground.told(run)}"

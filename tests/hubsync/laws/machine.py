"""A school and its Docker Hub as a state machine: whatever people, faults and time do, the twenty laws hold."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from hubsync.models import SyncRun
from tests.hubsync.laws import oracle, run_laws, snapshot, standing_laws
from tests.hubsync.laws.ground import Ground, ground
from tests.hubsync.laws.hand_edits import ByHand
from tests.hubsync.laws.owner_edits import ByOwners
from tests.hubsync.laws.portal_edits import OnPages
from tests.hubsync.laws.run_laws import Told
from tests.hubsync.laws.walk import Walk


class Machine(OnPages, ByHand, ByOwners, Walk):
    """Each rule is something that happens: on the portal's pages, on Docker Hub, or to a worker."""

    def place(self, patch: Any) -> AbstractContextManager[Ground]:
        return ground(patch)

    def take(self) -> snapshot.Snapshot:
        return snapshot.take(self.ground)

    def check_run(self, before: Any, run: SyncRun | None) -> None:
        run_laws.check(Told(self.ground, before, run, was_disturbed=self.is_lied_to))

    def check_standing(self) -> None:
        standing_laws.check(self.ground)

    def what_is_wrong(self) -> list[str]:
        return oracle.what_is_wrong(self.ground)

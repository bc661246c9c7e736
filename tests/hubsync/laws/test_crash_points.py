"""Every write of every scene of a school's year, with a worker that dies or an answer that is lost: nobody could tell."""

from __future__ import annotations

from contextlib import suppress
from itertools import count
from typing import Any

import pytest

from hubsync.models import SyncChange, SyncRun
from tests.hubsync.laws.futures import Futures
from tests.hubsync.laws.ground import Ground
from tests.hubsync.laws.picture import picture
from tests.hubsync.laws.scenarios import YEAR, Scenario, set_scene
from tests.hubsync.laws.wire import Killed, Trap

KINDS_OF_CRASH = ("before", "after", "lost")


def crash(ground: Ground, number: int, when: str) -> bool:
    """One run whose nth write goes wrong; whether there was such a write."""
    ground.wire.trap = Trap(number, when)
    with suppress(Killed):
        ground.run()
    return ground.wire.trap is None


def assert_nobody_could_tell(ground: Ground, undisturbed: dict[str, Any], *, may_mail_less: bool) -> None:
    now = picture(ground.world)
    mails, usual = now.pop("mails"), dict(undisturbed)
    usual_mails = usual.pop("mails")
    assert now == usual
    assert mails == usual_mails or (may_mail_less and mails <= usual_mails)
    assert not SyncChange.objects.filter(state=SyncChange.State.SENT, settled_at=None).exists()
    assert not SyncRun.objects.filter(result=SyncRun.Result.RUNNING).exists()


@pytest.mark.parametrize("scenario", YEAR, ids=lambda scenario: scenario.name)
def test_wherever_a_worker_dies_or_an_answer_is_lost_the_end_is_as_without(
    ground: Ground, scenario: Scenario
) -> None:
    set_scene(ground, scenario)
    futures, points = Futures(ground), 0
    with futures.another():
        ground.settle()
        undisturbed = picture(ground.world)

    for when in KINDS_OF_CRASH:
        for number in count(1):
            with futures.another():
                if not crash(ground, number, when):
                    break
                ground.settle()
                assert_nobody_could_tell(ground, undisturbed, may_mail_less=scenario.may_mail_less)
                points += 1

    assert points >= len(KINDS_OF_CRASH)

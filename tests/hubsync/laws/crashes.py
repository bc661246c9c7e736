"""Every write of one scene goes wrong once in every way, each in a future of its own."""

from __future__ import annotations

from contextlib import suppress
from itertools import count
from typing import Any

from hubsync.models import SyncChange, SyncRun
from tests.hubsync.laws.futures import Futures
from tests.hubsync.laws.ground import Ground
from tests.hubsync.laws.picture import picture
from tests.hubsync.laws.wire import Killed, Trap

KINDS_OF_CRASH = ("before", "after", "lost")


def crash_at_each_write(ground: Ground, *, may_mail_less: bool = False) -> int:
    """From here on; in the end nobody could tell. How many crashes that were."""
    futures, points, name = Futures(ground), 0, ground.account.name
    with futures.another():
        ground.settle()
        undisturbed = picture(ground.world, name)
    for when in KINDS_OF_CRASH:
        for number in count(1):
            with futures.another():
                if not _crash(ground, number, when):
                    break
                ground.settle()
                _assert_nobody_could_tell(ground, undisturbed, may_mail_less=may_mail_less)
                points += 1
    return points


def _crash(ground: Ground, number: int, when: str) -> bool:
    """One run whose nth write goes wrong; whether there was such a write."""
    ground.wire.trap = Trap(number, when)
    with suppress(Killed):
        ground.run()
    return ground.wire.trap is None


def _assert_nobody_could_tell(ground: Ground, undisturbed: dict[str, Any], *, may_mail_less: bool) -> None:
    now = picture(ground.world, ground.account.name)
    mails, usual = now.pop("mails"), dict(undisturbed)
    usual_mails = usual.pop("mails")
    assert now == usual
    assert mails == usual_mails or (may_mail_less and mails <= usual_mails)
    assert not SyncChange.objects.filter(state=SyncChange.State.SENT, settled_at=None).exists()
    assert not SyncRun.objects.filter(result=SyncRun.Result.RUNNING).exists()

"""A bulk invitation that is refused as a whole, with a worker that dies or an answer that is lost at each of its parts."""

from __future__ import annotations

from contextlib import suppress
from itertools import count

import pytest

from hubsync.models import SyncChange
from tests.hubsync.laws import school_edits
from tests.hubsync.laws.crashes import KINDS_OF_CRASH
from tests.hubsync.laws.futures import Futures
from tests.hubsync.laws.ground import HAND, LEASE_SECONDS, STUDENTS, Ground
from tests.hubsync.laws.wire import Killed, Trap
from tests.hubsync.stage import ORGANIZATION

REFUSED, OTHERS = "nerea", tuple(one for one in STUDENTS if one not in ("bruno", "nerea"))
# What is left of a request whose answer was lost is invited after a minute.
RUNS = 4


@pytest.fixture
def crowd(ground: Ground) -> Ground:
    """Nine are to be invited; one of them was invited by hand, by an address that the portal does not know."""
    ground.settle()
    world = ground.world
    world.switches.turn("pending_invite_again", "conflict")
    world.invite_all(ORGANIZATION, [f"{REFUSED}@example.org"], role="member", team=None, inviter=HAND)
    for docker_id in STUDENTS[1:]:
        school_edits.enrol(ground, docker_id, ground.smr)
    ground.wish()
    ground.wait(minutes=1)
    return ground


def run_on(ground: Ground) -> None:
    for _ in range(RUNS):
        ground.wait(seconds=LEASE_SECONDS + 20)
        ground.run()


@pytest.mark.parametrize("when", KINDS_OF_CRASH)
def test_everybody_else_is_invited_once_wherever_it_goes_wrong(crowd: Ground, when: str) -> None:
    futures, points = Futures(crowd), 0
    for number in count(1):
        with futures.another():
            crowd.wire.trap = Trap(number, when)
            with suppress(Killed):
                crowd.run()
            if crowd.wire.trap is not None:
                break
            points += 1

            run_on(crowd)

            # A resend would be a second e-mail too: each of them got exactly one.
            assert {one: crowd.world.mails[one] for one in OTHERS} == dict.fromkeys(OTHERS, 1)
            assert crowd.world.mails[REFUSED] == 0
            assert not SyncChange.objects.filter(state=SyncChange.State.SENT, settled_at=None).exists()

    # The whole, and the halves on the way to the one.
    assert points >= 5


def test_who_was_refused_is_invited_when_the_other_invitation_is_gone(crowd: Ground) -> None:
    run_on(crowd)
    (by_hand,) = [one for one in crowd.world.pending_invites[ORGANIZATION].values() if REFUSED in one.invitee]
    crowd.world.cancel_invite(by_hand.id)

    crowd.settle()

    assert crowd.world.mails[REFUSED] == 1

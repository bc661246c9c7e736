"""Answers that got lost, and what the next look makes of it: what the portal did is known as its own doing."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest

from hubsync.hub.names import team_name_for
from hubsync.models import HubAccount, HubPerson, RemoteObject, SyncChange
from tests.hubsync.laws import school_edits
from tests.hubsync.laws.ground import LEASE_SECONDS, Ground
from tests.hubsync.laws.scenarios import accept_all
from tests.hubsync.laws.wire import Killed, Trap
from tests.hubsync.stage import ORGANIZATION


def die_after_the_write(ground: Ground) -> None:
    """One run that writes; what it writes first arrives, and the worker dies before it hears so."""
    ground.wire.trap = Trap(1, "after")
    with suppress(Killed):
        ground.run()
    assert ground.wire.trap is None
    ground.wait(seconds=LEASE_SECONDS)


def is_ours(docker_id: str) -> bool:
    return RemoteObject.objects.filter(kind="member", name=docker_id).exists()


@pytest.mark.parametrize("is_member", [False, True])
def test_who_was_let_go_is_invited_anew_although_the_answer_was_lost(ground: Ground, is_member: bool) -> None:
    ground.settle()
    if is_member:
        accept_all(ground)
        ground.settle()
    school_edits.withdraw(ground, "bruno", ground.smr)
    if is_member:
        ground.settle()
        ground.wait(hours=25)
    die_after_the_write(ground)
    ground.settle()
    forgotten = not is_ours("bruno")

    school_edits.enrol(ground, "bruno", ground.smr)
    ground.settle()

    assert forgotten
    assert ground.world.mails["bruno"] == 2
    assert HubPerson.objects.get(key="bruno").state == "sent"


def test_who_was_cancelled_for_not_answering_has_expired_although_the_answer_was_lost(ground: Ground) -> None:
    ground.settle()
    for _ in range(2):
        ground.wait(days=13, hours=1)
        ground.settle()
    ground.wait(days=14, hours=1)

    die_after_the_write(ground)
    ground.settle()

    assert "bruno" not in ground.world.pending_invites[ORGANIZATION]
    assert HubPerson.objects.get(key="bruno").state == "expired"


def test_who_accepts_while_the_invitation_is_cancelled_is_a_member_of_ours_and_leaves_in_time(
    ground: Ground,
) -> None:
    ground.settle()
    school_edits.withdraw(ground, "bruno", ground.smr)
    ground.wire.trap = Trap(1, "meanwhile", lambda: accept_all(ground))
    ground.run()
    stays = is_ours("bruno")
    ground.settle()
    ground.wait(hours=25)

    ground.settle()

    assert stays
    assert "bruno" not in ground.world.members[ORGANIZATION]


@pytest.mark.parametrize("is_lost", [False, True])
def test_a_seat_that_did_not_become_free_is_not_given_away(ground: Ground, is_lost: bool) -> None:
    """Bruno accepts while his invitation is cancelled, or nobody hears whether it was: Hugo waits for another look."""
    ground.settle()
    used = ground.world.seats_used(ORGANIZATION)
    HubAccount.objects.update(seats=used)
    school_edits.withdraw(ground, "bruno", ground.smr)
    school_edits.enrol(ground, "hugo", ground.smr)
    ground.wish()
    ground.wait(minutes=1)
    if is_lost:
        # What is asked about it shows what was so before.
        ground.world.faults.add("reset after", method="DELETE", path="/v2/invites/*", times=1)
        ground.world.faults.add("stale read", path="*/invites*", seconds=60, times=2, skip=1)
    else:
        ground.wire.trap = Trap(1, "meanwhile", lambda: accept_all(ground))

    ground.run()
    at_once, due_at = ground.world.mails["hugo"], ground.sync.due_at
    ground.run()

    assert at_once == 0
    assert due_at is not None
    assert due_at - ground.clock.now() <= timedelta(minutes=1)
    assert is_lost or ground.world.seats_used(ORGANIZATION) <= used


def test_a_team_that_does_not_show_at_once_is_known_as_ours_by_the_next_look(ground: Ground) -> None:
    ground.settle()
    made = school_edits.make_class(ground, "2º ASIR")
    name = team_name_for(made.name, made.academic_year)
    ground.world.faults.add("stale read", path=f"*/groups/{name}", seconds=60, times=None)
    ground.wire.trap = Trap(1, "lost")
    ground.run()
    row = SyncChange.objects.filter(kind="create_team").latest("pk")
    before = row.state, row.settled_at

    ground.run()

    row.refresh_from_db()
    assert before == ("unknown", None)
    assert (row.state, row.hub_text) == ("confirmed", "seen at a later look")
    assert ground.claimed(made) == name


def test_a_deleted_team_is_ours_no_longer_although_the_answer_was_lost(ground: Ground) -> None:
    ground.settle()
    name = ground.claimed(ground.smr)
    school_edits.make_class(ground, "2º ASIR")
    ground.settle()
    school_edits.archive(ground, ground.smr)

    die_after_the_write(ground)
    ground.settle()

    assert not RemoteObject.objects.filter(kind="team", name=name).exists()


@pytest.mark.parametrize("is_log_read", [True, False])
def test_who_declined_before_the_lost_answer_was_settled_is_not_mailed_again_where_the_log_tells(
    ground: Ground, is_log_read: bool
) -> None:
    """Where nothing tells that the e-mail left, it is as if it never did."""
    ground.settle()
    if not is_log_read:
        ground.world.faults.add("firewall", path="/v2/auditlogs/*")
    school_edits.enrol(ground, "hugo", ground.smr)
    die_after_the_write(ground)
    ground.world.decline_invite(ground.world.pending_invites[ORGANIZATION]["hugo"].id)
    ground.wait(minutes=5)

    ground.settle()

    assert ground.world.mails["hugo"] == (1 if is_log_read else 2)
    assert HubPerson.objects.get(key="hugo").state == ("declined" if is_log_read else "sent")

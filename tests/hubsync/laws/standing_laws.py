"""What holds at every moment, whatever was done last."""

from __future__ import annotations

import json

from django.db.models import F, Q

from hubsync.models import AnnouncedRemoval, Hold, OrganizationSync, SealedCredential, SyncChange, SyncRun
from tests.hubsync.laws.ground import HAND, Ground, other_name
from tests.hubsync.laws.oracle import wants
from tests.hubsync.stage import ORGANIZATION

ANSWERED = Q(approved_at__isnull=False) | Q(refused_at__isnull=False) | Q(reason="grace")


def law_7_one_invitation_each(ground: Ground) -> None:
    """One, and one more for each time that the portal took the first back, let the person go, or somebody asked for it."""
    sent: dict[str, int] = {}
    for invite in ground.world.invites.values():
        if invite.organization == ORGANIZATION and invite.inviter != HAND:
            sent[invite.invitee] = sent.get(invite.invitee, 0) + 1
    for invitee, times in sent.items():
        names = {invitee, other_name(invitee), ground.account_of(invitee)}
        allowed = 1 + _taken_back(names) + sum(ground.asked_again.get(name, 0) for name in names)
        assert times <= allowed, f"{invitee} was invited {times} times"
        resent = ground.world.mails[invitee] - times
        assert resent <= 2 * times, f"{invitee} was mailed again {resent} times"


def _taken_back(names: set[str]) -> int:
    rows = SyncChange.objects.filter(sent_at__isnull=False)
    cancelled = rows.filter(kind="cancel_invite", facts__invitee__in=names).count()
    return cancelled + rows.filter(kind="remove_member", facts__docker_id__in=names).count()


def law_9_one_writer(ground: Ground) -> None:
    assert not SyncChange.objects.exclude(lease_token="").exclude(lease_token=F("run__lease_token")).exists()


def law_10_nothing_wanted_is_announced(ground: Ground) -> None:
    """A removal that somebody announced or answered, and that the school wants no longer, would be another one."""
    announced = AnnouncedRemoval.objects.filter(expires_at__gt=ground.clock.now())
    answered = Hold.objects.filter(ANSWERED, closed_at=None)
    changes = [change for one in (*announced, *answered) for change in one.changes]
    assert [one for one in changes if wants(ground, one["kind"], one["facts"])] == []


def law_17_wishes_are_not_forgotten(ground: Ground) -> None:
    """What was wished for and is not done will be looked at: it is due, or will be, or only a person can help."""
    sync = OrganizationSync.objects.get(account=ground.account)
    is_refused = SealedCredential.objects.filter(account=ground.account, refused_at__isnull=False).exists()
    if sync.handled_generation < sync.generation and not is_refused:
        assert sync.due_at or sync.next_look_at or sync.lease_token


def law_19_no_secret_is_written(ground: Ground) -> None:
    latest = SyncRun.objects.filter(account=ground.account).order_by("-pk")[:1]
    rows = [
        *latest.values(),
        *SyncChange.objects.filter(run__in=list(latest)).values(),
        *Hold.objects.values(),
    ]
    text = json.dumps(rows, default=str)
    assert ground.secret not in text
    assert "Bearer" not in text


LAWS = (
    law_7_one_invitation_each,
    law_9_one_writer,
    law_10_nothing_wanted_is_announced,
    law_17_wishes_are_not_forgotten,
    law_19_no_secret_is_written,
)


def check(ground: Ground) -> None:
    for law in LAWS:
        law(ground)

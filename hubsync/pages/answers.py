"""What an owner answers to a hold: yes, exactly this; no, leave it. Others of the school see the question and who may.

Only owners, because an answer is about people of any class, and who leaves the organization comes back only by an
invitation that costs a seat.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from classrooms.actions.audit import record
from classrooms.models import User
from hubsync.models import Hold
from hubsync.sync.schedule import request_reconcile
from hubsync.sync.shrunk import accept_what_is_gone
from hubsync.sync.withdrawn import withdraw_by_rows

# Much is gone from Docker Hub: either answer says that this was so.
SHRUNK = "shrunk"


@transaction.atomic
def approve_hold(*, hold: Hold, by: User) -> None:
    """Approve this set, and no other, also after a no; of it only what the school still asks for. Twice is as once."""
    open_ones = Hold.objects.open().filter(pk=hold.pk, approved_at=None)
    said = {"approved_at": timezone.now(), "approved_by": by, "refused_at": None, "refused_by": None}
    if open_ones.update(**said):
        _register(hold, "hub.remaking_approved" if hold.reason == SHRUNK else "hub.removals_approved", by)


@transaction.atomic
def refuse_hold(*, hold: Hold, by: User) -> None:
    """Leave this set as it is until the wish changes or an owner approves it after all. Twice changes nothing."""
    if Hold.objects.waiting().filter(pk=hold.pk).update(refused_at=timezone.now(), refused_by=by):
        _register(hold, "hub.remaking_refused" if hold.reason == SHRUNK else "hub.removals_refused", by)


def _register(hold: Hold, verb: str, by: User) -> None:
    account = hold.account
    if hold.reason == SHRUNK:
        accept_what_is_gone(account)
    facts = {"kind": hold.kind, "changes": len(hold.changes)}
    record(school=account.school, actor=by, verb=verb, about=account.name, facts=facts)
    # Whoever answers a page that was opened before the school wanted some of it again does not speak of those.
    withdraw_by_rows(account)
    request_reconcile(account, urgent=True)

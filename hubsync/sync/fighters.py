"""Who undoes what the portal does each time, as far as Docker Hub's activity log tells: for the page that asks about it."""

from __future__ import annotations

from hubsync.hub.reader import HubReader
from hubsync.models import Hold, HubAccount
from hubsync.planning.changes import from_facts
from hubsync.sync.audit_trail import who_changed


def name_fighters(account: HubAccount, reader: HubReader) -> None:
    """Write down the names for questions that have none yet: one call for all of them, none where there are none."""
    unnamed = Hold.objects.waiting().filter(account=account, reason="fight", actor="")
    rows = {from_facts(one["kind"], one["facts"]): hold for hold in unnamed for one in hold.changes}
    if not rows:
        return
    for change, deed in who_changed(account, reader, rows).items():
        Hold.objects.filter(pk=rows[change].pk).update(actor=deed.actor)

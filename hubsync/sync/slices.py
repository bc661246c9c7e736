"""A long plan is carried out slice by slice, and only its first slice looks. A plan is good for ten minutes."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from hubsync.models import SyncChange, SyncRun
from hubsync.sync.database_clock import database_now
from hubsync.sync.lease import Lease
from hubsync.sync.ownership import unsettled

# Longer than that, other people may have changed too much on Docker Hub.
A_PLAN_LASTS = timedelta(minutes=10)


@transaction.atomic
def go_on(run: SyncRun, lease: Lease) -> list[SyncChange]:
    """What the slice before left of its plan, now of this run; empty where Docker Hub has to be looked at first.

    It has to be where somebody wished for something else, an answer was lost, something was not as the plan took it to
    be, a worker died, or the look is ten minutes old.
    """
    before = SyncRun.objects.filter(account_id=run.account_id).exclude(pk=run.pk).first()
    if before is None or not before.may_go_on or before.generation != lease.generation:
        return []
    if before.observed_at is None or database_now(before) - before.observed_at > A_PLAN_LASTS:
        return []
    if unsettled(run.account):
        return []
    SyncChange.objects.filter(run=before, state=SyncChange.State.PLANNED).update(run=run)
    SyncRun.objects.filter(pk=before.pk).update(may_go_on=False)
    run.observed_at, run.plan_digest = before.observed_at, before.plan_digest
    run.proof = {"goes_on_from": before.pk, "notes": before.proof.get("notes", [])}
    run.save(update_fields=["observed_at", "plan_digest", "proof"])
    return list(SyncChange.objects.filter(run=run).order_by("position"))

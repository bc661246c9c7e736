"""What people have said about removals, as rows: announcements, holds with their approval, and the day of grace."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from hubsync.models import AnnouncedRemoval, Hold, HubAccount
from hubsync.planning.changes import Change, from_facts
from hubsync.planning.guard import Consent
from hubsync.planning.plan import HeldChanges, Plan, facts_of

GRACE = "grace"


def read_consent(account: HubAccount, at: datetime) -> Consent:
    """Announcements that have not lapsed, approvals that are not used up, and since when people are to leave."""
    announced = AnnouncedRemoval.objects.filter(account=account, expires_at__gt=at)
    open_holds = list(Hold.objects.filter(account=account, closed_at=None))
    return Consent(
        announced=frozenset(_changes(row.changes for row in announced)),
        approved=frozenset(_changes(hold.changes for hold in open_holds if hold.approved_at)),
        first_planned={
            change: hold.created_at
            for hold in open_holds
            if hold.reason == GRACE
            for change in _changes([hold.changes])
        },
    )


@transaction.atomic
def keep_holds(account: HubAccount, plan: Plan, at: datetime) -> None:
    """Make the open holds those of this plan: the same set stays as it is, another one takes its place.

    An approved hold stays until nothing of its set is planned any more.
    """
    wanted = {_key(hold.kind, hold.reason, hold.changes): hold for hold in _one_by_one(plan.holds)}
    planned = set(plan.changes) | {change for hold in plan.holds for change in hold.changes}
    for row in Hold.objects.select_for_update().filter(account=account, closed_at=None):
        changes = _changes([row.changes])
        is_still_held = wanted.pop(_key(row.kind, row.reason, changes), None) is not None
        # An approval, and the day of grace, last while something of their set is planned, held or not.
        lasts = bool(changes & planned) if row.approved_at or row.reason == GRACE else is_still_held
        if not lasts:
            row.closed_at = at
            row.save(update_fields=["closed_at"])
    for hold in wanted.values():
        Hold.objects.create(
            account=account, kind=hold.kind, reason=hold.reason, changes=facts_of(hold.changes), created_at=at
        )


def _one_by_one(holds: Iterable[HeldChanges]) -> Iterable[HeldChanges]:
    """Each person's day of grace is a row of its own, so that its time is."""
    for hold in holds:
        if hold.reason == GRACE:
            yield from (HeldChanges(hold.kind, (change,), GRACE) for change in hold.changes)
        else:
            yield hold


def _key(kind: str, reason: str, changes: Iterable[Change]) -> tuple[str, str, frozenset[Change]]:
    return kind, reason, frozenset(changes)


def _changes(lists: Iterable[list[dict[str, Any]]]) -> set[Change]:
    return {from_facts(row["kind"], row["facts"]) for rows in lists for row in rows}

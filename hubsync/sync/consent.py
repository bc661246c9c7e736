"""What people have said about removals, as rows: announcements, holds with their answer, and the day of grace."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet

from hubsync.models import AnnouncedRemoval, Hold, HubAccount, LastLook, RestoredRemoval, SyncChange
from hubsync.planning.changes import Change, from_facts
from hubsync.planning.fights import MOST_REVERSALS, WINDOW, Done
from hubsync.planning.guard import Consent
from hubsync.planning.limits import guarded_kind
from hubsync.planning.plan import HeldChanges, Plan, facts_of

GRACE = "grace"
# In so many hours every permission has had its turn to be read, at night at the latest.
A_ROUND = timedelta(hours=24)
# Held because of another hold, or because somebody said no already: no question of their own.
NO_QUESTION = ("follows", "refused")


def read_consent(account: HubAccount, at: datetime) -> Consent:
    """Announcements that have not lapsed, answers that are not used up, since when people are to leave, what was done."""
    announced = AnnouncedRemoval.objects.filter(account=account, expires_at__gt=at)
    said = frozenset(_changes(row.changes for row in announced))
    holds = list(Hold.objects.open().filter(account=account))
    return Consent(
        announced=said,
        approved=frozenset(_changes(hold.changes for hold in holds if hold.approved_at)),
        refused=frozenset(_changes(hold.changes for hold in holds if hold.refused_at)),
        first_planned={
            change: hold.created_at
            for hold in holds
            if hold.reason == GRACE
            for change in _changes([hold.changes])
        },
        past=_past(account, at),
        lately=_lately(account, at) - said,
        permissions=_known_permissions(account),
    )


def _known_permissions(account: HubAccount) -> int:
    last = LastLook.objects.filter(account=account).first()
    return len(last.lists.get("permissions", ())) if last else 0


def _lately(account: HubAccount, at: datetime) -> frozenset[Change]:
    """Permissions that the portal took away since every one had its turn, but those that somebody approved."""
    rows = SyncChange.objects.filter(
        run__account=account,
        kind__in=("remove_permission", "change_permission"),
        state=SyncChange.State.CONFIRMED,
        settled_at__gt=at - A_ROUND,
    )
    done = {from_facts(kind, facts) for kind, facts in rows.values_list("kind", "facts")}
    answered = Hold.objects.filter(account=account, kind="permissions", approved_at__gt=at - 2 * A_ROUND)
    approved = _changes(answered.values_list("changes", flat=True))
    return frozenset(change for change in done if guarded_kind(change)) - approved


def _past(account: HubAccount, at: datetime) -> tuple[Done, ...]:
    """What was done within the window of fights; nothing where nothing was done as often as a fight needs."""
    done = SyncChange.objects.filter(
        run__account=account, state=SyncChange.State.CONFIRMED, settled_at__gt=at - WINDOW
    ).exclude(kind="invite")
    if not _often(done).exists():
        return ()
    rows = done.values_list("kind", "facts", "settled_at").order_by("settled_at", "pk")
    return tuple(Done(from_facts(kind, facts), when) for kind, facts, when in rows if when)


def _often(done: QuerySet[SyncChange]) -> QuerySet[Any, Any]:
    return (
        done.order_by().values("kind", "facts").annotate(times=Count("pk")).filter(times__gte=MOST_REVERSALS)
    )


@transaction.atomic
def keep_holds(account: HubAccount, plan: Plan, at: datetime) -> None:
    """Make the open holds those of this plan: the same set stays as it is, another one takes its place.

    An answer stays until nothing of its set is planned any more, as a look at everything says; so does what was taken
    back, until the school's own wish changes.
    """
    wanted = {_key(hold.kind, hold.reason, hold.changes): hold for hold in _one_by_one(plan.holds)}
    planned = set(plan.changes) | {change for hold in plan.holds for change in hold.changes}
    for row in Hold.objects.open().select_for_update().filter(account=account):
        changes = _changes([row.changes])
        is_still_held = wanted.pop(_key(row.kind, row.reason, changes), None) is not None
        # An answer, and the day of grace, last while something of their set is planned, held or not.
        is_kept = row.approved_at or row.refused_at or row.reason == GRACE
        lasts = bool(changes & planned) or not plan.is_whole if is_kept else is_still_held
        if not lasts:
            row.closed_at = at
            row.save(update_fields=["closed_at"])
    for hold in wanted.values():
        Hold.objects.create(
            account=account, kind=hold.kind, reason=hold.reason, changes=facts_of(hold.changes), created_at=at
        )
    lapsed = {restored.number for restored in plan.lapsed}
    RestoredRemoval.objects.filter(account=account, pk__in=lapsed, ended_at=None).update(ended_at=at)


def _one_by_one(holds: Iterable[HeldChanges]) -> Iterable[HeldChanges]:
    """Each person's day of grace is a row of its own, so that its time is."""
    for hold in holds:
        if hold.reason == GRACE:
            yield from (HeldChanges(hold.kind, (change,), GRACE) for change in hold.changes)
        elif hold.reason not in NO_QUESTION:
            yield hold


def _key(kind: str, reason: str, changes: Iterable[Change]) -> tuple[str, str, frozenset[Change]]:
    return kind, reason, frozenset(changes)


def _changes(lists: Iterable[list[dict[str, Any]]]) -> set[Change]:
    return {from_facts(row["kind"], row["facts"]) for rows in lists for row in rows}

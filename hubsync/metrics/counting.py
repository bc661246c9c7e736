"""Each figure of the metrics as a query."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Avg, Count, F, Min, OuterRef, QuerySet, Subquery, Sum
from django.utils import timezone

from hubsync.models import (
    CallCount,
    Hold,
    HubAccount,
    HubBudget,
    ObservedPerson,
    OrganizationSync,
    SyncChange,
    SyncRun,
)
from hubsync.sync.blocks import UNTOLD_LIMIT, egress, room_of
from hubsync.sync.database_clock import database_now
from hubsync.sync.lease import STUCK_AFTER
from hubsync.sync.schedule import due

# (values of the labels, the figure)
Pair = tuple[list[str], float]


def call_counts() -> list[Pair]:
    rows = CallCount.objects.order_by("endpoint", "outcome").values_list("endpoint", "outcome", "calls")
    return [([endpoint, outcome], calls) for endpoint, outcome, calls in rows]


def budget_remaining() -> float:
    budget = HubBudget.objects.filter(egress=egress()).first()
    if budget is None:
        return UNTOLD_LIMIT
    now = database_now(budget)
    is_blocked = budget.blocked_until is not None and budget.blocked_until > now
    return 0 if is_blocked else room_of(budget, now, is_urgent=True, wanted=1).calls


def runs() -> list[Pair]:
    return _counted(SyncRun.objects.order_by(), "result")


def run_seconds() -> tuple[int, float]:
    """(number, seconds) of all runs that ended."""
    taken = SyncRun.objects.filter(finished_at__isnull=False).aggregate(
        number=Count("pk"), time=Sum(F("finished_at") - F("started_at"))
    )
    return taken["number"], (taken["time"] or timedelta()).total_seconds()


def changes() -> list[Pair]:
    return _counted(SyncChange.objects.order_by(), "kind", "state")


def drift_objects() -> float:
    """What the last run of each account found to do and has not done."""
    last = SyncRun.objects.filter(account=OuterRef("pk")).order_by("-started_at", "-pk").values("pk")[:1]
    runs = HubAccount.objects.annotate(run=Subquery(last)).values("run")
    waiting = (SyncChange.State.PLANNED, SyncChange.State.HELD, SyncChange.State.UNKNOWN)
    return SyncChange.objects.filter(run__in=runs, state__in=waiting).count()


def open_holds() -> float:
    return Hold.objects.filter(closed_at=None, approved_at=None, refused_at=None).count()


def guard_trips() -> list[Pair]:
    return _counted(Hold.objects.order_by(), "kind")


def invites() -> list[Pair]:
    people = ObservedPerson.objects.order_by()
    invited = people.filter(is_invitee=True).count()
    return [(["pending"], invited), (["accepted"], people.count() - invited)]


def due_now() -> tuple[int, float]:
    """(how many are due, seconds for which the longest has been due)."""
    accounts = [one.account_id for one in due()]
    rows = OrganizationSync.objects.filter(account_id__in=accounts)
    since = rows.aggregate(wish=Min("due_at"), clock=Min("next_look_at"))
    return len(accounts), max((_age(at) for at in since.values() if at), default=0.0)


def stuck() -> float:
    return OrganizationSync.objects.filter(attempts__gte=STUCK_AFTER).count()


def last_proof() -> float:
    """Seconds since 1970 of the oldest last proof of an account that is switched on; 0 where none has one."""
    active = OrganizationSync.objects.filter(account__is_active=True, account__credential__isnull=False)
    at: datetime | None = active.aggregate(at=Min("proven_at"))["at"]
    return at.timestamp() if at else 0.0


def last_calls() -> float:
    last = SyncRun.objects.filter(account=OuterRef("pk"), calls__gt=0).order_by("-started_at", "-pk")
    accounts = HubAccount.objects.annotate(calls=Subquery(last.values("calls")[:1]))
    return float(accounts.aggregate(mean=Avg("calls"))["mean"] or 0)


def _age(at: datetime) -> float:
    return max(0.0, (timezone.now() - at).total_seconds())


def _counted(rows: QuerySet[SyncRun] | QuerySet[SyncChange] | QuerySet[Hold], *labels: str) -> list[Pair]:
    found = rows.values_list(*labels).annotate(number=Count("pk")).order_by(*labels)
    return [([str(one) for one in row[:-1]], float(row[-1])) for row in found]

"""Who is due, and when next. The table is the queue; a ring only makes it faster.

A wish (`request_reconcile`) is written in the transaction of whoever wishes, so it cannot be lost once that is saved.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Case, DateTimeField, F, Q, QuerySet, When
from django.db.models.functions import Least, Now

from hubsync.models import HubAccount, OrganizationSync
from hubsync.sync.database_clock import database_now
from hubsync.sync.exams import next_exam_look
from hubsync.sync.lease import Lease, is_due, is_free
from hubsync.sync.rings import ring

AFTER_UNPROVEN = timedelta(seconds=60)
# Something was written: look soon whether it shows. Reads of Docker Hub can lag behind its writes.
VERIFY_AFTER = timedelta(seconds=5)
# It did not show: it is looked for a few times more while the journal is believed.
WHILE_IT_LAGS = timedelta(seconds=30)
WHILE_INVITES_WAIT = timedelta(minutes=15)
# SQLite's clock counts milliseconds: what is due "now" shall be due within the same one.
AT_ONCE = -timedelta(milliseconds=1)


@dataclass(frozen=True)
class Due:
    account_id: int
    is_urgent: bool


@dataclass(frozen=True)
class Settlement:
    """How a run ended, and what follows: `again_in` or the next regular look, sooner while invitations wait."""

    again_in: timedelta | None = None
    not_before: datetime | None = None
    is_handled: bool = False
    proven_at: datetime | None = None
    in_sync_at: datetime | None = None
    failure: str = ""
    failure_detail: str = ""
    # Docker Hub, or the portal itself, needs rest: a new wish does not make it due sooner.
    is_backing_off: bool = False
    # Waiting for the budget is nobody's failure.
    counts_as_attempt: bool = True
    has_pending_invites: bool = False


def sync_of(account: HubAccount) -> OrganizationSync:
    """The account's row of the queue, made where it is missing."""
    return OrganizationSync.objects.get_or_create(account=account)[0]


@transaction.atomic
def request_reconcile(account: HubAccount, *, urgent: bool = False) -> None:
    """Wish that the organization be made as the school wants it now. Wishing twice before it happens is one look."""
    sync_of(account)
    row = OrganizationSync.objects.filter(account=account)
    row.update(generation=F("generation") + 1, due_at=Now())
    if urgent:
        row.update(is_urgent=True)
    transaction.on_commit(partial(ring, account.pk, is_urgent=urgent), robust=True)


@transaction.atomic
def activate(account: HubAccount) -> None:
    """Let the portal write to Docker Hub from now on: a person has seen the plan. Twice is the same as once."""
    account.is_active = True
    account.save(update_fields=["is_active"])
    request_reconcile(account, urgent=True)


def due() -> list[Due]:
    """Accounts that are due, free, and have a credential that is not refused: clicks first, then who waits longest."""
    return [Due(account_id, urgent) for account_id, urgent in _due().values_list("account_id", "is_urgent")]


def find_due(account_id: int) -> Due | None:
    """This account, if it is due."""
    row = _due().filter(account_id=account_id).first()
    return Due(row.account_id, row.is_urgent) if row else None


def next_due(*, besides: Collection[int] = (), clicks_only: bool = False) -> Due | None:
    """Whose turn it is."""
    rows = _due().exclude(account_id__in=besides)
    row = (rows.filter(is_urgent=True) if clicks_only else rows).first()
    return Due(row.account_id, row.is_urgent) if row else None


def clicks_wait(*, besides: int) -> bool:
    """Whether somebody at a page waits for another account."""
    return _due().filter(is_urgent=True).exclude(account_id=besides).exists()


def _due() -> QuerySet[OrganizationSync]:
    rows = OrganizationSync.objects.filter(
        is_due(), is_free(), account__credential__isnull=False, account__credential__refused_at__isnull=True
    )
    # Who has just had a slice is due since a moment ago, and so stands behind everybody who waited meanwhile.
    return rows.order_by("-is_urgent", _due_since(), "pk")


def _due_since() -> Case:
    by_wish, by_clock = Q(due_at__lte=Now()), Q(next_look_at__lte=Now())
    return Case(
        When(by_wish & by_clock, then=Least("due_at", "next_look_at")),
        When(by_wish, then=F("due_at")),
        default=F("next_look_at"),
        output_field=DateTimeField(),
    )


def settle(lease: Lease, settlement: Settlement) -> None:
    """Write down how the run ended, when to look next, and let go of the lease. Nothing if it was lost."""
    with transaction.atomic():
        rows = OrganizationSync.objects.select_for_update()
        row = rows.filter(account_id=lease.account_id, lease_token=lease.token).first()
        if row is None:
            return
        now = database_now(row)
        _settle(row, lease, settlement, now)
        row.save()
        if row.due_at and row.due_at <= now:
            transaction.on_commit(partial(ring, lease.account_id, is_urgent=row.is_urgent), robust=True)


def _settle(row: OrganizationSync, lease: Lease, settlement: Settlement, now: datetime) -> None:
    has_moved = row.generation > lease.generation
    row.lease_token, row.lease_expires_at = "", None
    if settlement.proven_at:
        # A proven look that found something to do ends "in sync"; one that failed says nothing about it.
        row.proven_at, row.in_sync_at = settlement.proven_at, settlement.in_sync_at
    row.failure, row.failure_detail = settlement.failure, settlement.failure_detail
    if settlement.is_handled:
        row.handled_generation = max(row.handled_generation, lease.generation)
    row.attempts = _attempts(row, settlement)
    row.due_at = (
        now + AT_ONCE if has_moved and not settlement.is_backing_off else _due_at(row, settlement, now)
    )
    # A long plan is a click for its first slice only: the rest of it may not keep other people waiting.
    is_next_slice = settlement.again_in == AT_ONCE and not has_moved
    row.is_urgent = row.is_urgent and row.due_at is not None and not is_next_slice
    regular = next_look(lease.account_id, now, has_pending_invites=settlement.has_pending_invites)
    # A minute that came while this run was under way is not missed.
    exam = next_exam_look(lease.account_id, lease.claimed_at)
    row.next_look_at = min(regular, exam) if exam else regular


def _attempts(row: OrganizationSync, settlement: Settlement) -> int:
    if not settlement.counts_as_attempt:
        return max(0, row.attempts - 1)
    return row.attempts if settlement.is_backing_off else 0


def _due_at(row: OrganizationSync, settlement: Settlement, now: datetime) -> datetime | None:
    if settlement.not_before:
        return settlement.not_before
    return None if settlement.again_in is None else now + settlement.again_in


def next_look(account_id: int, now: datetime, *, has_pending_invites: bool) -> datetime:
    """The next regular look: hourly at a minute of the school's own, every 15 minutes while invitations wait."""
    if has_pending_invites:
        return now + WHILE_INVITES_WAIT
    at = now.replace(minute=account_id * 37 % 60, second=0, microsecond=0)
    return at if at > now else at + timedelta(hours=1)

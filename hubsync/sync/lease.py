"""Who may write to an organization now: a row with a token that every write of the journal checks.

All times are the database's, so that workers with different clocks agree. A request is bounded to less than the lease
lasts, so no thread is needed to keep it.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.db.models import F, Q
from django.db.models.functions import Now

from hubsync.models import OrganizationSync
from hubsync.sync.database_clock import database_now

# Renewed every five seconds and at each request, which is bounded to half of this. With the sweep it bounds how long
# the work of a dead worker lies still: under a minute.
LEASE = timedelta(seconds=40)
FIRST_BACK_OFF = timedelta(seconds=5)
LONGEST_BACK_OFF = timedelta(hours=1)
# So many attempts without an end, and the account counts as stuck: it is shown, and tried less and less often.
STUCK_AFTER = 5


class LeaseLost(Exception):
    """Another worker took over: leave quietly and write nothing more."""


class GenerationMoved(Exception):
    """Somebody wished for something else meanwhile: what is planned may be out of date."""


@dataclass(frozen=True)
class Lease:
    """The right to write to one organization. `generation` is what was wished for when it was claimed."""

    account_id: int
    token: str
    generation: int
    attempts: int
    is_urgent: bool
    claimed_at: datetime


def is_due() -> Q:
    return Q(due_at__lte=Now()) | Q(next_look_at__lte=Now())


def is_free() -> Q:
    return Q(lease_token="") | Q(lease_expires_at__isnull=True) | Q(lease_expires_at__lt=Now())


def claim(account_id: int, *, even_if_not_due: bool = False) -> Lease | None:
    """The lease of an organization that is due and free; None where there is nothing to claim.

    The attempt is counted here, so that work which kills its worker is counted too.
    """
    token = str(uuid4())
    rows = OrganizationSync.objects.filter(is_free(), account_id=account_id)
    rows = rows if even_if_not_due else rows.filter(is_due())
    if not rows.update(lease_token=token, lease_expires_at=Now() + LEASE, attempts=F("attempts") + 1):
        return None
    row = OrganizationSync.objects.get(account_id=account_id)
    if row.attempts > STUCK_AFTER:
        _rest_should_it_die(row)
    return Lease(account_id, token, row.generation, row.attempts, row.is_urgent, database_now(row))


def _rest_should_it_die(row: OrganizationSync) -> None:
    """What has killed its worker several times is not tried again as soon as its lease is over."""
    later = Now() + back_off(row.attempts - STUCK_AFTER)
    OrganizationSync.objects.filter(pk=row.pk).update(due_at=later, next_look_at=later)


def back_off(attempts: int) -> timedelta:
    """How long to wait after that many attempts without success: doubling, with jitter, at most an hour."""
    longest = min(FIRST_BACK_OFF * int(2 ** min(attempts, 20)), LONGEST_BACK_OFF)
    return longest * random.uniform(0.5, 1)  # noqa: S311  no secret


def renew(lease: Lease) -> None:
    """Keep the lease for another while. Raises LeaseLost where another worker has it."""
    held = OrganizationSync.objects.filter(account_id=lease.account_id, lease_token=lease.token)
    if not held.update(lease_expires_at=Now() + LEASE):
        raise LeaseLost()


def renew_for_writing(lease: Lease) -> None:
    """The same before a write. Raises GenerationMoved where the wish is not the one that was planned for."""
    renew(lease)
    if OrganizationSync.objects.filter(account_id=lease.account_id, generation__gt=lease.generation).exists():
        raise GenerationMoved()

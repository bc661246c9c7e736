"""What looking after a school costs: calls to Docker Hub."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Sum
from django.utils import timezone

from hubsync.models import HubAccount, SyncRun

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Cost:
    """Calls of the last run that asked anything, and of the last 24 hours."""

    last_run: int = 0
    last_day: int = 0


def cost_of(account: HubAccount) -> Cost:
    """What the school's runs have asked."""
    runs = SyncRun.objects.filter(account=account, calls__gt=0)
    day = runs.filter(started_at__gt=timezone.now() - DAY).aggregate(calls=Sum("calls"))["calls"]
    return Cost(runs.values_list("calls", flat=True).first() or 0, day or 0)

"""What is to be done once a day, by whichever process comes first."""

from datetime import datetime, timedelta
from time import monotonic

from django.db.models import Q
from django.utils import timezone

from classrooms.actions.retention import keep_house
from classrooms.models import Upkeep

DAILY = timedelta(hours=24)
ASK_EVERY_SECONDS = 300.0
_NAME = "house"
_asked_at: list[float] = []


def keep_house_if_due() -> bool:
    """Whether this process did the day's upkeep. Costs nothing between two questions, five minutes apart."""
    if _asked_at and monotonic() - _asked_at[-1] < ASK_EVERY_SECONDS:
        return False
    _asked_at[:] = [monotonic()]
    return claim_and_keep_house(timezone.now())


def claim_and_keep_house(now: datetime) -> bool:
    """The claim is written before the work: two processes never do it at once, and a failed one waits a day."""
    Upkeep.objects.get_or_create(name=_NAME)
    due = Q(begun_at__isnull=True) | Q(begun_at__lte=now - DAILY)
    if not Upkeep.objects.filter(due, name=_NAME).update(begun_at=now):
        return False
    keep_house(timezone.localdate(now))
    return True

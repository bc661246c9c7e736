"""What is to be done once a day, by whichever process comes first."""

from datetime import datetime, timedelta
from time import monotonic

from django.db.models import Q
from django.utils import timezone

from classrooms import archive_store
from classrooms.actions.retention import keep_house
from classrooms.models import HandIn, Upkeep

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
    remove_lost_archives()
    return True


def remove_lost_archives() -> int:
    """Take away files that no hand-in names any more, with their classes or after a broken upload; how many."""
    kept = set(HandIn.objects.exclude(archive="").values_list("archive", flat=True))
    return archive_store.remove_all_but(kept)

"""Large class lists, brought in by a worker while the page may be closed.

The row is the queue: it says that somebody has confirmed the list, with what answers, and which worker is at it until
when. All is one transaction, so that of a worker that dies nothing is left but the row, and the next one begins again.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from classrooms import signals
from classrooms.actions.refusals import ImportNotWaiting, Refused
from classrooms.actions.rosters import RosterOutcome, carry_out
from classrooms.models import RosterImport, User
from classrooms.queries.roster_confirmed import Confirmed, as_json, from_json

logger = logging.getLogger(__name__)
# A list of a few classes takes less than a second: whoever brings it in sees the result at once.
AT_ONCE_ROWS = 200
# Far more than the largest list takes; after it a worker is dead.
LEASE = timedelta(minutes=3)
TRIED_AGAIN_AFTER = timedelta(seconds=20)
MOST_ATTEMPTS = 3


def confirm_import(*, roster_import: RosterImport, by: User | None, confirmed: Confirmed) -> None:
    """Bring a small list in now, and leave a large one to a worker. A second call changes nothing.

    Raises ImportNotWaiting when the list was dropped.
    """
    if len(roster_import.rows) <= AT_ONCE_ROWS:
        _carry_out(roster_import, by, confirmed)
    else:
        _leave_to_worker(roster_import, by, confirmed)


def bring_in_now(*, roster_import: RosterImport) -> None:
    """Do what waits for a worker in this process. Where a worker did it meanwhile, nothing happens twice."""
    if roster_import.state == RosterImport.State.ASKED:
        _carry_out(roster_import, roster_import.confirmed_by, from_json(roster_import.confirmed))


def bring_in_waiting(now: datetime | None = None) -> int:
    """Bring in all lists that wait for a worker, the oldest first; how many this process has done."""
    done = 0
    while (claimed := _claim(now or timezone.now())) is not None:
        done += _try(claimed)
    return done


@transaction.atomic
def _leave_to_worker(roster_import: RosterImport, by: User | None, confirmed: Confirmed) -> None:
    waiting = RosterImport.objects.select_for_update().get(pk=roster_import.pk)
    if waiting.state == RosterImport.State.DROPPED:
        raise ImportNotWaiting(_("This class list was dropped. Upload it again."))
    if waiting.state != RosterImport.State.WAITING:
        return
    waiting.state = RosterImport.State.ASKED
    waiting.confirmed, waiting.confirmed_by = as_json(confirmed), by
    waiting.confirmed_at, waiting.attempts = timezone.now(), 0
    waiting.save(update_fields=["state", "confirmed", "confirmed_by", "confirmed_at", "attempts"])
    signals.work_waits.send(sender=RosterImport, school=waiting.school)


def _claim(now: datetime) -> RosterImport | None:
    """The oldest list that no living worker is at, now this one's. The condition is written with the claim, so that
    of two workers one gets it."""
    free = Q(claimed_until=None) | Q(claimed_until__lte=now)
    waiting = RosterImport.objects.filter(free, state=RosterImport.State.ASKED)
    for pk in waiting.order_by("confirmed_at", "pk").values_list("pk", flat=True):
        claim = {"claimed_until": now + LEASE, "attempts": F("attempts") + 1}
        if waiting.filter(pk=pk).update(**claim):
            return RosterImport.objects.select_related("confirmed_by").get(pk=pk)
    return None


def _try(claimed: RosterImport) -> bool:
    """Whether it is in. What went wrong is told to whoever runs the portal; the third time it is given up."""
    if claimed.attempts > MOST_ATTEMPTS:
        _give_up(claimed)
        return False
    try:
        _carry_out(claimed, claimed.confirmed_by, from_json(claimed.confirmed))
    except Refused:  # dropped meanwhile
        return False
    except Exception:  # one list that cannot be brought in may not keep the others waiting
        logger.exception("Class list %s could not be brought in; nothing of it was written.", claimed.pk)
        if claimed.attempts == MOST_ATTEMPTS:
            _give_up(claimed)
        _still_asked(claimed).update(claimed_until=timezone.now() + TRIED_AGAIN_AFTER)
        return False
    return True


def _give_up(claimed: RosterImport) -> None:
    """It waits for a person again, who reads that it did not work."""
    summary = {**claimed.summary, "has_failed": True}
    waiting = RosterImport.State.WAITING
    _still_asked(claimed).update(state=waiting, claimed_until=None, confirmed={}, summary=summary)


def _still_asked(claimed: RosterImport) -> QuerySet[RosterImport]:
    return RosterImport.objects.filter(pk=claimed.pk, state=RosterImport.State.ASKED)


def _carry_out(roster_import: RosterImport, by: User | None, confirmed: Confirmed) -> RosterOutcome:
    return carry_out(
        roster_import=roster_import,
        by=by,
        leavers=confirmed.leavers,
        answers=dict(confirmed.answers),
        placements=confirmed.placements,
        decisions=confirmed.decisions,
        chosen=confirmed.chosen,
    )

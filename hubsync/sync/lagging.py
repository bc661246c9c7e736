"""What we just did and a look does not show yet is believed for two minutes: otherwise it would be done twice.

Only until a look has shown it once. What is otherwise from then on is another hand's doing, and is mended at once.
"""

from __future__ import annotations

from datetime import timedelta

from django.db.models.functions import Now
from django.utils import timezone

from hubsync.models import HubAccount, SyncChange
from hubsync.planning.changes import from_facts
from hubsync.planning.lag import Shown, with_journal
from hubsync.planning.state import OrganizationState
from hubsync.sync.remembered import known_teams

BELIEVED_FOR = timedelta(minutes=2)


def believe_journal(account: HubAccount, observed: OrganizationState) -> Shown:
    """The look with what we did within two minutes; what it shows of that is noted. Call it before it is remembered."""
    rows = SyncChange.objects.filter(
        run__account=account,
        state=SyncChange.State.CONFIRMED,
        shown_at=None,
        # The database's clock wrote when it was sent, and says how long ago that was.
        sent_at__gt=Now() - BELIEVED_FOR,
    )
    done = list(rows.order_by("sent_at", "pk"))
    if not done:
        return Shown(observed)
    changes = [from_facts(row.kind, row.facts) for row in done]
    found = with_journal(observed, changes, known_teams(account).teams)
    shown = [done[place].pk for place in found.shown]
    SyncChange.objects.filter(pk__in=shown).update(shown_at=timezone.now())
    return found

"""What was made a moment ago may not be found yet: it is looked for a few times before "not there" is believed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from time import sleep as sleep_seconds

from django.db.models.functions import Now

from hubsync.hub.reader import HubReader
from hubsync.models import HubAccount, SyncChange
from hubsync.planning.changes import Change

# Three looks in ten seconds, the first at once: what is missing may be something else.
PAUSES_SECONDS = (0.0, 3.0, 7.0)
JUST_NOW = timedelta(minutes=2)


def appearances(account: HubAccount, reader: HubReader, change: Change) -> Iterator[bool]:
    """Whether what the change needs is there by now, look after look. Nothing where none of it was just made."""
    finds = list(_finders(account, reader, change))
    for seconds in PAUSES_SECONDS if finds else ():
        sleep_seconds(seconds)
        yield all(find() for find in finds)


def _finders(account: HubAccount, reader: HubReader, change: Change) -> Iterator[Callable[[], bool]]:
    team, repository = change.team_name, str(getattr(change, "repository", ""))
    if team and _was_just_made(account, "create_team", team=team):
        yield lambda: reader.find_team(account.name, team) is not None
    if repository and _was_just_made(account, "create_repository", repository=repository):
        yield lambda: reader.find_repository(account.name, repository) is not None


def _was_just_made(account: HubAccount, kind: str, **facts: str) -> bool:
    rows = SyncChange.objects.filter(
        run__account=account, kind=kind, state=SyncChange.State.CONFIRMED, sent_at__gt=Now() - JUST_NOW
    )
    return rows.filter(**{f"facts__{name}": value for name, value in facts.items()}).exists()

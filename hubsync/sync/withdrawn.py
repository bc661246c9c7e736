"""What people said about a removal counts until the school wants again what it would take away.

Otherwise an announcement of last week would excuse an accident of today: a class is archived, comes out of the archive,
and a wrong list empties it.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from hubsync.models import AnnouncedRemoval, Hold, HubAccount, RemoteObject
from hubsync.planning.changes import from_facts
from hubsync.planning.state import OrganizationState
from hubsync.planning.wanted_again import WantedAgain
from hubsync.sync.desired import EmptyClassList, desired_state
from hubsync.sync.people import aliases_of

Rows = list[dict[str, Any]]
ANSWERED = Q(approved_at__isnull=False) | Q(refused_at__isnull=False) | Q(reason="grace")


def withdraw_by_rows(account: HubAccount) -> None:
    """Do it at once, when the school's rows have just changed: before a second change makes the first unseen."""
    if not _something_was_said(account):
        return
    try:
        desired = desired_state(account).state
    except EmptyClassList:
        # Nothing is believed of such a list.
        return
    withdraw_what_is_wanted(account, desired)


def withdraw_what_is_wanted(account: HubAccount, desired: OrganizationState) -> None:
    """Announcements, answers and days of grace lose every removal of what is wanted now. A second call changes nothing."""
    if not _something_was_said(account):
        return
    wish = WantedAgain(desired, _classes(account), aliases_of(account))
    for announced in _announced(account):
        if len(rest := _rest(announced.changes, wish)) < len(announced.changes):
            announced.changes = rest
            announced.save(update_fields=["changes"])
    for hold in _holds(account):
        if len(rest := _rest(hold.changes, wish)) < len(hold.changes):
            hold.changes, hold.closed_at = rest or hold.changes, None if rest else timezone.now()
            hold.save(update_fields=["changes", "closed_at"])


def _something_was_said(account: HubAccount) -> bool:
    return _announced(account).exists() or _holds(account).exists()


def _announced(account: HubAccount) -> QuerySet[AnnouncedRemoval]:
    return AnnouncedRemoval.objects.filter(account=account, expires_at__gt=timezone.now()).exclude(changes=[])


def _holds(account: HubAccount) -> QuerySet[Hold]:
    return Hold.objects.open().filter(ANSWERED, account=account)


def _classes(account: HubAccount) -> dict[str, int]:
    claims = RemoteObject.objects.filter(
        account=account, kind=RemoteObject.Kind.TEAM, class_group__isnull=False
    )
    return {name.lower(): pk for name, pk in claims.values_list("name", "class_group_id") if pk}


def _rest(changes: Rows, wish: WantedAgain) -> Rows:
    return [one for one in changes if not wish.takes(from_facts(one["kind"], one["facts"]))]

"""Where a look is much emptier than the one before and nobody's doing explains it: looked at twice, then asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone

from hubsync.models import AnnouncedRemoval, Hold, HubAccount, LastLook, RemoteObject, SyncChange
from hubsync.planning.changes import Change, from_facts
from hubsync.planning.lists import TEAM, Lists, gone, remembered
from hubsync.planning.plan import Plan
from hubsync.planning.shrinkage import TAKES_AWAY, answered, explained_by, shrunk
from hubsync.planning.state import OrganizationState
from hubsync.planning.vanished import Vanished, vanished
from hubsync.sync.ownership import MAY_BE_DONE, READS_MAY_LAG
from hubsync.sync.unproven import Unproven

LOOK_AGAIN_AFTER = timedelta(seconds=60)


def prove_size(account: HubAccount, observed: OrganizationState) -> None:
    """Hold this look to the last proven one, and remember it. Called before anything else is made of it.

    Raises Unproven where a list shrank; where a second look a minute later finds the same, what is gone is kept apart.
    """
    row = LastLook.objects.get_or_create(account=account)[0]
    at = observed.seen_at or timezone.now()
    found = shrunk(row.lists, observed, _explained(account, row, observed), _own_teams(account))
    if found and not _is_second_look(row, at):
        row.shrunk_since = row.shrunk_since or at
        row.save(update_fields=["shrunk_since"])
        raise _less(row.lists, found)
    row.gone = _together(gone(row.gone, observed), found)
    row.lists = remembered(row.lists, observed)
    row.seen_at, row.shrunk_since = at, None
    row.save(update_fields=["gone", "lists", "seen_at", "shrunk_since"])


def read_vanished(account: HubAccount) -> Vanished:
    """What is gone and is not made again before a person says so."""
    row = LastLook.objects.filter(account=account).first()
    return vanished(row.gone if row else {})


def accept_what_is_gone(account: HubAccount) -> None:
    """A person has answered: from now on the plan decides by what is there."""
    LastLook.objects.filter(account=account).update(gone={})


def forget_what_nobody_wants(account: HubAccount, plan: Plan) -> None:
    """What is gone and would not be made again is no question, now or later."""
    if plan.is_whole and not any(hold.reason == "shrunk" for hold in plan.holds):
        LastLook.objects.filter(account=account).exclude(gone={}).update(gone={})


def _is_second_look(row: LastLook, at: datetime) -> bool:
    return row.shrunk_since is not None and at - row.shrunk_since >= LOOK_AGAIN_AFTER


def _explained(account: HubAccount, row: LastLook, observed: OrganizationState) -> frozenset[tuple[str, str]]:
    if row.seen_at is None:
        return frozenset()
    changes = list(_taken_away(account, row.seen_at))
    return explained_by(changes, row.lists, observed) | answered(row.lists, observed)


def _taken_away(account: HubAccount, since: datetime) -> Iterator[Change]:
    """What the portal took away since then, or may have, and what the school said is to go, whoever did it."""
    done = SyncChange.objects.filter(
        run__account=account, kind__in=TAKES_AWAY, state__in=MAY_BE_DONE, sent_at__gte=since - READS_MAY_LAG
    )
    yield from (from_facts(one.kind, one.facts) for one in done)
    announced = AnnouncedRemoval.objects.filter(account=account, expires_at__gt=since)
    approved = Hold.objects.open().filter(account=account, approved_at__isnull=False)
    for changes in (
        *announced.values_list("changes", flat=True),
        *approved.values_list("changes", flat=True),
    ):
        yield from (from_facts(one["kind"], one["facts"]) for one in changes)


def _own_teams(account: HubAccount) -> set[str]:
    claims = RemoteObject.objects.filter(account=account, kind=RemoteObject.Kind.TEAM)
    return {uuid or name.lower() for uuid, name in claims.values_list("uuid", "name")}


def _together(one: Lists, other: Lists) -> Lists:
    return {name: {**one.get(name, {}), **other.get(name, {})} for name in sorted(one.keys() | other.keys())}


def _less(before: Lists, found: Lists) -> Unproven:
    """Of the first list that shrank: how much is gone of how much."""
    name = sorted(found, key=lambda name: (name.startswith(TEAM), name))[0]
    what = (
        f"team {before.get('teams', {}).get(name.removeprefix(TEAM), '')}" if name.startswith(TEAM) else name
    )
    lost, count = len(found[name]), len(before[name])
    return Unproven(
        "shrunk",
        f"{lost} of {count} rows are gone from the list of {what}",
        list=what,
        rows=lost,
        count=count,
    )

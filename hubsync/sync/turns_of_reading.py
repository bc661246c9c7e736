"""Whose permissions a look reads: those whose wish changed, and a share of the others, so that each has its turn.

Reading the permissions of every repository is what a look spends most on. One that was read as it was wished is believed
until its turn comes again; nothing is planned for one that was not read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time
from math import ceil

from django.utils import timezone

from hubsync.models import HubAccount, PermissionReading
from hubsync.planning.wishes import Wishes

Kind = PermissionReading.Kind
# An hourly look reads one in eight, so that a working day sees them all.
SHARE = 8
# Fewer are not worth remembering apart.
FEW = 10
# One look asks no more than this; what is left has its turn in the next.
MOST_CALLS = 120
# To find out which of the routes answers: one that is not there, whether its team is, and one that refuses.
FOR_ROUTES = 3
NIGHT = time(1), time(5)


@dataclass
class Turns:
    """Chooses what is read. `everything`: a person waits for the whole truth, however many calls it takes."""

    readings: dict[tuple[str, str], PermissionReading] = field(default_factory=dict)
    everything: bool = False
    is_night: bool = False
    # What this look read: ("repository" or "team", or "" before it is known), and which keys.
    kind: str = ""
    read: frozenset[str] = frozenset()

    def choose(self, kind: str, wishes: dict[str, str], other_calls: int, *, all_now: bool) -> list[str]:
        """The keys that are read now, in order; `other_calls` are what this look asks besides.

        `all_now`: they are so few calls that none has to wait for its turn, as far as there is room.
        """
        self.kind = kind
        room = self._room(len(wishes), other_calls)
        unproven = [key for key in wishes if not self.is_proven(kind, key, wishes[key])]
        # What another wish was read of says nothing of this one. What was found wrong is read again, to see it mended;
        # where a lot of that waits for an answer, it leaves room for others to have their turn.
        news = [key for key in unproven if self._wish(kind, key) != wishes[key]]
        wrong = self._oldest_first(kind, set(unproven) - set(news))
        if not self.everything:
            wrong = wrong[: max(room - FEW, room // 2)]
        others = self._oldest_first(kind, set(wishes) - set(unproven))
        chosen = [*sorted(news), *wrong, *others[: self._share(len(others), all_now)]]
        self.read = frozenset(chosen[:room])
        return sorted(self.read)

    def is_proven(self, kind: str, key: str, wish: str) -> bool:
        """Whether it was as it is wished when it was last read."""
        reading = self.readings.get((kind, key))
        return reading is not None and reading.is_as_wished and reading.wish == wish

    def _room(self, number: int, other_calls: int) -> int:
        return number if self.everything else max(FEW, MOST_CALLS - FOR_ROUTES - other_calls)

    def _share(self, others: int, all_now: bool) -> int:
        return others if all_now or self.everything or self.is_night else max(FEW, ceil(others / SHARE))

    def _oldest_first(self, kind: str, keys: Iterable[str]) -> list[str]:
        return sorted(keys, key=lambda key: (self.readings[kind, key].read_at, key))

    def _wish(self, kind: str, key: str) -> str:
        reading = self.readings.get((kind, key))
        return reading.wish if reading else ""


def read_turns(account: HubAccount, *, everything: bool) -> Turns:
    """Whose turn it is, by what earlier looks left."""
    rows = PermissionReading.objects.filter(account=account)
    return Turns({(row.kind, row.key): row for row in rows}, everything=everything, is_night=is_night())


def is_night() -> bool:
    """Whether schools sleep, so that a look may read all it can."""
    return NIGHT[0] <= timezone.localtime().time() < NIGHT[1]


@dataclass(frozen=True)
class ReadingsNow:
    """What is known of all permissions after a look."""

    unproven: int = 0
    oldest: datetime | None = None
    total: int = 0


def note_readings(
    account: HubAccount, turns: Turns, wishes: Wishes, touched: Iterable[str], at: datetime
) -> ReadingsNow:
    """Keep what was read and whether it was as wished: `touched` are the keys that changes are planned for."""
    if not turns.kind:
        return ReadingsNow()
    wished = wishes.by_team if turns.kind == Kind.TEAM else wishes.by_repository
    touched = frozenset(touched) & wished.keys()
    rows = [
        PermissionReading(
            account=account,
            kind=turns.kind,
            key=key,
            wish=wished[key],
            is_as_wished=key not in touched,
            # What is planned for without having been read was just found to be missing as a whole.
            read_at=at,
        )
        for key in sorted((turns.read & wished.keys()) | touched)
    ]
    _store(account, turns.kind, wished, rows)
    known = {row.key: row for (kind, _), row in turns.readings.items() if kind == turns.kind}
    known |= {row.key: row for row in rows}
    turns.readings = {(turns.kind, key): row for key, row in known.items()}
    proven = [known[key] for key in wished if turns.is_proven(turns.kind, key, wished[key])]
    oldest = min((row.read_at for row in proven), default=None)
    return ReadingsNow(len(wished) - len(proven), oldest, len(wished))


def _store(account: HubAccount, kind: str, wished: Iterable[str], rows: list[PermissionReading]) -> None:
    """Renew these rows; what is no longer there, or was read by the other route, is forgotten."""
    mine = PermissionReading.objects.filter(account=account)
    mine.exclude(kind=kind).delete()
    gone = set(mine.values_list("key", flat=True)) - set(wished)
    mine.filter(key__in=gone).delete()
    PermissionReading.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["account", "kind", "key"],
        update_fields=["wish", "is_as_wished", "read_at"],
    )

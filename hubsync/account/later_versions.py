"""Whether students went on pushing after they handed in, and which version it was where nobody could look then.

A teacher asks by a press. By itself the portal looks again soon for what could not be seen, and once for everybody when
the time for handing in is over. Only HEAD is sent, which costs no pull; each counts in the budget of all workers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from time import monotonic

from django.core.cache import cache
from django.utils import timezone

from classrooms.actions.handing_in import note_later_version, note_looked_again
from classrooms.image_references.reading import read_reference
from classrooms.image_references.reference import ImageReference
from classrooms.models import HandIn, School
from classrooms.queries.later_looks import due_for_look, unseen_images
from hubsync.account.hand_in_look import digests_of
from hubsync.sync.budget import Budget

MOST_AT_ONCE = 60
# Of one round, which other work waits for; the next one follows within a minute.
MOST_IN_A_ROUND = 40
# Seconds between two rounds, and after one in which nothing answered.
EVERY, AFTER_SILENCE = 20, 120
WAITS_SECONDS, ROUND_SECONDS = 5.0, 40.0
_TURN, _PAUSE = "hubsync.account.later_versions.turn", "hubsync.account.later_versions.pause"


def look_for_later(school: School, hand_ins: Iterable[HandIn]) -> tuple[int, int]:
    """(how many were looked at, how many mean another version now). Costs no pulls: only HEAD is sent."""
    rows = [one for one in hand_ins if _may_move(one)][:MOST_AT_ONCE]
    return _look(school, rows, None)


def look_again(is_over: Callable[[], bool] = lambda: False) -> int:
    """One round for the worker: how many hand-ins were looked at again. Safe to run twice, late, or never."""
    if cache.get(_PAUSE) or not cache.add(_TURN, 1, timeout=EVERY):
        return 0
    by_school: dict[School, list[HandIn]] = defaultdict(list)
    for row in due_for_look(timezone.now(), MOST_IN_A_ROUND):
        by_school[row.class_practice.class_group.school].append(row)
    until, done = monotonic() + ROUND_SECONDS, 0
    budget = Budget(longest_wait=WAITS_SECONDS, is_over=lambda: is_over() or monotonic() > until)
    try:
        for school, rows in by_school.items():
            looked, _found = _look(school, rows, budget)
            done += looked
            if looked < len(rows):
                cache.set(_PAUSE, 1, timeout=AFTER_SILENCE)
                break
    finally:
        budget.give_back()
    return done


def _may_move(row: HandIn) -> bool:
    return bool(row.reference) and ("@" not in row.reference or row.is_unseen)


def _look(school: School, rows: list[HandIn], budget: Budget | None) -> tuple[int, int]:
    looked = found = 0
    wanted = {row.pk: _wanted(row) for row in rows}
    references = [one for names in wanted.values() for one in names.values()]
    digests = digests_of(school, references, budget=budget, also_by_digest=True)
    for row in rows:
        told = {name: digests[one.familiar] for name, one in wanted[row.pk].items()}
        if None not in told.values():
            looked += 1
            found += _note(row, {name: digest or "" for name, digest in told.items()})
    return looked, found


def _wanted(row: HandIn) -> dict[str, ImageReference]:
    """By the name in the hand-in: what the registry is asked for."""
    names = unseen_images(row) | ({row.reference} if _may_move(row) else set())
    return {name: read_reference(name) for name in sorted(names)}


def _note(row: HandIn, told: dict[str, str]) -> bool:
    now = timezone.now()
    digest = told.get(row.reference, "")
    is_news = note_later_version(hand_in=row, digest=digest, at=now)
    later = {name: one for name, one in told.items() if one and name in unseen_images(row)}
    is_seen = bool(row.digest or row.later_digest or digest) or not row.reference
    is_unseen = not (is_seen and unseen_images(row) <= set(later))
    note_looked_again(hand_in=row, at=now, compose_digests=later, is_unseen=is_unseen)
    return is_news

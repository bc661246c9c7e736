"""How many calls may be made now, so that no stretch of sixty seconds ever holds more than the limit. Pure.

A block of calls counts from the moment it is taken until a minute after its last answer came. So a call counts at least
a minute from the moment it reached Docker Hub, wherever between leaving and answer that was; and in any minute the last
of its calls was given while all the others still counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

WINDOW_SECONDS = 60.0
SHARE_FOR_URGENT = 0.2
# Clicks come in company: in the minute after one as much again is kept for those that follow, or a school of usual size
# (15 calls) would find nothing at the third click in a minute.
SHARE_WHILE_CLICKED = 1 / 3
# Docker Hub tells its limit; a twentieth of it is left to others behind the same address.
SHARE_OF_TOLD_LIMIT = 0.95


@dataclass(frozen=True)
class Taken:
    """Calls that were taken together, and until when they count."""

    calls: int
    is_urgent: bool
    counts_until: float


def background_limit(limit: int, *, is_clicked: bool = False) -> int:
    """What of a limit is for background work; the rest is kept for clicks. Less while clicks of this minute count."""
    return max(1, int(limit * (1 - (SHARE_WHILE_CLICKED if is_clicked else SHARE_FOR_URGENT))))


def free_calls(taken: Iterable[Taken], now: float, limit: int, *, is_urgent: bool) -> int:
    """How many calls may be taken now."""
    counting = [one for one in taken if one.counts_until > now]
    free = limit - sum(one.calls for one in counting)
    if is_urgent:
        return max(0, free)
    background = sum(one.calls for one in counting if not one.is_urgent)
    is_clicked = any(one.is_urgent and one.calls for one in counting)
    return max(0, min(free, background_limit(limit, is_clicked=is_clicked) - background))


def free_at(taken: Iterable[Taken], now: float, limit: int, *, is_urgent: bool, wanted: int = 1) -> float:
    """The first moment at which so many may be taken, or as many as ever may, if nobody takes any before."""
    blocks = list(taken)
    wanted = min(wanted, limit if is_urgent else background_limit(limit))
    moments = sorted({now, *(one.counts_until for one in blocks if one.counts_until > now)})
    enough = (at for at in moments if free_calls(blocks, at, limit, is_urgent=is_urgent) >= wanted)
    return next(enough, moments[-1])


def limit_of(told: int | None, own: int | None, untold: int) -> int:
    """Calls a minute: a share of what Docker Hub told, and never more than our own limit; before it told, `untold`."""
    if told is None:
        return max(1, untold if own is None else own)
    known = int(told * SHARE_OF_TOLD_LIMIT)
    return max(1, known if own is None else min(known, own))

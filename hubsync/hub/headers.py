"""Rate-limit and retry headers, in all the forms in which Docker Hub has been seen to send them. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

# A wrong clock or a wrong header must not keep a school waiting for years.
LONGEST_WAIT = timedelta(minutes=15)
# Hub: a number this large cannot be a count of seconds, so it is a time (10^9 is the year 2001).
FIRST_EPOCH = 1_000_000_000
_LIMIT_AND_WINDOW = re.compile(r"\s*(\d{1,9})\s*(?:;\s*w=(\d{1,9}))?\s*", re.ASCII)


@dataclass(frozen=True)
class BudgetHeaders:
    """What `X-RateLimit-*` said: calls per minute, how many are left, and when it starts afresh."""

    limit: int
    remaining: int
    reset_at: datetime


def header(headers: Mapping[str, str], name: str) -> str:
    """The value of a header in any letter case, "" where it is missing."""
    return next((value for key, value in headers.items() if key.lower() == name.lower()), "")


def read_budget(headers: Mapping[str, str], now: datetime) -> BudgetHeaders | None:
    """The budget of the management API after an answer; None where the answer did not tell it whole."""
    limit = _whole_number(header(headers, "X-RateLimit-Limit"))
    remaining = _whole_number(header(headers, "X-RateLimit-Remaining"))
    if limit is None or remaining is None:
        return None
    reset = _moment(header(headers, "X-RateLimit-Reset"), now)
    return BudgetHeaders(limit, min(remaining, limit), _capped(reset or now + timedelta(minutes=1), now))


def read_retry_after(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """When to ask again at the earliest, between now and `LONGEST_WAIT` from now;

    None where nothing was said.

    Hub: `Retry-After` is seconds in the reference since 2025; older text said `X-Retry-After` with a Unix
    time, and both names have been seen with both. RFC 9110 also allows a date.
    """
    for name in ("Retry-After", "X-Retry-After"):
        moment = _moment(header(headers, name), now)
        if moment is not None:
            return _capped(moment, now)
    return None


def read_limit(value: str) -> tuple[int, int | None] | None:
    """(pulls, seconds of the window) of a registry's `100;w=21600`; the window is None where not said."""
    match = _LIMIT_AND_WINDOW.fullmatch(value)
    return (int(match[1]), int(match[2]) if match[2] else None) if match else None


def _whole_number(text: str) -> int | None:
    # Some gateways join equal headers with a comma; the first one is the nearest to us.
    first = text.split(",", maxsplit=1)[0].strip()
    return int(first) if first.isascii() and first.isdigit() and len(first) < 16 else None


def _moment(text: str, now: datetime) -> datetime | None:
    number = _whole_number(text.split(".", maxsplit=1)[0])
    if number is None:
        return _date(text)
    if number < FIRST_EPOCH:
        return now + timedelta(seconds=number)
    # Some limiters count in milliseconds.
    seconds = number / 1000 if number > FIRST_EPOCH * 100 else number
    return datetime.fromtimestamp(min(seconds, FIRST_EPOCH * 100), UTC)


def _date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _capped(moment: datetime, now: datetime) -> datetime:
    return max(now, min(moment, now + LONGEST_WAIT))

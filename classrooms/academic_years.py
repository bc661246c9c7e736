"""Which academic year a date falls in, its label and its ends.

A year is named by the one in which it begins: 2026 is 2026/27.
"""

import re
from datetime import date

# Administrations and schools write 2026, 2026/27, 2026-2027, «curso 2026/27», 2627.
_LONG = re.compile(r"((?:19|20)\d\d)(?:\s*[/–-]\s*(\d\d(?:\d\d)?))?")
_SHORT = re.compile(r"(\d\d)\s*[/–-]?\s*(\d\d)")
_WORDS_BEFORE = re.compile(r"^(?:curso|academic year)\s+", re.IGNORECASE)


def academic_year_of(day: date) -> int:
    """The academic year a day falls in: 1 September 2026 to 31 August 2027 is 2026."""
    return day.year if day.month >= 9 else day.year - 1


def label(year: int) -> str:
    """As schools write it: "2026/27"."""
    return f"{year}/{(year + 1) % 100:02d}"


def short_label(year: int) -> str:
    """As it stands in names of folders and teams: "2627"."""
    return f"{year % 100:02d}{(year + 1) % 100:02d}"


def first_day(year: int) -> date:
    """1 September."""
    return date(year, 9, 1)


def last_day(year: int) -> date:
    """31 August of the following calendar year."""
    return date(year + 1, 8, 31)


def find_academic_year(text: str) -> int | None:
    """The year meant by "2026", "2026/27", "2026-2027", "26/27" or "2627"; None for anything else.

    Four digits that can be a calendar year are one: "2021" is 2021, although it might be 20/21.
    """
    text = _WORDS_BEFORE.sub("", text.strip())
    if long := _LONG.fullmatch(text):
        year, end = int(long[1]), long[2]
        return year if end is None or _follows(year, end) else None
    if short := _SHORT.fullmatch(text):
        year = 2000 + int(short[1])
        return year if _follows(year, short[2]) else None
    return None


def _follows(year: int, end: str) -> bool:
    return int(end) % 100 == (year + 1) % 100 and end in str(year + 1)

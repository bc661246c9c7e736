"""Which academic year a date falls in, its label and its ends. A year is named by the one in which it begins."""

from datetime import date


def academic_year_of(day: date) -> int:
    """The academic year a day falls in: 1 September 2026 to 31 August 2027 is 2026."""
    return day.year if day.month >= 9 else day.year - 1


def label(year: int) -> str:
    """As schools write it: "2026/27"."""
    return f"{year}/{(year + 1) % 100:02d}"

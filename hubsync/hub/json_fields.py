"""One field out of a row of JSON: tolerant where Docker Hub is loose, firm where the portal depends on it.

Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from hubsync.hub.decipher import clean
from hubsync.hub.errors import HubUnavailable

Row = Mapping[str, Any]


def row_of(value: object, what: str) -> Row:
    """The value as a row. Raises HubUnavailable where it is none."""
    if isinstance(value, dict):
        return value
    raise HubUnavailable(f"the answer holds no {what}")


def text(row: Row, *keys: str) -> str:
    """The first of the fields that holds text; "" where none does."""
    return next((clean(row[key]) for key in keys if isinstance(row.get(key), str) and row[key]), "")


def needed_text(row: Row, *keys: str) -> str:
    """The same where the portal cannot do without. Raises HubUnavailable."""
    found = text(row, *keys)
    if not found:
        raise HubUnavailable(f"a row of the answer has no {keys[0]}")
    return found


def number(row: Row, key: str) -> int | None:
    """A whole number, also where it came as text or as 3.0; None where it is none."""
    value = row.get(key)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 19:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def needed_number(row: Row, key: str) -> int:
    """The same where the portal cannot do without. Raises HubUnavailable."""
    found = number(row, key)
    if found is None:
        raise HubUnavailable(f"a row of the answer has no {key}")
    return found


def yes(row: Row, key: str) -> bool:
    """Whether the field holds true. null, missing and everything else is no."""
    return row.get(key) is True


def needed_flag(row: Row, key: str) -> bool:
    """The same where a wrong guess would do harm. Raises HubUnavailable unless it is true or false."""
    if not isinstance(row.get(key), bool):
        raise HubUnavailable(f"a row of the answer does not tell {key}")
    return yes(row, key)


def texts(row: Row, key: str) -> tuple[str, ...]:
    """The texts of a list; empty for null, for a missing field and for an empty list alike."""
    value = row.get(key)
    return tuple(clean(part) for part in value if isinstance(part, str)) if isinstance(value, list) else ()


def rows(row: Row, key: str) -> tuple[Row, ...]:
    """The rows of a list; empty for null and for a missing field."""
    value = row.get(key)
    return tuple(part for part in value if isinstance(part, dict)) if isinstance(value, list) else ()


def row_or_empty(row: Row, key: str) -> Row:
    """A row within the row; empty for null and for a missing field."""
    value = row.get(key)
    return value if isinstance(value, dict) else {}


def moment(row: Row, key: str) -> datetime | None:
    """The time of a field, aware and in UTC; None for null, for what is no time, and for Go's year 1."""
    try:
        read = datetime.fromisoformat(text(row, key))
        aware = read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return aware if aware.year > 1 else None


def account_id(row: Row) -> str:
    """The id of a person or organization as 32 hexadecimal digits, "" where it is missing.

    Hub: `id` is the UUID without dashes, `uuid` the same with dashes; both become the former.
    """
    return text(row, "uuid", "id").replace("-", "").lower()

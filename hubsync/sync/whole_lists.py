"""The rows of a list, where nothing speaks against their being all there are."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

from hubsync.hub.listing import Listing
from hubsync.sync.unproven import Unproven

T = TypeVar("T")


def whole(listing: Listing[T], key: Callable[[T], Hashable], what: str) -> tuple[T, ...]:
    """The rows, if they are all there are and no page shifted while it was read. Raises Unproven."""
    rows, count = len(listing.rows), listing.count_first
    if not listing.complete:
        raise Unproven(
            "rows",
            f"the list of {what} has {rows} rows and says {count}",
            list=what,
            rows=rows,
            count="?" if count is None else count,
        )
    if len({key(row) for row in listing.rows}) != rows:
        raise Unproven(
            "doubled", f"the list of {what} holds a row twice, so another one may be missing", list=what
        )
    return listing.rows

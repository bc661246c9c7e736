"""The rows of a list, where nothing speaks against their being all there are."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

from hubsync.hub.errors import IncompleteObservation
from hubsync.hub.listing import Listing

T = TypeVar("T")


def whole(listing: Listing[T], key: Callable[[T], Hashable], what: str) -> tuple[T, ...]:
    """The rows, if they are all there are and no page shifted while it was read. Raises IncompleteObservation."""
    if not listing.complete:
        raise IncompleteObservation(
            f"the list of {what} has {len(listing.rows)} rows and says {listing.count_first}"
        )
    if len({key(row) for row in listing.rows}) != len(listing.rows):
        raise IncompleteObservation(f"the list of {what} holds a row twice, so another one may be missing")
    return listing.rows

"""A list as Docker Hub gave it, page after page. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Listing(Generic[T]):
    """All rows of a list in the order in which they came, and what the pages said about their number.

    Rows are not de-duplicated: pages shift while they are read. `complete` is True where the pages ended by
    themselves and as many rows came as the first and the last page said (where they said a number at all).
    """

    rows: tuple[T, ...]
    count_first: int | None
    count_last: int | None
    complete: bool

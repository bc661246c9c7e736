"""What a room's pulls cost, whether the limit has room for them, and the ways round it. Pure.

A computer pulls an image for its own platform only, so a class costs images times computers. A copy in the room is
filled once: images times the platforms of the room. Nothing is assumed about the limit: it is what the registry said.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

# Where nothing is said of the length of the window nothing can be said of the waiting.
Facts = dict[str, Any]


@dataclass(frozen=True)
class Limit:
    """What the registry said. `limit` None: it counts nothing for this address. `source`: the address or account."""

    limit: int | None
    left: int | None
    window_seconds: int | None
    source: str
    read_at: datetime


@dataclass(frozen=True)
class PullBudget:
    """A class's pulls beside what is left; `limit` None where the registry could not be asked."""

    images: int
    students: int
    platforms: int
    limit: Limit | None = None

    @property
    def needed(self) -> int:
        return self.images * self.students

    @property
    def needed_by_copy(self) -> int:
        """What a mirror, or whoever makes the USB stick, pulls: each image once for each platform."""
        return self.images * self.platforms

    @property
    def needed_each(self) -> int:
        """Of each student's own allowance, where everybody is signed in."""
        return self.images

    @property
    def left(self) -> int | None:
        return self.limit.left if self.limit else None

    @property
    def missing(self) -> int:
        """How many pulls are wanting; 0 where they suffice, or where nobody knows."""
        return max(self.needed - self.left, 0) if self.left is not None else 0

    @property
    def is_unlimited(self) -> bool:
        return self.limit is not None and self.limit.limit is None

    @property
    def copy_fits(self) -> bool:
        return self.left is None or self.needed_by_copy <= self.left

    @property
    def waiting(self) -> timedelta | None:
        """How long the class would take within the limit, one window after the other; None where that is not known."""
        limit = self.limit
        if not self.missing or limit is None or not limit.limit or not limit.window_seconds:
            return None
        windows = -(-self.missing // limit.limit)
        return timedelta(seconds=windows * limit.window_seconds)

    def as_facts(self) -> Facts:
        """As it is kept."""
        facts = asdict(self)
        if self.limit:
            facts["limit"]["read_at"] = self.limit.read_at.isoformat()
        return facts

    @classmethod
    def from_facts(cls, facts: Facts) -> PullBudget | None:
        """What was kept; None for {}."""
        if not facts:
            return None
        limit = facts["limit"]
        read = Limit(**limit | {"read_at": datetime.fromisoformat(limit["read_at"])}) if limit else None
        return cls(facts["images"], facts["students"], facts["platforms"], read)

"""A bulk invitation that Docker Hub refuses as a whole is asked again in halves, so that one address keeps nobody else out.

Hub: 409 is documented for a bulk invitation, its reason is not; a whole list was refused for one address in it. Each half is
a row of the journal of its own, written down before it is sent. Who is found waiting after the refusal is in no half.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from math import ceil, log2

from hubsync.models import SyncChange
from hubsync.planning.changes import Invite


@dataclass
class Splitting:
    """How often what began as one request may still be refused; the halves share that."""

    _left: dict[int, list[int]] = field(default_factory=dict)

    def halves(self, row: SyncChange, change: Invite, waiting: Collection[str]) -> Iterator[Invite]:
        """The invitation in two, without who waits by now; nothing where that makes no sense any more."""
        rest = [one for one in change.invitees if one not in waiting]
        left = self._left.setdefault(row.pk, [most_refusals(len(rest))])
        left[0] -= 1
        if left[0] < 1 or len(change.invitees) < 2:
            return
        half = ceil(len(rest) / 2)
        for part in (rest[:half], rest[half:]):
            if part:
                yield replace(change, invitees=tuple(part))

    def follow(self, row: SyncChange, half: SyncChange) -> None:
        """This row is a half of that one."""
        self._left[half.pk] = self._left[row.pk]


def most_refusals(invitees: int) -> int:
    """Enough to find two addresses among so many. More are found by the next look, which invites who is left.

    Bounded, because the reason may be none of a single address: where seats are short each half would be refused.
    """
    return 2 * ceil(log2(max(invitees, 2))) + 2

"""What a plan costs in seats and money, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from classrooms.seat_price import SEAT_DOLLARS_PER_MONTH


@dataclass(frozen=True)
class Seats:
    """Seats before and after a plan; `bought` is None where nobody has told the portal."""

    bought: int | None
    taken: int
    invited: int = 0
    freed: int = 0

    @property
    def after(self) -> int:
        return self.taken + self.invited - self.freed


def seats_of(changes: Iterable[tuple[str, dict[str, Any]]], *, bought: int | None, taken: int) -> Seats:
    """The seats that these changes (kind, facts) take and free."""
    rows = list(changes)
    invited = sum(len(facts["invitees"]) for kind, facts in rows if kind == "invite")
    return Seats(
        bought, taken, invited, sum(kind in ("remove_member", "cancel_invite") for kind, _facts in rows)
    )


def seat_sentences(seats: Seats) -> list[str]:
    """How many seats are needed, what they cost, and how many are left; "" nowhere: every plan says something."""
    if not seats.invited and not seats.freed:
        return [_("No seat is used and nothing is to be paid.")]
    lines = []
    if seats.invited:
        lines.append(
            ngettext(
                "%(number)s seat is needed: about %(dollars)s US$ a month by Docker’s list price.",
                "%(number)s seats are needed: about %(dollars)s US$ a month by Docker’s list price.",
                seats.invited,
            )
            % {"number": seats.invited, "dollars": seats.invited * SEAT_DOLLARS_PER_MONTH}
        )
    if seats.freed:
        lines.append(
            ngettext("%(number)s seat becomes free.", "%(number)s seats become free.", seats.freed)
            % {"number": seats.freed}
        )
    if seats.bought is not None:
        lines.append(
            ngettext(
                "Afterwards %(after)s of %(seats)s seat is taken.",
                "Afterwards %(after)s of %(seats)s seats are taken.",
                seats.bought,
            )
            % {"after": seats.after, "seats": seats.bought}
        )
    return lines

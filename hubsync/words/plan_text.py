"""A whole plan as text that a teacher understands: additions first, grouped and counted, then cost and what is noticed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from hubsync.planning.changes import Change
from hubsync.planning.plan import Plan
from hubsync.words.changes import HEADINGS, REMOVALS
from hubsync.words.counted import counted, counted_sentence
from hubsync.words.holds import hold_sentence, question
from hubsync.words.notes import note_sentence
from hubsync.words.noticing import noticed_lines
from hubsync.words.seats import seat_sentences, seats_of
from hubsync.words.who import WhoIsWho

Row = tuple[str, dict[str, Any]]


def plan_text(plan: Plan, who: WhoIsWho, *, seats: int | None, taken: int) -> str:
    """The plan in paragraphs. `seats` were bought (None: not known), `taken` are used by members and invitations."""
    if plan.is_empty and not plan.notes:
        return _("Docker Hub is as the school wants it.")
    rows = _rows(plan.changes)
    parts = [_grouped(rows, who)] if rows else [_("Nothing has to be done.")]
    if rows:
        cost = seat_sentences(seats_of(rows, bought=seats, taken=taken))
        parts += [
            _block(_("Seats and money"), cost),
            _block(_("What people notice"), noticed_lines(rows, who)),
        ]
    parts += [_held(hold.kind, hold.reason, _rows(hold.changes), who) for hold in plan.holds]
    if plan.notes:
        notes = [note_sentence(note.code, note.as_dict(), who) for note in plan.notes]
        parts.append(_block(_("Found and left alone"), notes))
    return "\n\n".join(parts)


def _rows(changes: Iterable[Change]) -> list[Row]:
    return [(change.kind, change.facts()) for change in changes]


def _grouped(rows: list[Row], who: WhoIsWho) -> str:
    order = list(HEADINGS)
    groups: dict[str, list[str]] = {}
    numbers: dict[str, int] = {}
    for one in sorted(counted(rows), key=lambda one: order.index(one.kind)):
        groups.setdefault(one.kind, []).append(counted_sentence(one, who))
        numbers[one.kind] = numbers.get(one.kind, 0) + one.count
    return "\n\n".join(_block(_heading(kind, numbers[kind]), lines) for kind, lines in groups.items())


def _heading(kind: str, number: int) -> str:
    heading = f"{HEADINGS[kind]} ({number})"
    return f"{heading} · {_('takes away')}" if kind in REMOVALS else heading


def _held(kind: str, reason: str, rows: list[Row], who: WhoIsWho) -> str:
    sentences = [counted_sentence(one, who) for one in counted(rows)]
    heading = question(kind, len(rows))
    return _block(heading, [str(hold_sentence(reason)), *sentences])


def _block(heading: str, lines: list[str]) -> str:
    return "\n".join([heading, *(f"  - {line}" for line in lines)])

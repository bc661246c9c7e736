"""A whole plan as text that a teacher understands: additions first, grouped and counted, then cost and what is noticed."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from hubsync.planning.changes import Change
from hubsync.planning.plan import Plan
from hubsync.words.holds import heading, hold_sentence
from hubsync.words.notes import note_sentence
from hubsync.words.noticing import noticed_lines
from hubsync.words.plans import Group, Row, counted_sentences, groups_of
from hubsync.words.seats import seat_sentences, seats_of
from hubsync.words.who import WhoIsWho


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
    return "\n\n".join(_block(_heading(group), group.sentences) for group in groups_of(rows, who))


def _heading(group: Group) -> str:
    heading = f"{group.heading} ({group.count})"
    return f"{heading} · {_('takes away')}" if group.is_removal else heading


def _held(kind: str, reason: str, rows: list[Row], who: WhoIsWho) -> str:
    above = heading(kind, reason, len(rows))
    return _block(above, [str(hold_sentence(reason)), *counted_sentences(rows, who)])


def _block(heading: str, lines: list[str]) -> str:
    return "\n".join([heading, *(f"  - {line}" for line in lines)])

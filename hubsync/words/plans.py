"""A plan or a run in words: grouped, additions first, with its numbers and what the people concerned will notice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.functional import Promise

from hubsync.models import SyncChange
from hubsync.words.changes import HEADINGS, NOTICED, REMOVALS, change_sentence, hub_words
from hubsync.words.who import WhoIsWho


@dataclass(frozen=True)
class Line:
    """One change: its sentence, its state, and Docker Hub's own words where it refused."""

    sentence: str
    state: str
    state_name: str
    hub_text: str = ""


@dataclass(frozen=True)
class Group:
    """All changes of one kind. `heading` and `noticed` are sentences; `is_removal` puts it last."""

    kind: str
    heading: str | Promise
    noticed: str | Promise
    is_removal: bool
    lines: list[Line] = field(default_factory=list)


def lines_of(changes: Iterable[SyncChange], who: WhoIsWho) -> list[Line]:
    """The changes as sentences, in their order."""
    return [_line(change, who) for change in changes]


def groups_of(changes: Iterable[SyncChange], who: WhoIsWho) -> list[Group]:
    """The changes by kind in the order of HEADINGS: what is added comes first, what is taken away last."""
    groups: dict[str, Group] = {}
    for change in changes:
        kind = change.kind
        group = groups.setdefault(
            kind, Group(kind, HEADINGS.get(kind, kind), NOTICED.get(kind, ""), kind in REMOVALS)
        )
        group.lines.append(_line(change, who))
    order = list(HEADINGS)
    return sorted(
        groups.values(), key=lambda group: order.index(group.kind) if group.kind in order else len(order)
    )


def _line(change: SyncChange, who: WhoIsWho) -> Line:
    sentence = change_sentence(change.kind, change.facts, who)
    return Line(sentence, change.state, change.get_state_display(), hub_words(change.hub_text))

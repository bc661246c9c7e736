"""A plan or a run in words: counted, grouped, additions first, and every step with its state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from hubsync.models import SyncChange
from hubsync.words.changes import (
    HEADINGS,
    LONGEST_LIST_OF_PEOPLE,
    NOTICED,
    REMOVALS,
    change_sentence,
    hub_words,
)
from hubsync.words.counted import counted, counted_sentence
from hubsync.words.who import WhoIsWho

Row = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Line:
    """One change: its sentence, its state, and Docker Hub's own words where it refused."""

    sentence: str
    state: str
    state_name: str
    hub_text: str = ""


@dataclass
class Group:
    """All changes of one kind, counted. `noticed` is a sentence where no person is named who could notice it.

    `people` names everybody of sentences that shorten their lists; else it is empty.
    """

    kind: str
    heading: str | Promise
    noticed: str | Promise
    is_removal: bool
    count: int = 0
    sentences: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)


def rows_of(changes: Iterable[SyncChange]) -> list[Row]:
    """Stored changes as (kind, facts), which the words are made of."""
    return [(change.kind, change.facts) for change in changes]


def lines_of(changes: Iterable[SyncChange], who: WhoIsWho) -> list[Line]:
    """The changes as sentences, in their order."""
    return [_line(change, who) for change in changes]


def groups_of(rows: Iterable[Row], who: WhoIsWho) -> list[Group]:
    """The changes by kind in the order of HEADINGS: what is added comes first, what is taken away last."""
    groups: dict[str, Group] = {}
    for one in counted(rows):
        group = groups.setdefault(one.kind, _group(one.kind))
        group.count += one.count
        group.sentences.append(counted_sentence(one, who))
        if one.count > LONGEST_LIST_OF_PEOPLE:
            group.people += sorted((who.person(key) for key in one.people), key=str.casefold)
    order = list(HEADINGS)
    return sorted(
        groups.values(), key=lambda group: order.index(group.kind) if group.kind in order else len(order)
    )


def counted_sentences(rows: Iterable[Row], who: WhoIsWho) -> list[str]:
    """The changes in their order, those about people gathered with their number."""
    return [counted_sentence(one, who) for one in counted(rows)]


def _group(kind: str) -> Group:
    return Group(kind, HEADINGS.get(kind, kind), NOTICED.get(kind, ""), kind in REMOVALS)


def _line(change: SyncChange, who: WhoIsWho) -> Line:
    sentence = change_sentence(change.kind, change.facts, who)
    return Line(sentence, change.state, change.get_state_display(), hub_words(change.hub_text))

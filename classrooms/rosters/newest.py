"""Several rows of one person to the enrolments that count: lists are enrolments of years, not people."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from classrooms.rosters.headings import folded
from classrooms.rosters.rows import EnrolmentState, RosterRow


def years_of(rows: Iterable[RosterRow]) -> Counter[int]:
    """How many rows each academic year has."""
    return Counter(row.school_year for row in rows)


def one_for_each_enrolment(rows: Iterable[RosterRow]) -> list[RosterRow]:
    """One row for each person, class and course of a year, in the order of the list.

    Somebody who cancelled and enrolled again is in the class: an active row counts before one that left, and
    one with an open question before both.
    """
    rank = {EnrolmentState.UNCLEAR: 0, EnrolmentState.ACTIVE: 1, EnrolmentState.LEFT: 2}
    chosen: dict[tuple[str, str, str], RosterRow] = {}
    for row in sorted(rows, key=lambda row: (rank[row.state], row.line)):
        # Without a number nothing says that two lines are one person, although the names may be the same.
        person = row.external_id or f"line {row.line}"
        chosen.setdefault((person, row.unit, row.course), row)
    return sorted(chosen.values(), key=lambda row: row.line)


def one_for_each_name(rows: Iterable[RosterRow]) -> list[RosterRow]:
    """One row for each number, name, class and course, in the order of the list."""
    chosen: dict[tuple[str, ...], RosterRow] = {}
    for row in rows:
        chosen.setdefault((row.external_id, folded(row.list_name), row.unit, row.course), row)
    return list(chosen.values())


def with_one_spelling(rows: Sequence[RosterRow]) -> list[RosterRow]:
    """The rows, each person's name as their first row writes it: an accent more or less makes no second name."""
    first: dict[str, RosterRow] = {}
    for row in rows:
        first.setdefault(row.external_id, row)
    return [_named(row, first[row.external_id]) if row.external_id else row for row in rows]


def _named(row: RosterRow, like: RosterRow) -> RosterRow:
    return replace(
        row, given_name=like.given_name, first_surname=like.first_surname, second_surname=like.second_surname
    )


def ids_with_two_names(rows: Sequence[RosterRow]) -> set[str]:
    """Numbers that stand beside two names: one of them is somebody else's, and nothing tells which."""
    names = defaultdict(set)
    for row in rows:
        if row.external_id:
            names[row.external_id].add(folded(row.list_name))
    return {external_id for external_id, found in names.items() if len(found) > 1}

"""Whose number is whose: from the school's own list, or from a column of numbers that somebody pasted. Pure.

What an administration calls a person comes out as it was written too ("0012345"), for a table that goes back there.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from classrooms.academic_years import academic_year_of
from classrooms.rosters.check import Checker, clean, number_in
from classrooms.rosters.choices import Choices
from classrooms.rosters.lot import Lot, check_all
from classrooms.rosters.newest import ids_with_two_names, years_of
from classrooms.rosters.opening import open_source
from classrooms.rosters.records import Record, Source
from classrooms.rosters.rows import RefusedLine, RosterError, RosterRow, UnreadableRoster
from classrooms.rosters.tables import MAXIMUM_ROWS

# A list without a column for the class will do: the class is known.
_ANY_CLASS = "-"
_BETWEEN_CELLS = re.compile(r"[\t;]")


@dataclass(frozen=True)
class Numbered:
    """One person of a list. `identity` is what is hashed, `written` the number as the list writes it."""

    line: int
    identity: str = field(repr=False)
    written: str = field(repr=False)
    surnames: str = ""
    given_name: str = ""


@dataclass(frozen=True)
class NumberedList:
    """Everybody once, in the order of the list, and the lines whose number cannot be used."""

    people: tuple[Numbered, ...]
    errors: tuple[RosterError, ...] = ()


def read_numbered(data: bytes, *, today: date, choices: Choices) -> NumberedList:
    """Who is in a class list that any format writes. Raises UnreadableRoster, also where it has no numbers."""
    source = open_source(data, replace(choices, unit=choices.unit or _ANY_CLASS))
    if source.identified_by in ("nothing", "portal"):
        raise UnreadableRoster("list_without_numbers")
    written: dict[int, str] = {}
    year = academic_year_of(today)
    checker = Checker(
        names=source.names, default_year=year, latest_year=year + 1, answers={}, identified_by=source.identified_by
    )  # fmt: skip
    lot = check_all(_noting(source, written), checker)
    return _list_of(lot, written)


def read_pasted(text: str) -> NumberedList:
    """A column of numbers, one a line; what stands behind a tab or semicolon is the name. Raises UnreadableRoster."""
    lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if len(lines) > MAXIMUM_ROWS:
        raise UnreadableRoster("too_many_lines", lines=MAXIMUM_ROWS)
    people: dict[str, Numbered] = {}
    errors: list[RosterError] = []
    for place, (number, line) in enumerate(lines):
        cell, *names = (clean(part) for part in _BETWEEN_CELLS.split(line))
        if not place and not any(letter.isdigit() for letter in cell):
            continue  # the heading came along
        identity, reason = number_in(cell)
        if reason:
            errors.append(RosterError(number, "", "", reason))
        else:
            people.setdefault(identity, Numbered(number, identity, cell, " ".join(names).strip()))
    if not people and not errors:
        raise UnreadableRoster("no_numbers_pasted")
    return NumberedList(tuple(people.values()), tuple(errors))


def _noting(source: Source, written: dict[int, str]) -> Iterator[Record]:
    """The records, while each one's number is noted as it stands there."""
    for record in source.records:
        written[record.line] = clean(record.cells.get("external_id") or record.cells.get("email", ""))
        yield record


def _list_of(lot: Lot, written: dict[int, str]) -> NumberedList:
    """A line that is wrong otherwise (its year, its Docker ID) still says whose number it is."""
    newest = max(years_of(lot.rows), default=0)
    in_doubt = ids_with_two_names(lot.rows_of(newest))
    by_year = sorted(lot.rows, key=lambda row: -row.school_year)
    usable = [one.line for one in lot.refused if one.line.external_id]
    people: dict[str, Numbered] = {}
    lines: list[RosterRow | RefusedLine] = [*by_year, *usable]
    for row in lines:
        if row.external_id not in in_doubt:
            people.setdefault(row.external_id, _numbered(row, written[row.line]))
    errors = [one.error for one in lot.refused if not one.line.external_id]
    errors += [
        RosterError(line, "", "", "id_with_two_names") for line in _lines_of(lot.rows_of(newest), in_doubt)
    ]
    ordered = sorted(people.values(), key=lambda one: one.line)
    return NumberedList(tuple(ordered), tuple(sorted(errors, key=lambda error: error.line)))


def _lines_of(rows: Iterable[RosterRow], numbers: set[str]) -> list[int]:
    return [row.line for row in rows if row.external_id in numbers]


def _numbered(row: RosterRow | RefusedLine, written: str) -> Numbered:
    surnames = f"{row.first_surname} {row.second_surname}".strip()
    return Numbered(row.line, row.external_id, written, surnames, row.given_name)

"""Tables to records: the line with the headings, and from each line the needed columns only."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

from classrooms.rosters.formats import IdentifiedBy, TableFormat
from classrooms.rosters.records import NO_STUDENT, Record
from classrooms.rosters.rows import UnreadableRoster

MAXIMUM_ROWS = 50_000
HEADINGS_WITHIN = 40  # lines
MOST_HEADINGS = 1000


class TopRow(NamedTuple):
    """One of the first lines, as a separator parts it; sheets have none."""

    line: int
    separator: str
    cells: list[str]


class Table(Protocol):
    """Rows of cells, wherever they come from."""

    def top(self) -> Iterable[TopRow]: ...

    def below(self, line: int, separator: str) -> Iterator[tuple[int, list[str]]]: ...


@dataclass(frozen=True)
class Heading:
    """Where the headings are (`line` from 1, 0: there are none) and which column holds which field."""

    format_name: str
    line: int
    separator: str
    width: int
    columns: dict[str, int]
    names: dict[str, str]
    dropped: tuple[str, ...]
    identified_by: IdentifiedBy
    adapt: Callable[[dict[str, str]], dict[str, str] | None]


def find_heading(rows: Iterable[TopRow], formats: Sequence[TableFormat]) -> Heading:
    """The line that looks most like headings, in the format and with the separator that recognize most of it.

    Raises UnreadableRoster where there is none, a needed column is missing or stands there twice, or the table is
    another list of the school.
    """
    candidates = ((row, one, _fields(row.cells, one)) for row in rows if _may_be(row) for one in formats)
    best = max(candidates, key=_rank, default=None)
    if best is None or len(set(best[2]) - {None}) < 2:
        raise UnreadableRoster("no_heading")
    row, table_format, fields = best
    heading = heading_of(row, table_format, fields)
    _refuse_broken(heading, row, table_format, fields)
    return heading


def _may_be(row: TopRow) -> bool:
    return 1 < len(row.cells) <= MOST_HEADINGS


def _fields(cells: list[str], table_format: TableFormat) -> list[str | None]:
    return [table_format.field_of(cell) for cell in cells]


def _rank(candidate: tuple[TopRow, TableFormat, list[str | None]]) -> tuple[bool, int, int]:
    row, table_format, fields = candidate
    found = {name for name in fields if name is not None}
    is_whole = len(found) > 1 and not table_format.missing(found)
    return is_whole, len(found), -row.line


def heading_of(row: TopRow, table_format: TableFormat, fields: Sequence[str | None]) -> Heading:
    """A line of headings whose columns stand for these fields."""
    columns = {name: fields.index(name) for name in fields if name is not None}
    return Heading(
        format_name=table_format.name,
        line=row.line,
        separator=row.separator,
        width=len(row.cells),
        columns=columns,
        names={name: row.cells[place] for name, place in columns.items()},
        dropped=tuple(cell for cell, name in zip(row.cells, fields, strict=True) if cell and name is None),
        identified_by=table_format.identified_by,
        adapt=table_format.adapt,
    )


def _refuse_broken(
    heading: Heading, row: TopRow, table_format: TableFormat, fields: Sequence[str | None]
) -> None:
    if any("\N{REPLACEMENT CHARACTER}" in name for name in (*heading.names.values(), *heading.dropped)):
        raise UnreadableRoster("lost_letters_in_headings")
    if missing := table_format.missing(set(heading.columns)):
        raise UnreadableRoster("missing_columns", columns=", ".join(missing), line=row.line)
    if table_format.refused_as:
        raise UnreadableRoster(table_format.refused_as)
    for name in heading.columns:
        if fields.count(name) > 1:
            raise UnreadableRoster("column_twice", column=heading.names[name])


def records_of(table: Table, heading: Heading) -> Iterator[Record]:
    """The records under the headings, empty lines left out. Columns that are not needed end here."""
    rows = table.below(heading.line, heading.separator)
    filled = ((line, cells) for line, cells in rows if any(map(str.strip, cells)))
    for count, (line, cells) in enumerate(filled):
        if count >= MAXIMUM_ROWS:
            raise UnreadableRoster("too_many_lines", lines=MAXIMUM_ROWS)
        yield _adapted(_record(line, cells, heading), heading)


def _adapted(record: Record, heading: Heading) -> Record:
    if record.trouble:
        return record
    cells = heading.adapt(dict(record.cells))
    return Record(record.line, {}, NO_STUDENT) if cells is None else replace(record, cells=cells)


def _record(line: int, cells: list[str], heading: Heading) -> Record:
    """Cells at the end that are empty and left out (spreadsheets do that) are no trouble."""
    if _is_footer(cells, heading) or _is_heading_again(cells, heading):
        return Record(line, {}, NO_STUDENT)
    if any(map(str.strip, cells[heading.width :])):
        return Record(line, {}, "long_line")
    if len(cells) <= max(heading.columns.values()):
        return Record(line, {}, "short_line")
    return Record(line, {name: cells[place] for name, place in heading.columns.items()})


def _is_footer(cells: list[str], heading: Heading) -> bool:
    """A row of a sheet is filled up to its width, so there only what is in it tells."""
    is_short = len(cells) < heading.width or (not heading.separator and heading.width > 2)
    return is_short and sum(bool(cell.strip()) for cell in cells) == 1


def _is_heading_again(cells: list[str], heading: Heading) -> bool:
    """Lists for printing repeat their headings on each page."""
    if not heading.line:
        return False
    places = heading.columns.items()
    return all(
        place < len(cells) and " ".join(cells[place].split()) == heading.names[name] for name, place in places
    )

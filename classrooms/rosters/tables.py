"""Text to records: the separator, the line with the headings, and from each line the needed columns only."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from classrooms.rosters.formats import TableFormat
from classrooms.rosters.records import NO_STUDENT, Record
from classrooms.rosters.rows import UnreadableRoster

SEPARATORS = (",", ";", "|", "\t")
MAXIMUM_ROWS = 50_000
_HEADINGS_WITHIN = 40  # lines
# A line beyond these is no headings; to compare the millions of cells that 20 MB can have would take minutes.
_MOST_HEADINGS, _LONGEST_HEADINGS = 1000, 200_000  # columns, characters
_MOST_LINES = 10 * MAXIMUM_ROWS  # empty ones too
_LONGEST_RECORD = 20  # lines; a longer one is a quotation mark that nobody closed


@dataclass(frozen=True)
class Heading:
    """Where the headings are (`line` from 1) and which column holds which field."""

    table_format: TableFormat
    line: int
    separator: str
    is_quoted: bool
    width: int
    columns: dict[str, int]
    names: dict[str, str]
    dropped: tuple[str, ...]


def lines_of(text: str) -> list[str]:
    """Physical lines with their ends; not `splitlines`, which also parts at form feeds and the like."""
    return list(io.StringIO(text, newline=""))


def find_heading(
    lines: Sequence[str], formats: Sequence[TableFormat], separator: str | None = None
) -> Heading:
    """The line that looks most like headings, in the format and with the separator that recognize most of it.

    Raises UnreadableRoster where there is none, or a needed column is missing or stands there twice.
    """
    candidates = _candidates(lines, formats, (separator,) if separator else SEPARATORS)
    best = max(candidates, key=lambda heading: (len(heading.columns), -heading.line), default=None)
    if best is None or len(best.columns) < 2:
        raise UnreadableRoster("no_heading")
    if any("\N{REPLACEMENT CHARACTER}" in name for name in (*best.names.values(), *best.dropped)):
        raise UnreadableRoster("lost_letters_in_headings")
    if missing := best.table_format.missing(set(best.columns)):
        raise UnreadableRoster("missing_columns", columns=", ".join(missing), line=best.line)
    _refuse_twice(best, lines[best.line - 1])
    return best


def _candidates(
    lines: Sequence[str], formats: Sequence[TableFormat], separators: Sequence[str]
) -> Iterator[Heading]:
    for number, line in enumerate(lines[:_HEADINGS_WITHIN], start=1):
        if len(line) > _LONGEST_HEADINGS:
            continue
        for separator in separators:
            cells = _split_line(line, separator)
            if 1 < len(cells) <= _MOST_HEADINGS:
                yield from (_heading(cells, one, number, line, separator) for one in formats)


def _split_line(line: str, separator: str) -> list[str]:
    try:
        return [" ".join(cell.split()) for cell in next(csv.reader([line], delimiter=separator), [])]
    except csv.Error:  # a title longer than any heading
        return []


def _heading(cells: list[str], table_format: TableFormat, number: int, line: str, separator: str) -> Heading:
    fields = [table_format.field_of(cell) for cell in cells]
    columns = {name: fields.index(name) for name in fields if name is not None}
    return Heading(
        table_format=table_format,
        line=number,
        separator=separator,
        # Plain text with bars is written without quoting: a lone " there is a letter like any other.
        is_quoted=separator != "|" or '"' in line,
        width=len(cells),
        columns=columns,
        names={name: cells[place] for name, place in columns.items()},
        dropped=tuple(cell for cell, name in zip(cells, fields, strict=True) if cell and name is None),
    )


def _refuse_twice(heading: Heading, line: str) -> None:
    fields = [heading.table_format.field_of(cell) for cell in _split_line(line, heading.separator)]
    for name in heading.columns:
        if fields.count(name) > 1:
            raise UnreadableRoster("column_twice", column=heading.names[name])


def records_of(lines: Sequence[str], heading: Heading) -> Iterator[Record]:
    """The records under the headings, empty lines left out. Columns that are not needed end here."""
    filled = ((line, cells) for line, cells in _numbered(lines, heading) if any(map(str.strip, cells)))
    for count, (line, cells) in enumerate(filled):
        if count >= MAXIMUM_ROWS:
            raise UnreadableRoster("too_many_lines", lines=MAXIMUM_ROWS)
        yield _record(line, cells, heading)


def _numbered(lines: Sequence[str], heading: Heading) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line of the file on which it begins."""
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if heading.is_quoted else csv.QUOTE_NONE
    reader = csv.reader(lines[heading.line :], delimiter=heading.separator, quoting=quoting)
    before = 0
    try:
        for cells in reader:
            line = heading.line + before + 1
            if reader.line_num - before > _LONGEST_RECORD:
                raise UnreadableRoster("open_quote", line=line)
            if reader.line_num > _MOST_LINES:
                raise UnreadableRoster("too_many_lines", lines=MAXIMUM_ROWS)
            before = reader.line_num
            yield line, cells
    except csv.Error:  # a field beyond csv's limit of 131,072 characters
        raise UnreadableRoster("open_quote", line=heading.line + before + 1) from None


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
    return len(cells) < heading.width and sum(bool(cell.strip()) for cell in cells) == 1


def _is_heading_again(cells: list[str], heading: Heading) -> bool:
    """Lists for printing repeat their headings on each page."""
    places = heading.columns.items()
    return all(
        place < len(cells) and " ".join(cells[place].split()) == heading.names[name] for name, place in places
    )

"""The first rows of a table with all their columns, for a person who says what they stand for. Kept nowhere."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from classrooms.rosters.choices import Choices
from classrooms.rosters.fields import FIELDS
from classrooms.rosters.known_formats import formats_called
from classrooms.rosters.mapped import numbered, separator_of_most, signature_of
from classrooms.rosters.opening import Opened, open_tables, unwrapped
from classrooms.rosters.proposing import is_sensitive, proposed_columns
from classrooms.rosters.rows import UnreadableRoster
from classrooms.rosters.tables import TopRow

_MOST_COLUMNS = 150
_ROWS = 5
_LOOKED_AT = 25
_LONGEST_SHOWN = 40
# Cards, days of birth, telephones and addresses under a heading that says nothing.
_SENSITIVE = re.compile(
    r"[XYZxyz]?-?\d{7,8}-?[A-Za-z]|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|(?:\+34 ?)?[6-9](?: ?\d){8}|\S+@\S+"
)


@dataclass(frozen=True)
class LookedAtColumn:
    """`field` is what the column may stand for. `cells` are blank where the heading says that it must not be kept."""

    heading: str
    field: str
    cells: tuple[str, ...]
    is_sensitive: bool


@dataclass(frozen=True)
class FirstLook:
    """A table as it would be read, with what a person may say otherwise. `written` are the headings of the line."""

    encoding: str
    separator: str
    sheet: str
    sheets: tuple[str, ...]
    heading_line: int
    written: tuple[str, ...]
    columns: tuple[LookedAtColumn, ...]
    warning: str

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """The first rows."""
        return list(zip(*(column.cells for column in self.columns), strict=True))


def first_look(data: bytes, choices: Choices) -> FirstLook:
    """How a table would be read. Raises UnreadableRoster where the file is no table."""
    data, kind = unwrapped(data)
    if kind == "xml":
        raise UnreadableRoster("unknown_xml")
    tables = open_tables(data, kind, replace(choices, is_pasted=True))
    best = max(tables, key=lambda one: _familiarity(_heading_row(one, choices)))
    row = _heading_row(best, choices)
    if len(row.cells) > _MOST_COLUMNS:
        raise UnreadableRoster("no_heading")
    rows = _rows_under(best, row)
    width = max([len(row.cells), *(len(cells) for cells in rows)])
    if width > _MOST_COLUMNS:
        raise UnreadableRoster("no_heading")
    headings = row.cells + [""] * (width - len(row.cells))
    fields = _fields(headings, len(row.cells), rows, choices)
    return FirstLook(
        encoding=best.encoding,
        separator=row.separator,
        sheet=best.sheet,
        sheets=best.sheets,
        heading_line=row.line,
        written=tuple(row.cells),
        columns=tuple(
            _column(
                heading or name, field, [cells[place] if place < len(cells) else "" for cells in rows[:_ROWS]]
            )
            for place, (heading, name, field) in enumerate(
                zip(headings, numbered(width), fields, strict=True)
            )
        ),
        warning=best.warning,
    )


def _heading_row(opened: Opened, choices: Choices) -> TopRow:
    """The chosen line, or the one most of whose cells are headings that are known; line 0 where there is none."""
    rows = [row for row in opened.table.top() if len(row.cells) <= _MOST_COLUMNS or choices.heading_line]
    if not rows:
        raise UnreadableRoster("no_heading")
    if choices.heading_line == 0:
        return _no_headings(rows)
    chosen = [row for row in rows if row.line == choices.heading_line] or rows
    best = max(chosen, key=lambda row: (_familiarity(row), len(row.cells), -row.line))
    if choices.heading_line is None and not _familiarity(best):
        return _looks_like_headings(rows) or _no_headings(rows)
    return best


def _looks_like_headings(rows: Sequence[TopRow]) -> TopRow | None:
    """The first of the widest rows, where it has no figures and those under it have: unknown words over a table."""
    separator = separator_of_most(rows)
    parted = [row for row in rows if row.separator == separator]
    width = max(len(row.cells) for row in parted)
    widest = [row for row in parted if len(row.cells) == width]
    has_figures = [any(map(_has_figure, row.cells)) for row in widest]
    return widest[0] if width > 1 and not has_figures[0] and any(has_figures[1:]) else None


def _has_figure(cell: str) -> bool:
    return any(letter.isdigit() for letter in cell)


def _no_headings(rows: Sequence[TopRow]) -> TopRow:
    return TopRow(0, separator_of_most(rows), [])


def _familiarity(row: TopRow) -> int:
    by_format = max(len({one.field_of(cell) for cell in row.cells} - {None}) for one in formats_called(None))
    named = [cell for cell in row.cells if cell]
    return max(by_format, sum(map(bool, proposed_columns(named, []))))


def _rows_under(opened: Opened, row: TopRow) -> list[list[str]]:
    found: list[list[str]] = []
    for _line, cells in opened.table.below(row.line, row.separator):
        if any(map(str.strip, cells)):
            found.append([" ".join(cell.split()) for cell in cells[: _MOST_COLUMNS + 1]])
        if len(found) == _LOOKED_AT:
            break
    return found


def _fields(
    headings: Sequence[str], written: int, rows: Sequence[Sequence[str]], choices: Choices
) -> list[str]:
    """As the person says, as the school said before, as a known format has it, or as it looks."""
    if choices.columns is not None and len(choices.columns) == len(headings):
        return list(choices.columns)
    kept = choices.kept.get(signature_of(headings[:written]))
    if kept is not None and len(kept) == written:
        return [*kept, *[""] * (len(headings) - written)]
    known = max(
        formats_called(choices.format_name),
        key=lambda one: len({one.field_of(heading) for heading in headings} - {None}),
    )
    if not known.missing({name for name in map(known.field_of, headings) if name}):
        found = [known.field_of(heading) or "" for heading in headings]
        return [name if name in FIELDS else "" for name in found]
    return proposed_columns(headings, rows)


def _column(heading: str, field: str, cells: Sequence[str]) -> LookedAtColumn:
    hidden = not field and is_sensitive(heading)
    shown = (
        "" if hidden or (not field and _SENSITIVE.fullmatch(cell)) else cell[:_LONGEST_SHOWN]
        for cell in cells
    )
    return LookedAtColumn(heading, field, tuple(shown), hidden)

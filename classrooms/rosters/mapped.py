"""Tables whose columns a person has explained, now or when the same headings came before."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from classrooms.rosters.choices import Choices
from classrooms.rosters.fields import FIELDS, tells_a_name
from classrooms.rosters.formats import IdentifiedBy, TableFormat
from classrooms.rosters.headings import folded
from classrooms.rosters.proposing import proposed_columns
from classrooms.rosters.rows import UnreadableRoster
from classrooms.rosters.tables import Heading, Table, TopRow, heading_of
from classrooms.rosters.text_tables import WHOLE_LINE

OWN_TABLE = "Own table"
PASTED = "Pasted names"
_LOOKED_AT = 25  # rows


def signature_of(headings: Sequence[str]) -> str:
    """The same for the same headings in the same order, however they are accented and spaced."""
    words = "\x1f".join(folded(heading) for heading in headings)
    return hashlib.sha256(words.encode()).hexdigest()


def find_kept_heading(rows: Iterable[TopRow], kept: Mapping[str, tuple[str, ...]]) -> Heading | None:
    """The first line of headings that somebody has explained before."""
    if not kept:
        return None
    for row in rows:
        columns = kept.get(signature_of(row.cells))
        if columns is not None and len(columns) == len(row.cells):
            return _heading_with(row, columns, OWN_TABLE)
    return None


def mapped_heading(table: Table, choices: Choices) -> Heading:
    """Headings as the person says where they are and what they stand for."""
    columns = choices.columns or ()
    line = 1 if choices.heading_line is None else choices.heading_line
    rows = [row for row in table.top() if row.line == max(line, 1) and len(row.cells) <= len(columns)]
    if not rows:
        raise UnreadableRoster("other_columns")
    row = max(rows, key=lambda row: len(row.cells))
    cells = numbered(len(columns)) if line == 0 else row.cells + [""] * (len(columns) - len(row.cells))
    return _heading_with(TopRow(line, row.separator, cells), columns, OWN_TABLE)


def numbered(width: int) -> list[str]:
    """What columns without headings are called: "1", "2"…"""
    return [str(number) for number in range(1, width + 1)]


def pasted_heading(table: Table) -> Heading:
    """For lines without headings: what most of them look like."""
    rows = list(table.top())
    separator = separator_of_most(rows)
    lines = [row.cells for row in rows if row.separator == separator][:_LOOKED_AT]
    width = max((len(cells) for cells in lines), default=0)
    columns = proposed_columns([""] * width, lines)
    if not tells_a_name(set(columns)):
        raise UnreadableRoster("no_names")
    return _heading_with(TopRow(0, separator, numbered(width)), columns, PASTED)


def separator_of_most(rows: Iterable[TopRow]) -> str:
    """A tab, a semicolon or a bar if most lines have one; a comma is part of "Surnames, Name"."""
    rows = list(rows)
    lines = {row.line for row in rows if any(row.cells)}
    parted = Counter(row.separator for row in rows if len(row.cells) > 1)
    for separator in ("\t", ";", "|"):
        if parted[separator] * 2 > len(lines):
            return separator
    with_commas = [row for row in rows if row.separator == "," and any(row.cells)]
    is_table = all(len(row.cells) > 2 for row in with_commas)
    return "," if with_commas and is_table else WHOLE_LINE


def _heading_with(row: TopRow, columns: Sequence[str], name: str) -> Heading:
    fields = [field or None for field in columns]
    used = {field for field in fields if field}
    if used - FIELDS.keys() or len(used) != sum(field is not None for field in fields):
        raise UnreadableRoster("same_field_twice")
    if not tells_a_name(used):
        raise UnreadableRoster("which_name")
    own = TableFormat(name=name, headings={}, needed=(), identified_by=_identified_by(used))
    return heading_of(row, own, fields)


def _identified_by(used: set[str]) -> IdentifiedBy:
    if "external_id" in used:
        return "number"
    return "account" if "email" in used else "nothing"

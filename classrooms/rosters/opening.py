"""A file of whatever kind as the source of a class list."""

import re
from dataclasses import dataclass

from classrooms.rosters.archives import the_list_in
from classrooms.rosters.choices import Choices
from classrooms.rosters.encodings import decode
from classrooms.rosters.itaca import ITACA
from classrooms.rosters.known_formats import formats_called
from classrooms.rosters.mapped import find_kept_heading, mapped_heading, pasted_heading
from classrooms.rosters.rayuela import RAYUELA
from classrooms.rosters.records import Source
from classrooms.rosters.rows import UnreadableRoster
from classrooms.rosters.sheets import open_sheets
from classrooms.rosters.signatures import kind_of
from classrooms.rosters.tables import Heading, Table, find_heading, records_of
from classrooms.rosters.text_tables import SEPARATORS, WHOLE_LINE, TextTable, lines_of
from classrooms.rosters.xml_lists import read_students

_XML_FORMATS = {one.root: one for one in (ITACA, RAYUELA)}
_OTHER_XML = {"profesorado-centro": "is_staff_list", "grupos-centro": "is_list_of_classes"}
_FIRST_ELEMENT = re.compile(rb"<([A-Za-z_][\w.:-]*)")


@dataclass(frozen=True)
class Opened:
    """A table of a file, and how it was opened: the `encoding`, or the `sheet` and the names of all `sheets`."""

    table: Table
    encoding: str
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    warning: str = ""


def open_source(data: bytes, choices: Choices) -> Source:
    """The records of a class list. Raises UnreadableRoster, also while they are gone through."""
    data, kind = unwrapped(data)
    if kind == "xml":
        return _xml_source(data, choices)
    opened = open_tables(data, kind, choices)
    found = [_try_heading(one, choices) for one in opened]
    headings = [one for one in found if isinstance(one, Heading)]
    if not headings:
        raise next(one for one in found if isinstance(one, UnreadableRoster))
    heading = max(headings, key=lambda one: len(one.columns))
    return _source(opened[found.index(heading)], heading, choices)


def unwrapped(data: bytes) -> tuple[bytes, str]:
    """What a file is, "text", "sheets" or "xml"; of a zip, the list that is in it."""
    kind = kind_of(data)
    if kind == "zip":
        data = the_list_in(data)
        kind = kind_of(data)
        if kind == "zip":
            raise UnreadableRoster("no_list_in_archive")
    return data, kind


def open_tables(data: bytes, kind: str, choices: Choices) -> list[Opened]:
    """The sheets of a spreadsheet, the chosen one only if there is one; text is one table."""
    if kind == "sheets":
        sheets = open_sheets(data)
        names = tuple(sheet.name for sheet in sheets)
        chosen = [sheet for sheet in sheets if sheet.name == choices.sheet] or sheets
        return [Opened(sheet, "", sheet.name, names) for sheet in chosen]
    decoded = decode(data, choices.encoding)
    return [
        Opened(
            TextTable(lines_of(decoded.text), _separators(choices)), decoded.encoding, warning=decoded.warning
        )
    ]


def _separators(choices: Choices) -> tuple[str, ...]:
    if choices.separator is not None:
        return (choices.separator,)
    return (*SEPARATORS, WHOLE_LINE) if choices.columns or choices.is_pasted else SEPARATORS


def _try_heading(opened: Opened, choices: Choices) -> Heading | UnreadableRoster:
    try:
        return _heading(opened.table, choices)
    except UnreadableRoster as trouble:
        is_spoilt = opened.warning == "spoilt_letters"
        # "NÂº Id. Escolar" is there, only nobody recognizes it.
        return UnreadableRoster("spoilt_headings") if is_spoilt else trouble


def _heading(table: Table, choices: Choices) -> Heading:
    if choices.columns is not None:
        return mapped_heading(table, choices)
    rows = [row for row in table.top() if choices.heading_line in (None, row.line)]
    if choices.format_name is None and (kept := find_kept_heading(rows, choices.kept)):
        return kept
    try:
        return find_heading(rows, formats_called(choices.format_name))
    except UnreadableRoster as trouble:
        if choices.is_pasted and trouble.reason in ("no_heading", "missing_columns"):
            return pasted_heading(table)
        raise


def _source(opened: Opened, heading: Heading, choices: Choices) -> Source:
    source = Source(
        format_name=heading.format_name,
        encoding=opened.encoding,
        separator=heading.separator,
        heading_line=heading.line,
        names=heading.names,
        dropped_columns=heading.dropped,
        records=records_of(opened.table, heading),
        identified_by=heading.identified_by,
        sheet=opened.sheet,
        warning=opened.warning,
    )
    if "unit" in source.names or choices.unit:
        return source
    raise UnreadableRoster("which_class")


def _xml_source(data: bytes, choices: Choices) -> Source:
    encoding = choices.encoding
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data, encoding = decode(data, "utf-16").text.encode(), "utf-8"
    start = data[:65_536]
    if b"<!DOCTYPE" in start.upper():
        raise UnreadableRoster("xml_with_entities")
    root = _root_of(start)
    if root in _OTHER_XML:
        raise UnreadableRoster(_OTHER_XML[root])
    if root not in _XML_FORMATS:
        raise UnreadableRoster("unknown_xml" if root else "broken_xml")
    return read_students(data, _XML_FORMATS[root], encoding)


def _root_of(start: bytes) -> str:
    plain = re.sub(rb"<!--.*?-->", b"", start, flags=re.DOTALL)
    found = _FIRST_ELEMENT.search(plain)
    return found[1].decode(errors="replace") if found else ""

"""Text files that are tables, of whichever administration."""

from collections.abc import Sequence

from classrooms.rosters.encodings import decode
from classrooms.rosters.records import Source
from classrooms.rosters.rows import UnreadableRoster
from classrooms.rosters.seneca import REG_ALUM
from classrooms.rosters.tables import Heading, find_heading, lines_of, records_of

TABLE_FORMATS = (REG_ALUM,)


def open_table(data: bytes, encoding: str | None, separator: str | None) -> Source:
    """The table in a file; encoding and separator are found out where they are None.

    Raises UnreadableRoster, also while the records are gone through.
    """
    decoded = decode(data, encoding)
    lines = lines_of(decoded.text)
    heading = _heading(lines, separator, is_spoilt=decoded.warning == "spoilt_letters")
    return Source(
        format_name=heading.table_format.name,
        encoding=decoded.encoding,
        separator=heading.separator,
        heading_line=heading.line,
        names=heading.names,
        dropped_columns=heading.dropped,
        records=records_of(lines, heading),
        warning=decoded.warning,
    )


def _heading(lines: Sequence[str], separator: str | None, *, is_spoilt: bool) -> Heading:
    try:
        return find_heading(lines, TABLE_FORMATS, separator)
    except UnreadableRoster as trouble:
        if is_spoilt:  # "NÂº Id. Escolar" is there, only nobody recognizes it
            raise UnreadableRoster("spoilt_headings") from trouble
        raise

"""Text as a table: lines parted by a separator."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from classrooms.rosters.rows import UnreadableRoster
from classrooms.rosters.tables import HEADINGS_WITHIN, MAXIMUM_ROWS, TopRow

SEPARATORS = (",", ";", "|", "\t")
WHOLE_LINE = ""  # the separator of a list that has one column
# A line beyond these is no headings; to compare the millions of cells that 20 MB can have would take minutes.
_LONGEST_HEADINGS = 200_000  # characters
_MOST_LINES = 10 * MAXIMUM_ROWS  # empty ones too
_LONGEST_RECORD = 20  # lines; a longer one is a quotation mark that nobody closed


def lines_of(text: str) -> list[str]:
    """Physical lines with their ends; not `splitlines`, which also parts at form feeds and the like."""
    return list(io.StringIO(text, newline=""))


@dataclass(frozen=True)
class TextTable:
    """`separators` are those that come into question."""

    lines: Sequence[str]
    separators: tuple[str, ...] = SEPARATORS

    def top(self) -> Iterator[TopRow]:
        """The first lines, parted by each separator."""
        for number, line in enumerate(self.lines[:HEADINGS_WITHIN], start=1):
            if len(line) <= _LONGEST_HEADINGS:
                yield from (TopRow(number, one, _split_line(line, one)) for one in self.separators)

    def below(self, line: int, separator: str) -> Iterator[tuple[int, list[str]]]:
        """Each record under that line, with the line of the file on which it begins."""
        if separator == WHOLE_LINE:
            return ((number, [text.strip()]) for number, text in enumerate(self.lines[line:], line + 1))
        return self._records(line, separator)

    def _records(self, heading_line: int, separator: str) -> Iterator[tuple[int, list[str]]]:
        reader = csv.reader(
            self.lines[heading_line:], delimiter=separator, quoting=self._quoting(heading_line, separator)
        )
        before = 0
        try:
            for cells in reader:
                line = heading_line + before + 1
                if reader.line_num - before > _LONGEST_RECORD:
                    raise UnreadableRoster("open_quote", line=line)
                if reader.line_num > _MOST_LINES:
                    raise UnreadableRoster("too_many_lines", lines=MAXIMUM_ROWS)
                before = reader.line_num
                yield line, cells
        except csv.Error:  # a field beyond csv's limit of 131,072 characters
            raise UnreadableRoster("open_quote", line=heading_line + before + 1) from None

    def _quoting(self, heading_line: int, separator: str) -> Literal[0, 3]:
        """Plain text with bars is written without quoting: a lone " there is a letter like any other."""
        headings = self.lines[heading_line - 1] if heading_line else ""
        return csv.QUOTE_MINIMAL if separator != "|" or '"' in headings else csv.QUOTE_NONE


def _split_line(line: str, separator: str) -> list[str]:
    if separator == WHOLE_LINE:
        return [" ".join(line.split())]
    try:
        return [" ".join(cell.split()) for cell in next(csv.reader([line], delimiter=separator), [])]
    except csv.Error:  # a title longer than any heading
        return []

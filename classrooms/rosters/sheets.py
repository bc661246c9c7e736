"""Spreadsheets (XLSX, ODS) as tables of text. Formulas are never run: what they last came to is read."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from classrooms.rosters.archives import open_zip
from classrooms.rosters.rows import UnreadableRoster
from classrooms.rosters.sheet_sizes import with_bounded_size
from classrooms.rosters.tables import HEADINGS_WITHIN, TopRow

_LONGEST_EXACT = 10**15  # beyond, a spreadsheet has already lost digits


@dataclass(frozen=True)
class SheetTable:
    """One sheet; its rows count from 1 as the spreadsheet shows them."""

    name: str
    rows: Sequence[Sequence[object]]

    def top(self) -> Iterator[TopRow]:
        """The first rows, without the empty cells behind the last filled one."""
        for number, row in enumerate(self.rows[:HEADINGS_WITHIN], start=1):
            cells = [" ".join(text_of(cell).split()) for cell in row]
            while cells and not cells[-1]:
                cells.pop()
            yield TopRow(number, "", cells)

    def below(self, line: int, separator: str) -> Iterator[tuple[int, list[str]]]:
        """The rows under that line."""
        return (
            (number, [text_of(cell) for cell in row]) for number, row in enumerate(self.rows[line:], line + 1)
        )


def open_sheets(data: bytes) -> list[SheetTable]:
    """All sheets that have something in them. Raises UnreadableRoster."""
    safe = with_bounded_size(data, open_zip(data))
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(safe)) as workbook:
            names = workbook.sheet_names
            sheets = [
                SheetTable(name, workbook.get_sheet_by_name(name).to_python(skip_empty_area=False))
                for name in names
            ]
    except PasswordError:
        raise UnreadableRoster("is_protected") from None
    except (CalamineError, OSError, ValueError):
        raise UnreadableRoster("broken_spreadsheet") from None
    filled = [sheet for sheet in sheets if any(text_of(cell).strip() for row in sheet.rows for cell in row)]
    if not filled:
        raise UnreadableRoster("empty")
    return filled


def text_of(cell: object) -> str:
    """As the list means it: 9000001.0 is the number 9000001, a date is written as in Spain."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _LONGEST_EXACT:
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    return str(cell)

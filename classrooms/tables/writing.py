"""Rows of text as a file. Pure: bytes come out, nothing is asked."""

import csv
import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from classrooms.rosters.csv_safety import neutralize

Row = Sequence[str]

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A sheet's name may not hold these, nor be longer than 31.
_NOT_IN_SHEET_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", "-"))


def as_csv(headings: Row, rows: Iterable[Row], *, separator: str = ",") -> bytes:
    """UTF-8 with the mark by which a spreadsheet knows it; cells that it would run are made harmless.

    A spreadsheet in Spanish opens ";" by itself, because the comma stands in its decimals.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator)
    writer.writerow([neutralize(cell) for cell in headings])
    writer.writerows([neutralize(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(headings: Row, rows: Iterable[Row], *, title: str) -> bytes:
    """One sheet of text: no cell is a formula or a number, whatever it begins with ("=1+1", "007")."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title.translate(_NOT_IN_SHEET_NAMES)[:31] or "1")
    sheet.freeze_panes = "A2"
    sheet.append([_text(sheet, cell, is_bold=True) for cell in headings])
    for row in rows:
        sheet.append([_text(sheet, cell) for cell in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _text(sheet: WriteOnlyWorksheet, text: str, *, is_bold: bool = False) -> Cell:
    cell = WriteOnlyCell(sheet, value=_printable(text))
    # Otherwise openpyxl takes what begins with "=" for a formula.
    cell.data_type = "s"
    if is_bold:
        cell.font = Font(bold=True)
    return cell


def _printable(text: str) -> str:
    """XML knows no control characters; one in a name would make a file that no program opens."""
    return "".join(letter for letter in text if letter >= " " or letter in "\t\n")

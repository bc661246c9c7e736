"""Tables on their way out: what is in them is text, whatever it begins with."""

import csv
import io

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from classrooms.tables.writing import as_csv, as_xlsx

HOSTILE = ["=1+1", "+34", "-2", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x.example")', "＝1"]


@pytest.mark.parametrize("cell", HOSTILE)
def test_no_cell_of_a_csv_is_run_by_a_spreadsheet(cell: str) -> None:
    (line,) = csv.reader(
        io.StringIO(as_csv(["Name"], [[cell]]).decode("utf-8-sig").partition("\n")[2], newline="")
    )

    assert line == [f"'{cell}"]


@pytest.mark.parametrize("cell", HOSTILE)
def test_every_cell_of_a_spreadsheet_is_text(cell: str) -> None:
    book = load_workbook(io.BytesIO(as_xlsx(["Name"], [[cell]], title="1º SMR")))

    assert (book.active["A2"].data_type, book.active["A2"].value) == ("s", cell)


def test_accents_and_leading_zeros_come_back_as_they_were() -> None:
    row = ["Peña · l·l · Ñ", "007", "", "O'Hara"]
    rows = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx(["a", "b", "c", "d"], [row], title="x")))

    assert rows.get_sheet_by_index(0).to_python()[1] == row
    assert as_csv(["a"], [row]).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("title", ["1º SMR / 2º [DAW]", "", "a" * 60, "Grupo: 'A'*?"])
def test_any_name_of_a_class_names_a_sheet(title: str) -> None:
    (name,) = load_workbook(io.BytesIO(as_xlsx(["a"], [], title=title))).sheetnames

    assert 0 < len(name) <= 31


def test_a_control_character_in_a_name_spoils_no_file() -> None:
    book = load_workbook(io.BytesIO(as_xlsx(["a"], [["Eva\x0bGil\x00"]], title="x")))

    assert book.active["A2"].value == "EvaGil"

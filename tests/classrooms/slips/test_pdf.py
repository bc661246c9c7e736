"""Slips to cut: everybody's name is on one, in letters that a printer finds in the file."""

import re
import zlib

import pytest

from classrooms.slips.pdf import COLUMNS, ROWS, fit_name, make_slips, new_sheet
from classrooms.slips.slip import Slip, SlipWords
from classrooms.slips.squares import as_svg_path, dark_runs, squares

WORDS = SlipWords(
    "IES Triana", "1º SMR A · 2026/27", "O escribe el código en aulahub.example/join", "Vale una vez"
)


def slips(count: int, name: str = "Ñíguez Łukaszewska, Mária") -> bytes:
    made = [Slip(name, "K7WP-3MXQ", "https://aulahub.example/join/K7WP3MXQ/") for _ in range(count)]
    return make_slips(made, WORDS, title="Códigos", language="es")


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (COLUMNS * ROWS, 1), (COLUMNS * ROWS + 1, 2), (35, 4)])
def test_ten_slips_stand_on_a_page(count: int, pages: int) -> None:
    assert len(re.findall(rb"/Type /Page\b(?!s)", slips(count))) == pages


def test_the_letters_of_the_names_are_in_the_file_and_no_others() -> None:
    pdf = slips(2)

    assert b"/FontFile2" in pdf and b"/Lang (es)" in pdf
    assert len(pdf) < 100_000, "the whole typeface is 1.4 MB"


def test_letters_outside_of_latin_1_are_drawn_as_themselves() -> None:
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", slips(1), re.DOTALL)
    opened = [_opened(stream) for stream in streams]

    assert any(b"<0141>" in one for one in opened if b"beginbfchar" in one), "Ł"


def _opened(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return stream


def test_a_name_that_is_too_long_gets_smaller_and_stays_whole() -> None:
    sheet = new_sheet("Códigos", "es")
    sheet.add_page()
    name = (
        "Fernández de Córdoba y Álvarez de las Asturias-Bohórquez, María de los Ángeles Inmaculada Concepción"
    )

    assert fit_name(sheet, "Gil, Ana", 54) == 1 and sheet.font_size_pt == 12
    assert fit_name(sheet, name, 54) == 3 and 6 < sheet.font_size_pt < 12


def test_the_picture_of_an_address_can_be_put_together_from_its_runs() -> None:
    rows = squares("https://aulahub.example/join/K7WP3MXQ/")
    drawn = {(x + step, y) for x, y, length in dark_runs(rows) for step in range(length)}

    assert drawn == {(x, y) for y, row in enumerate(rows) for x, dark in enumerate(row) if dark}
    assert as_svg_path("x")[0] == len(squares("x"))

"""A sheet of slips: two columns to cut along dashed lines, ten to a page."""

from collections.abc import Sequence
from pathlib import Path
from typing import cast

from fpdf import FPDF

from classrooms.slips.slip import Slip, SlipWords
from classrooms.slips.squares import dark_runs, squares

FONTS = Path(__file__).parent / "fonts"
# Millimetres on A4.
LEFT, TOP, WIDTH, HEIGHT, COLUMNS, ROWS = 10.0, 11.0, 95.0, 55.0, 2, 5
QR_SIDE, INSET = 26.0, 5.0


def make_slips(slips: Sequence[Slip], words: SlipWords, *, title: str, language: str) -> bytes:
    """A PDF with one slip each, in order, ten to a page. Names of any European script can be read in it.

    Only the letters that are used are put into the file.
    """
    sheet = new_sheet(title, language)
    for number, slip in enumerate(slips):
        place = number % (COLUMNS * ROWS)
        if place == 0:
            sheet.add_page()
        row, column = divmod(place, COLUMNS)
        _draw(sheet, slip, words, LEFT + column * WIDTH, TOP + row * HEIGHT)
    return bytes(sheet.output())


def new_sheet(title: str, language: str) -> FPDF:
    """An empty sheet with the typefaces in it."""
    sheet = FPDF(format="A4")
    sheet.set_auto_page_break(False)
    sheet.add_font("DejaVu", fname=FONTS / "DejaVuSans.ttf")
    sheet.add_font("DejaVu", style="B", fname=FONTS / "DejaVuSans-Bold.ttf")
    sheet.set_title(title)
    sheet.set_lang(language)
    return sheet


def _draw(sheet: FPDF, slip: Slip, words: SlipWords, x: float, y: float) -> None:
    sheet.set_draw_color(150)
    sheet.set_dash_pattern(dash=1.5, gap=1.5)
    sheet.rect(x, y, WIDTH, HEIGHT)
    sheet.set_dash_pattern()
    text_width = WIDTH - QR_SIDE - 3 * INSET
    sheet.set_text_color(90)
    _line(sheet, words.school, x + INSET, y + 4, text_width, size=8)
    _line(sheet, words.class_group, x + INSET, y + 8.5, text_width, size=8)
    sheet.set_text_color(0)
    _name(sheet, slip.name, x + INSET, y + 14, text_width)
    _line(sheet, slip.code, x + INSET, y + 30, text_width, size=17, style="B")
    _line(sheet, words.go_to, x + INSET, y + 41, WIDTH - 2 * INSET, size=8)
    sheet.set_text_color(90)
    _line(sheet, words.works_until, x + INSET, y + 46, WIDTH - 2 * INSET, size=7.5)
    _squares(sheet, slip.address, x + WIDTH - QR_SIDE - INSET, y + INSET)


def _name(sheet: FPDF, name: str, x: float, y: float, width: float) -> None:
    fit_name(sheet, name, width)
    sheet.set_xy(x, y)
    sheet.multi_cell(width, 5, name, align="L")


def fit_name(sheet: FPDF, name: str, width: float) -> int:
    """How many lines the name takes, three at most: one too long for them is made smaller, never cut."""
    size = 12.0
    sheet.set_font("DejaVu", "B", size)
    while size > 6 and _lines(sheet, name, width) > 3:
        size -= 0.5
        sheet.set_font_size(size)
    return _lines(sheet, name, width)


def _lines(sheet: FPDF, text: str, width: float) -> int:
    lines = sheet.multi_cell(width, 5.5, text, dry_run=True, output="LINES")
    return len(cast("list[str]", lines))


def _line(sheet: FPDF, text: str, x: float, y: float, width: float, *, size: float, style: str = "") -> None:
    """One line, smaller where it would not fit."""
    sheet.set_font("DejaVu", style, size)
    while size > 5 and sheet.get_string_width(text) > width - 2:
        size -= 0.5
        sheet.set_font_size(size)
    sheet.set_xy(x, y)
    sheet.cell(width, 5, text)


def _squares(sheet: FPDF, text: str, x: float, y: float) -> None:
    rows = squares(text)
    side = QR_SIDE / len(rows)
    sheet.set_fill_color(0)
    for column, row, length in dark_runs(rows):
        sheet.rect(x + column * side, y + row * side, length * side, side, style="F")

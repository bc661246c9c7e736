"""A text as a picture of squares (QR code)."""

from collections.abc import Iterator
from itertools import groupby

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M


def squares(text: str) -> list[list[bool]]:
    """Rows of dark (True) and light squares, without a margin."""
    code = QRCode(border=0, error_correction=ERROR_CORRECT_M)
    code.add_data(text)
    code.make(fit=True)
    return [[bool(dark) for dark in row] for row in code.get_matrix()]


def dark_runs(rows: list[list[bool]]) -> Iterator[tuple[int, int, int]]:
    """(column, row, length) of each run of dark squares: a picture needs a third of the rectangles."""
    for y, row in enumerate(rows):
        x = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                yield x, y, length
            x += length


def as_svg_path(text: str) -> tuple[int, str]:
    """How many squares wide, and the path that draws the dark ones: for `<path d="…">`."""
    rows = squares(text)
    return len(rows), "".join(f"M{x} {y}h{length}v1h-{length}z" for x, y, length in dark_runs(rows))

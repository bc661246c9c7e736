"""How large the sheets of a spreadsheet would be in memory, told before they are opened.

One cell in the last column of the last row makes a sheet of seventeen thousand million empty cells.
"""

import io
import re
import zipfile
from collections.abc import Iterable

from classrooms.rosters.archives import MOST_BYTES, unpacked
from classrooms.rosters.rows import UnreadableRoster
from classrooms.rosters.tables import MAXIMUM_ROWS, MOST_HEADINGS

_MOST_CELLS = 4_000_000
_PLACES = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]*)(\d+)["']""")
_REPEATED = re.compile(rb"""[\w.-]+:number-(columns|rows)-repeated\s*=\s*["']\s*(\d+)\s*["']""")
# ODS says "and 16,000 empty columns more" at the end of each row; no list has so many that say something.
_NOTHING_BEHIND = 1000


def with_bounded_size(data: bytes, archive: zipfile.ZipFile) -> bytes:
    """The spreadsheet, its endless emptiness cut off. Raises UnreadableRoster where it would not fit into memory."""
    left, parts = MOST_BYTES, {}
    for one in archive.infolist():
        parts[one.filename] = unpacked(archive, one.filename, left)
        left -= len(parts[one.filename])
    if "content.xml" in parts:
        return _packed({**parts, "content.xml": _without_emptiness(parts["content.xml"])})
    for name, text in parts.items():
        if name.casefold().startswith("xl/worksheets/"):
            _refuse_if_endless(_PLACES.findall(text))
    return data


def _refuse_if_endless(places: Iterable[tuple[bytes, bytes]]) -> None:
    """From places such as "AB12", and rows that say their number alone."""
    columns, rows = 0, 0
    for letters, digits in set(places):
        columns = max(columns, _column(letters))
        rows = max(rows, int(digits[:9]))
    if columns > 16 * MOST_HEADINGS or rows > 20 * MAXIMUM_ROWS or columns * rows > _MOST_CELLS:
        raise UnreadableRoster("too_many_cells", rows=MAXIMUM_ROWS)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:4].upper():
        number = number * 26 + letter - 64
    return number


def _without_emptiness(content: bytes) -> bytes:
    repeats = [(kind, int(count[:9])) for kind, count in _REPEATED.findall(content)]
    cells = sum(count for kind, count in repeats if kind == b"columns" and count <= _NOTHING_BEHIND)
    rows = max((count for kind, count in repeats if kind == b"rows" and count <= _NOTHING_BEHIND), default=1)
    if cells * rows > _MOST_CELLS:
        raise UnreadableRoster("too_many_cells", rows=MAXIMUM_ROWS)
    return _REPEATED.sub(lambda found: found[0] if int(found[2][:9]) <= _NOTHING_BEHIND else b"", content)


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()

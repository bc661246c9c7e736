"""Where each field of a table in text stands, so that one can be replaced and the rest left byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

QUOTE = '"'


@dataclass(frozen=True)
class Field:
    """A field as written from `start` up to `end` of the text, and what it says."""

    start: int
    end: int
    text: str


def read_spans(text: str, separator: str) -> Iterator[list[Field]]:
    """The rows, empty lines left out. A quote that is never closed runs to the end, as everywhere."""
    row: list[Field] = []
    place = 0
    while place < len(text):
        if not row and text[place] in "\r\n":
            place += 1
            continue
        end = _end_of(text, place, separator)
        row.append(Field(place, end, _plain(text[place:end])))
        if text[end : end + 1] == separator:
            place = end + 1
            if place == len(text):
                row.append(Field(place, place, ""))
            continue
        place = end + (2 if text[end : end + 2] == "\r\n" else 1)
        if len(row) > 1 or row[0].text.strip():
            yield row
        row = []
    if row:
        yield row


def _end_of(text: str, start: int, separator: str) -> int:
    """Just behind the field that begins at `start`."""
    if text[start : start + 1] != QUOTE:
        # One search for the nearest of them: looking for each goes to the end of the text for one that is not there.
        found = re.compile(f"[{re.escape(separator)}\n\r]").search(text, start)
        return found.start() if found else len(text)
    place = start + 1
    while (place := text.find(QUOTE, place)) >= 0:
        if text[place + 1 : place + 2] != QUOTE:
            return _end_of(text, place + 1, separator) if text[place + 1 : place + 2] else place + 1
        place += 2
    return len(text)


def _plain(written: str) -> str:
    if not written.startswith(QUOTE):
        return written
    return written.rstrip()[1:].removesuffix(QUOTE).replace(QUOTE * 2, QUOTE)


def written(text: str) -> str:
    """A text as a field, always in quotes."""
    return QUOTE + text.replace(QUOTE, QUOTE * 2) + QUOTE

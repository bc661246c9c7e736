"""Bytes to text: which encoding a class list is written in, found out by what it says.

No general detector: between Windows-1252, Mac Roman and the DOS code page a long file of plain letters with
one "º" in a hundred tells them nothing. We know which accented letters Spanish names and headings use, so we
count those.
"""

import codecs
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from classrooms.rosters.rows import UnreadableRoster


@dataclass(frozen=True)
class Decoded:
    """Text in NFC, the encoding (a key of `DECODERS`) and the key of a warning, or "" when nothing is odd."""

    text: str
    encoding: str
    warning: str = ""


_EXPECTED = frozenset("áéíóúüñçàèòïÁÉÍÓÚÜÑÇÀÈÒÏºª·’¿¡–«»´'")
# "º" and "ñ" in UTF-8 that somebody read as Windows-1252 and saved again: "Âº", "Ã±".
_TWICE = re.compile("[ÃÂ][\u0080-\u00bf\u2018-\u203a€ŠšŽžŒœŸƒˆ˜™]")
# "º" and "ñ" in Windows-1252 that somebody read as Windows-1250 and saved again: "1ş", "Nş", "Ańo". A person
# called Işık is no such sign, so the letter counts only where no name has it.
_CENTRAL_EUROPEAN = re.compile(r"(?:\d|\bN)[şŞ]|\bA[ńŃ][oO]\b")


def _windows_1252(data: bytes) -> str:
    """ISO-8859-1 comes along: it differs in control characters and five undefined bytes only."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _byte_of_control(trouble: UnicodeError) -> tuple[bytes, int]:
    """Windows reads its five undefined bytes as control characters, so "Á" saved twice holds U+0081."""
    if isinstance(trouble, UnicodeEncodeError) and ord(trouble.object[trouble.start]) < 0xA0:
        return bytes([ord(trouble.object[trouble.start])]), trouble.start + 1
    raise trouble


codecs.register_error("byte_of_control", _byte_of_control)


def _saved_twice(data: bytes) -> str:
    return data.decode("utf-8-sig").encode("cp1252", errors="byte_of_control").decode("utf-8")


def _by_way_of_windows_1250(data: bytes) -> str:
    return data.decode("utf-8-sig").encode("cp1250").decode("cp1252")


DECODERS: dict[str, Callable[[bytes], str]] = {
    "utf-8": lambda data: data.decode("utf-8-sig"),
    "windows-1252": _windows_1252,
    "iso-8859-1": _windows_1252,
    "utf-16": lambda data: data.decode("utf-16"),
    "mac-roman": lambda data: data.decode("mac_roman"),
    "cp850": lambda data: data.decode("cp850"),
    "utf-8-twice": _saved_twice,
    "utf-8-windows-1250": _by_way_of_windows_1250,
}
_ONE_BYTE_A_LETTER = ("windows-1252", "mac-roman", "cp850")


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """The text, in the encoding that somebody chose or the one that its content shows.

    Raises UnreadableRoster where the chosen encoding does not fit.
    """
    if encoding is not None:
        return _tidy(_decoded_as(data, encoding), encoding)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _tidy(_decoded_as(data, "utf-16"), "utf-16")
    try:
        return _mended(data, data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return _most_spanish(data)


def _decoded_as(data: bytes, encoding: str) -> str:
    decoder = DECODERS.get(encoding)
    try:
        if decoder is not None:
            return decoder(data)
    except UnicodeError:
        pass
    raise UnreadableRoster("wrong_encoding", encoding=encoding)


def _mended(data: bytes, text: str) -> Decoded:
    """UTF-8, unless it shows that another program had already read it wrongly and the way back is certain."""
    for symptom, encoding in ((_TWICE, "utf-8-twice"), (_CENTRAL_EUROPEAN, "utf-8-windows-1250")):
        if symptom.search(text):
            try:
                return _tidy(DECODERS[encoding](data), encoding, mended=True)
            except UnicodeError:
                continue
    return _tidy(text, "utf-8")


def _most_spanish(data: bytes) -> Decoded:
    texts = {encoding: DECODERS[encoding](data) for encoding in _ONE_BYTE_A_LETTER}
    best = max(texts, key=lambda encoding: _familiarity(texts[encoding]))
    return _tidy(texts[best], best)


def _familiarity(text: str) -> int:
    foreign = [letter for letter in text if letter > "\x7f"]
    return sum(1 if letter in _EXPECTED else -1 for letter in foreign)


def _tidy(text: str, encoding: str, *, mended: bool = False) -> Decoded:
    if "\0" in text:
        raise UnreadableRoster("not_text")
    spoilt = _TWICE.search(text) or _CENTRAL_EUROPEAN.search(text)
    warning = "spoilt_letters" if spoilt else "spoilt_letters_mended" if mended else ""
    # Decomposed accents (a Mac's) would make another person of the same name.
    return Decoded(unicodedata.normalize("NFC", text), encoding, warning)

"""Bytes to text: which encoding a class list is written in, found out by what it says.

No general detector: between Windows-1252, Mac Roman and the DOS code page a long file of plain letters with
one "º" in a hundred tells them nothing. We know which accented letters Spanish names and headings use, so we
count those.
"""

import codecs
import re
import unicodedata
from collections import Counter
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

_SYMPTOMS = ((_TWICE, "ÃÂ"), (_CENTRAL_EUROPEAN, "şŞńŃ"))


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
    for (symptom, signs), encoding in zip(_SYMPTOMS, ("utf-8-twice", "utf-8-windows-1250"), strict=True):
        if _looks_spoilt(text, symptom, signs):
            try:
                return _tidy(DECODERS[encoding](data), encoding, mended=True)
            except UnicodeError:
                continue
    return _tidy(text, "utf-8")


def _most_spanish(data: bytes) -> Decoded:
    # In these encodings each byte is a letter, so it is enough to look at each of the 128 beyond ASCII.
    letters = Counter(data.translate(None, bytes(range(128))))
    best = max(_ONE_BYTE_A_LETTER, key=lambda encoding: _familiarity(letters, DECODERS[encoding]))
    return _tidy(DECODERS[best](data), best)


def _familiarity(letters: Counter[int], decoder: Callable[[bytes], str]) -> int:
    return sum(count if decoder(bytes([byte])) in _EXPECTED else -count for byte, count in letters.items())


def _looks_spoilt(text: str, symptom: re.Pattern[str], signs: str) -> bool:
    """Whether a symptom shows; its rare letters are looked for first, which is many times faster."""
    return any(sign in text for sign in signs) and symptom.search(text) is not None


def _tidy(text: str, encoding: str, *, mended: bool = False) -> Decoded:
    if "\0" in text:
        raise UnreadableRoster("not_text")
    spoilt = any(_looks_spoilt(text, symptom, signs) for symptom, signs in _SYMPTOMS)
    warning = "spoilt_letters" if spoilt else "spoilt_letters_mended" if mended else ""
    # Decomposed accents (a Mac's) would make another person of the same name.
    return Decoded(unicodedata.normalize("NFC", text), encoding, warning)

"""Reading a grading sheet by its headings, in the languages Moodle writes them in, and filling it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from classrooms.grading_sheets.spans import Field, read_spans, written

# Moodle's own words: Spanish, English, Catalan and Valencian, Galician, Basque; without accents, in lower case.
HEADINGS: dict[str, frozenset[str]] = {
    "identifier": frozenset({"identificador", "identifier", "identifikatzailea"}),
    "name": frozenset({"nombre completo", "full name", "nom complet", "nome completo", "izen-deiturak"}),
    "email": frozenset(
        {"direccion de correo", "email address", "adreca electronica", "enderezo de correo", "helbide elektronikoa"}
    ),
    "mark": frozenset({"calificacion", "grade", "qualificacio", "cualificacion", "kalifikazioa"}),
    "most": frozenset(
        {"calificacion maxima", "maximum grade", "qualificacio maxima", "cualificacion maxima", "gehienezko kalifikazioa"}
    ),
    "comment": frozenset(
        {"comentarios de retroalimentacion", "feedback comments", "comentaris de retroaccio", "comentarios de retroaccion",
         "feedback-iruzkinak"}
    ),
}  # fmt: skip
NEEDED = ("name", "mark")


class NoGradingSheet(ValueError):
    """`code` is "not_text", "not_a_sheet" (no heading for name and mark) or "empty"."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True)
class SheetRow:
    """One participant. `number` counts from 0; `most` is the highest mark there is, None where the sheet has none."""

    number: int
    identifier: str
    name: str
    email: str
    mark: str
    most: Decimal | None


@dataclass(frozen=True)
class Assessed:
    """What goes into one row; None leaves that field as it is."""

    mark: Decimal | None = None
    comment: str | None = None


# A sheet of a whole school with a page of comments for each is smaller.
LARGEST = 5_000_000


class GradingSheet:
    """A sheet as uploaded. `rows` are its participants."""

    def __init__(self, content: bytes) -> None:
        """Raises NoGradingSheet."""
        self._encoding, self._text = _decoded(content)
        self._rows, self._places = _table(self._text)
        self.rows = tuple(_row(number, fields, self._places) for number, fields in enumerate(self._rows))
        if not self.rows:
            raise NoGradingSheet("empty")

    @property
    def takes_comments(self) -> bool:
        """Whether the task in Moodle has feedback comments switched on."""
        return "comment" in self._places

    def filled(self, assessed: Mapping[int, Assessed]) -> bytes:
        """The same file with these rows' marks and comments; every other byte as it came."""
        changes: list[tuple[Field, str]] = []
        for number, found in assessed.items():
            if found.mark is not None:
                changes.append((self._field(number, "mark"), decimal_comma(found.mark)))
            if found.comment is not None and self.takes_comments:
                changes.append((self._field(number, "comment"), found.comment))
        text = self._text
        for field, new in sorted(changes, key=lambda change: -change[0].start):
            text = text[: field.start] + written(self._as_there(new)) + text[field.end :]
        return text.encode(self._encoding)

    def _as_there(self, new: str) -> str:
        """The text as it has to stand between the others; Moodle's comments are HTML, so what is missing is named."""
        if self._encoding == "utf-8":
            return new
        return new.encode("cp1252", "xmlcharrefreplace").decode("latin-1")

    def _field(self, number: int, name: str) -> Field:
        return self._rows[number][self._places[name]]


def decimal_comma(mark: Decimal) -> str:
    """ "7,50": two places, as Moodle writes marks in Spanish."""
    return str(mark.quantize(Decimal("0.01"), ROUND_HALF_UP)).replace(".", ",")


def read_mark(text: str) -> Decimal | None:
    """A mark as people type it: "7", "7,5" or "7.5". None for an empty text; raises ValueError otherwise."""
    plain = text.strip().replace(",", ".")
    if not plain:
        return None
    try:
        mark = Decimal(plain)
    except InvalidOperation as problem:
        raise ValueError(text) from problem
    if not mark.is_finite() or not 0 <= mark <= 999 or mark.as_tuple().exponent not in range(-2, 4):
        raise ValueError(text)
    return mark


def _decoded(content: bytes) -> tuple[str, str]:
    """The encoding and the text with its byte order mark, which is part of what may not change."""
    if len(content) > LARGEST:
        raise NoGradingSheet("not_a_sheet")
    if b"\0" in content:
        raise NoGradingSheet("not_text")
    try:
        return "utf-8", content.decode("utf-8")
    except UnicodeDecodeError:
        # Latin-1 keeps every byte, also those that stand for nothing in Windows-1252.
        return "latin-1", content.decode("latin-1")


def _table(text: str) -> tuple[list[list[Field]], dict[str, int]]:
    for separator in (",", ";", "\t"):
        rows = read_spans(text, separator)
        places = _places(next(rows, []))
        if all(name in places for name in NEEDED):
            return [row for row in rows if len(row) > max(places.values())], places
    raise NoGradingSheet("not_a_sheet")


def _places(heading: list[Field]) -> dict[str, int]:
    plain = [_simple(field.text) for field in heading]
    return {
        name: number for name, words in HEADINGS.items() for number, word in enumerate(plain) if word in words
    }


def _simple(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.lstrip("\ufeff").strip().strip('"').lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _row(number: int, fields: list[Field], places: Mapping[str, int]) -> SheetRow:
    def said(name: str) -> str:
        return fields[places[name]].text.strip() if name in places else ""

    return SheetRow(
        number, said("identifier"), said("name"), said("email"), said("mark"), _most(said("most"))
    )


def _most(text: str) -> Decimal | None:
    try:
        return read_mark(text)
    except ValueError:
        return None

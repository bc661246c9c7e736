"""One record to one row, or to what is wrong with it. The same for every format."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from classrooms.academic_years import find_academic_year
from classrooms.rosters.csv_safety import restore
from classrooms.rosters.enrolment_states import read_state
from classrooms.rosters.formats import IdentifiedBy
from classrooms.rosters.names import split_full_name, split_list_name, split_surnames
from classrooms.rosters.records import Record
from classrooms.rosters.rows import EnrolmentState, RefusedLine, RosterError, RosterRow

# As long as the portal keeps them.
LONGEST = {
    "given_name": 80,
    "first_surname": 80,
    "second_surname": 80,
    "unit": 60,
    "course": 160,
    "external_id": 40,
}
_EARLIEST_YEAR = 1990
_IDENTITY_CARD = re.compile(r"\d{7,8}-?[A-Za-z]|[XYZxyz]-?\d{7}-?[A-Za-z]")
# 9.0E+6, 9000001.0 and ##### are what spreadsheets make of numbers; ="9000001" is how people stop them.
_DAMAGED = re.compile(r"\d+(?:[.,]\d+)?[eE]\+?\d+|\d+[.,]0+|#+")
_KEPT_AS_TEXT = re.compile(r'="([^"]*)"')
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
# Hub: older accounts have dashes and underscores although new ones cannot.
_DOCKER_ID = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_-]{2,63}")
_LONGEST_SHOWN = 60


@dataclass(frozen=True)
class Checker:
    """What a list says besides its records: names of its columns, its year, the school's own words.

    `unit` and `course` are the class of everybody where the list names none.
    """

    names: Mapping[str, str]
    default_year: int
    latest_year: int
    answers: Mapping[str, EnrolmentState]
    identified_by: IdentifiedBy = "number"
    unit: str = ""
    course: str = ""

    def check(self, record: Record) -> RosterRow | RosterError:
        """The row; or why it cannot be one, the first reason only."""
        if record.trouble:
            return self._error(record, "", record.trouble)
        cells = self._with_class({name: clean(text) for name, text in record.cells.items()})
        return self._find_error(record, cells) or self._row(record.line, cells)

    def question_of(self, row: RosterRow, record: Record) -> RosterError | None:
        """What a person has to answer about a row, if anything."""
        if row.state is EnrolmentState.UNCLEAR:
            return self._error(record, "state", "unknown_state", clean(record.cells["state"]))
        return self._error(record, "unit", "no_unit") if row.is_unclear else None

    def refused(self, record: Record) -> RefusedLine:
        """What can be read of a record that is no row; what is too odd to be shown or kept is blank."""
        cells = self._with_class({name: _kept(name, clean(text)) for name, text in record.cells.items()})
        given_name, first_surname, second_surname = _name_of(cells)
        number = clean(record.cells.get("external_id") or record.cells.get("email", ""))
        is_good = number and not _trouble_of_id(number)
        return RefusedLine(
            line=record.line,
            external_id=_identity_of({"external_id": number}, self.identified_by) if is_good else "",
            given_name=given_name,
            first_surname=first_surname or ("" if given_name else cells.get("list_name", "")),
            second_surname=second_surname,
            unit=cells["unit"],
            course=cells.get("course", ""),
            state=cells.get("state", ""),
        )

    def _with_class(self, cells: dict[str, str]) -> dict[str, str]:
        return cells if "unit" in cells else {**cells, "unit": self.unit, "course": self.course}

    def _find_error(self, record: Record, cells: dict[str, str]) -> RosterError | None:
        number = "external_id" if "external_id" in cells else "email"
        if not self._may_lack_id(cells.get(number, "")) and (reason := _trouble_of_id(cells.get(number, ""))):
            return self._error(record, number, reason)
        if any("\N{REPLACEMENT CHARACTER}" in text for text in cells.values()):
            return self._error(record, "", "letters_lost")
        return (
            self._error_of_name(record, cells)
            or self._error_of_year(record, cells)
            or self._too_long(record, cells)
            or self._error_of_docker_id(record, cells)
        )

    def _may_lack_id(self, text: str) -> bool:
        """Somebody whom a person added to the portal's own list has no sign of the portal yet."""
        return self.identified_by == "nothing" or (self.identified_by == "portal" and not text)

    def _error_of_docker_id(self, record: Record, cells: dict[str, str]) -> RosterError | None:
        docker_id = cells.get("docker_id", "")
        if docker_id and not _DOCKER_ID.fullmatch(docker_id):
            return self._error(record, "docker_id", "odd_docker_id", docker_id)
        return None

    def _error_of_name(self, record: Record, cells: dict[str, str]) -> RosterError | None:
        listed = cells.get("list_name", "")
        if not _has_columns_for_name(cells) and listed and "," not in listed:
            return self._error(record, "list_name", "name_without_comma", listed)
        given_name, first_surname, _ = _name_of(cells)
        if _has_letter(given_name) and _has_letter(first_surname):
            return None
        column = "first_surname" if _has_letter(given_name) else "given_name"
        return self._error(record, self._column_of_name(column), "no_name")

    def _column_of_name(self, wanted: str) -> str:
        """Where the list writes that part of the name."""
        ways = (wanted, "surnames" if wanted != "given_name" else wanted, "list_name", "full_name")
        return next((way for way in ways if way in self.names), wanted)

    def _error_of_year(self, record: Record, cells: dict[str, str]) -> RosterError | None:
        text = cells.get("school_year")
        if text is None:
            return None
        year = find_academic_year(text)
        if year is None or not _EARLIEST_YEAR <= year <= self.latest_year:
            return self._error(record, "school_year", "odd_year" if text else "no_year", text)
        return None

    def _too_long(self, record: Record, cells: dict[str, str]) -> RosterError | None:
        parts = dict(zip(("given_name", "first_surname", "second_surname"), _name_of(cells), strict=True))
        long = [name for name, text in (cells | parts).items() if len(text) > LONGEST.get(name, 1000)]
        return self._error(record, self._column_of_name(long[0]), "too_long") if long else None

    def _row(self, line: int, cells: dict[str, str]) -> RosterRow:
        given_name, first_surname, second_surname = _name_of(cells)
        return RosterRow(
            line=line,
            external_id=_identity_of(cells, self.identified_by),
            given_name=given_name,
            first_surname=first_surname,
            second_surname=second_surname,
            unit=cells["unit"],
            course=cells.get("course", ""),
            state=read_state(cells.get("state", ""), self.answers),
            school_year=find_academic_year(cells.get("school_year", "")) or self.default_year,
            docker_id=cells.get("docker_id", "").lower(),
        )

    def _error(self, record: Record, field: str, reason: str, value: str = "") -> RosterError:
        return RosterError(record.line, self.names.get(field, ""), _shown(value), reason)


def clean(cell: str) -> str:
    """One line, single spaces, nothing invisible, nothing that tells a spreadsheet to keep text as text."""
    # Decomposed accents (a Mac's) would make another person of the same name.
    plain = cell if cell.isascii() else unicodedata.normalize("NFC", _INVISIBLE.sub("", cell))
    text = " ".join(plain.split())
    if not text.startswith(("=", "'")):
        return text
    as_text = _KEPT_AS_TEXT.fullmatch(text)
    return as_text[1].strip() if as_text else restore(text)


def number_in(cell: str) -> tuple[str, str]:
    """What a cell alone says as the school's number of a person, or the reason why it will not do: one of them is ""."""
    text = clean(cell)
    reason = _trouble_of_id(text)
    return ("", reason) if reason else (_identity_of({"external_id": text}, "number"), "")


def _trouble_of_id(text: str) -> str:
    if not text.strip("-"):
        return "no_id"
    if _IDENTITY_CARD.fullmatch(text):
        return "id_is_identity_card"
    return "id_damaged" if _DAMAGED.fullmatch(text) else ""


def _identity_of(cells: Mapping[str, str], identified_by: IdentifiedBy) -> str:
    """What tells a person apart; "" where the list has names only.

    A number is the same with zeros before it and without, as spreadsheets leave it. An account is marked as one, so
    that it is never taken for another system's number, and so is what the portal calls a person.
    """
    if identified_by == "nothing":
        return ""
    text = cells.get("external_id") or cells.get("email", "")
    if identified_by == "account":
        return f"account:{text.casefold()}"
    if identified_by == "portal":
        return f"portal:{text.casefold()}" if text else ""
    return text.lstrip("0") or "0" if text.isdecimal() else text


def _has_columns_for_name(cells: Mapping[str, str]) -> bool:
    return any(cells.get(name) for name in ("given_name", "first_surname", "surnames"))


def _name_of(cells: Mapping[str, str]) -> tuple[str, str, str]:
    """Given name and surnames: three columns know better than one where both are there."""
    if _has_columns_for_name(cells):
        return cells.get("given_name", ""), *_surnames_of(cells)
    if full := cells.get("full_name", ""):
        return split_list_name(full) or split_full_name(full) or (full, "", "")
    return split_list_name(cells.get("list_name", "")) or ("", "", "")


def _surnames_of(cells: Mapping[str, str]) -> tuple[str, str]:
    if "surnames" in cells and not cells.get("first_surname"):
        return split_surnames(cells["surnames"])
    return cells.get("first_surname", ""), cells.get("second_surname", "")


def _has_letter(text: str) -> bool:
    return any(unicodedata.category(letter).startswith("L") for letter in text)


def _kept(name: str, value: str) -> str:
    """What a person is to correct, without what may not be shown, and no longer than is kept."""
    return value[: LONGEST.get(name, _LONGEST_SHOWN)] if _shown(value) else ""


def _shown(value: str) -> str:
    """A value that may be shown and kept: not what looks like a card, a telephone, a date or an e-mail."""
    digits = sum(letter.isdigit() for letter in value)
    return "" if digits > 5 or "@" in value else value[:_LONGEST_SHOWN]

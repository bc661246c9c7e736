"""Séneca's lists of staff (`RelPerCen`) and of classes with their tutors (`RegUnidades`): cards and phones stay out."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Generic, TypeVar

from classrooms.rosters.check import clean
from classrooms.rosters.choices import FIND_OUT, Choices
from classrooms.rosters.formats import TableFormat
from classrooms.rosters.names import split_list_name
from classrooms.rosters.opening import open_tables, unwrapped
from classrooms.rosters.records import NO_STUDENT, Record
from classrooms.rosters.rows import RosterError, UnreadableRoster
from classrooms.rosters.seneca_staff import REG_UNIDADES, REL_PER_CEN
from classrooms.rosters.tables import find_heading, records_of

# "Apellidos, Nombre (01/09/2026-31/08/2027)", several of them after one another; the days may be missing.
_TUTOR = re.compile(r"\s*,?\s*([^,()]+,[^,()]+?)\s*(?:\(([^()]*)\)|$)")
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True)
class StaffRow:
    """A teacher of the school's list. `email` is the school's account, blank where there is none or it is no address.

    `ends_on` is the last day of somebody who leaves or has left. Cards and telephones are not read.
    """

    line: int
    given_name: str
    surnames: str
    post: str
    email: str
    ends_on: date | None

    @property
    def list_name(self) -> str:
        return f"{self.surnames}, {self.given_name}"


@dataclass(frozen=True)
class Tutor:
    """Who is tutor of a class, and in which days."""

    given_name: str
    surnames: str
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True)
class UnitRow:
    """A class as the school's administration lists it, with its tutors."""

    line: int
    unit: str
    course: str
    tutors: tuple[Tutor, ...]


Row = TypeVar("Row")


@dataclass(frozen=True)
class Listed(Generic[Row]):
    """What was read, and what is wrong with other lines. Good ones go in."""

    rows: tuple[Row, ...]
    errors: tuple[RosterError, ...]
    dropped_columns: tuple[str, ...]


def read_staff(data: bytes, choices: Choices = FIND_OUT) -> Listed[StaffRow]:
    """The staff in a `RelPerCen`. Raises UnreadableRoster where it is none."""
    return _read(data, choices, REL_PER_CEN, _staff_row)


def read_units(data: bytes, choices: Choices = FIND_OUT) -> Listed[UnitRow]:
    """The classes in a `RegUnidades`. Raises UnreadableRoster where it is none."""
    return _read(data, choices, REG_UNIDADES, _unit_row)


def _read(
    data: bytes,
    choices: Choices,
    table_format: TableFormat,
    row_of: Callable[[Record, dict[str, str]], Row | RosterError],
) -> Listed[Row]:
    data, kind = unwrapped(data)
    if kind == "xml":
        raise UnreadableRoster("no_heading")
    table = open_tables(data, kind, choices)[0].table
    heading = find_heading(table.top(), (replace(table_format, refused_as=""),))
    read = [_checked(record, row_of) for record in records_of(table, heading) if record.trouble != NO_STUDENT]
    return Listed(
        rows=tuple(row for row in read if not isinstance(row, RosterError)),
        errors=tuple(row for row in read if isinstance(row, RosterError)),
        dropped_columns=heading.dropped,
    )


def _checked(
    record: Record, row_of: Callable[[Record, dict[str, str]], Row | RosterError]
) -> Row | RosterError:
    if record.trouble:
        return RosterError(record.line, "", "", record.trouble)
    return row_of(record, {name: clean(text) for name, text in record.cells.items()})


def _staff_row(record: Record, cells: dict[str, str]) -> StaffRow | RosterError:
    name = _name_of(cells["list_name"])
    if name is None:
        return RosterError(record.line, "Empleado/a", cells["list_name"][:60], "name_without_comma")
    ends = cells.get("ends_on", "")
    if ends and _day(ends) is None:
        return RosterError(record.line, "Fecha de cese", "", "odd_day")
    email = cells.get("email", "")
    return StaffRow(
        line=record.line,
        given_name=name[0],
        surnames=name[1],
        post=cells["post"],
        email=email.lower() if _ADDRESS.fullmatch(email) else "",
        ends_on=_day(ends),
    )


def _unit_row(record: Record, cells: dict[str, str]) -> UnitRow | RosterError:
    if not cells["unit"]:
        return RosterError(record.line, "Unidad", "", "no_unit")
    tutors = [_tutor(*found) for found in _TUTOR.findall(cells["tutors"])]
    return UnitRow(record.line, cells["unit"], cells["course"], tuple(one for one in tutors if one))


def _tutor(name: str, days: str) -> Tutor | None:
    parts = _name_of(name)
    begins, _, ends = days.partition("-")
    return Tutor(*parts, _day(begins), _day(ends)) if parts else None


def _name_of(text: str) -> tuple[str, str] | None:
    """Given name and surnames."""
    parts = split_list_name(text)
    if parts is None or not parts[0] or not parts[1]:
        return None
    return parts[0], f"{parts[1]} {parts[2]}".strip()


def _day(text: str) -> date | None:
    for written in ("%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text.strip(), written).date()
        except ValueError:
            continue
    return None

"""Class lists for tests: a fixture file, or a few lines under short headings."""

from datetime import date
from pathlib import Path
from typing import Any

from classrooms.rosters.choices import Choices
from classrooms.rosters.reading import read_roster
from classrooms.rosters.rows import RosterReading

FILES = Path(__file__).parent / "files"
TODAY = date(2026, 11, 24)
SHORT = "Alumno/a;Nº Id. Escolar;Curso;Unidad;Año de la matrícula;Estado Matrícula"


def read(
    data: bytes, *, school_year: int | None = None, answers: Any = None, **choices: Any
) -> RosterReading:
    return read_roster(
        data, today=TODAY, choices=Choices(**choices), school_year=school_year, answers=answers
    )


def read_file(name: str, **choices: Any) -> RosterReading:
    return read((FILES / name).read_bytes(), **choices)


def read_lines(*lines: str, headings: str = SHORT, encoding: str = "utf-8", **choices: Any) -> RosterReading:
    return read("\r\n".join([headings, *lines, ""]).encode(encoding), **choices)


def reasons(reading: RosterReading) -> list[tuple[int, str]]:
    return [(error.line, error.reason) for error in reading.errors]


def warnings(reading: RosterReading) -> list[str]:
    return [warning.reason for warning in reading.warnings]

"""Reading a class list of a large school, beside what the csv module alone needs for the same bytes."""

import csv
import io
from collections.abc import Iterator
from datetime import date

from classrooms.rosters.reading import read_roster
from tests.benchmarks.figure import Figure, best_of

ROWS = 4_000
TODAY = date(2026, 11, 24)
HEADINGS = [
    "Alumno/a",
    "Estado Matrícula",
    "Nº Id. Escolar",
    "DNI/Pasaporte",
    "Dirección",
    "Curso",
    "Unidad",
    "Primer apellido",
    "Segundo apellido",
    "Nombre",
    "Año de la matrícula",
]


def class_list() -> bytes:
    """As Séneca exports it, in Windows-1252, with columns that are dropped while reading."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(HEADINGS)
    writer.writerows(_row(number) for number in range(ROWS))
    return text.getvalue().encode("cp1252")


def _row(number: int) -> list[str]:
    first, second, given = f"Núñez{number % 97}", f"Peña{number % 89}", f"José{number % 83}"
    course, unit = (
        "1º F.P.I.G.M. (Sistemas Microinformáticos y Redes)",
        f"{number % 2 + 1}SMR{chr(65 + number % 8)}",
    )
    dropped = [f"{number:08d}X", f"C/ Larga, {number}"]
    school_id = str(7_000_000 + number)
    return [f"{first} {second}, {given}", "", school_id, *dropped, course, unit, first, second, given, "2026"]


def csv_alone(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("cp1252"))))


def measure() -> Iterator[Figure]:
    data = class_list()
    read = read_roster(data, today=TODAY)
    if len(read.rows) != ROWS:
        raise AssertionError(f"only {len(read.rows)} of {ROWS} rows were understood: {read.errors[:3]}")
    ours = best_of(3, lambda: read_roster(data, today=TODAY))
    alone = best_of(5, lambda: csv_alone(data))
    yield Figure("roster.read.seconds", ours, "s", limit=2.0, peer=alone)
    yield Figure("roster.read.ratio", ours / alone, "ratio")

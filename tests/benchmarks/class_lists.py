"""A class list of a large school: read, shown before anything is written, and brought in.

Beside each stands what the least that can be done with the same bytes takes in the same run: reading them with the csv
module, and besides that making the same rows with `bulk_create`, without a look, a question or a register.
"""

import csv
import io
import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

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
    with tempfile.TemporaryDirectory(prefix="aulahub-bench-") as folder:
        yield from _with_a_database(Path(folder), data)


def _with_a_database(folder: Path, data: bytes) -> Iterator[Figure]:
    """On a new database in that folder, which is SQLite's, as on a school's first day."""
    os.environ["DATA_DIR"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    from tests.benchmarks import class_lists_in_database as database  # noqa: PLC0415 - needs DATA_DIR first

    database.set_up()
    alone = _best_of_prepared(3, database.empty, lambda: database.csv_and_bulk_create(csv_alone(data)))
    preview = _best_of_prepared(3, database.empty, lambda: database.preview(data))
    imported = _best_of_prepared(3, lambda: database.wait(data), database.bring_in)
    yield Figure("roster.preview.seconds", preview, "s", limit=2.0)
    yield Figure("roster.preview.ratio", preview / alone, "ratio", limit=3.0)
    yield Figure("roster.import.ratio", imported / alone, "ratio", limit=3.0)


def _best_of_prepared(times: int, prepare: Callable[[], object], work: Callable[[], object]) -> float:
    """Seconds of the fastest run; what has to be there before it is made outside the time."""
    return min(_prepared_seconds(prepare, work) for _ in range(times))


def _prepared_seconds(prepare: Callable[[], object], work: Callable[[], object]) -> float:
    prepare()
    return best_of(1, work)

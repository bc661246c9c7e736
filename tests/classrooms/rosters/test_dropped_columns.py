"""What must not be kept never leaves the parser."""

import pytest

from tests.classrooms.rosters.lists import FILES, read_file, read_lines
from tests.classrooms.rosters.make_files import HEADINGS, PLANTED


@pytest.mark.parametrize("name", sorted(path.name for path in FILES.iterdir()))
def test_nothing_that_was_planted_comes_out(name: str) -> None:
    reading = read_file(name)
    said = repr(reading) + "".join(map(str, (*reading.errors, *reading.warnings)))

    assert [value for value in PLANTED.values() if value in said] == []


def test_dropped_columns_are_named() -> None:
    kept = {"Alumno/a", "Estado Matrícula", "Nº Id. Escolar", "Curso", "Unidad", "Año de la matrícula"}
    kept |= {"Primer apellido", "Segundo apellido", "Nombre"}

    assert read_file("regalum-utf-8.csv").dropped_columns == tuple(
        name for name in HEADINGS if name not in kept
    )


def test_the_school_number_is_not_in_what_a_log_would_show() -> None:
    assert "9000001" not in repr(read_file("regalum-utf-8.csv"))


@pytest.mark.parametrize("value", ["12345678Z", "600000222", "30/01/2008", "casa@correo.example"])
def test_a_value_that_slipped_into_another_column_is_not_shown(value: str) -> None:
    (error,) = read_lines(f"Mora, Noa;9000001;1º FP;1SMR;2026;{value}").errors

    assert (error.reason, error.value) == ("unknown_state", "")


def test_an_identity_card_in_place_of_the_number_is_refused_and_not_shown() -> None:
    reading = read_lines("Mora, Noa;12345678Z;1º FP;1SMR;2026;", "Cano, Leo;X1234567L;1º FP;1SMR;2026;")

    assert [(error.reason, error.value) for error in reading.errors] == [("id_is_identity_card", "")] * 2
    assert reading.rows == ()

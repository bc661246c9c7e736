"""Bad rows are told by line, column, value and reason; good rows go in."""

import pytest

from classrooms.rosters.reasons import REASONS
from classrooms.rosters.rows import EnrolmentState, RosterError
from tests.classrooms.rosters.lists import read_lines, reasons

GOOD = "Cano, Leo;9000009;1º FP;1SMR;2026;"


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("Mora, Noa;;1º FP;1SMR;2026;", RosterError(2, "Nº Id. Escolar", "", "no_id")),
        ("Mora, Noa;9,00E+06;1º FP;1SMR;2026;", RosterError(2, "Nº Id. Escolar", "", "id_damaged")),
        ("Mora, Noa;9000001.0;1º FP;1SMR;2026;", RosterError(2, "Nº Id. Escolar", "", "id_damaged")),
        ("Noa Mora;9000001;1º FP;1SMR;2026;", RosterError(2, "Alumno/a", "Noa Mora", "name_without_comma")),
        ("Mora,;9000001;1º FP;1SMR;2026;", RosterError(2, "Alumno/a", "", "no_name")),
        (";9000001;1º FP;1SMR;2026;", RosterError(2, "Alumno/a", "", "no_name")),
        ("N\ufffd\ufffdez, Ana;9000001;1º FP;1SMR;2026;", RosterError(2, "", "", "letters_lost")),
        ("Mora, Noa;9000001;1º FP;1SMR;;", RosterError(2, "Año de la matrícula", "", "no_year")),
        ("Mora, Noa;9000001;1º FP;1SMR;ayer;", RosterError(2, "Año de la matrícula", "ayer", "odd_year")),
        ("Mora, Noa;9000001;1º FP;1SMR;2029;", RosterError(2, "Año de la matrícula", "2029", "odd_year")),
        (f"Mora, Noa;9000001;1º FP;{'x' * 61};2026;", RosterError(2, "Unidad", "", "too_long")),
        (f"Mora, {'N' * 81};9000001;1º FP;1SMR;2026;", RosterError(2, "Alumno/a", "", "too_long")),
        ("Mora, Noa;9000001;1º FP", RosterError(2, "", "", "short_line")),
        ("Mora; Noa;9000001;1º FP;1SMR;2026;Matriculada", RosterError(2, "", "", "long_line")),
        ("Mora, Noa;9000001;1º FP;;2026;", RosterError(2, "Unidad", "", "no_unit")),
        (
            "Mora, Noa;9000001;1º FP;1SMR;2026;Repite",
            RosterError(2, "Estado Matrícula", "Repite", "unknown_state"),
        ),
    ],
)
def test_a_bad_row_is_told_and_the_good_one_goes_in(line: str, error: RosterError) -> None:
    reading = read_lines(line, GOOD)

    assert reading.errors == (error,)
    assert "9000009" in {row.external_id for row in reading.rows}


@pytest.mark.parametrize(
    ("line", "question"),
    [
        ("Mora, Noa;9000001;1º FP;;2026;", "no_unit"),
        ("Mora, Noa;9000001;1º FP;1SMR;2026;Repite", "unknown_state"),
    ],
)
def test_what_only_needs_an_answer_is_a_question_beside_its_row(line: str, question: str) -> None:
    reading = read_lines(line)

    assert [error.reason for error in reading.errors] == [question]
    assert [row.is_unclear for row in reading.rows] == [True]


def test_an_answer_of_the_school_goes_before_the_table() -> None:
    reading = read_lines(
        "Mora, Noa;9000001;1º FP;1SMR;2026;REPITE", answers={"Repite": EnrolmentState.ACTIVE}
    )

    assert (reading.errors, reading.rows[0].state) == ((), EnrolmentState.ACTIVE)


@pytest.mark.parametrize(
    ("word", "state"),
    [
        *((word, EnrolmentState.ACTIVE) for word in ("", "Matriculado", "MATRICULADA", "Matriculado/a")),
        *(
            (word, EnrolmentState.LEFT)
            for word in ("Anulada", "anulado", "Trasladado/a", "Trasladada", "Baja de oficio")
        ),
        *(
            (word, EnrolmentState.UNCLEAR)
            for word in ("Obtiene Título", "Repite", "Promociona", "Pendiente de confirmación")
        ),
    ],
)
def test_states_are_read_from_the_table_and_never_guessed(word: str, state: EnrolmentState) -> None:
    assert read_lines(f"Mora, Noa;9000001;1º FP;1SMR;2026;{word}").rows[0].state is state


def test_a_number_beside_two_names_is_nobodys() -> None:
    reading = read_lines("Mora, Noa;9000001;1º FP;1SMR;2026;", "Cano, Leo;9000001;1º FP;1DAW;2026;")

    assert reasons(reading) == [(2, "id_with_two_names"), (3, "id_with_two_names")]
    assert (reading.rows, reading.unread_ids) == ((), {"9000001"})


def test_a_number_beside_two_spellings_of_one_name_is_one_person() -> None:
    reading = read_lines("Nuñez, Íñigo;9000001;1º FP;1SMR;2026;", "Nuñez, Iñigo;9000001;1º FP;1DAW;2026;")

    assert [row.list_name for row in reading.rows] == ["Nuñez, Íñigo"] * 2


def test_who_stands_on_a_refused_line_is_remembered_as_being_in_the_list() -> None:
    assert read_lines("Noa Mora;9000001;1º FP;1SMR;2026;", GOOD).unread_ids == {"9000001"}


def test_errors_of_years_that_nobody_asked_about_are_left_out() -> None:
    assert read_lines("Noa Mora;9000001;1º FP;1SMR;2019;", GOOD).errors == ()


@pytest.mark.parametrize("written", ['"=""9000001"""', "9000001", " 9000001\u00a0", "\u200b9000001"])
def test_a_number_that_a_spreadsheet_kept_as_text_is_the_same(written: str) -> None:
    assert read_lines(f"Mora, Noa;{written};1º FP;1SMR;2026;").rows[0].external_id == "9000001"


def test_every_error_says_its_reason_in_a_sentence() -> None:
    (error,) = read_lines("Noa Mora;9000001;1º FP;1SMR;2026;").errors

    assert str(error) == 'The name "Noa Mora" is not written as "Surnames, Given name".'


@pytest.mark.parametrize("code", sorted(REASONS))
def test_every_reason_is_one_or_more_whole_sentences(code: str) -> None:
    assert REASONS[code][0].isupper() or REASONS[code][0] in '"%'
    assert REASONS[code].rstrip(")")[-1] in ".?"

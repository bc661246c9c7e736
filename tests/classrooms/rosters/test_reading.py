"""Séneca's list in both shapes and in every encoding in which schools have it."""

from pathlib import Path

import pytest

from classrooms.rosters.choices import Choices
from classrooms.rosters.reading import read_roster
from classrooms.rosters.rows import EnrolmentState
from tests.classrooms.rosters import make_files
from tests.classrooms.rosters.lists import FILES, SHORT, TODAY, read_file, read_lines, reasons, warnings
from tests.classrooms.rosters.make_files import DAW1, IABD, SMR1, SMR2

WHOLE_LISTS = [
    "regalum-windows-1252.csv",
    "regalum-utf-8.csv",
    "regalum-utf-8-bom.csv",
    "regalum-semicolons.csv",
    "regalum-short-headings.csv",
    "regalum-bars-line-7.txt",
    "regalum-mojibake-twice.csv",
    "regalum-mojibake-windows-1250.csv",
]


@pytest.mark.parametrize("name", WHOLE_LISTS)
def test_the_same_list_is_read_from_every_shape(name: str) -> None:
    reading = read_file(name)

    assert [(row.list_name, row.unit, row.course, row.state) for row in reading.rows] == [
        ("García López, María", "1SMR", SMR1, EnrolmentState.ACTIVE),
        ("García López, María", "1SMR", SMR1, EnrolmentState.ACTIVE),
        ("Núñez, Íñigo", "1SMR", SMR1, EnrolmentState.ACTIVE),
        ("de la Peña O'Connor-Ruiz, Lucía del Mar", "1SMR", SMR1, EnrolmentState.ACTIVE),
        ("Güell Sal·les, Aïna", "1SMR", SMR1, EnrolmentState.LEFT),
        ("Ibáñez Açaí, Begoña", "2SMR", SMR2, EnrolmentState.ACTIVE),
        ("Zurita Peral, Óscar", "2SMR", SMR2, EnrolmentState.LEFT),
        ("Mora Vidal, Noa", "1DAW", DAW1, EnrolmentState.ACTIVE),
        ("Ortiz Cano, Hugo", "1DAW", IABD, EnrolmentState.ACTIVE),
        ("Mora Vidal, Noa", "2SMR", SMR2, EnrolmentState.ACTIVE),
    ]
    assert reading.errors == ()


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("regalum-windows-1252.csv", ("windows-1252", ",", 1)),
        ("regalum-utf-8.csv", ("utf-8", ",", 1)),
        ("regalum-utf-8-bom.csv", ("utf-8", ",", 1)),
        ("regalum-semicolons.csv", ("windows-1252", ";", 1)),
        ("regalum-bars-line-7.txt", ("windows-1252", "|", 7)),
        ("regalum-mojibake-twice.csv", ("utf-8-twice", ",", 1)),
        ("regalum-mojibake-windows-1250.csv", ("utf-8-windows-1250", ",", 1)),
    ],
)
def test_encoding_separator_and_heading_line_are_found_out_and_said(
    name: str, found: tuple[str, str, int]
) -> None:
    reading = read_file(name)

    assert (reading.encoding, reading.separator, reading.heading_line) == found


@pytest.mark.parametrize("name", WHOLE_LISTS)
def test_choosing_what_was_found_reads_the_same(name: str) -> None:
    found = read_file(name)

    assert read_file(name, encoding=found.encoding, separator=found.separator).rows == found.rows


@pytest.mark.parametrize("name", ["regalum-mojibake-twice.csv", "regalum-mojibake-windows-1250.csv"])
def test_spoilt_letters_that_were_put_right_are_said(name: str) -> None:
    assert "spoilt_letters_mended" in warnings(read_file(name))


def test_spoilt_letters_are_said_when_somebody_chooses_a_wrong_encoding() -> None:
    data = "Nombre;Primer apellido;Id. Escolar;Unidad\nÍñigo;Núñez;9000001;1º SMR\n".encode()

    assert "spoilt_letters" in warnings(
        read_roster(data, today=TODAY, choices=Choices(encoding="windows-1252"))
    )


def test_a_name_with_a_turkish_letter_is_not_spoilt() -> None:
    reading = read_lines("Işık, Ayşe;9000001;1º FP;1SMR;2026;")

    assert (reading.rows[0].list_name, warnings(reading)) == ("Işık, Ayşe", [])


@pytest.mark.parametrize("encoding", ["mac-roman", "cp850", "utf-16"])
def test_lists_saved_again_by_old_spreadsheets_are_read(encoding: str) -> None:
    reading = read_lines("Núñez, Íñigo;9000001;1º FP;1SMR;2026;", encoding=encoding)

    assert (reading.encoding, reading.rows[0].list_name) == (encoding, "Núñez, Íñigo")


def test_decomposed_accents_give_the_same_name() -> None:
    assert read_lines("Nu\u0301n\u0303ez, Ana;9000001;1º FP;1SMR;2026;").rows[0].first_surname == "Núñez"


@pytest.mark.parametrize(
    "headings",
    [
        "ALUMNO/A;Nº ID. ESCOLAR;CURSO;UNIDAD;AÑO DE LA MATRÍCULA;ESTADO MATRÍCULA",
        "alumno/a ; nº id escolar;curso; unidad;ano de la matricula;estado  matricula",
        'Alumno/a;"Nª Id. Escolar";Curso;Unidad;Año de la Matrícula;Estado Matrícula',
        "Alumno/a;N° Id.Escolar;Curso;Unidad;Año de la matrícula;Estado Matrícula",
    ],
)
def test_headings_are_recognized_without_accents_case_and_spaces(headings: str) -> None:
    assert len(read_lines("Mora, Noa;9000001;1º FP;1SMR;2026;", headings=headings).rows) == 1


def test_columns_are_found_by_name_in_any_order() -> None:
    reading = read_lines(
        "1SMR,Vidal,Noa,9000001,Mora,x",
        headings="Unidad,Segundo apellido,Nombre,Nº Id. Escolar,Primer apellido,Nueva",
    )

    assert [(row.list_name, row.unit) for row in reading.rows] == [("Mora Vidal, Noa", "1SMR")]


def test_what_a_list_does_not_say_is_said() -> None:
    reading = read_lines("Mora, Noa;9000001;1SMR", headings="Alumno/a;Nº Id. Escolar;Unidad")

    assert warnings(reading) == ["no_state_column", "no_year_column", "no_course_column"]
    assert (reading.rows[0].school_year, reading.rows[0].state) == (2026, EnrolmentState.ACTIVE)


def test_four_rows_of_one_person_are_one_enrolment_of_this_year() -> None:
    years = ["2023;Matriculada", "2024;Repite", "2025;Promociona", "2026;"]

    reading = read_lines(*(f"Mora, Noa;9000001;1º FP;1SMR;{year}" for year in years))

    assert [row.school_year for row in reading.rows] == [2026]
    assert (reading.years, reading.errors, warnings(reading)) == (
        (2023, 2024, 2025, 2026),
        (),
        ["other_years_left_out"],
    )


def test_another_year_of_the_list_can_be_chosen() -> None:
    assert [row.unit for row in read_file("regalum-utf-8.csv", school_year=2025).rows] == ["1SMR"]


def test_a_student_may_be_in_two_classes() -> None:
    rows = [row for row in read_file("regalum-utf-8.csv").rows if row.external_id == "9000008"]

    assert [row.unit for row in rows] == ["1DAW", "2SMR"]


def test_who_cancelled_and_enrolled_again_is_in_the_class() -> None:
    reading = read_lines("Mora, Noa;9000001;1º FP;1SMR;2026;", "Mora, Noa;9000001;1º FP;1SMR;2026;Anulada")

    assert [row.state for row in reading.rows] == [EnrolmentState.ACTIVE]
    assert warnings(reading) == ["repeated_lines"]


def test_two_people_with_one_name_stay_two() -> None:
    rows = read_file("regalum-utf-8.csv").rows

    assert [row.external_id for row in rows if row.list_name == "García López, María"] == [
        "9000001",
        "9000002",
    ]


def test_a_teachers_own_class_is_a_list_too() -> None:
    assert {row.unit for row in read_file("regalum-one-class.csv").rows} == {"2SMR"}


def test_a_footer_and_repeated_headings_are_skipped_and_said() -> None:
    reading = read_lines(
        "Mora, Noa;9000001;1º FP;1SMR;2026;", SHORT, "Cano, Leo;9000002;1º FP;1SMR;2026;", "Total: 2"
    )

    assert (len(reading.rows), reasons(reading), warnings(reading)) == (2, [], ["lines_skipped"])


def test_line_numbers_are_those_of_the_file_although_a_text_goes_over_two_lines() -> None:
    reading = read_lines(
        'Mora, Noa;9000001;1SMR;"dos\r\nlíneas"',
        "",
        "Cano, Leo;9000002;1SMR;",
        headings="Alumno/a;Nº Id. Escolar;Unidad;Observaciones de la matrícula",
    )

    assert [row.line for row in reading.rows] == [2, 5]


def test_a_quotation_mark_in_the_plain_text_is_a_letter() -> None:
    lines = ['Mora, Noa|9000001|1SMR|"casa', "Cano, Leo|9000002|1SMR|"]

    assert len(read_lines(*lines, headings="Alumno/a|Nº Id. Escolar|Unidad|Dirección").rows) == 2


def test_fixtures_are_what_their_maker_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make_files, "FILES", tmp_path)
    make_files.main()

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        path.name: path.read_bytes() for path in FILES.iterdir()
    }

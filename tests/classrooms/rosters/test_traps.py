"""Each trap that a class list has held for somebody, in every format in which it can occur."""

import csv
from dataclasses import replace
from unicodedata import normalize

import pytest

from classrooms.identity import sort_name
from classrooms.rosters.choices import Choices
from classrooms.rosters.class_names import likely_renamed, with_school_names
from classrooms.rosters.compare import compare_roster
from classrooms.rosters.comparison import ClassPlace, KnownEnrolment
from classrooms.rosters.reading import read_roster
from classrooms.rosters.rows import EnrolmentState, RosterReading
from tests.classrooms.rosters.every_format import (
    ESFERA_HEADINGS,
    KINDS,
    MARIA,
    OTHER_MARIA,
    PEOPLE,
    Kind,
    Person,
    regalum_csv,
    table,
    workbook,
)
from tests.classrooms.rosters.lists import TODAY, warnings
from tests.classrooms.rosters.make_files import DAW1, IABD, SMR1


def kinds(*, but: str = "", **facts: object) -> pytest.MarkDecorator:
    """All formats of which these facts are so; `but` is one in which the trap cannot occur."""
    fitting = {name: kind for name, kind in KINDS.items() if facts.items() <= vars(kind).items()}
    found = {name: kind for name, kind in fitting.items() if kind.name != but}
    assert found and (not but or len(found) < len(fitting))
    return pytest.mark.parametrize("kind", found.values(), ids=found.keys())


def read(kind: Kind, *people: Person) -> RosterReading:
    return read_roster(kind.make(people), today=TODAY, choices=kind.choices)


TEXTS = ["regalum.csv", "educamadrid.csv", "moodle-users.csv", "own.csv"]


@pytest.mark.parametrize("encoding", ["iso-8859-1", "cp1252", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", TEXTS)
def test_trap_1_letters_are_the_same_in_every_encoding(name: str, encoding: str) -> None:
    text = KINDS[name].make(PEOPLE).decode("cp1252" if name in ("regalum.csv", "own.csv") else "utf-8")

    reading = read_roster(text.encode(encoding), today=TODAY, choices=KINDS[name].choices)

    assert [row.list_name for row in reading.rows] == [one.list_name for one in PEOPLE]


@pytest.mark.parametrize("said", ["UTF-8", "ISO-8859-1", "Windows-1252"])
@pytest.mark.parametrize("name", ["itaca.xml", "rayuela.xml"])
def test_trap_1_an_xml_that_says_a_wrong_encoding_is_read_all_the_same(name: str, said: str) -> None:
    text = KINDS[name].make(PEOPLE).decode("iso-8859-1" if name == "itaca.xml" else "utf-8")
    declared = text.replace('encoding="ISO-8859-1"', f'encoding="{said}"').replace(
        'encoding="UTF-8"', f'encoding="{said}"'
    )

    reading = read_roster(declared.encode("cp1252"), today=TODAY)

    assert [row.list_name for row in reading.rows] == [one.list_name for one in PEOPLE]


def test_trap_1_an_ordinal_that_became_another_letter_is_put_right_and_said() -> None:
    data = regalum_csv([MARIA]).decode("cp1250").encode()

    reading = read_roster(data, today=TODAY)

    assert reading.rows[0].course == SMR1 and "spoilt_letters_mended" in warnings(reading)


@pytest.mark.parametrize("separator", [",", ";", "|", "\t"])
@pytest.mark.parametrize("line", [1, 6, 7, 12])
@pytest.mark.parametrize("name", TEXTS)
def test_trap_2_separator_and_heading_line_are_found(name: str, separator: str, line: int) -> None:
    text = KINDS[name].make(PEOPLE).decode("cp1252" if name in ("regalum.csv", "own.csv") else "utf-8")
    own = ";" if name == "own.csv" else ","
    rows = table(_cells(text, own), separator)
    titled = "IES Inventado\r\n" * (line - 1) + rows
    choices = replace(KINDS[name].choices, heading_line=line if KINDS[name].choices.columns else None)

    reading = read_roster(titled.encode(), today=TODAY, choices=choices)

    assert (reading.separator, reading.heading_line, len(reading.rows)) == (separator, line, len(PEOPLE))


def _cells(text: str, separator: str) -> list[list[str]]:
    return list(csv.reader(text.splitlines(), delimiter=separator))


def test_trap_2_the_headings_of_a_spreadsheet_are_found_on_any_row_and_its_rubbish_is_skipped() -> None:
    row = [9000001, "García", "López", "María", "x", "x", "x", "x", "x", "x", "1SMR"]
    for titles in (0, 5, 20):
        reading = read_roster(
            workbook([["Títol"]] * titles + [ESFERA_HEADINGS, row, ["Total: 1"]]), today=TODAY
        )
        assert (reading.heading_line, len(reading.rows), reading.errors) == (titles + 1, 1, ())
        assert "lines_skipped" in warnings(reading)


@kinds(says_year=True)
def test_trap_3_of_several_rows_of_a_student_the_newest_year_counts(kind: Kind) -> None:
    if kind.name == "ITACA":  # one year a file: it says which
        assert read(kind, replace(MARIA, year=2025)).school_year == 2025
        return
    reading = read(kind, *(replace(MARIA, year=year) for year in (2024, 2025, 2026)))

    assert [row.school_year for row in reading.rows] == [2026] and "other_years_left_out" in warnings(reading)


@kinds(says_state=True)
def test_trap_4_who_left_has_left(kind: Kind) -> None:
    states = [row.state for row in read(kind, MARIA, replace(OTHER_MARIA, state="left")).rows]

    assert states == [EnrolmentState.ACTIVE, EnrolmentState.LEFT]


@pytest.mark.parametrize("name", ["regalum.csv", "regalum.txt", "itaca.xml"])
@pytest.mark.parametrize("word", ["Repite", "Promociona", "Obtiene Título", "Pendiente de confirmación", "X"])
def test_trap_4_a_state_that_nobody_explained_is_asked(name: str, word: str) -> None:
    reading = read(KINDS[name], replace(MARIA, state=word))

    assert [(error.reason, error.value) for error in reading.errors] == [("unknown_state", word)]


def test_trap_4_a_suspended_account_is_asked() -> None:
    data = b"username,firstname,lastname,cohort1,suspended\nnoa1,Noa,Mora,1SMR,1\nleo1,Leo,Cano,1SMR,0\n"

    reading = read_roster(data, today=TODAY)

    assert [row.state for row in reading.rows] == [EnrolmentState.UNCLEAR, EnrolmentState.ACTIVE]


@kinds(says_course=True)
def test_trap_5_one_unit_under_two_courses_is_two_classes(kind: Kind) -> None:
    reading = read(
        kind, replace(MARIA, unit="1DAW", course=DAW1), replace(OTHER_MARIA, unit="1DAW", course=IABD)
    )

    assert [(row.unit, row.course) for row in reading.rows] == [("1DAW", DAW1), ("1DAW", IABD)]


@kinds(says_class=True, identified_by="number")
def test_trap_5_a_student_without_a_class_is_asked(kind: Kind) -> None:
    reading = read(kind, replace(MARIA, unit=""), OTHER_MARIA)

    assert [error.reason for error in reading.errors] == ["no_unit"] and len(reading.rows) == 2


@kinds()
def test_trap_6_two_people_of_one_name_stay_two(kind: Kind) -> None:
    rows = read(kind, MARIA, OTHER_MARIA).rows

    assert [row.list_name for row in rows] == ["García López, María"] * 2
    assert kind.identified_by == "nothing" or len({row.external_id for row in rows}) == 2


@kinds(parts_names=True)
@pytest.mark.parametrize(
    ("first", "second", "given"),
    [
        ("Núñez", "", "Íñigo"),
        ("de la Peña", "O'Connor-Ruiz", "Lucía del Mar"),
        ("Güell", "Sal·les", "Aïna"),
        ("García-Ramos", "Açaí", "Begoña"),
        ("D’Arc", "Ñu", "Zoe"),
    ],
)
def test_trap_6_names_come_through_as_they_are(kind: Kind, first: str, second: str, given: str) -> None:
    (row,) = read(kind, Person("9000001", first, second, given)).rows

    assert (row.given_name, f"{row.first_surname} {row.second_surname}".strip()) == (
        given,
        f"{first} {second}".strip(),
    )


# ITACA is written in ISO-8859-1, which has no decomposed letters.
@kinds(takes_any_letter=True, but="ITACA")
def test_trap_6_decomposed_accents_are_the_same_name(kind: Kind) -> None:
    written = replace(PEOPLE[2], first=normalize("NFD", "Núñez"), given=normalize("NFD", "Íñigo"))

    assert read(kind, written).rows[0].list_name == "Núñez, Íñigo"


def test_trap_6_lists_are_sorted_by_surname_as_in_spanish() -> None:
    surnames = ["Ñu", "Zapata", "Núñez", "Nuria", "Álvarez", "de la Peña"]
    keys = {one: sort_name(first_surname=one, second_surname="", given_name="Ana") for one in surnames}

    assert sorted(surnames, key=lambda one: keys[one]) == [
        "Álvarez",
        "de la Peña",
        "Núñez",
        "Nuria",
        "Ñu",
        "Zapata",
    ]


# Esfer@'s numbers are numbers of the spreadsheet, which no identity card is: the next test is about it.
@kinds(identified_by="number", but="Esfer@")
def test_trap_7_the_school_s_number_is_the_key_and_an_identity_card_is_refused(kind: Kind) -> None:
    reading = read(
        kind, MARIA, replace(OTHER_MARIA, number="12345678Z"), replace(OTHER_MARIA, number="Y1234567X")
    )

    assert [row.external_id for row in reading.rows] == ["9000001"]
    assert [(error.reason, error.value) for error in reading.errors] == [("id_is_identity_card", "")] * 2


def test_trap_7_an_identity_card_in_place_of_a_ralc_is_refused() -> None:
    row = ["12345678Z", "García", "López", "María", "x", "x", "x", "x", "x", "x", "1SMR"]

    reading = read_roster(workbook([ESFERA_HEADINGS, row]), today=TODAY)

    assert [error.reason for error in reading.errors] == ["id_is_identity_card"] and not reading.rows


@kinds(identified_by="number")
def test_trap_7_a_missing_number_is_said_and_the_others_go_in(kind: Kind) -> None:
    if kind.name == "Esfer@":
        row = [None, "García", "López", "María", "x", "x", "x", "x", "x", "x", "1SMR"]
        reading = read_roster(workbook([ESFERA_HEADINGS, row]), today=TODAY)
    else:
        reading = read(kind, replace(MARIA, number=""), OTHER_MARIA)

    assert [error.reason for error in reading.errors] == ["no_id"]


@pytest.mark.parametrize("name", ["own.csv", "own.xlsx", "itaca.xml"])
def test_trap_7_zeros_before_a_number_make_no_other_person(name: str) -> None:
    ids = {
        read(KINDS[name], replace(MARIA, number=number)).rows[0].external_id
        for number in ("00123456", "123456")
    }

    assert ids == {"123456"}


@kinds(identified_by="nothing")
def test_trap_7_a_list_of_names_says_that_nobody_can_be_recognized(kind: Kind) -> None:
    reading = read(kind, MARIA)

    assert (reading.rows[0].external_id, "nobody_has_a_number" in warnings(reading)) == ("", True)


@kinds(says_class=True, identified_by="number")
def test_trap_8_a_list_of_one_class_says_nothing_about_others(kind: Kind) -> None:
    known = [KnownEnrolment("9", "Leo", "Cano", "", "2SMR", "", is_active=True)]

    found = compare_roster(read(kind, MARIA, OTHER_MARIA).rows, known)

    assert (found.missing, found.left) == ([], [])


def _known(reading: RosterReading) -> list[KnownEnrolment]:
    return [
        KnownEnrolment(
            row.external_id,
            row.given_name,
            row.first_surname,
            row.second_surname,
            row.unit,
            row.course,
            is_active=True,
        )
        for row in reading.rows
    ]


@kinds(identified_by="number")
def test_trap_9_the_same_file_again_changes_nothing(kind: Kind) -> None:
    found = compare_roster(read(kind, *PEOPLE).rows, _known(read(kind, *PEOPLE)))

    assert not found.has_changes and not found.has_questions and len(found.unchanged) == len(PEOPLE)


@kinds(identified_by="number")
def test_trap_9_a_corrected_name_is_the_same_person(kind: Kind) -> None:
    corrected = replace(MARIA, first="Garzía")

    found = compare_roster(read(kind, corrected, OTHER_MARIA).rows, _known(read(kind, MARIA, OTHER_MARIA)))

    assert [one.after.list_name for one in found.corrected] == ["Garzía López, María"]
    assert (found.new, found.missing) == ([], [])


@kinds(says_class=True, identified_by="number")
def test_trap_9_a_renamed_class_is_asked(kind: Kind) -> None:
    rows = read(kind, *(replace(one, unit="SMR-1-NUEVO", course=SMR1) for one in PEOPLE)).rows
    place = ClassPlace(rows[0].unit, rows[0].course)
    now = {row.external_id: {ClassPlace("1º SMR", "")} for row in rows}

    assert likely_renamed(rows, {place}, now) == {place: ClassPlace("1º SMR", "")}


@kinds(says_class=True)
@pytest.mark.parametrize("written", ["1SMR", "1º SMR", "1 smr", "1-SMR"])
def test_class_names_that_differ_in_spelling_are_one_class(kind: Kind, written: str) -> None:
    rows = read(kind, replace(MARIA, unit=written)).rows

    assert {row.unit for row in with_school_names(rows, {ClassPlace("1º SMR", "")}, {})} == {"1º SMR"}


def test_a_class_of_two_courses_is_not_taken_for_one_of_them() -> None:
    rows = read(KINDS["regalum.csv"], MARIA, replace(OTHER_MARIA, course=DAW1)).rows

    named = with_school_names(rows, {ClassPlace("1º SMR", "")}, {})

    assert {(row.unit, row.course) for row in named} == {("1SMR", SMR1), ("1SMR", DAW1)}


def test_a_chosen_format_is_read_as_that_and_as_no_other() -> None:
    reading = read_roster(regalum_csv(PEOPLE), today=TODAY, choices=Choices(format_name="Séneca RegAlum"))

    assert reading.format_name == "Séneca RegAlum"

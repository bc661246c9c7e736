"""The same people out of every format, found out by what is in the file."""

import pytest

from classrooms.rosters.choices import Choices
from classrooms.rosters.reading import read_roster
from classrooms.rosters.rows import RosterReading, UnreadableRoster
from tests.classrooms.rosters.every_format import (
    KINDS,
    PEOPLE,
    SECRETS,
    Kind,
    Person,
    esfera,
    table,
    zipped,
)
from tests.classrooms.rosters.lists import TODAY

every_format = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())


def read_kind(kind: Kind, people: tuple[Person, ...] = PEOPLE) -> RosterReading:
    return read_roster(kind.make(people), today=TODAY, choices=kind.choices)


@every_format
def test_a_format_is_recognized_and_its_people_are_read(kind: Kind) -> None:
    reading = read_kind(kind)

    assert (reading.format_name, reading.identified_by) == (kind.name, kind.identified_by)
    assert [row.list_name for row in reading.rows] == [one.list_name for one in PEOPLE]
    assert reading.errors == ()


@every_format
def test_class_and_course_are_as_the_list_says_or_as_the_person_does(kind: Kind) -> None:
    places = [(row.unit, row.course) for row in read_kind(kind).rows]

    if kind.says_class:
        expected = [(one.unit, one.course if kind.says_course else "") for one in PEOPLE]
    else:
        expected = [(kind.choices.unit, kind.choices.course)] * len(PEOPLE)
    assert places == expected


@every_format
def test_nothing_that_must_not_be_kept_leaves_the_reader(kind: Kind) -> None:
    reading = read_kind(kind)
    said = f"{reading!r} {[vars(row) for row in reading.rows]} {[str(error) for error in reading.errors]}"

    assert [secret for secret in SECRETS.values() if secret in said] == []


@pytest.mark.parametrize(
    ("name", "dropped"),
    [
        ("itaca.xml", "informe_medico"),
        ("rayuela.xml", "fecha-nacimiento"),
        ("esfera.xlsx", "Tutor 1 - nom"),
        ("educamadrid.csv", "NIF"),
        ("moodle-users.csv", "password"),
        ("moodle-grades.csv", "Estado"),
        ("github-classroom.csv", "github_id"),
        ("own.xlsx", "F. nac."),
    ],
)
def test_what_is_dropped_is_said(name: str, dropped: str) -> None:
    assert dropped in read_kind(KINDS[name]).dropped_columns


@pytest.mark.parametrize("name", ["moodle-grades.csv", "github-classroom.csv"])
def test_a_list_that_names_no_class_asks_for_it(name: str) -> None:
    with pytest.raises(UnreadableRoster) as caught:
        read_roster(KINDS[name].make(PEOPLE), today=TODAY)

    assert caught.value.reason == "which_class"


@pytest.mark.parametrize("name", ["own.csv", "own.xlsx", "own.ods"])
def test_a_table_that_nobody_explained_is_not_guessed_at(name: str) -> None:
    with pytest.raises(UnreadableRoster) as caught:
        read_roster(KINDS[name].make(PEOPLE), today=TODAY)

    assert caught.value.reason in ("no_heading", "missing_columns")


@pytest.mark.parametrize("name", ["regalum.csv", "itaca.xml", "esfera.xlsx", "educamadrid.csv"])
def test_a_list_in_a_zip_is_read_as_if_it_were_not(name: str) -> None:
    data = KINDS[name].make(PEOPLE)

    assert read_roster(zipped({name: data}), today=TODAY).rows == read_roster(data, today=TODAY).rows


def test_teachers_among_the_students_are_skipped_and_counted() -> None:
    reading = read_kind(KINDS["educamadrid.csv"])

    assert [(warning.reason, warning.count) for warning in reading.warnings if warning.count] == [
        ("lines_skipped", 1)
    ]


def test_the_identifier_of_esfera_comes_with_other_characters_round_it() -> None:
    people = (Person("11111111111", "Puig", "", "Ona"),)
    data = esfera(people)
    assert [row.external_id for row in read_roster(data, today=TODAY).rows] == ["11111111111"]


def test_a_list_of_delphos_is_explained_and_put_into_its_class() -> None:
    """A file for each class, which names neither the class nor a number: people in the first column."""
    rows = [["Alumno", "Materia"], ["de la Peña O'Connor, Lucía", "0485"], ["Puig, Ona", "0485"]]
    data = table(rows, ";").encode("cp1252")
    choices = Choices(columns=("full_name", ""), heading_line=1, unit="2º BC")

    reading = read_roster(data, today=TODAY, choices=choices)

    assert [(row.list_name, row.unit) for row in reading.rows] == [
        ("de la Peña O'Connor, Lucía", "2º BC"),
        ("Puig, Ona", "2º BC"),
    ]
    assert (reading.identified_by, reading.dropped_columns) == ("nothing", ("Materia",))

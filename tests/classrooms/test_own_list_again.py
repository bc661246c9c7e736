"""A class list that the portal wrote, back in: nothing changes but what a person changed in it."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from classrooms.actions.roster_preparing import prepare_import
from classrooms.actions.rosters import RosterOutcome, carry_out
from classrooms.aliases import alias_of, number_of
from classrooms.identity import external_id_hash
from classrooms.models import ClassGroup, Enrolment, School, Student, User
from classrooms.queries.roster import compare_import
from classrooms.rosters.own_list import HEADINGS
from tests.factories import make_class_group, make_school, make_student

LANGUAGES = sorted(HEADINGS["unit"])


@pytest.fixture
def people(class_group: ClassGroup) -> list[Student]:
    """By number and by hand, twins, one surname, a name that a spreadsheet would run."""
    number = external_id_hash(class_group.school_id, "9000001")
    return [
        make_student(class_group, "Nerea", first_surname="Alba", external_id_hash=number, docker_id="nerea7"),
        make_student(class_group, "Nerea", first_surname="Alba"),
        make_student(class_group, "=Omar", first_surname="Haddad", second_surname="Núñez de la Peña"),
    ]


def taken_along(client: Client, school: School, ana: User, kind: str = "csv", language: str = "es") -> bytes:
    client.force_login(ana)
    return client.get(f"/school/{school.pk}/list.{kind}", headers={"accept-language": language}).content


def bring_in(school: School, ana: User, data: bytes, year: int) -> RosterOutcome:
    waiting = prepare_import(school=school, data=data, by=ana, academic_year=year)
    assert waiting.format_name == "Aulahub"
    return carry_out(roster_import=waiting, by=ana)


def edited(
    data: bytes, *changes: tuple[int, int, str], without: int | None = None, more: tuple[str, ...] = ()
) -> bytes:
    """The table with cells changed (row from 1, column), a row left out and one put under it."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    for row, column, text in changes:
        rows[row][column] = text
    rows = [row for at, row in enumerate(rows) if at != without] + ([list(more)] if more else [])
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_taken_along_and_brought_back_nothing_changes(
    client: Client, school: School, ana: User, people: list[Student], kind: str, language: str
) -> None:
    before = list(Student.objects.values()), list(Enrolment.objects.values())

    outcome = bring_in(school, ana, taken_along(client, school, ana, kind, language), ana_year(school))

    assert outcome == RosterOutcome(unchanged=3)
    assert (list(Student.objects.values()), list(Enrolment.objects.values())) == before


def ana_year(school: School) -> int:
    return ClassGroup.objects.filter(school=school).first().academic_year


def test_a_corrected_name_stays_the_same_person(
    client: Client, school: School, ana: User, people: list[Student]
) -> None:
    data = edited(taken_along(client, school, ana), (1, 3, "Nerea María"))

    outcome = bring_in(school, ana, data, ana_year(school))

    assert outcome == RosterOutcome(unchanged=3, corrected=1)
    assert sorted(Student.objects.values_list("given_name", flat=True)) == ["=Omar", "Nerea", "Nerea María"]


def test_another_class_in_the_table_moves_the_student(
    client: Client, school: School, ana: User, people: list[Student]
) -> None:
    make_class_group(school, "2º DAW", teacher=ana)
    data = edited(taken_along(client, school, ana), (3, 4, "2º DAW"))

    assert bring_in(school, ana, data, ana_year(school)).moved == 1


def test_somebody_added_without_the_portals_sign_is_new(
    client: Client, school: School, ana: User, people: list[Student]
) -> None:
    year = Enrolment.objects.first().class_group.year_label
    data = edited(taken_along(client, school, ana), more=("", "Vega", "", "Eva", "1º SMR", "", year, ""))

    assert bring_in(school, ana, data, ana_year(school)) == RosterOutcome(new=1, unchanged=3)


def test_an_empty_table_filled_in_by_hand_makes_the_class(client: Client, school: School, ana: User) -> None:
    client.force_login(ana)
    empty = client.get(f"/school/{school.pk}/roster/empty.csv").content
    data = edited(empty, more=("", "Vega", "Gil", "Eva", "2º DAW", "", "2026/27", ""))

    assert bring_in(school, ana, data, 2026) == RosterOutcome(new=1)
    assert ClassGroup.objects.get(name="2º DAW").enrolments.count() == 1


def test_who_is_left_out_of_the_table_is_a_question_also_when_added_by_hand(
    client: Client, school: School, ana: User, people: list[Student]
) -> None:
    data = edited(taken_along(client, school, ana), without=3)
    waiting = prepare_import(school=school, data=data, by=ana, academic_year=ana_year(school))

    (missing,) = compare_import(waiting).comparison.missing

    assert missing.student_key == f"student:{people[2].pk}"
    assert carry_out(roster_import=waiting, by=ana) == RosterOutcome(unchanged=2)


def test_a_sign_of_another_school_is_nobody_here(
    client: Client, school: School, ana: User, people: list[Student]
) -> None:
    stranger = make_student(make_class_group(make_school("IES Alixar", namespace="x")), "Irene")
    data = edited(taken_along(client, school, ana), (1, 0, stranger.alias), (1, 1, "Zorro"))

    outcome = bring_in(school, ana, data, ana_year(school))

    stranger.refresh_from_db()
    assert (outcome.new, stranger.first_surname, stranger.enrolments.count()) == (1, "García", 1)


def test_an_alias_is_known_by_its_number_and_a_mistyped_one_is_none() -> None:
    assert [number_of(alias_of(n)) for n in (1, 204, 987654321)] == [1, 204, 987654321]
    assert [
        number_of(text) for text in ("", "encina", "encina-", "encina-0204", "zorzal-204", f"olmo-{'9' * 30}")
    ] == [None] * 6


def test_signs_are_looked_up_in_one_query(
    client: Client, school: School, ana: User, class_group: ClassGroup
) -> None:
    counted = []
    for more in (2, 20):
        for _ in range(more):
            make_student(class_group)
        data = taken_along(client, school, ana)
        with CaptureQueriesContext(connection) as asked:
            prepare_import(school=school, data=data, by=ana, academic_year=class_group.academic_year)
        counted.append(len(asked))

    assert counted[0] == counted[1]

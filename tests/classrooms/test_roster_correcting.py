"""Lines that do not go in are said by line, column, value and reason, and can be corrected on the page."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from classrooms.actions.refusals import ImportNotWaiting
from classrooms.actions.roster_correcting import correct_lines
from classrooms.actions.roster_preparing import prepare_import
from classrooms.actions.rosters import carry_out
from classrooms.models import Enrolment, RosterImport, School, Student, User
from classrooms.queries.roster_preview import roster_preview
from classrooms.rosters.chosen import Chosen
from classrooms.rosters.correcting import Correction
from tests.classrooms.regalum import SMR, csv_of, student
from tests.classrooms.rosters.every_format import Person, itaca
from tests.factories import make_class_group, make_teacher

NEREA = student("9000001", "Nerea", "Alba", "Núñez")
WITHOUT_NUMBER = student("", "Omar", "Haddad", "")
CARD = student("12345678Z", "Unai", "Luque", "Vega")
NAMELESS = student("9000004", "", "Zamora", "Ruiz")
FIXED_OMAR = Correction(3, "9000002", "Omar", "Haddad", "", "1SMR", SMR)


def prepare(school: School, *students: tuple[str, ...], by: User | None = None) -> RosterImport:
    return prepare_import(school=school, data=csv_of(*students), by=by)


def fix(waiting: RosterImport, *corrections: Correction, by: User | None = None) -> int:
    wrong = correct_lines(roster_import=waiting, corrections=corrections, by=by)
    waiting.refresh_from_db()
    return wrong


def bring_in(waiting: RosterImport) -> set[str]:
    carry_out(roster_import=waiting, by=None)
    return {f"{one.student.given_name} {one.class_group.name}" for one in Enrolment.objects.all()}


def test_a_wrong_line_says_where_it_is_and_what_could_be_read(school: School) -> None:
    waiting = prepare(school, NEREA, WITHOUT_NUMBER)

    (bad,) = roster_preview(waiting).bad_rows

    assert (bad.line, bad.column) == (3, "Nº Id. Escolar") and "number is missing" in bad.reason
    assert bad.to_correct is not None and bad.to_correct.needs_number
    read = bad.to_correct.read
    assert (read.given_name, read.first_surname, read.unit) == ("Omar", "Haddad", "1SMR")


def test_a_corrected_line_is_part_of_the_look_and_goes_in(school: School) -> None:
    waiting = prepare(school, NEREA, WITHOUT_NUMBER)

    assert fix(waiting, FIXED_OMAR) == 0

    preview = roster_preview(waiting)
    assert not preview.bad_rows and len(preview.comparison.new) == 2
    assert bring_in(waiting) == {"Nerea 1SMR", "Omar 1SMR"}


def test_the_number_that_was_written_is_the_one_by_which_the_next_list_knows_the_person(
    school: School,
) -> None:
    waiting = prepare(school, NEREA, WITHOUT_NUMBER)
    fix(waiting, FIXED_OMAR)
    bring_in(waiting)

    again = prepare(school, NEREA, student("9000002", "Omar", "Haddad", ""))

    assert roster_preview(again).changes_nothing


def test_a_line_with_a_good_number_keeps_it(school: School) -> None:
    waiting = prepare(school, NEREA, NAMELESS)
    (bad,) = roster_preview(waiting).bad_rows
    assert bad.to_correct is not None and not bad.to_correct.needs_number

    fix(waiting, Correction(3, "", "Zoe", "Zamora", "Ruiz", "1SMR", SMR))
    bring_in(waiting)

    assert roster_preview(prepare(school, NEREA, student("9000004", "Zoe", "Zamora", "Ruiz"))).changes_nothing


@pytest.mark.parametrize("number", ["", "12345678Z", "7,12E+06"])
def test_a_number_that_will_not_do_is_refused_again_and_the_names_stand_there_still(
    school: School, number: str
) -> None:
    waiting = prepare(school, NEREA, CARD)

    assert fix(waiting, Correction(3, number, "Unai", "Luque Mas", "Vega", "1SMR", SMR)) == 1

    (bad,) = roster_preview(waiting).bad_rows
    assert bad.to_correct is not None and bad.to_correct.read.first_surname == "Luque Mas"


def test_a_card_that_stood_or_was_written_for_a_number_is_kept_nowhere(school: School) -> None:
    waiting = prepare(school, NEREA, CARD)
    fix(waiting, Correction(3, "87654321X", "Unai", "Luque", "Vega", "1SMR", SMR))

    assert connection.connection is not None
    everything = "\n".join(connection.connection.iterdump())
    assert "12345678Z" not in everything and "87654321X" not in everything and "9000001" not in everything


def test_a_number_of_somebody_else_in_the_list_is_refused(school: School) -> None:
    waiting = prepare(school, NEREA, WITHOUT_NUMBER)

    assert fix(waiting, Correction(3, "9000001", "Omar", "Haddad", "", "1SMR", SMR)) == 1
    assert "two different names" in roster_preview(waiting).bad_rows[0].reason


def test_two_names_for_one_number_are_told_apart_by_writing_the_numbers(school: School) -> None:
    waiting = prepare(school, NEREA, student("9000001", "Omar", "Haddad", ""))
    assert len(roster_preview(waiting).bad_rows) == 2

    fix(waiting, Correction(2, "9000001", "Nerea", "Alba", "Núñez", "1SMR", SMR), FIXED_OMAR)

    assert bring_in(waiting) == {"Nerea 1SMR", "Omar 1SMR"}


def test_the_same_line_twice_after_correcting_is_one_person(school: School) -> None:
    waiting = prepare(school, NEREA, student("", "Nerea", "Alba", "Núñez"))

    fix(waiting, Correction(3, "9000001", "Nerea", "Alba", "Núñez", "1SMR", SMR))

    bring_in(waiting)
    assert Student.objects.count() == 1


def test_who_had_left_by_a_wrong_line_is_not_in_the_class_after_correcting(school: School) -> None:
    waiting = prepare(school, NEREA, student("", "Omar", "Haddad", "", state="Anulada"))

    fix(waiting, FIXED_OMAR)

    assert bring_in(waiting) == {"Nerea 1SMR"}


def test_a_class_that_was_not_offered_is_not_taken(school: School, ana: User) -> None:
    make_class_group(school, "2DAW", teacher=ana)
    javier = make_teacher(school, "Javier")
    waiting = prepare(school, NEREA, WITHOUT_NUMBER, by=javier)

    fix(waiting, Correction(3, "9000002", "Omar", "Haddad", "", "2DAW", ""), by=javier)

    assert len(roster_preview(waiting, by=javier).bad_rows) == 1


def test_a_line_without_a_class_is_asked_for_one(school: School, ana: User) -> None:
    make_class_group(school, "2DAW", teacher=ana)
    waiting = prepare(school, NEREA, WITHOUT_NUMBER, by=ana)

    fix(waiting, Correction(3, "9000002", "Omar", "Haddad", "", "", ""), by=ana)

    assert [row.given_name for row in roster_preview(waiting, by=ana).without_class] == ["Omar"]


def test_lines_of_a_list_that_is_in_are_not_corrected(school: School) -> None:
    waiting = prepare(school, NEREA, WITHOUT_NUMBER)
    bring_in(waiting)

    with pytest.raises(ImportNotWaiting):
        fix(waiting, FIXED_OMAR)


def test_what_could_be_read_of_wrong_lines_is_forgotten_once_the_list_is_in(school: School) -> None:
    waiting = prepare(school, NEREA, WITHOUT_NUMBER)

    bring_in(waiting)

    assert RosterImport.objects.get().refused == []


def test_lines_of_classes_of_a_colleague_are_not_offered(school: School, ana: User) -> None:
    make_class_group(school, "1SMR", course=SMR, teacher=make_teacher(school, "Marta"))
    javier = make_teacher(school, "Javier")

    assert prepare(school, WITHOUT_NUMBER, by=javier).refused == []


def test_the_page_takes_the_correction(client: Client, school: School, ana: User) -> None:
    client.force_login(ana)
    file = SimpleUploadedFile("RegAlum.csv", csv_of(NEREA, WITHOUT_NUMBER))
    answer = client.post(
        f"/school/{school.pk}/roster/", {"file": file}, follow=True, headers={"accept-language": "en"}
    )
    page, address = answer.content.decode(), answer.request["PATH_INFO"]
    fields = dict(re.findall(r'name="(fix_3_\w+)"[^>]*?value="([^"]*)"', page))
    chosen = re.search(r'name="fix_3_class".*?value="([^"]+)" selected', page, re.DOTALL)
    assert fields["fix_3_given"] == "Omar" and chosen is not None
    sent = {**fields, "fix_3_number": "9000002", "fix_3_class": chosen[1], "decision": "correct"}

    after = client.post(address, sent, follow=True, headers={"accept-language": "en"}).content.decode()

    assert "The corrected lines are part of the list now." in after and "Bring in 2 students" in after


@pytest.mark.parametrize("name", ["fix_99_given", "fix_x_given", "fix__given", "fix_3_given"])
def test_fields_that_no_page_made_do_no_harm(client: Client, school: School, ana: User, name: str) -> None:
    client.force_login(ana)
    waiting = prepare(school, NEREA, WITHOUT_NUMBER, by=ana)

    assert client.post(f"/roster/{waiting.pk}/", {"decision": "correct", name: "X" * 5000}).status_code == 302
    waiting.refresh_from_db()
    assert len(waiting.errors) == 1


def test_the_class_of_a_wrong_line_is_called_as_the_school_calls_it(school: School, ana: User) -> None:
    make_class_group(school, "1 SMR", course=SMR, teacher=ana)
    waiting = prepare(school, NEREA, WITHOUT_NUMBER, by=ana)
    assert waiting.refused[0]["unit"] == "1 SMR"

    javier = make_teacher(school, "Javier")

    assert prepare(school, NEREA, WITHOUT_NUMBER, by=javier).refused == []


def test_students_of_an_xml_in_one_line_are_answered_about_one_by_one(school: School) -> None:
    """As a program writes it that has no reader in mind."""
    people = [
        Person(str(number), "Gil", "Ro", f"Ana{number}", state="Z" if number else "in") for number in range(3)
    ]
    in_one_line = b"".join(line.strip() for line in itaca(people).splitlines())
    waiting = prepare_import(school=school, data=in_one_line, by=None)
    lines = [row["line"] for row in waiting.rows]
    assert len(set(lines)) == 3

    carry_out(
        roster_import=waiting, by=None, answers={"Z": "active"}, chosen=Chosen({"new": frozenset(lines[1:2])})
    )

    assert {one.given_name for one in Student.objects.all()} == {"Ana0", "Ana2"}

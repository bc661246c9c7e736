"""A list that leaves very much open: the page asks what can be answered, says how much it does not ask, and can be sent."""

import re

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from classrooms.actions.roster_background import bring_in_waiting
from classrooms.actions.roster_preparing import prepare_import
from classrooms.actions.rosters import carry_out
from classrooms.models import ClassGroup, Enrolment, RosterImport, School, Student, User
from classrooms.queries.roster_asked import MOST_ASKED
from classrooms.rosters.choices import Choices
from tests.classrooms.regalum import csv_of, student
from tests.factories import make_class_group

MANY = MOST_ASKED + 50


def looked_at(client: Client, school: School, *students: tuple[str, ...]) -> str:
    """The page before the confirmation."""
    file = SimpleUploadedFile("RegAlum.csv", csv_of(*students))
    answer = client.post(
        f"/school/{school.pk}/roster/", {"file": file}, follow=True, headers={"accept-language": "en"}
    )
    return answer.content.decode()


@pytest.fixture
def teacher(client: Client, ana: User) -> Client:
    client.force_login(ana)
    return client


def test_of_hundreds_of_words_the_first_are_asked_and_the_form_can_be_sent(
    teacher: Client, school: School
) -> None:
    people = [student(f"9{n:06}", f"Noa{n}", state=f"Palabra {n:03}") for n in range(MANY)]

    page = looked_at(teacher, school, *people)

    assert page.count('name="word_') == MOST_ASKED and "50 more words are not asked about here" in page
    sent = {f"word_{n}": f"Palabra {n - 1:03}" for n in range(1, MOST_ASKED + 1)}
    sent |= {f"means_{n}": "active" for n in range(1, MOST_ASKED + 1)} | {"decision": "carry_out"}
    assert len(sent) < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    waiting = RosterImport.objects.get()
    assert teacher.post(f"/roster/{waiting.pk}/", sent).status_code == 302
    waiting.refresh_from_db()
    assert waiting.state != RosterImport.State.WAITING


def test_of_hundreds_of_new_classes_those_that_may_have_been_renamed_are_asked_first(
    teacher: Client, school: School, ana: User
) -> None:
    few = [student(f"8{n:06}", f"Iker{n}", unit="9Z") for n in range(3)]
    make_class_group(school, "1SMR", teacher=ana)
    carry_out(roster_import=prepare_import(school=school, data=csv_of(*few), by=ana), by=ana)
    renamed = [student(f"8{n:06}", f"Iker{n}", unit="9Z-B") for n in range(3)]
    others = [student(f"9{n:06}", f"Noa{n}", unit=f"1X{n}") for n in range(MANY)]

    page = looked_at(teacher, school, *others, *renamed)

    asked = re.findall(r'name="listed_unit_\d+" value="([^"]+)"', page)
    assert (asked[0], len(asked)) == ("9Z-B", MOST_ASKED)
    assert "51 more classes are not asked about here" in page


def test_of_hundreds_of_known_names_the_first_are_asked_and_the_others_stay_as_before(
    teacher: Client, school: School, class_group: ClassGroup, ana: User
) -> None:
    names = [f"Noa{n}" for n in range(MANY)]
    Student.objects.bulk_create(Student(school=school, given_name=one, first_surname="Mora") for one in names)
    choices = Choices(unit=class_group.name, is_pasted=True)
    pasted = "\n".join(f"Mora, {one}" for one in names).encode()
    waiting = prepare_import(school=school, data=pasted, by=ana, choices=choices)

    page = teacher.get(f"/roster/{waiting.pk}/", headers={"accept-language": "en"}).content.decode()

    assert len(re.findall(r'<select name="who_\d+"', page)) == MOST_ASKED
    assert "50 more people are not asked about here and stay as before" in page
    teacher.post(f"/roster/{waiting.pk}/", {"decision": "carry_out", "who_1": "new"})
    bring_in_waiting()
    assert Enrolment.objects.count() == 1


def test_of_hundreds_without_a_class_the_first_are_asked(
    teacher: Client, school: School, class_group: ClassGroup
) -> None:
    page = looked_at(teacher, school, *(student(f"9{n:06}", f"Noa{n}", unit="") for n in range(MANY)))

    assert page.count('<select name="class_of_') == MOST_ASKED
    assert "50 more people are not asked about here" in page


def test_of_thousands_of_wrong_lines_the_first_are_shown_and_all_are_counted(
    teacher: Client, school: School
) -> None:
    page = looked_at(teacher, school, *(student("", f"Noa{n}") for n in range(520)))

    assert "520 lines do not go in" in page and page.count('data-label="Why"') == 500
    assert "The first 500 are shown." in page

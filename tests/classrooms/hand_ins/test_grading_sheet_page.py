"""Moodle's sheet: uploaded, matched with a person's help, and given back with marks and nothing else changed."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from classrooms.actions.assessing import assess
from classrooms.models import ClassGroup, ClassPractice, Student, User
from tests.classrooms.hand_ins.given import give
from tests.factories import make_student

HEADING = (
    '"Identificador","Nombre completo","Dirección de correo","Estado","Calificación","Calificación máxima",'
    '"La calificación puede ser cambiada","Última modificación (entrega)","Última modificación (calificación)",'
    '"Comentarios de retroalimentación"\r\n'
)
SHEET = (
    HEADING
    + '"Participante 101","Bruno García","","Enviado","","10,00","Sí","martes, 24 de noviembre de 2026, 22:40","-",""\r\n'
    + '"Participante 102","Z. García","","","","10,00","Sí","-","-",""\r\n'
)


@pytest.fixture
def given(class_group: ClassGroup) -> ClassPractice:
    return give(class_group)


@pytest.fixture
def zoe(class_group: ClassGroup) -> Student:
    return make_student(class_group, "Zoe")


@pytest.fixture
def teacher(reader: Client, ana: User) -> Client:
    reader.force_login(ana)
    return reader


def marked(given: ClassPractice, student: Student, ana: User, mark: str, comment: str = "") -> None:
    assess(
        class_practice=given,
        student=student,
        hand_in=None,
        mark=Decimal(mark),
        comment=comment,
        version=0,
        by=ana,
    )


def sent(teacher: Client, given: ClassPractice, content: bytes) -> str:
    uploaded = SimpleUploadedFile("Calificaciones.csv", content)
    return teacher.post(
        f"/class/{given.class_group_id}/work/{given.pk}/moodle/", {"sheet": uploaded}
    ).content.decode()


def filled(teacher: Client, given: ClassPractice, page: str, **decided: str) -> str:
    carried = re.search(r'name="carried" value="([^"]+)"', page)
    assert carried is not None
    address = f"/class/{given.class_group_id}/work/{given.pk}/moodle/"
    return teacher.post(address, {"carried": carried[1], "fill": "1", **decided}).content.decode()


def test_the_marks_stand_in_the_sheet_and_every_other_byte_is_as_it_was(
    teacher: Client, given: ClassPractice, bruno: Student, ana: User
) -> None:
    marked(given, bruno, ana, "7.5", "Bien, falta el puerto")

    answer = filled(teacher, given, sent(teacher, given, SHEET.encode()))

    expected = SHEET.replace('"Enviado","",', '"Enviado","7,50",').replace(
        '22:40","-",""', '22:40","-","Bien, falta el puerto"'
    )
    assert answer == expected


def test_whom_the_sheet_calls_otherwise_a_person_decides(
    teacher: Client, given: ClassPractice, bruno: Student, zoe: Student, ana: User
) -> None:
    marked(given, zoe, ana, "9")
    page = sent(teacher, given, SHEET.encode())

    answer = filled(teacher, given, page, row_1=str(zoe.pk))

    assert "Z. García" in page
    assert '"Participante 102","Z. García","","","9,00","10,00"' in answer


def test_who_is_found_by_name_is_not_given_to_another_row(
    teacher: Client, given: ClassPractice, bruno: Student, ana: User
) -> None:
    marked(given, bruno, ana, "9")
    page = sent(teacher, given, SHEET.encode())

    answer = filled(teacher, given, page, row_1=str(bruno.pk))

    assert answer.count("9,00") == 1


def test_a_mark_above_moodles_highest_is_left_out_and_told(
    teacher: Client, given: ClassPractice, bruno: Student, ana: User
) -> None:
    marked(given, bruno, ana, "85")
    page = sent(teacher, given, SHEET.encode())

    answer = filled(teacher, given, page)

    assert "higher than Moodle’s highest" in page
    assert answer == SHEET


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\0\1", "no text file"),
        (b"a,b\r\n1,2\r\n", "no grading sheet"),
        (HEADING.encode(), "no participants"),
    ],
)
def test_what_is_no_sheet_is_refused_with_what_to_do(
    teacher: Client, given: ClassPractice, content: bytes, said: str
) -> None:
    assert said in sent(teacher, given, content)


def test_what_was_carried_and_changed_on_the_way_is_no_sheet(teacher: Client, given: ClassPractice) -> None:
    address = f"/class/{given.class_group_id}/work/{given.pk}/moodle/"

    answer = teacher.post(address, {"carried": "eJwrTi0GAAJbAUw=", "fill": "1"})

    assert "There is a problem" in answer.content.decode()

"""Class lists to take out: as tables, on paper, with what the school may read and nothing else."""

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from classrooms.actions.class_groups import archive_class_group, withdraw_student
from classrooms.models import AuditEntry, ClassGroup, School, User
from tests.factories import make_class_group, make_student, make_teacher

SPANISH = {"accept-language": "es"}
HEADINGS = [
    *("Aulahub", "Primer apellido", "Segundo apellido", "Nombre"),
    *("Unidad", "Curso", "Curso académico", "Docker ID"),
]


def csv_rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_class_is_taken_along_by_surname_with_the_portals_sign(
    client: Client, class_group: ClassGroup, ana: User
) -> None:
    nunez = make_student(class_group, "Iker", first_surname="Ñíguez", docker_id="iker7")
    make_student(class_group, "Ana", first_surname="Nzé", external_id_hash="0" * 64)
    client.force_login(ana)

    headings, first, second = csv_rows(
        client.get(f"/class/{class_group.pk}/list.csv", headers=SPANISH).content
    )

    assert headings == HEADINGS
    assert first[1] == "Nzé" and "0000" not in str(first)
    assert second == [nunez.alias, "Ñíguez", "", "Iker", "1º SMR", "", class_group.year_label, "iker7"]
    assert AuditEntry.objects.get(verb="class_list.exported").about == str(class_group)


def test_a_spreadsheet_has_the_same_cells(client: Client, class_group: ClassGroup, ana: User) -> None:
    make_student(class_group, "=1+1", first_surname="Gil")
    client.force_login(ana)

    book = client.get(f"/class/{class_group.pk}/list.xlsx", headers=SPANISH).content

    headings, row = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert headings == HEADINGS and row[3] == "=1+1"


def test_who_left_and_classes_in_the_archive_are_not_in_the_schools_list(
    client: Client, school: School, class_group: ClassGroup, ana: User
) -> None:
    withdraw_student(enrolment=make_student(class_group, "Omar").enrolments.get(), by=ana)
    make_student(class_group, "Nerea")
    old = make_class_group(school, "2º DAW")
    make_student(old, "Irene")
    archive_class_group(class_group=old, by=ana)
    client.force_login(ana)

    rows = csv_rows(client.get(f"/school/{school.pk}/list.csv").content)

    assert [row[3] for row in rows[1:]] == ["Nerea"]


def test_the_list_of_the_school_is_for_its_owners(client: Client, school: School) -> None:
    client.force_login(make_teacher(school, "Tomás"))

    assert client.get(f"/school/{school.pk}/list.csv").status_code == 404


@pytest.mark.parametrize("kind", ["pdf", "CSV", "x"])
def test_another_kind_of_file_is_not_there(
    client: Client, class_group: ClassGroup, ana: User, kind: str
) -> None:
    client.force_login(ana)

    assert client.get(f"/class/{class_group.pk}/list.{kind}").status_code == 404
    assert not AuditEntry.objects.filter(verb="class_list.exported").exists()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_empty_table_to_fill_in_has_the_headings_and_nobody(
    client: Client, school: School, class_group: ClassGroup, ana: User, kind: str
) -> None:
    make_student(class_group)
    client.force_login(ana)
    content = client.get(f"/school/{school.pk}/roster/empty.{kind}", headers=SPANISH).content

    if kind == "csv":
        assert csv_rows(content) == [HEADINGS]
    else:
        (sheet,) = CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names
        assert CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(sheet).to_python() == [
            HEADINGS
        ]


def test_the_sheet_is_numbered_by_surname_and_the_look_is_written_down(
    client: Client, class_group: ClassGroup, ana: User
) -> None:
    make_student(class_group, "Zoe", first_surname="Alba", has_account=True)
    make_student(class_group, "Ada", first_surname="Zamora")
    client.force_login(ana)

    page = client.get(f"/class/{class_group.pk}/print/").content.decode()

    assert (
        page.index("<td>1</td>")
        < page.index("Alba, Zoe")
        < page.index("<td>2</td>")
        < page.index("Zamora, Ada")
    )
    assert AuditEntry.objects.filter(verb="class_list.seen").exists()


@pytest.mark.parametrize("path", ["list.csv", "list.xlsx", "print/"])
def test_a_long_list_is_taken_along_in_as_many_queries_as_a_short_one(
    client: Client, class_group: ClassGroup, ana: User, path: str, settings: Any
) -> None:
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.db"
    make_student(class_group, "Eva")
    client.force_login(ana)
    client.get(f"/class/{class_group.pk}/{path}")
    counted = []
    for more in (0, 20):
        for _ in range(more):
            make_student(class_group)
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/class/{class_group.pk}/{path}")
        counted.append(len(asked))

    assert counted[0] == counted[1]

"""A class with a practice, and how a teacher brings a list to its marks and takes the table."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from classrooms.actions.assessing import assess
from classrooms.identity import external_id_hash
from classrooms.models import ClassGroup, ClassPractice, Student, User
from tests.classrooms.hand_ins.given import give
from tests.factories import make_student


@pytest.fixture
def given(class_group: ClassGroup) -> ClassPractice:
    return give(class_group)


@pytest.fixture
def nerea(class_group: ClassGroup) -> Student:
    return numbered(class_group, "Nerea", "9000001")


@pytest.fixture
def teacher(reader: Client, ana: User) -> Client:
    reader.force_login(ana)
    return reader


def numbered(class_group: ClassGroup, name: str, number: str) -> Student:
    """A student whom a class list brought in with that number."""
    hashed = external_id_hash(class_group.school_id, number)
    return make_student(class_group, name, external_id_hash=hashed)


def marked(given: ClassPractice, student: Student, mark: str, comment: str = "") -> None:
    assess(
        class_practice=given, student=student, hand_in=None, mark=Decimal(mark), comment=comment, version=0, by=None
    )  # type: ignore[arg-type]  # fmt: skip


def look(teacher: Client, class_group: ClassGroup, data: bytes = b"", **fields: str) -> str:
    sent: dict[str, object] = {"numbers": "", "encoding": "", **fields}
    if data:
        sent["file"] = SimpleUploadedFile("RegAlum.csv", data)
    return teacher.post(f"/class/{class_group.pk}/marks/", sent).content.decode()


def taken(teacher: Client, class_group: ClassGroup, page: str, **chosen: object) -> HttpResponse:
    carried = re.search(r'name="carried" value="([^"]+)"', page)
    assert carried is not None, page
    columns = ["surnames", "given_name", "class", "mark", "state"]
    sent = {"carried": carried[1], "practices": "all", "columns": columns, **chosen}
    return teacher.post(f"/class/{class_group.pk}/marks/", sent)


def rows_of(answer: HttpResponse) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))

"""The list that brings the school's numbers: read, compared by hashes, carried through the page, and not kept."""

from __future__ import annotations

import logging
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from classrooms.forms.carried_files import packed
from classrooms.forms.school_marks import carry
from classrooms.models import AuditEntry, ClassGroup, ClassPractice, School, Student, User
from classrooms.rosters.numbered import Numbered
from tests.classrooms import regalum
from tests.classrooms.hand_ins.school_marks_scene import (
    given,
    look,
    nerea,
    numbered,
    rows_of,
    taken,
    teacher,
)
from tests.factories import make_class_group

__all__ = ["given", "nerea", "teacher"]


def everything_in_the_database() -> str:
    assert connection.connection is not None
    return "\n".join(connection.connection.iterdump())


def test_nothing_of_the_list_is_kept_anywhere(
    teacher: Client, class_group: ClassGroup, given: ClassPractice, nerea: Student, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    caplog.set_level(logging.DEBUG)
    data = regalum.csv_of(
        regalum.student("9000001"), regalum.student("9000077", "Ruperta", "Desconocida", "Inventada")
    )

    page = look(teacher, class_group, data)
    answer = taken(teacher, class_group, page)

    assert len(rows_of(answer)) == 2
    files = [*tmp_path.rglob("*"), *Path(settings.DATA_DIR).rglob("*")]
    kept = everything_in_the_database() + caplog.text
    kept += "".join(
        one.read_bytes().decode("latin-1") for one in files if one.is_file() and one.suffix != ".sqlite3"
    )
    for secret in (*regalum.PLANTED, "9000001", "9000077", "Ruperta", "Desconocida", "RegAlum.csv"):
        assert secret not in kept, secret
    assert not [secret for secret in regalum.PLANTED if secret in page]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7 a list", "This is a PDF"),
        (b"", "The file is empty"),
        (b"Alumno/a;Unidad\r\nMora, Noa;1SMR\r\n", "Columns are missing"),
        (b"a;b\r\n1;2\r\n", "No line with headings"),
    ],
)
def test_what_is_no_list_gets_the_sentence_of_the_class_lists(
    teacher: Client, class_group: ClassGroup, given: ClassPractice, data: bytes, said: str
) -> None:
    uploaded = {"file": SimpleUploadedFile("lista.csv", data), "numbers": "", "encoding": ""}

    page = teacher.post(f"/class/{class_group.pk}/marks/", uploaded).content.decode()

    assert "There is a problem" in page and said in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Choose the file with the class list, or paste the numbers."),
        ({"numbers": "NIA"}, "No numbers were found in what was pasted"),
        ({"carried": "eJwrTi0GAAJbAUw=", "practices": "all"}, "The list did not come along"),
        ({"carried": "%", "practices": "all"}, "The list did not come along"),
    ],
)
def test_what_is_missing_is_said(
    teacher: Client, class_group: ClassGroup, given: ClassPractice, fields: dict[str, str], said: str
) -> None:
    assert said in teacher.post(f"/class/{class_group.pk}/marks/", fields).content.decode()


def test_without_a_column_the_page_asks_and_the_list_is_not_lost(
    teacher: Client, class_group: ClassGroup, given: ClassPractice, nerea: Student
) -> None:
    page = look(teacher, class_group, numbers="9000001")

    asked = taken(teacher, class_group, page, columns=[]).content.decode()

    assert "Tick at least one column." in asked
    assert len(rows_of(taken(teacher, class_group, asked))) == 2


def test_nobody_of_the_class_in_the_list_is_said_instead_of_an_empty_table(
    teacher: Client, class_group: ClassGroup, given: ClassPractice, nerea: Student
) -> None:
    page = look(teacher, class_group, numbers="9000077")

    assert "Nobody of this class is in the list" in page and "Download the table" not in page


def test_numbers_that_a_browser_makes_up_get_nobodys_marks_of_other_classes(
    teacher: Client,
    class_group: ClassGroup,
    school: School,
    given: ClassPractice,
    carla: User,
) -> None:
    known = numbered(class_group, "Marta", "9000002")
    elsewhere = numbered(make_class_group(school, "2º DAW"), "Otto", "9000005")
    made_up = carry(
        [Numbered(line, number, number) for line, number in enumerate(("9000002", "9000005"), start=1)]
    )
    sent = {"carried": made_up, "practices": "all", "columns": ["alias"]}
    stranger = Client()
    stranger.force_login(carla)

    refused = stranger.post(f"/class/{class_group.pk}/marks/", sent)
    page = teacher.post(f"/class/{class_group.pk}/marks/", sent).content.decode()

    assert refused.status_code == 404
    assert known.alias in page and elsewhere.alias not in page


@pytest.mark.parametrize(
    "made_up",
    [
        "[" * 100_000,
        '[[Infinity, "9000001", "9000001"]]',
        '[[1, "\\ud800", "9000001"]]',
        '[[1, "9000001"]]',
        '[[1, ["9000001"], {}]]',
        '{"12": 1}',
        "5",
        "[]",
        "[" + ",".join(['[1,"9000001","9000001"]'] * 100_000) + "]",
    ],
    ids=[
        "deep",
        "no number",
        "half a letter",
        "too short",
        "no text",
        "no list",
        "a number",
        "nobody",
        "a bomb",
    ],
)
def test_what_no_page_of_ours_has_sent_is_not_read_and_the_list_is_asked_for_again(
    teacher: Client, class_group: ClassGroup, given: ClassPractice, nerea: Student, made_up: str
) -> None:
    sent = {"carried": packed(made_up.encode()), "practices": "all", "columns": ["mark"]}

    answer = teacher.post(f"/class/{class_group.pk}/marks/", sent)

    assert answer.status_code == 200 and "The list did not come along" in answer.content.decode()
    assert not AuditEntry.objects.filter(verb__startswith="work.").exists()


def test_a_list_of_4000_is_compared_within_two_seconds_of_the_processor(
    teacher: Client, class_group: ClassGroup, given: ClassPractice, nerea: Student
) -> None:
    data = regalum.csv_of(*(regalum.student(str(9000001 + number)) for number in range(4000)))
    begun = time.process_time()

    page = look(teacher, class_group, data)

    assert time.process_time() - begun < 2
    assert "1 student of the class found by number" in page
    assert "there are 3999 in all" in page

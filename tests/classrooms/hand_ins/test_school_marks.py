"""Marks with the school's numbers: a list that has them is read, compared by hashes, given back, and not kept."""

from __future__ import annotations

import csv
import io
import logging
import re
import time
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from classrooms.actions.assessing import assess
from classrooms.forms.carried_files import packed
from classrooms.identity import external_id_hash
from classrooms.models import AuditEntry, ClassGroup, ClassPractice, School, Student, SubGroup, User
from tests.classrooms import regalum
from tests.classrooms.hand_ins.given import give, hand
from tests.factories import make_class_group, make_student


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


def everything_in_the_database() -> str:
    assert connection.connection is not None
    return "\n".join(connection.connection.iterdump())


def test_a_regalum_brings_the_numbers_and_the_table_says_mark_and_state(
    teacher: Client, class_group: ClassGroup, given: ClassPractice, nerea: Student
) -> None:
    marked(given, nerea, "7.5")
    hand(given, nerea)
    page = look(teacher, class_group, regalum.csv_of(regalum.student("9000001")))

    answer = taken(teacher, class_group, page)

    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert rows_of(answer) == [
        ["Number", "Surnames", "Given name", "Class", "Mark", "State"],
        ["9000001", "Alba Núñez", "Nerea", str(class_group), "7,50", "in time"],
    ]


def test_all_practices_of_the_class_stand_in_one_table_with_late_and_not_handed_in(
    teacher: Client, class_group: ClassGroup, nerea: Student
) -> None:
    over = timezone.now() - timedelta(minutes=5)
    first, second = give(class_group, due_at=over), give(class_group, due_at=over)
    hand(first, nerea)
    marked(first, nerea, "10")
    page = look(teacher, class_group, numbers="9000001")

    heading, row = rows_of(taken(teacher, class_group, page, columns=["mark", "state"]))

    title = str(second.practice)
    assert heading == ["Number", *(f"{title}: {name}" for name in ("Mark", "State", "Mark", "State"))]
    assert row == ["9000001", "10,00", "late", "", "not handed in"]


def test_one_practice_alone_can_be_chosen_and_stands_chosen_when_one_comes_from_it(
    teacher: Client, class_group: ClassGroup, given: ClassPractice, nerea: Student
) -> None:
    give(class_group)
    sent = {"numbers": "9000001"}
    page = teacher.post(f"/class/{class_group.pk}/marks/?practice={given.pk}", sent).content.decode()

    answer = taken(teacher, class_group, page, practices=str(given.pk), columns=["state"])

    assert f'value="{given.pk}" required id="id_practices_1" checked' in page
    assert rows_of(answer) == [["Number", "State"], ["9000001", "not yet handed in"]]


def test_who_is_not_on_both_sides_is_named_before_the_download(
    teacher: Client,
    class_group: ClassGroup,
    school: School,
    given: ClassPractice,
    nerea: Student,
    bruno: Student,
) -> None:
    make_student(class_group, "Zoe", external_id_hash=external_id_hash(school.pk, "9000009"))
    numbered(make_class_group(school, "2º DAW"), "Otto", "9000005")
    listed = [("9000001", "Nerea"), ("9000005", "Otto"), ("9000077", "Stranger"), ("12345678Z", "Carded")]
    data = regalum.csv_of(*(regalum.student(number, name) for number, name in listed))

    page = look(teacher, class_group, data)

    named = page[page.index("Who is who in the list") :]
    assert "1 student of the class found by number" in named
    assert "1 more is of another class" in named
    assert "García, Zoe" in named and "García, Bruno" in named
    assert "9000077 · Alba Núñez, Stranger" in named
    assert "Line 5: An identity card number stands" in named and "12345678Z" not in named
    assert "Otto" not in named


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


def test_no_cell_runs_in_a_spreadsheet(
    teacher: Client, class_group: ClassGroup, nerea: Student, bruno: Student
) -> None:
    given = give(class_group)
    given.practice.title = "=HYPERLINK(1)"
    given.practice.save()
    give(class_group)
    marked(given, nerea, "5", "@SUM(A1)")
    page = look(teacher, class_group, numbers="9000001;=cmd|' /C calc'!A0")

    answer = taken(teacher, class_group, page, columns=["surnames", "comment"])

    cells = [cell for row in rows_of(answer) for cell in row]
    assert "'=HYPERLINK(1): Comment" in cells and "'@SUM(A1)" in cells and "'=cmd|' /C calc'!A0" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_of_a_part_of_the_class_only_its_students_have_the_practice(
    teacher: Client, class_group: ClassGroup, given: ClassPractice, nerea: Student
) -> None:
    part = SubGroup.objects.create(class_group=class_group, name="Desdoble A")
    other = give(class_group)
    ClassPractice.objects.filter(pk=other.pk).update(sub_group=part)
    page = look(teacher, class_group, numbers="9000001")

    _, row = rows_of(taken(teacher, class_group, page, columns=["state"]))

    assert row == ["9000001", "not yet handed in", ""]


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
    nerea: Student,
    carla: User,
) -> None:
    elsewhere = numbered(make_class_group(school, "2º DAW"), "Otto", "9000005")
    page = look(teacher, class_group, numbers="9000001")
    stranger = Client()
    stranger.force_login(carla)

    refused = stranger.post(f"/class/{class_group.pk}/marks/", {"numbers": "9000001"})

    assert refused.status_code == 404
    assert elsewhere.alias not in taken(teacher, class_group, page, columns=["alias"]).content.decode()


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
    ids=["deep", "no number", "half a letter", "too short", "no text", "no list", "a number", "nobody", "a bomb"],
)
def test_what_no_page_of_ours_has_sent_is_not_read_and_the_list_is_asked_for_again(
    teacher: Client, class_group: ClassGroup, given: ClassPractice, nerea: Student, made_up: str
) -> None:
    sent = {"carried": packed(made_up.encode()), "practices": "all", "columns": ["mark"]}

    answer = teacher.post(f"/class/{class_group.pk}/marks/", sent)

    assert answer.status_code == 200 and "The list did not come along" in answer.content.decode()
    assert not AuditEntry.objects.filter(verb__startswith="work.").exists()


def test_it_stands_in_the_register_that_marks_went_out(
    teacher: Client, class_group: ClassGroup, given: ClassPractice, nerea: Student
) -> None:
    page = look(teacher, class_group, numbers="9000001")
    before = AuditEntry.objects.count()

    taken(teacher, class_group, page)
    taken(teacher, class_group, page, practices=str(given.pk))

    verbs = AuditEntry.objects.order_by("pk").values_list("verb", flat=True)[before:]
    assert list(verbs) == ["work.all_exported", "work.exported"]


def test_a_list_of_4000_is_compared_within_two_seconds_of_the_processor(
    teacher: Client, class_group: ClassGroup, given: ClassPractice, nerea: Student
) -> None:
    data = regalum.csv_of(*(regalum.student(str(9000001 + number)) for number in range(4000)))
    begun = time.process_time()

    page = look(teacher, class_group, data)

    assert time.process_time() - begun < 2
    assert "1 student of the class found by number" in page
    assert "there are 3999 in all" in page


def test_thirty_students_and_ten_practices_ask_as_many_queries_as_one(
    teacher: Client, class_group: ClassGroup, given: ClassPractice, nerea: Student
) -> None:
    small = _queries(teacher, class_group)
    for number in range(2, 30):
        numbered(class_group, f"N{number}", str(9000000 + number))
    for _ in range(9):
        hand(give(class_group), nerea)

    assert _queries(teacher, class_group) == small


def _queries(teacher: Client, class_group: ClassGroup) -> int:
    with CaptureQueriesContext(connection) as asked:
        page = look(teacher, class_group, numbers="9000001\n9000002")
        taken(teacher, class_group, page)
    return len(asked)

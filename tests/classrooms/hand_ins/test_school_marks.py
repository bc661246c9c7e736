"""Marks with the school's numbers: the table that is given back, and the register of it."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from classrooms.identity import external_id_hash
from classrooms.models import AuditEntry, ClassGroup, ClassPractice, School, Student, SubGroup
from tests.classrooms import regalum
from tests.classrooms.hand_ins.given import give, hand
from tests.classrooms.hand_ins.school_marks_scene import (
    given,
    look,
    marked,
    nerea,
    numbered,
    rows_of,
    taken,
    teacher,
)
from tests.factories import make_class_group, make_student

__all__ = ["given", "nerea", "teacher"]


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


def test_it_stands_in_the_register_that_marks_went_out(
    teacher: Client, class_group: ClassGroup, given: ClassPractice, nerea: Student
) -> None:
    page = look(teacher, class_group, numbers="9000001")
    before = AuditEntry.objects.count()

    taken(teacher, class_group, page)
    taken(teacher, class_group, page, practices=str(given.pk))

    verbs = AuditEntry.objects.order_by("pk").values_list("verb", flat=True)[before:]
    assert list(verbs) == ["work.all_exported", "work.exported"]


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

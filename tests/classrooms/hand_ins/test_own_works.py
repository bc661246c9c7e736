"""A student's first page says what was handed in already, and puts first what was not."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from classrooms.actions.assessing import assess, publish_marks
from classrooms.models import ClassGroup, ClassPractice, Student, User
from tests.classrooms.hand_ins.given import give, hand
from tests.factories import make_student


@pytest.fixture
def given(class_group: ClassGroup) -> ClassPractice:
    return give(class_group)


@pytest.fixture
def student(bruno: Student) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(bruno.user)
    return client


def home(client: Client) -> str:
    return re.sub(r"\s+", " ", client.get("/student/").content.decode())


def test_it_says_that_it_was_handed_in_and_leads_to_the_receipt(
    student: Client, given: ClassPractice, bruno: Student
) -> None:
    before = home(student)
    row = hand(given, bruno)

    after = home(student)

    assert "You handed in" not in before and "Hand in again" not in before
    assert "You handed in on" in after and "in time" in after and "Hand in again" in after
    assert f"/student/hand-ins/{row.pk}/" in after


def test_a_mark_stands_there_once_it_is_let_out(
    student: Client, given: ClassPractice, bruno: Student, ana: User
) -> None:
    row = hand(given, bruno)
    assess(
        class_practice=given, student=bruno, hand_in=row, mark=Decimal("7.5"), comment="", version=0, by=ana
    )
    before = home(student)

    publish_marks(class_practice=given, by=ana)

    assert "Your mark" not in before
    assert "Your mark: <strong>7,50</strong>" in home(student)


def test_what_is_not_handed_in_comes_next(student: Client, class_group: ClassGroup, bruno: Student) -> None:
    now = timezone.now()
    over = give(class_group, due_at=now - timedelta(hours=1))
    soon, later = (give(class_group, due_at=now + timedelta(hours=hours)) for hours in (1, 2))
    hand(soon, bruno)

    found = re.findall(r'<h2 id="practice-(\d+)"', home(student))

    assert [int(one) for one in found] == [later.pk, soon.pk, over.pk]


def test_what_others_handed_in_is_not_there(
    student: Client, given: ClassPractice, class_group: ClassGroup
) -> None:
    hand(given, make_student(class_group, "Zoe"))

    assert "You handed in" not in home(student)

"""The receipt that a student sees, and the page on which anybody can check one."""

import pytest
from django.test import Client

from classrooms import receipts
from classrooms.models import ClassGroup, HandIn, Student
from tests.classrooms.hand_ins.given import DIGEST, give, hand
from tests.factories import make_student


@pytest.fixture
def row(class_group: ClassGroup, bruno: Student) -> HandIn:
    return hand(give(class_group), bruno)


def test_a_student_sees_the_own_receipt_with_digest_number_and_signature(reader: Client, row: HandIn) -> None:
    reader.force_login(row.student.user)

    page = reader.get(f"/student/hand-ins/{row.pk}/").content.decode()

    assert all(text in page for text in (DIGEST, row.receipt, receipts.signature_of(row), "in time"))


def test_nobody_else_sees_it(reader: Client, row: HandIn, class_group: ClassGroup) -> None:
    reader.force_login(make_student(class_group, "Elena", has_account=True).user)

    assert reader.get(f"/student/hand-ins/{row.pk}/").status_code == 404


def test_anybody_can_check_a_receipt_and_learns_no_name(reader: Client, row: HandIn) -> None:
    answer = reader.get(f"/receipt/{row.receipt}/{receipts.signature_of(row)}/")

    page = answer.content.decode()
    assert (answer.status_code, "This portal gave this receipt" in page, DIGEST in page) == (200, True, True)
    assert row.student.given_name not in page


def test_number_and_signature_can_be_typed(reader: Client, row: HandIn) -> None:
    typed = {"number": f" {row.receipt.lower()} ", "signature": receipts.signature_of(row)}

    assert "This portal gave this receipt" in reader.get("/receipt/", typed).content.decode()


@pytest.mark.parametrize("signature", ["x", "A" * 43])
def test_without_its_signature_nobody_learns_that_there_is_such_a_number(
    reader: Client, row: HandIn, signature: str
) -> None:
    answers = [reader.get(f"/receipt/{number}/{signature}/") for number in (row.receipt, "NOTHING")]

    assert {answer.status_code for answer in answers} == {404}
    pages = [answer.content.decode().split("<main")[1].replace(row.receipt, "NOTHING") for answer in answers]
    assert pages[0] == pages[1]


def test_a_receipt_whose_digest_was_changed_in_the_database_is_not_genuine(
    reader: Client, row: HandIn
) -> None:
    signature = receipts.signature_of(row)
    HandIn.objects.update(digest="sha256:00")

    assert reader.get(f"/receipt/{row.receipt}/{signature}/").status_code == 404


def test_the_student_reads_which_key_is_in_the_image_and_where_to_end_it(reader: Client, row: HandIn) -> None:
    sign = {"kind": "github_token", "where": "env", "place": "TOKEN", "masked": "ghp_…"}
    HandIn.objects.update(secret_signs=[sign])
    reader.force_login(row.student.user)

    page = reader.get(f"/student/hand-ins/{row.pk}/").content.decode()

    assert "A key or token of GitHub in the variable TOKEN: ghp_…" in page
    assert "https://github.com/settings/tokens" in page

"""At shared computers: what one person saw does not come back with the button “back” after signing out."""

import pytest
from django.test import Client

from classrooms.actions.access_codes import create_access_code
from classrooms.models import ClassGroup, Student, User
from tests.factories import make_student


def is_kept(client: Client, path: str) -> bool:
    return "no-store" not in client.get(path).headers.get("Cache-Control", "")


@pytest.mark.parametrize("path", ["/", "/school/{school}/", "/class/{class_group}/", "/account/email/"])
def test_a_browser_keeps_no_page_of_who_is_signed_in(
    client: Client, class_group: ClassGroup, ana: User, path: str
) -> None:
    client.force_login(ana)

    assert not is_kept(client, path.format(school=class_group.school_id, class_group=class_group.pk))


def test_a_browser_keeps_no_page_of_a_student(client: Client, bruno: Student) -> None:
    client.force_login(bruno.user)

    assert not is_kept(client, "/student/")


def test_the_page_with_the_name_behind_a_code_is_not_kept(client: Client, class_group: ClassGroup) -> None:
    code = create_access_code(student=make_student(class_group, "Nerea"), by=None).code
    client.post("/join/", {"code": code})

    assert not is_kept(client, "/join/account/")


def test_a_visitors_page_may_be_kept(client: Client, db: None) -> None:
    assert is_kept(client, "/")

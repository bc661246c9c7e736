"""The page behind a class's short code."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client
from django.utils import timezone

from classrooms.actions.images import withdraw_image
from classrooms.models import ClassGroup, Student
from classrooms.views.class_page import KEPT_SECONDS
from tests.factories import make_assigned_image, make_image


@pytest.fixture
def open_class(class_group: ClassGroup) -> ClassGroup:
    class_group.has_public_page = True
    class_group.save()
    return class_group


def test_anybody_sees_the_public_images_whatever_the_letter_case(
    reader: Client, open_class: ClassGroup
) -> None:
    make_assigned_image(open_class, tag="1.2")

    page = reader.get(f"/c/{open_class.code.lower()}/").content.decode()

    assert "docker pull iestriana/lamp:1.2" in page and open_class.code in page


def test_what_can_be_no_code_is_not_looked_for(
    reader: Client, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    with django_assert_num_queries(0):
        assert reader.get("/c/%00AB/").status_code == 404


def test_nothing_private_or_not_known_to_be_public_is_shown(reader: Client, open_class: ClassGroup) -> None:
    school = open_class.school
    make_assigned_image(open_class, make_image(school, "iestriana/exam", is_private=True))
    make_assigned_image(open_class, make_image(school, "iestriana/new", is_private=None))
    make_assigned_image(open_class, make_image(school, "nginx", is_private=None))

    page = reader.get(f"/c/{open_class.code}/").content.decode()

    assert "iestriana/exam" not in page and "iestriana/new" not in page and "docker pull nginx:latest" in page


def test_nothing_is_said_about_people(reader: Client, open_class: ClassGroup, bruno: Student) -> None:
    page = reader.get(f"/c/{open_class.code}/").content.decode()

    assert "Bruno" not in page and "García" not in page and "Ana" not in page


def test_a_class_whose_page_is_not_open_is_not_there(reader: Client, class_group: ClassGroup) -> None:
    assert reader.get(f"/c/{class_group.code}/").status_code == 404


def test_an_archived_class_is_not_there(reader: Client, open_class: ClassGroup) -> None:
    ClassGroup.objects.update(archived_at=timezone.now())

    assert reader.get(f"/c/{open_class.code}/").status_code == 404


def test_without_images_it_says_what_to_do(reader: Client, open_class: ClassGroup) -> None:
    assert "No public image now" in reader.get(f"/c/{open_class.code}/").content.decode()


def test_a_whole_class_is_shown_what_was_made_once_and_closing_the_page_holds_at_once(
    reader: Client,
    open_class: ClassGroup,
    django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    make_assigned_image(open_class, tag="1.2")
    address = f"/c/{open_class.code}/"
    first = reader.get(address).content
    with django_assert_num_queries(1):
        again = Client(headers={"accept-language": "en"}).get(address).content
    on_windows = reader.get(f"{address}?system=windows").content
    ClassGroup.objects.update(has_public_page=False)

    assert b"docker pull iestriana/lamp:1.2" in again.replace(b"<span>", b"").replace(b"</span>", b"")
    assert (
        b"curl -fsSL" in first.replace(b"<span>", b"").replace(b"</span>", b"") and b"pull.ps1" in on_windows
    )
    assert reader.get(address).status_code == 404


def test_what_is_taken_away_is_gone_after_seconds(
    reader: Client, open_class: ClassGroup, monkeypatch: pytest.MonkeyPatch
) -> None:
    assigned = make_assigned_image(open_class, tag="1.2")
    reader.get(f"/c/{open_class.code}/")
    withdraw_image(assigned=assigned, by=None)
    later = time.time() + KEPT_SECONDS + 1
    monkeypatch.setattr("classrooms.views.class_page.time.time", lambda: later)

    assert b"iestriana/lamp" not in reader.get(f"/c/{open_class.code}/").content

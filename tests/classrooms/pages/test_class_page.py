"""The page behind a class's short code."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client
from django.utils import timezone

from classrooms.models import ClassGroup, Student
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

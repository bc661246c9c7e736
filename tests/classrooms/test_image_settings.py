"""Describing, publishing and keeping the tags of an image: who may, and what is asked for."""

import pytest
from django.test import Client

from classrooms.models import ClassGroup, Image, School, User
from tests.factories import make_assigned_image, make_image, make_teacher


@pytest.fixture
def exam(school: School) -> Image:
    return make_image(school, "iestriana/examen", is_private=True)


def page(image: Image) -> str:
    return f"/image/{image.pk}/settings/"


def wishes(image: Image) -> tuple[object, object, object]:
    image.refresh_from_db()
    return image.wished_private, image.wished_description, image.wished_immutable


def test_an_image_is_published_only_by_who_has_read_what_it_means(
    reader: Client, ana: User, exam: Image
) -> None:
    reader.force_login(ana)

    refused = reader.post(page(exam), {"question": "visibility", "private": "no"}).content.decode()
    before = wishes(exam)
    reader.post(page(exam), {"question": "visibility", "private": "no", "understood": "on"})

    assert "Tick the box when you have read it." in refused
    assert "everybody in the world can pull every tag of it" in refused
    assert (before[0], wishes(exam)[0]) == (None, False)
    assert "It becomes public." in reader.get(page(exam)).content.decode()


def test_a_wish_that_has_not_been_done_is_taken_back_with_one_press(
    reader: Client, ana: User, exam: Image
) -> None:
    reader.force_login(ana)
    reader.post(page(exam), {"question": "visibility", "private": "no", "understood": "on"})

    reader.post(page(exam), {"question": "visibility", "private": "yes"})

    assert wishes(exam)[0] is None


def test_a_teacher_describes_and_the_owners_decide_the_rest(
    reader: Client, school: School, exam: Image
) -> None:
    reader.force_login(make_teacher(school, "Tomás"))

    reader.post(page(exam), {"question": "description", "description": "Examen de la UT1"})
    refused = [
        reader.post(page(exam), {"question": "tags", "immutable": "yes"}).status_code,
        reader.post(page(exam), {"question": "visibility", "private": "no", "understood": "on"}).status_code,
    ]

    assert (wishes(exam), refused) == ((None, "Examen de la UT1", None), [404, 404])


def test_who_only_looks_on_and_images_of_others_have_no_such_page(
    reader: Client, school: School, ana: User, exam: Image
) -> None:
    reader.force_login(make_teacher(school, "Rita", role="read_only"))
    looked = reader.get(page(exam)).status_code
    reader.force_login(ana)

    assert (looked, reader.get(page(make_image(school, "nginx"))).status_code) == (404, 404)


def test_making_an_image_private_names_the_classes_that_could_no_longer_pull_it(
    reader: Client, ana: User, school: School, class_group: ClassGroup
) -> None:
    lamp = make_image(school, "iestriana/lamp")
    make_assigned_image(class_group, lamp)
    reader.force_login(ana)

    said = reader.get(page(lamp)).content.decode()

    assert "could no longer pull it: 1º SMR" in said


def test_an_answer_that_is_none_is_refused(reader: Client, ana: User, exam: Image) -> None:
    reader.force_login(ana)
    assert reader.post(page(exam), {"question": "delete"}).status_code == 400

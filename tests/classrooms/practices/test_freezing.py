"""All images of a practice at what their tags mean today, with one press; and back."""

import pytest
from django.test import Client

from classrooms.actions.practice_versions import give_practice_version
from classrooms.actions.practices import Needed
from classrooms.models import ClassGroup, User
from classrooms.pull_scripts.compose import with_digests
from tests.classrooms.practices.scene import DIGEST, lamp, make_practice

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY = "sha256:" + "11" * 32, "sha256:" + "22" * 32


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("image: nginx", "image: nginx:latest@D"),
        ("{image: 'nginx:latest', ports: []}", "{image: 'nginx:latest@D', ports: []}"),
        ('image: "docker.io/library/nginx"', 'image: "nginx:latest@D"'),
        (f"image: nginx:latest@{MONDAY}", "image: nginx:latest@D"),
        ("image: nginx:1.27", "image: nginx:1.27"),
        ("image: ${IMAGE}", "image: ${IMAGE}"),
        ("# image of the year: nginx", "# image of the year: nginx"),
    ],
)
def test_in_a_compose_file_only_that_image_is_frozen(line: str, expected: str) -> None:
    assert with_digests(line, {"nginx:latest": TUESDAY}) == expected.replace("@D", f"@{TUESDAY}")


def test_one_press_freezes_what_is_there_and_another_lets_the_tags_be_followed(
    reader: Client, class_group: ClassGroup, ana: User
) -> None:
    image = lamp(class_group)
    given = make_practice(class_group, "A", Needed(image, "1.0"), Needed(image, "2.0"))
    practice = given.practice
    reader.force_login(ana)

    answer = reader.post(f"/practice/{practice.pk}/freeze/", follow=True)
    assert "1 image is frozen." in answer.content.decode()
    assert [one.digest for one in practice.images.all()] == [DIGEST, ""]
    give_practice_version(
        class_practice=given, needed=practice.images.get(tag="1.0"), digest=TUESDAY, note="", by=None
    )

    reader.post(f"/practice/{practice.pk}/freeze/", {"follow": "yes"})

    assert [one.digest for one in practice.images.all()] == ["", ""]
    assert not given.versions.exists()


def test_where_nothing_is_known_nothing_is_frozen_and_it_says_why(
    reader: Client, class_group: ClassGroup, ana: User
) -> None:
    given = make_practice(class_group, "A", Needed(lamp(class_group), "2.0"))
    reader.force_login(ana)

    answer = reader.post(f"/practice/{given.practice_id}/freeze/", follow=True)

    assert "check the images first" in answer.content.decode()


def test_pressed_again_it_says_that_nothing_is_left_to_freeze(
    reader: Client, class_group: ClassGroup, ana: User
) -> None:
    given = make_practice(class_group, "A", Needed(lamp(class_group), "1.0"))
    reader.force_login(ana)
    reader.post(f"/practice/{given.practice_id}/freeze/")

    again = reader.post(f"/practice/{given.practice_id}/freeze/", follow=True).content.decode()

    assert "nothing left to freeze" in again and "check the images first" not in again


def test_the_practice_says_which_class_has_another_version_than_it_says_itself(
    reader: Client, class_group: ClassGroup, ana: User
) -> None:
    given = make_practice(class_group, "A", Needed(lamp(class_group), "1.0", DIGEST))
    address = f"/practice/{given.practice_id}/"
    reader.force_login(ana)
    before = reader.get(address).content.decode()

    give_practice_version(
        class_practice=given, needed=given.practice.images.get(), digest=TUESDAY, note="", by=None
    )

    assert "It has another version" not in before
    assert (
        "It has another version of iestriana/lamp:1.0: sha256:22222222…"
        in reader.get(address).content.decode()
    )

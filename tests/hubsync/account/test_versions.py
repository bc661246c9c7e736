"""A tag with memory: one class stays on Monday's version, the other gets Tuesday's and is told what is new."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from classrooms.actions.practices import (
    Dates,
    Needed,
    PracticeText,
    give_practice,
    publish_practice,
    write_practice,
)
from classrooms.models import AssignedImage, ClassGroup, Image, ImageVersion, User
from classrooms.queries.student import as_if_in
from classrooms.queries.student_practices import practices_as_if_in
from hubsync.account.catalogue import read_tags
from hubsync.account.pull_limits import read_limit
from hubsync.account.versions import NotComparable, compare_versions
from hubsync.models import HubAccount
from tests.factories import make_assigned_image, make_class_group
from tests.hubsync.stage import Stage


@pytest.fixture
def lamp(stage: Stage) -> Image:
    cache.clear()
    HubAccount.objects.update(uuid=stage.world.get_organization("iestriana").uuid)
    stage.smr.assigned_images.all().delete()
    return Image.objects.get(repository="iestriana/lamp")


def push(stage: Stage, lamp: Image, version: str) -> str:
    """The digest of a push of `t1`, as the catalogue then knows it."""
    config = {"Env": [f"PHP_VERSION={version}"]}
    stage.world.push_tag("iestriana", "lamp", "t1", platforms=("linux/amd64", "linux/arm64"), config=config)
    read_tags(lamp)
    return str(lamp.tags.get(name="t1").digest)


@pytest.fixture
def two_classes(stage: Stage, lamp: Image) -> tuple[AssignedImage, AssignedImage]:
    """Both have Monday's version frozen; then it is Tuesday."""
    ana = User.objects.get(first_name="Ana")
    other = make_class_group(stage.school, "2º SMR", teacher=ana)
    make_assigned_image(stage.smr, lamp, tag="t1")
    monday = push(stage, lamp, "8.2")
    first = make_assigned_image(stage.smr, lamp, tag="t1", digest=monday)
    second = make_assigned_image(other, lamp, tag="t1", digest=monday)
    push(stage, lamp, "8.3")
    return first, second


def signed_in(reader: Client) -> Client:
    reader.force_login(User.objects.get(first_name="Ana"))
    return reader


def only_image(class_group: ClassGroup) -> tuple[str, bool, str]:
    (image,) = as_if_in(class_group).images
    return image.reference.partition("@")[2], image.renewed_at is not None, image.assigned.note


def test_one_class_stays_and_the_other_gets_the_new_version_with_one_line(
    reader: Client, two_classes: tuple[AssignedImage, AssignedImage], lamp: Image
) -> None:
    stays, moves = two_classes
    page = f"/class/{moves.class_group_id}/images/{moves.pk}/changes/"
    client = signed_in(reader)

    shown = client.get(page).content.decode()
    client.post(page, {"classes": [moves.pk], "note": "PHP 8.3 en lugar de 8.2"})

    assert "PHP_VERSION" in shown and "8.2" in shown and "8.3" in shown
    tuesday = lamp.tags.get(name="t1").digest
    assert only_image(moves.class_group) == (tuesday, True, "PHP 8.3 en lugar de 8.2")
    assert only_image(stays.class_group) == (stays.digest, False, "")


def test_of_a_practice_the_teacher_decides_for_one_class_and_the_other_stays(
    reader: Client, stage: Stage, lamp: Image
) -> None:
    other = make_class_group(stage.school, "2º SMR", teacher=User.objects.get(first_name="Ana"))
    monday = push(stage, lamp, "8.2")
    written = PracticeText("Práctica 6", images=(Needed(lamp, "t1", monday),))
    practice = write_practice(school=stage.school, written=written, by=None)
    publish_practice(practice=practice, by=None)
    stays, moves = give_practice(practice=practice, class_groups=[stage.smr, other], dates=Dates(), by=None)
    tuesday = push(stage, lamp, "8.3")
    client = signed_in(reader)
    page = f"/class/{other.pk}/practices/{moves.pk}/images/{practice.images.get().pk}/changes/"
    assert page in client.get(f"/class/{other.pk}/").content.decode()
    assert page in client.get(f"/practice/{practice.pk}/").content.decode()

    shown = client.get(page).content.decode()
    client.post(page, {"classes": [moves.pk], "note": "PHP 8.3 en lugar de 8.2"})

    assert "PHP_VERSION" in shown and "8.2" in shown and "8.3" in shown and "2º SMR" in shown
    for given, digest in ((stays, monday), (moves, tuesday)):
        (todo,) = practices_as_if_in(given.class_group)
        assert [image.frozen for image in todo.images] == [digest]
    assert client.get(page).status_code == 404


def test_where_there_is_nothing_to_decide_there_is_no_page(
    reader: Client, stage: Stage, two_classes: tuple[AssignedImage, AssignedImage], lamp: Image
) -> None:
    frozen, _ = two_classes
    AssignedImage.objects.update(digest=lamp.tags.get(name="t1").digest)

    assert signed_in(reader).get(f"/class/{stage.smr.pk}/images/{frozen.pk}/changes/").status_code == 404


def test_a_version_is_read_once_and_never_again(
    stage: Stage, two_classes: tuple[AssignedImage, AssignedImage], lamp: Image
) -> None:
    old, new = two_classes[0].digest, lamp.tags.get(name="t1").digest
    compare_versions(lamp, old, new, platform="linux/amd64")
    left = _left()

    again = compare_versions(lamp, old, new, platform="linux/amd64")

    assert ImageVersion.objects.filter(image=lamp).count() == 2
    assert (_left(), again.changed_variables) == (left, (("PHP_VERSION", "8.2", "8.3"),))


def test_a_version_that_is_gone_is_told_apart_from_a_registry_that_is_silent(
    stage: Stage, lamp: Image
) -> None:
    new = push(stage, lamp, "8.3")
    with pytest.raises(NotComparable) as gone:
        compare_versions(lamp, "sha256:" + "0" * 64, new, platform="linux/amd64")
    stage.world.faults.add("firewall")
    with pytest.raises(NotComparable) as silent:
        compare_versions(lamp, "sha256:" + "1" * 64, "sha256:" + "2" * 64, platform="linux/amd64")

    assert (gone.value.which, gone.value.is_gone, silent.value.is_gone) == ("old", True, False)


def _left() -> int | None:

    limit = read_limit(timezone.now())
    return limit.left if limit else None

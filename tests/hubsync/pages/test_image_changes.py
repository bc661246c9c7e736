"""The page on what changed between two versions says how much larger the new one is, and what it now runs on."""

import pytest
from django.test import Client

from classrooms.models import ClassGroup, ImageTag, ImageVersion, User
from tests.factories import make_assigned_image, make_image

OLD, NEW = "sha256:" + "4f" * 32, "sha256:" + "5a" * 32


def shown(reader: Client, ana: User, class_group: ClassGroup, old_bytes: int, new_bytes: int) -> str:
    image = make_image(class_group.school, "ghcr.io/owner/web", is_private=None)
    ImageTag.objects.create(image=image, name="1", found=True, digest=NEW)
    assigned = make_assigned_image(class_group, image, tag="1", digest=OLD)
    for digest, size, platforms in (
        (OLD, old_bytes, ["linux/amd64"]),
        (NEW, new_bytes, ["linux/amd64", "linux/arm64"]),
    ):
        ImageVersion.objects.create(
            image=image, digest=digest, platform="linux/amd64", compressed_bytes=size, platforms=platforms
        )
    reader.force_login(ana)
    return reader.get(f"/class/{class_group.pk}/images/{assigned.pk}/changes/").content.decode()


@pytest.mark.parametrize(
    ("old_bytes", "new_bytes", "said"),
    [
        (60_000_000, 100_000_000, "It is 40 MB larger than the one that the class has."),
        (100_000_000, 58_000_000, "It is 42 MB smaller than the one that the class has."),
    ],
)
def test_it_says_by_how_much_the_new_version_is_larger_or_smaller(
    reader: Client, ana: User, class_group: ClassGroup, old_bytes: int, new_bytes: int, said: str
) -> None:
    assert said in shown(reader, ana, class_group, old_bytes, new_bytes)


def test_it_says_what_the_new_version_runs_on_besides(
    reader: Client, ana: User, class_group: ClassGroup
) -> None:
    page = shown(reader, ana, class_group, 60_000_000, 60_000_001)

    assert "The new version now runs on these too: Mac with Apple chip, Raspberry Pi." in page
    assert "than the one that the class has" not in page


def test_giving_the_newer_version_says_to_how_many(
    reader: Client, ana: User, class_group: ClassGroup
) -> None:
    shown(reader, ana, class_group, 60_000_000, 60_000_001)
    assigned = class_group.assigned_images.get()
    address = f"/class/{class_group.pk}/images/{assigned.pk}/changes/"

    page = reader.post(address, {"classes": [assigned.pk], "note": ""}, follow=True).content.decode()

    assert "1 class has the newer version now." in page

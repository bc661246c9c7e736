"""A practice of a class, as the tests of what students see begin with."""

from typing import Any

from django.test import Client

from classrooms.actions.practices import (
    Dates,
    Needed,
    PracticeText,
    give_practice,
    publish_practice,
    write_practice,
)
from classrooms.models import ClassGroup, ClassPractice, Image, ImageTag, SubGroup
from tests.factories import make_image

DIGEST = "sha256:" + "ab" * 32
HOSTILE = (
    "$(touch /tmp/caught)", "`touch /tmp/caught`", "'; touch /tmp/caught; '", '"; touch /tmp/caught; "',
    "a & calc.exe", "x\\' | iex", "’; iex ’", "%PATH%", "${HOME}", "A=1\\nB=2", "-v /:/host", "!!", "#", "ñandú",
)  # fmt: skip


def make_practice(
    class_group: ClassGroup,
    title: str = "Práctica 6",
    *needed: Needed,
    sub_group: SubGroup | None = None,
    **facts: Any,
) -> ClassPractice:
    """Published and given; `facts` are dates, or of the text."""
    dates = {name: facts.pop(name) for name in ("visible_from", "due_at", "locked_at") if name in facts}
    written = PracticeText(title, images=needed, **facts)
    practice = write_practice(school=class_group.school, written=written, by=None)
    publish_practice(practice=practice, by=None)
    (given,) = give_practice(
        practice=practice, class_groups=[class_group], dates=Dates(**dates), by=None, sub_group=sub_group
    )
    return given


def lamp(class_group: ClassGroup, **facts: Any) -> Image:
    """iestriana/lamp, of whose tag 1.0 the registry was asked."""
    image = make_image(class_group.school, "iestriana/lamp", **facts)
    ImageTag.objects.create(
        image=image,
        name="1.0",
        found=True,
        digest=DIGEST,
        compressed_bytes=184_300_000,
        platforms=["linux/amd64"],
    )
    return image


def read(client: Client, address: str, **headers: str) -> str:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode().replace("<span>", "").replace("</span>", "")

"""A finished check of a class for the pages to look at: images of Docker Hub and of other registries, in every verdict."""

from datetime import timedelta

from django.utils import timezone

from classrooms.actions.image_checks import ask_check, finish_check
from classrooms.image_checks.budget import Limit, PullBudget
from classrooms.image_checks.rows import Row, as_row
from classrooms.image_checks.verdicts import Room, SeenImage, check_image
from classrooms.image_references.reading import read_reference
from classrooms.models import ClassGroup, Image, ImageTag
from tests.factories import make_assigned_image, make_image

DIGEST = "sha256:" + "6b" * 32
BOTH = ("linux/amd64", "linux/arm64")


def image_elsewhere(class_group: ClassGroup) -> Image:
    """One of ghcr.io that the class has frozen, with what the registry told of its tag, and of one that it hides."""
    web = make_image(class_group.school, "ghcr.io/iestriana-profes/web")
    now = timezone.now()
    ImageTag.objects.create(
        image=web, name="t2", found=True, digest=DIGEST, compressed_bytes=61_000_000, platforms=list(BOTH),
        pushed_at=now - timedelta(days=40), checked_at=now,
    )  # fmt: skip
    ImageTag.objects.create(image=web, name="t3", found=False, checked_at=now)
    make_assigned_image(class_group, web, tag="t2", digest=DIGEST)
    return web


def checked_class(class_group: ClassGroup) -> None:
    """The class's images as a check finds them, with pulls that do not suffice."""
    now = timezone.now()
    good = SeenImage(True, DIGEST, BOTH, 61_000_000, now - timedelta(days=40))
    rows = [
        _row("iestriana/lamp:1.2", SeenImage(True, DIGEST, BOTH[1:], 184_300_000, now)),
        _row("nginx:1.27", good),
        _row("ghcr.io/iestriana-profes/web:t2", good, frozen=DIGEST),
        _row("ghcr.io/iestriana-profes/web:t3", SeenImage(False)),
        _row("quay.io/prometheus/prometheus:v3", SeenImage(None, trouble="unreachable")),
        _row("registry.example.org/aula/web:1", SeenImage(None, trouble="elsewhere")),
    ]
    limit = Limit(100, 20, 3600, "203.0.113.7", now)
    check = ask_check(class_group=class_group, by=None)
    finish_check(check=check, rows=rows, budget=PullBudget(2, 30, 1, limit), at=now)


def _row(name: str, seen: SeenImage, frozen: str = "") -> Row:
    checked = check_image(read_reference(name), seen, Room(), frozen=frozen, on=timezone.localdate())
    return as_row(checked, seen, frozen) | {"image": None}

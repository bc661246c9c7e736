"""Repositories and tags, read from Docker Hub into the school's images."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from classrooms.models import Image, ImageTag
from hubsync.account import catalogue
from hubsync.hub.errors import HubUnavailable
from hubsync.models import HubAccount, SealedCredential
from hubsync.sandbox.world import World
from tests.factories import make_assigned_image, make_image
from tests.hubsync.stage import Stage


@pytest.fixture
def connected(stage: Stage) -> Stage:
    cache.clear()
    HubAccount.objects.update(uuid=stage.world.get_organization("iestriana").uuid)
    stage.account.refresh_from_db()
    return stage


def test_the_repositories_become_the_schools_images(connected: Stage) -> None:
    connected.world.add_repository("iestriana", "nuevo", is_private=True)

    assert catalogue.read_catalogue(connected.account) == 3

    image = Image.objects.get(repository="iestriana/nuevo")
    assert (image.is_own, image.is_private, image.listed_at is not None) == (True, True, True)
    connected.account.refresh_from_db()
    assert connected.account.catalogue_read_at is not None


def test_a_catalogue_that_could_not_be_read_changes_nothing(connected: Stage) -> None:
    connected.world.faults.add("firewall")

    with pytest.raises(HubUnavailable):
        catalogue.read_catalogue(connected.account)

    connected.account.refresh_from_db()
    assert connected.account.catalogue_read_at is None


def test_the_tags_of_a_private_image_are_read_with_the_schools_token(connected: Stage) -> None:
    connected.world.push_tag("iestriana", "examen", "latest", platforms=("linux/amd64", "linux/arm64"))
    image = Image.objects.get(repository="iestriana/examen")

    catalogue.read_tags(image)

    tag = image.tags.get(name="latest")
    assert (tag.found, tag.platforms) == (True, ["linux/amd64", "linux/arm64"])
    assert tag.digest.startswith("sha256:") and tag.compressed_bytes


def test_a_tag_that_a_class_uses_and_that_is_not_there_is_said_to_be_missing(connected: Stage) -> None:
    image = Image.objects.get(repository="iestriana/lamp")

    catalogue.read_tags(image)

    assert image.tags.get(name="latest").found is False


def test_somebody_elses_public_image_is_looked_up_without_the_schools_token(connected: Stage) -> None:
    connected.world.add_user("library", email="library@example.org")
    connected.world.add_repository("library", "nginx")
    connected.world.push_tag("library", "nginx", "alpine")
    image = make_image(connected.school, "nginx", is_private=None)
    make_assigned_image(connected.smr, image, tag="alpine")
    SealedCredential.objects.all().delete()

    catalogue.read_tags(image)

    assert image.tags.get(name="alpine").found is True


def test_an_image_of_another_registry_is_not_asked_for(connected: Stage) -> None:
    image = make_image(connected.school, "ghcr.io/iestriana/web", is_private=None)
    make_assigned_image(connected.smr, image)
    connected.forget_requests()

    catalogue.read_tags(image)

    assert image.tags.get(name="latest").trouble == "other_registry"
    assert list(connected.world.journal.requests) == []


def test_a_docker_hub_that_is_down_is_recorded_as_such(connected: Stage) -> None:
    connected.world.faults.add("error", status=503)
    image = Image.objects.get(repository="iestriana/examen")

    catalogue.read_tags(image)

    assert image.tags.get(name="latest").trouble == "unreachable"


def test_what_was_never_read_is_due_and_then_fresh(connected: Stage) -> None:
    first, second = catalogue.refresh_due(), catalogue.refresh_due()

    assert (first, second) == (3, 0)
    assert ImageTag.objects.filter(checked_at__isnull=False).count() == 2


def test_what_is_old_is_due_again(connected: Stage) -> None:
    catalogue.refresh_due()
    old = timezone.now() - catalogue.FRESH_FOR - timedelta(minutes=1)
    ImageTag.objects.update(checked_at=old)
    HubAccount.objects.update(catalogue_read_at=old)

    assert catalogue.refresh_due() == 3


def test_after_a_trouble_docker_hub_is_left_in_peace_for_a_while(connected: Stage, world: World) -> None:
    world.faults.add("error", status=503)
    catalogue.refresh_due()
    connected.forget_requests()

    assert catalogue.refresh_due() == 0
    assert list(world.journal.requests) == []


def test_a_refused_token_is_not_tried_again(connected: Stage, world: World) -> None:
    for token in list(world.access_tokens["iestriana"].values()):
        world.delete_token(token)

    catalogue.refresh_due()

    assert SealedCredential.objects.get().refused_at is not None


@pytest.mark.parametrize(
    ("repository", "parts"),
    [
        ("nginx", ("library", "nginx")),
        ("iestriana/lamp", ("iestriana", "lamp")),
        ("docker.io/iestriana/lamp", ("iestriana", "lamp")),
        ("ghcr.io/iestriana/lamp", ("", "")),
        ("localhost:5000/lamp", ("", "")),
    ],
)
def test_a_repository_is_split_as_docker_does(repository: str, parts: Any) -> None:
    assert catalogue.split_repository(repository) == parts

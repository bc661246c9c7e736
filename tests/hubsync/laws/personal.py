"""A school with a free personal account, as a ground of its own, and the scenes that it can have."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.test import override_settings

from classrooms.actions.images import assign_image, want_repository, withdraw_image
from classrooms.models import AssignedImage, Image, TeacherRole
from hubsync.credentials import keep_credential
from hubsync.models import HubAccount
from hubsync.sandbox.world import World
from hubsync.sync.schedule import sync_of
from tests.factories import make_assigned_image, make_class_group, make_image, make_school, make_teacher
from tests.hubsync.laws.clock import one_clock
from tests.hubsync.laws.ground import Ground
from tests.hubsync.laws.scenarios import Scenario
from tests.hubsync.laws.wire import URL, wired

ANA = "anaruiz"


@contextmanager
def personal_ground(patch: Any) -> Iterator[Ground]:
    """Ana owns the account, Carla teaches too; the class uses "web", where somebody else was let in by hand."""
    with one_clock(patch) as clock:
        world = World()
        for name in (ANA, "carla", "dario", "pablo"):
            world.add_user(name, email=f"{name}@example.org")
        for name in ("web", "redes"):
            world.add_repository(ANA, name)
        world.collaborators[world.get_repository(ANA, "web").id]["dario"] = None
        world.limits.signed_in_per_minute = world.limits.anonymous_per_minute = 1_000_000
        with (
            wired(world, patch) as wire,
            override_settings(HUB_URL=URL, REGISTRY_URL=URL, HUB_CALLS_PER_MINUTE=1_000_000),
        ):
            school = make_school(namespace=ANA, namespace_is_personal=True)
            ana = make_teacher(school, "Ana", role="owner", docker_id=ANA)
            make_teacher(school, "Carla", docker_id="carla")
            smr = make_class_group(school, teacher=ana)
            make_assigned_image(smr, make_image(school, f"{ANA}/web", is_private=False))
            make_image(school, f"{ANA}/redes", is_private=False)
            account = HubAccount.objects.create(
                school=school, name=ANA, kind="personal", is_active=True, teachers_push=True
            )
            _, secret = world.add_personal_token(ANA, label="aulahub", scopes=["repo:admin"])
            keep_credential(account, secret)
            sync_of(account)
            ground = Ground(world, account, school, smr, clock, wire, ana, secret=secret)
            ground.wish()
            yield ground


def first_sync(ground: Ground) -> None:
    want_repository(school=ground.school, name="nginx", is_private=False, by=ground.ana)


def teachers_change(ground: Ground) -> None:
    TeacherRole.objects.filter(docker_id="carla").update(docker_id="")
    make_teacher(ground.school, "Pablo", docker_id="pablo")
    ground.wish()


def image_changes(ground: Ground) -> None:
    (used,) = AssignedImage.objects.current().filter(class_group=ground.smr)
    withdraw_image(assigned=used, by=ground.ana)
    image = Image.objects.get(repository=f"{ANA}/redes")
    assign_image(class_group=ground.smr, image=image, by=ground.ana)


PERSONAL = (
    Scenario("first sync", first_sync, is_first=True),
    Scenario("another teacher", teachers_change),
    Scenario("another image", image_changes),
)

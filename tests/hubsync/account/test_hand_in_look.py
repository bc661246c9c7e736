"""What Docker Hub says of an image that a student hands in, and what is said where it does not answer."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from classrooms.image_references.reading import read_reference
from classrooms.models import School
from hubsync.account import connections
from hubsync.account.hand_in_look import digests_of, look_at_hand_in
from hubsync.models import HubBudget
from hubsync.sandbox.world import World
from hubsync.sync.blocks import egress
from hubsync.sync.budget import Budget
from tests.hubsync.stage import Stage

AMD64 = "linux/amd64"


@pytest.fixture
def nerea(world: World) -> World:
    """Nerea pushed an image for both kinds of computers, with a port and a variable."""
    world.add_user("nerea1")
    world.add_repository("nerea1", "web", is_private=False, actor="nerea1")
    config = {"Env": ["MODE=class"], "ExposedPorts": {"80/tcp": {}}}
    world.push_tag("nerea1", "web", "v1", platforms=(AMD64, "linux/arm64"), pushed_by="nerea1", config=config)
    return world


def test_all_that_a_teacher_needs_is_learnt_of_a_public_image(stage: Stage, nerea: World) -> None:
    seen = look_at_hand_in(stage.school, read_reference("nerea1/web:v1"), platform=AMD64)

    assert seen.found
    assert seen.digest.startswith("sha256:")
    assert seen.platforms == (AMD64, "linux/arm64")
    assert (seen.pushed_by, seen.pushed_at is not None) == ("nerea1", True)
    assert seen.config is not None
    assert seen.config["config"]["ExposedPorts"] == {"80/tcp": {}}
    assert seen.compressed_bytes


def test_what_was_never_pushed_or_is_private_is_missing(stage: Stage, nerea: World) -> None:
    nerea.add_repository("nerea1", "secret", is_private=True, actor="nerea1")
    nerea.push_tag("nerea1", "secret", "v1")

    found = [
        look_at_hand_in(stage.school, read_reference(name), platform=AMD64).found
        for name in ("nerea1/web:v9", "nerea1/nothing:v1", "nerea1/secret:v1")
    ]

    assert found == [False, False, False]


def test_a_private_image_of_the_schools_own_account_is_seen(stage: Stage, world: World) -> None:
    stage.account.uuid = "0" * 32
    stage.account.save()
    world.push_tag("iestriana", "examen", "bruno-1")

    assert look_at_hand_in(stage.school, read_reference("iestriana/examen:bruno-1"), platform=AMD64).found


def test_where_nothing_answers_nothing_is_known(stage: Stage, nerea: World) -> None:
    nerea.faults.add("error", status=503)

    seen = look_at_hand_in(stage.school, read_reference("nerea1/web:v1"), platform=AMD64)

    assert seen.found is None


def test_with_no_pulls_left_the_api_still_tells_the_version(stage: Stage, nerea: World) -> None:
    nerea.limits.set("anonymous_pulls", 0)

    seen = look_at_hand_in(stage.school, read_reference("nerea1/web:v1"), platform=AMD64)

    assert (seen.found, bool(seen.digest), seen.config) == (True, True, None)
    assert seen.platforms == (AMD64, "linux/arm64")


def test_the_images_of_a_compose_file_are_fixed_without_a_pull(
    stage: Stage, school: School, nerea: World
) -> None:
    before = nerea.get_repository("nerea1", "web").pull_count

    found = digests_of(stage.school, [read_reference("nerea1/web:v1"), read_reference("nerea1/web:v9")])

    assert (found["nerea1/web:v1"] or "").startswith("sha256:")
    assert found["nerea1/web:v9"] == ""
    assert nerea.get_repository("nerea1", "web").pull_count == before


def test_the_last_pulls_are_left_so_that_versions_can_still_be_fixed(stage: Stage, nerea: World) -> None:
    nerea.limits.set("anonymous_pulls", 22)
    for _ in range(30):
        seen = look_at_hand_in(stage.school, read_reference("nerea1/web:v1"), platform=AMD64)

    assert seen.digest
    assert seen.config is None
    assert nerea.get_repository("nerea1", "web").pull_count == 2


def test_a_dozen_images_of_a_compose_file_are_asked_for_by_head_alone(stage: Stage, world: World) -> None:
    references = []
    for number in range(12):
        name = f"base{number}"
        world.add_repository("library", name)
        world.push_tag("library", name, "1")
        references.append(read_reference(f"{name}:1"))
    before = len(world.journal.requests)

    found = digests_of(stage.school, references)

    asked = [one for one in list(world.journal.requests)[before:] if "/manifests/" in one.path]
    assert all((digest or "").startswith("sha256:") for digest in found.values())
    assert {one.method for one in asked if one.status == 200} == {"HEAD"}
    assert sum(world.get_repository("library", f"base{number}").pull_count for number in range(12)) == 0


def test_where_nothing_answers_one_call_is_enough(stage: Stage, nerea: World) -> None:
    nerea.faults.add("error", status=503)
    before = len(nerea.journal.requests)

    names = ["nerea1/web:v1", "nerea1/api:v1", "mariadb:11", "redis:8"]
    found = digests_of(stage.school, [read_reference(name) for name in names])

    assert set(found.values()) == {None}
    assert len({one.path for one in list(nerea.journal.requests)[before:]}) <= 2


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long each connection would wait for a call of the API, in seconds."""
    told: list[float] = []

    class Listening(Budget):
        def __init__(self, *, longest_wait: float, **options: Any) -> None:
            told.append(longest_wait)
            super().__init__(longest_wait=longest_wait, **options)

    monkeypatch.setattr(connections, "Budget", Listening)
    return told


def test_with_no_calls_of_the_api_left_the_version_is_fixed_without_a_wait(
    stage: Stage, nerea: World, waits: list[float]
) -> None:
    HubBudget.objects.create(egress=egress(), blocked_until=timezone.now() + timedelta(minutes=1))

    seen = look_at_hand_in(stage.school, read_reference("nerea1/web:v1"), platform=AMD64)

    assert waits == [0.0]
    assert seen.digest.startswith("sha256:")
    assert (seen.found, seen.pushed_by, seen.config is not None) == (True, "", True)


def test_where_the_registry_says_nothing_a_call_of_the_api_is_waited_for(
    stage: Stage, nerea: World, waits: list[float]
) -> None:
    nerea.limits.set("anonymous_pulls", 0)
    HubBudget.objects.create(egress=egress(), blocked_until=timezone.now() + timedelta(seconds=0.3))

    seen = look_at_hand_in(stage.school, read_reference("nerea1/web:v1"), platform=AMD64)

    assert waits == [0.0, connections.BUDGET_SECONDS]
    assert (seen.found, seen.pushed_by) == (True, "nerea1")


def test_a_docker_hub_that_hangs_holds_nobody_longer_than_a_page_is_patient(
    stage: Stage, nerea: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The registry as little as the API, and neither a second time: thirty students look in the same minute."""
    monkeypatch.setattr(connections, "PATIENCE_SECONDS", 0.3)
    nerea.faults.add("latency", path="/v2/*", seconds=3.0)
    stage.forget_requests()

    seen = look_at_hand_in(stage.school, read_reference("nerea1/web:v1"), platform=AMD64)

    assert seen.found is None
    assert len(nerea.requests) <= 2

"""Images of other registries in the check, the catalogue and beside a frozen version: a real registry stands for ghcr.io."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from classrooms.actions.image_checks import ask_check
from classrooms.models import AssignedImage, ImageTag, User
from classrooms.queries.check_results import CheckedRow, CheckPage
from classrooms.queries.room import room_of_class
from hubsync.account.catalogue import read_tags
from hubsync.account.image_checking import check_waiting
from hubsync.hub.other_registries import OtherRegistry, read_registries
from hubsync.models import HubAccount
from tests.factories import make_assigned_image, make_image
from tests.hubsync.real_registry import Layout, Registry, missing_programs
from tests.hubsync.stage import Stage
from tests.hubsync.strange_registry import Strange, strange_registry

BOTH = ("linux/amd64", "linux/arm64")


@pytest.fixture(scope="module")
def real() -> Iterator[Registry]:
    if missing := missing_programs():
        pytest.skip(f"{' and '.join(missing)} not installed (apt install docker-registry skopeo)")
    registry = Registry()
    registry.start()
    yield registry
    registry.stop()


@pytest.fixture
def strange(room: Stage, settings: Any) -> Iterator[Strange]:
    with strange_registry() as found:
        settings.OTHER_REGISTRIES = (*settings.OTHER_REGISTRIES, found.registry)
        yield found


@pytest.fixture
def room(stage: Stage) -> Stage:
    """1º SMR with one image on Docker Hub."""
    cache.clear()
    cache.set("hubsync.account.image_checking.evening", 1)
    HubAccount.objects.update(uuid=stage.world.get_organization("iestriana").uuid)
    stage.smr.assigned_images.all().delete()
    stage.world.push_tag("iestriana", "lamp", "1", platforms=BOTH)
    make_assigned_image(stage.smr, stage.school.images.get(repository="iestriana/lamp"), tag="1")
    return stage


@pytest.fixture
def listed(room: Stage, real: Registry, settings: Any) -> OtherRegistry:
    settings.OTHER_REGISTRIES = read_registries([real.url])
    (registry,) = settings.OTHER_REGISTRIES
    return registry


def push(real: Registry, folder: Path, name: str, *platforms: str) -> Layout:
    layout = Layout(folder)
    layout.index(*platforms)
    real.push(layout, name)
    return layout


def give(
    room: Stage, registry: OtherRegistry, name: str, tag: str = "1.0", digest: str = ""
) -> AssignedImage:
    image = make_image(room.school, f"{registry.host}/{name}", is_private=None)
    return make_assigned_image(room.smr, image, tag=tag, digest=digest)


def checked(room: Stage) -> CheckPage:
    check = ask_check(class_group=room.smr, by=None)
    assert check_waiting() == 1
    check.refresh_from_db()
    return CheckPage(check)


def row_of(page: CheckPage, name: str) -> CheckedRow:
    (row,) = [row for row in page.rows if row.reference.endswith(name)]
    return row


def codes(row: CheckedRow) -> list[str]:
    return [finding["code"] for finding in row.row["findings"]]


def test_an_image_of_another_registry_gets_the_same_verdict_from_the_same_rows(
    room: Stage, real: Registry, listed: OtherRegistry, tmp_path: Path
) -> None:
    layout = push(real, tmp_path / "web", "owner/web:1.0", *BOTH)
    give(room, listed, "owner/web")

    row = row_of(checked(room), "owner/web:1.0")

    assert (row.verdict.value, codes(row), row.registry) == ("ready", [], listed.host)
    assert (row.row["platforms"], row.row["bytes"]) == (list(BOTH), layout.bytes_of["linux/amd64"])
    tag = ImageTag.objects.get(image__repository=f"{listed.host}/owner/web")
    assert (tag.found, tag.digest, tag.trouble) == (True, row.row["digest"], "")


def test_a_platform_that_is_wanting_is_found_there_too(
    room: Stage, real: Registry, listed: OtherRegistry, tmp_path: Path
) -> None:
    push(real, tmp_path / "arm", "owner/arm:1.0", "linux/arm64")
    give(room, listed, "owner/arm")

    row = row_of(checked(room), "owner/arm:1.0")

    assert (row.verdict.value, codes(row)) == ("will_not_work", ["no_platform"])


def test_what_is_missing_or_private_is_said_with_the_registrys_name(
    room: Stage, listed: OtherRegistry
) -> None:
    give(room, listed, "owner/nothing")

    row = row_of(checked(room), "owner/nothing:1.0")

    assert (row.verdict.value, codes(row)) == ("will_not_work", ["hidden"])
    assert row.sentences[0].text.startswith(listed.host)
    assert ImageTag.objects.get(image__repository__endswith="nothing").found is False


def test_its_pulls_are_left_out_of_the_limit_of_docker_hub_and_that_is_said(
    reader: Client, room: Stage, real: Registry, listed: OtherRegistry, tmp_path: Path
) -> None:
    push(real, tmp_path / "web", "owner/web:1.0", *BOTH)
    give(room, listed, "owner/web")

    page = checked(room)
    reader.force_login(User.objects.get(first_name="Ana"))
    shown = reader.get(f"/class/{room.smr.pk}/check/").content.decode()
    mirror = reader.get(f"/class/{room.smr.pk}/room/").content.decode()

    assert page.budget is not None and page.budget.images == 1
    assert room_of_class(room.smr).registries == (listed.host,)
    assert f"Images of other registries are not among them: {listed.host}." in shown
    assert f"Those of {listed.host} each computer pulls from there" in mirror


def test_a_registry_that_is_silent_says_nothing_of_the_others(
    room: Stage, real: Registry, listed: OtherRegistry, strange: Strange, settings: Any, tmp_path: Path
) -> None:
    push(real, tmp_path / "web", "owner/web:1.0", *BOTH)
    give(room, listed, "owner/web")
    dead = OtherRegistry("127.0.0.1:9", ("127.0.0.1:9",), scheme="http")
    strange.answers = lambda *_: (429, {"Content-Type": "application/json"}, b"{}")
    for name in ("one", "two", "three", "four", "five"):
        give(room, dead, f"owner/{name}")
        give(room, strange.registry, f"owner/{name}")

    settings.OTHER_REGISTRIES = (*settings.OTHER_REGISTRIES, dead)
    page = checked(room)

    assert row_of(page, "owner/web:1.0").verdict.value == "ready"
    assert row_of(page, "iestriana/lamp:1").verdict.value == "ready"
    silent = [row for row in page.rows if row.registry in (dead.host, strange.host)]
    assert {(row.verdict.value, *codes(row)) for row in silent} == {("at_risk", "silent")}
    assert {row.sentences[0].text.partition(" ")[0] for row in silent} == {dead.host, strange.host}
    assert len(strange.asked) <= 4, "once it has said that it is too much, it is left alone"
    troubles = ImageTag.objects.filter(image__repository__startswith=strange.host)
    assert set(troubles.values_list("trouble", flat=True)) == {"throttled"}


def test_a_registry_that_is_not_listed_is_named_and_not_asked(
    room: Stage, strange: Strange, settings: Any
) -> None:
    settings.OTHER_REGISTRIES = ()
    assigned = give(room, strange.registry, "owner/web", "1")

    row = row_of(checked(room), "owner/web:1")
    read_tags(assigned.image)

    assert (row.verdict.value, codes(row), strange.asked) == ("at_risk", ["elsewhere"], [])
    assert ImageTag.objects.get(image=assigned.image).trouble == "other_registry"


def test_the_catalogue_has_it_and_asks_again_by_head_alone(room: Stage, strange: Strange) -> None:
    assigned = give(room, strange.registry, "owner/web", "1")

    read_tags(assigned.image)
    first, strange.asked = strange.asked, []
    read_tags(assigned.image)

    tag = ImageTag.objects.get(image=assigned.image)
    assert (tag.platforms, tag.pushed_at and tag.pushed_at.year, tag.pushed_by) == (
        ["linux/arm64/v8"],
        2026,
        "",
    )
    assert tag.compressed_bytes and len(first) == 4
    assert strange.asked == ["HEAD /v2/owner/web/manifests/1"]


def test_what_is_shown_to_nobody_in_particular_is_public_and_what_is_hidden_is_not_known(
    room: Stage, strange: Strange
) -> None:
    image = give(room, strange.registry, "owner/web", "1").image
    make_assigned_image(room.smr, image, tag="9")

    read_tags(image)
    image.refresh_from_db()
    assert image.is_private is False

    room.smr.assigned_images.filter(tag="1").delete()
    read_tags(image)
    image.refresh_from_db()
    assert image.is_private is None

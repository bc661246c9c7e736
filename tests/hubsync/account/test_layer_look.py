"""Handed-in images are looked into where the school wants it, and where it does not no layer is asked for."""

from __future__ import annotations

import gzip
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from classrooms import archive_store
from classrooms.actions.handing_in import HandedIn, note_later_version
from classrooms.actions.layer_looks import GIVEN_UP_AFTER, set_looks_in_layers
from classrooms.image_layers.bounds import Bounds, Meter
from classrooms.models import ClassPractice, HandIn, LayerLook, Practice, Student
from hubsync.account import layer_look
from hubsync.account.layer_look import look_into_hand_in, look_waiting
from hubsync.sandbox.world import World
from tests.classrooms.archives.making import config, sha256
from tests.classrooms.hand_ins.given import give, hand
from tests.classrooms.image_layers.making import ENV, TOKEN, tar
from tests.hubsync.stage import Stage

LAYERS = ({"app/.env": ENV.decode(), "app/index.php": "<?php"}, {"app/.wh..env": "", "app/.npmrc": "x=1"})


@pytest.fixture(autouse=True)
def nothing_is_known() -> None:
    cache.clear()


@pytest.fixture
def given(stage: Stage) -> ClassPractice:
    set_looks_in_layers(school=stage.school, looks_in_layers=True, by=None)
    return give(stage.smr)


@pytest.fixture
def bruno(stage: Stage) -> Student:
    return Student.objects.get(given_name="Bruno")


def push(world: World, name: str = "web", **facts: Any) -> str:
    """Bruno pushes an image; its digest."""
    if "bruno" not in world.repositories or name not in world.repositories["bruno"]:
        world.add_repository("bruno", name, is_private=False, actor="bruno")
    tag = world.push_tag("bruno", name, "v1", pushed_by="bruno", **{"layers": LAYERS} | facts)
    return next(iter(reversed(world.manifests[tag.repository_id])))


def handed(given: ClassPractice, student: Student, digest: str, name: str = "web") -> HandIn:
    return hand(given, student, HandedIn(reference=f"bruno/{name}:v1", digest=digest))


def blobs_asked(world: World) -> list[str]:
    return [one.path for one in world.journal.requests if "/blobs/" in one.path]


def test_a_key_in_a_file_is_found_and_that_a_later_layer_deletes_it_is_said(
    world: World, given: ClassPractice, bruno: Student
) -> None:
    handed(given, bruno, push(world))

    assert look_waiting() == 1

    look = LayerLook.objects.get()
    assert (look.reasons, look.done_at is not None, look.student) == ([], True, bruno)
    assert look.signs == [{"kind": "docker_token", "path": "app/.env", "layer": 1, "is_deleted": True}]
    assert TOKEN not in json.dumps(look.signs)


def test_of_an_image_for_several_platforms_the_one_for_the_teachers_computer_is_looked_into(
    world: World, given: ClassPractice, bruno: Student
) -> None:
    world.add_repository("bruno", "many", is_private=False, actor="bruno")
    tag = world.push_tag(
        "bruno", "many", "v1", platforms=("linux/arm64", "linux/amd64"), attestations=True, layers=LAYERS
    )
    index, arm64, _amd64, *_ = world.manifests[tag.repository_id]
    given.class_group.run_machine = "mac"
    given.class_group.save()
    handed(given, bruno, index, "many")

    look_waiting()

    assert [sign["kind"] for sign in LayerLook.objects.get().signs] == ["docker_token"]
    asked = [one.path for one in world.journal.requests if "/manifests/" in one.path]
    assert asked[-1].endswith(arm64)


def test_while_it_is_switched_off_no_layer_is_asked_for(stage: Stage, world: World, bruno: Student) -> None:
    handed(give(stage.smr), bruno, push(world))

    assert look_waiting() == 0
    assert blobs_asked(world) == []
    assert not LayerLook.objects.exists()


def test_switched_off_before_its_turn_it_is_dropped(
    stage: Stage, world: World, given: ClassPractice, bruno: Student
) -> None:
    handed(given, bruno, push(world))
    set_looks_in_layers(school=stage.school, looks_in_layers=False, by=None)

    assert look_waiting() == 0
    assert blobs_asked(world) == []
    assert not LayerLook.objects.exists()


def test_handing_in_itself_asks_for_no_layer(world: World, given: ClassPractice, bruno: Student) -> None:
    handed(given, bruno, push(world))

    assert blobs_asked(world) == []
    assert LayerLook.objects.get().done_at is None


def test_layers_that_were_read_for_one_are_not_read_again_for_the_next(
    world: World, given: ClassPractice, bruno: Student
) -> None:
    digest = push(world)
    handed(given, bruno, digest)
    handed(given, bruno, digest)

    assert look_waiting() == 2

    assert len(blobs_asked(world)) == 2
    assert [len(look.signs) for look in LayerLook.objects.all()] == [1, 1]


def test_the_layers_are_read_the_students_own_first(
    world: World, given: ClassPractice, bruno: Student, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that a bound leaves the base out, not what the student put in."""
    base = {f"base/{number}": "x" * 20 for number in range(300)}
    handed(given, bruno, push(world, layers=(base, {"app/.env": ENV.decode()})))
    monkeypatch.setattr(layer_look, "Bounds", lambda: Bounds(entries=200))

    look_waiting()

    look = LayerLook.objects.get()
    assert ([sign["path"] for sign in look.signs], look.reasons) == (["app/.env"], ["entries"])


def test_beyond_the_bound_of_an_image_no_further_layer_is_asked_for(
    world: World, given: ClassPractice, bruno: Student, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed(given, bruno, push(world))
    monkeypatch.setattr(layer_look, "Bounds", lambda: Bounds(image_bytes=10))

    look_waiting()

    assert LayerLook.objects.get().reasons == ["image_size"]
    assert len(blobs_asked(world)) == 1


def test_what_is_not_what_its_digest_says_is_not_believed_nor_remembered(
    world: World, given: ClassPractice, bruno: Student
) -> None:
    handed(given, bruno, push(world, layers=LAYERS[:1]))
    for blobs in world.blobs.values():
        for digest in blobs:
            blobs[digest] = gzip.compress(tar({"app/id.p12": b"x"}))

    look_waiting()

    look = LayerLook.objects.get()
    assert (look.signs, look.reasons) == ([], ["changed"])
    assert blobs_asked(world)
    handed(given, bruno, look.hand_in.digest)
    look_waiting()
    assert len(blobs_asked(world)) == 2


def test_layers_or_an_image_that_are_gone_are_said_to_be_gone(
    world: World, given: ClassPractice, bruno: Student
) -> None:
    handed(given, bruno, push(world, layers=()))
    handed(given, bruno, "sha256:" + "0" * 64)

    look_waiting()

    assert [look.reasons for look in LayerLook.objects.all()] == [["gone"], ["gone"]]


def test_where_docker_hub_does_not_answer_it_is_tried_again_and_given_up_after_two_days(
    world: World, given: ClassPractice, bruno: Student
) -> None:
    handed(given, bruno, push(world))
    world.faults.add("error", status=503)

    assert look_waiting() == 0

    look = LayerLook.objects.get()
    assert (look.done_at, look.attempts) == (None, 0)
    assert look.claimed_until and look.claimed_until > timezone.now()
    long_ago = timezone.now() - GIVEN_UP_AFTER - timedelta(minutes=1)
    LayerLook.objects.update(claimed_until=None, asked_at=long_ago)
    look_waiting()
    assert LayerLook.objects.get().reasons == ["unreachable"]


def test_the_last_pulls_are_left_for_those_who_hand_in(
    world: World, given: ClassPractice, bruno: Student
) -> None:
    handed(given, bruno, push(world))
    world.limits.set("anonymous_pulls", 20)

    assert look_waiting() == 0

    assert blobs_asked(world) == []
    assert LayerLook.objects.get().done_at is None


def test_a_worker_that_has_to_stop_leaves_the_look_to_the_next(
    world: World, given: ClassPractice, bruno: Student, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed(given, bruno, push(world))
    asked = iter([False] * 4)

    look_waiting(lambda: next(asked, True))

    assert LayerLook.objects.get().done_at is None
    assert look_waiting() == 1


def test_what_kills_three_workers_is_given_up(world: World, given: ClassPractice, bruno: Student) -> None:
    handed(given, bruno, push(world))
    LayerLook.objects.update(attempts=3, claimed_until=timezone.now() - timedelta(seconds=1))

    assert look_waiting() == 0
    assert LayerLook.objects.get().reasons == ["failed"]


def test_one_that_fails_keeps_nobody_else_waiting(
    world: World, given: ClassPractice, bruno: Student, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (handed(given, bruno, push(world)) for _ in range(2))
    look_into = look_into_hand_in

    def failing(hand_in: HandIn, meter: Meter) -> Any:
        if hand_in == first:
            raise RuntimeError
        return look_into(hand_in, meter)

    monkeypatch.setattr(layer_look, "look_into_hand_in", failing)
    look_waiting()
    LayerLook.objects.filter(hand_in=first).update(claimed_until=timezone.now() - timedelta(seconds=1))
    LayerLook.objects.filter(hand_in=second).update(asked_at=timezone.now() - timedelta(hours=1))

    look_waiting()

    assert LayerLook.objects.get(hand_in=second).done_at is not None
    assert LayerLook.objects.get(hand_in=first).done_at is None


def test_only_one_is_looked_into_at_a_time(world: World, given: ClassPractice, bruno: Student) -> None:
    handed(given, bruno, push(world))
    handed(given, bruno, push(world))
    busy = LayerLook.objects.first()
    LayerLook.objects.filter(pk=busy.pk).update(
        claimed_until=timezone.now() + timedelta(minutes=1), attempts=1
    )

    assert look_waiting() == 0


def test_a_version_that_is_learnt_later_is_looked_into_then(
    world: World, given: ClassPractice, bruno: Student
) -> None:
    digest = push(world)
    row = handed(given, bruno, "")
    assert not LayerLook.objects.exists()

    note_later_version(hand_in=row, digest=digest, at=timezone.now())
    look_waiting()

    assert len(LayerLook.objects.get().signs) == 1


def test_a_version_that_was_pushed_after_it_is_not_looked_into(
    world: World, given: ClassPractice, bruno: Student
) -> None:
    row = handed(given, bruno, push(world, layers=({"a": "1"},)))
    later = push(world)
    note_later_version(hand_in=row, digest=later, at=timezone.now())

    look_waiting()

    assert LayerLook.objects.get().signs == []


def saved(*layers: bytes) -> bytes:
    """A file of `docker save` with these layers, the later ones before the earlier ones."""
    diff_ids = [f"sha256:{sha256(layer)}" for layer in layers]
    text = json.dumps(config(rootfs={"type": "layers", "diff_ids": diff_ids})).encode()
    names = [f"{number}/layer.tar" for number in range(len(layers))]
    image = {"Config": f"{sha256(text)}.json", "RepoTags": [], "Layers": names}
    files = dict(zip(reversed(names), reversed(layers), strict=True))
    return tar(files | {f"{sha256(text)}.json": text, "manifest.json": json.dumps([image]).encode()})


def file_of(given: ClassPractice, bruno: Student, content: bytes) -> HandIn:
    path = archive_store.folder() / "incoming"
    path.write_bytes(content)
    return hand(given, bruno, HandedIn(archive=archive_store.keep(path), digest="sha256:" + "c" * 64))


@pytest.mark.parametrize("is_compressed", [False, True])
def test_a_file_that_was_handed_in_is_looked_into_where_it_lies(
    stage: Stage, world: World, bruno: Student, given: ClassPractice, is_compressed: bool
) -> None:
    given = give(stage.smr, hand_in_way=Practice.Way.ARCHIVE)
    content = saved(tar({"app/.env": ENV}), tar({"app/.wh..env": b""}))
    row = file_of(given, bruno, gzip.compress(content) if is_compressed else content)
    before = sorted(Path(archive_store.folder()).iterdir())

    look_waiting()

    assert row.layer_look.signs == []  # as it was when it was handed in
    assert LayerLook.objects.get().signs == [
        {"kind": "docker_token", "path": "app/.env", "layer": 1, "is_deleted": True}
    ]
    assert sorted(Path(archive_store.folder()).iterdir()) == before
    assert blobs_asked(world) == []


def test_a_file_that_is_gone_or_damaged_by_now_is_said_to_be(
    stage: Stage, given: ClassPractice, bruno: Student
) -> None:
    given = give(stage.smr, hand_in_way=Practice.Way.ARCHIVE)
    rows = [file_of(given, bruno, saved(tar({"a": b"1"}))) for _ in range(2)]
    archive_store.remove(rows[0].archive)
    archive_store.path_of(rows[1].archive).write_bytes(b"no tar")

    look_waiting()

    assert [look.reasons for look in LayerLook.objects.order_by("hand_in__attempt")] == [
        ["gone"],
        ["damaged"],
    ]

"""Frozen versions of images of other registries: compared, gone, not asked for; and the end of a look."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from classrooms.models import Image, User
from hubsync.account.versions import NotComparable, compare_versions
from hubsync.hub.other_registries import OtherRegistry
from tests.hubsync.account.test_other_registries import (
    BOTH,
    checked,
    codes,
    give,
    listed,
    push,
    real,
    room,
    row_of,
    strange,
)
from tests.hubsync.real_registry import Layout, Registry
from tests.hubsync.stage import Stage
from tests.hubsync.strange_registry import Strange

__all__ = ["listed", "real", "room", "strange"]


def test_a_frozen_version_stays_and_the_newer_one_is_compared(
    reader: Client, room: Stage, real: Registry, listed: OtherRegistry, tmp_path: Path
) -> None:
    monday = Layout(tmp_path / "monday")
    old = monday.index("linux/amd64")
    real.push(monday, "owner/lab:t1")
    assigned = give(room, listed, "owner/lab", "t1", digest=old)
    tuesday = Layout(tmp_path / "tuesday")
    new = tuesday.index(*BOTH)
    real.push(tuesday, "owner/lab:t1")

    row = row_of(checked(room), "owner/lab:t1")
    reader.force_login(User.objects.get(first_name="Ana"))
    shown = reader.get(f"/class/{room.smr.pk}/images/{assigned.pk}/changes/").content.decode()

    assert (codes(row), row.row["platforms"], row.row["digest"]) == (["changed"], ["linux/amd64"], new)
    assert "The new version now runs on these too: Mac with Apple chip" in shown


def test_a_frozen_version_that_is_gone_is_said_to_be_gone(
    room: Stage, real: Registry, listed: OtherRegistry, tmp_path: Path
) -> None:
    push(real, tmp_path / "web", "owner/web:1.0", *BOTH)
    give(room, listed, "owner/web", digest="sha256:" + "0" * 64)

    assert codes(row_of(checked(room), "owner/web:1.0")) == ["frozen_gone"]


def test_versions_of_a_registry_that_is_not_listed_are_not_compared(room: Stage, strange: Strange) -> None:
    image = Image.objects.create(school=room.school, repository="registry.example.org/owner/web")

    with pytest.raises(NotComparable) as silent:
        compare_versions(image, "sha256:" + "1" * 64, "sha256:" + "2" * 64, platform="linux/amd64")
    assert (silent.value.is_gone, strange.asked) == (False, [])


def test_a_look_has_an_end_however_many_images_there_are(
    room: Stage, strange: Strange, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hubsync.account.other_registries.LOOK_SECONDS", -1.0)
    give(room, strange.registry, "owner/web", "1")

    assert codes(row_of(checked(room), "owner/web:1")) == ["silent"]
    assert strange.asked == []

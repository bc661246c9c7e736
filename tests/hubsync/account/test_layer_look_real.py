"""The look into layers against a real registry, filled by a real client with an image that holds a key."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from classrooms.actions.handing_in import HandedIn
from classrooms.actions.layer_looks import set_looks_in_layers
from classrooms.models import LayerLook, Student
from hubsync.account.layer_look import look_waiting
from tests.classrooms.hand_ins.given import give, hand
from tests.classrooms.image_layers.making import ENV, tar
from tests.hubsync import real_registry
from tests.hubsync.real_registry import CONFIG, LAYER, MANIFEST, Layout, Registry, missing_programs
from tests.hubsync.stage import Stage

pytestmark = pytest.mark.services


class LayeredLayout(Layout):
    """An image of these layers, each a tar."""

    def of(self, *layers: bytes) -> str:
        place = {"os": "linux", "architecture": "amd64"}
        blobs = [self._blob(LAYER, gzip.compress(layer, mtime=0)) for layer in layers]
        diff_ids = [f"sha256:{sha256(layer).hexdigest()}" for layer in layers]
        config = self._blob(CONFIG, place | {"rootfs": {"type": "layers", "diff_ids": diff_ids}})
        manifest = {"schemaVersion": 2, "mediaType": MANIFEST, "config": config, "layers": blobs}
        return self._name(self._blob(MANIFEST, manifest) | {"platform": place})


@pytest.fixture(scope="module")
def registry() -> Iterator[Registry]:
    missing = missing_programs()
    if missing:
        pytest.skip(f"{' and '.join(missing)} not installed (apt install docker-registry skopeo)")
    registry = real_registry.Registry()
    try:
        registry.start()
        yield registry
    finally:
        registry.stop()


def test_a_key_in_a_layer_of_a_real_registry_is_found_though_a_later_layer_deletes_it(
    stage: Stage, registry: Registry, settings: Any, tmp_path: Path
) -> None:
    cache.clear()
    layout = LayeredLayout(tmp_path / "layout")
    key = b"-----BEGIN RSA PRIVATE KEY-----\n" + b"MIIEowIBAAKCAQEA" * 4
    digest = layout.of(
        tar({"etc/os-release": b"NAME=x", "app/.env": ENV}),
        tar({"app/.wh..env": b"", "root/.ssh/id_rsa": key, "app/large.bin": bytes(3_000_000)}),
    )
    registry.push(layout, "bruno/web:v1")
    settings.REGISTRY_URL = registry.url
    set_looks_in_layers(school=stage.school, looks_in_layers=True, by=None)
    bruno = Student.objects.get(given_name="Bruno")
    hand(give(stage.smr), bruno, HandedIn(reference="bruno/web:v1", digest=digest))

    assert look_waiting() == 1

    look = LayerLook.objects.get()
    assert look.reasons == []
    assert [(sign["kind"], sign["path"], sign["is_deleted"]) for sign in look.signs] == [
        ("ssh_key", "root/.ssh/id_rsa", False),
        ("docker_token", "app/.env", True),
    ]

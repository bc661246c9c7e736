"""Manifests and indexes as the registry serves them, made from what is known about a tag.

The configurations exist, and the layers of an image whose builder said what is in them. Sizes and digests of all other
layers are derived from repository, tag and revision, so that the same tag has the same digests after a restart.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from gzip import decompress
from hashlib import sha256
from typing import Any

from .layers import layer_of
from .records import Repository, Row, Tag

OCI_INDEX = "application/vnd.oci.image.index.v1+json"
OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json"
DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json"
DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"
LAYER = "application/vnd.docker.image.rootfs.diff.tar.gzip"
INDEXES = {OCI_INDEX, DOCKER_LIST}


@dataclass(frozen=True)
class Manifest:
    """One document of the registry. `platform` is "linux/amd64", "unknown/unknown", or "" for an index.

    `config` is the configuration of an image, `layers` are those that are really there.
    """

    media_type: str
    platform: str
    size_bytes: int
    body: bytes
    config: bytes = b""
    layers: tuple[bytes, ...] = ()

    @property
    def blobs(self) -> tuple[bytes, ...]:
        return (self.config, *self.layers) if self.config else ()

    @cached_property
    def digest(self) -> str:
        return digest_of(self.body)


def digest_of(content: bytes | str) -> str:
    raw = content.encode() if isinstance(content, str) else content
    return f"sha256:{sha256(raw).hexdigest()}"


def manifests_of(repository: Repository, tag: Tag) -> list[Manifest]:
    """All documents behind a tag; the first is the one that the tag itself names."""
    images = [_image(repository, tag, platform) for platform in tag.platforms]
    if len(images) == 1 and not tag.attestations:
        return images
    attestations = [_attestation(one) for one in images] if tag.attestations else []
    return [_index([*images, *attestations], images), *images, *attestations]


def _image(repository: Repository, tag: Tag, platform: str) -> Manifest:
    seed = f"{repository.path}:{tag.name}:{tag.revision}:{platform}"
    # Every architecture is a little different in size, as built images are.
    size = (
        tag.size_bytes - (len(platform) * tag.size_bytes) // 1000
        if platform != "linux/amd64"
        else tag.size_bytes
    )
    blobs = tuple(layer_of(files) for files in tag.layers)
    layers = [_descriptor(LAYER, blob) for blob in blobs] or _invented(
        seed, f"{repository.path}:{platform}", size
    )
    content = _configuration(
        platform, seed, tag.config, _unpacked(blobs) or [one["digest"] for one in layers]
    )
    config = _descriptor("application/vnd.docker.container.image.v1+json", content)
    body = _document(DOCKER_MANIFEST, config=config, layers=layers)
    return Manifest(DOCKER_MANIFEST, platform, size, body, content, blobs)


def _unpacked(blobs: Sequence[bytes]) -> list[str]:
    """What a configuration calls layers: the digests of their tars."""
    return [digest_of(decompress(blob)) for blob in blobs]


def _invented(seed: str, base: str, size: int) -> list[dict[str, Any]]:
    """Layers that nobody can fetch; what is built again in a repository stands on the same first one."""
    shares = (0.55, 0.35)
    sizes = [int(size * share) for share in shares]
    return [
        {"mediaType": LAYER, "size": part, "digest": digest_of(f"{seed if number else base}:{number}")}
        for number, part in enumerate([*sizes, size - sum(sizes)])
    ]


def _attestation(image: Manifest) -> Manifest:
    content = _configuration("unknown/unknown", f"{image.digest}:attestation")
    config = _descriptor("application/vnd.oci.image.config.v1+json", content)
    body = _document(OCI_MANIFEST, config=config, layers=[])
    return Manifest(OCI_MANIFEST, "unknown/unknown", 2048, body, content)


def _configuration(
    platform: str, seed: str, written: Row | None = None, diff_ids: Sequence[str] = ()
) -> bytes:
    """As a builder writes it, as far as anybody here reads it; every image has one of its own."""
    labels = {"org.opencontainers.image.revision": digest_of(seed).removeprefix("sha256:")[:40]}
    rootfs = {"type": "layers", "diff_ids": list(diff_ids)}
    config = {"Labels": labels, **(written or {})}
    steps = ["ADD rootfs.tar /", *(f"COPY part-{number} /srv/" for number in range(1, len(diff_ids)))]
    history = [{"created_by": step} for step in steps[: len(diff_ids)]]
    return json.dumps(_platform(platform) | {"config": config, "rootfs": rootfs, "history": history}).encode()


def _descriptor(media_type: str, content: bytes) -> dict[str, Any]:
    return {"mediaType": media_type, "size": len(content), "digest": digest_of(content)}


def _index(entries: list[Manifest], images: list[Manifest]) -> Manifest:
    rows = [_entry(one) for one in entries]
    # Hub: build attestations stand in the index as unknown/unknown and are not images.
    for row, image in zip(rows[len(images) :], images, strict=False):
        row["annotations"] = {
            "vnd.docker.reference.digest": image.digest,
            "vnd.docker.reference.type": "attestation-manifest",
        }
    return Manifest(OCI_INDEX, "", images[0].size_bytes, _document(OCI_INDEX, manifests=rows))


def _entry(one: Manifest) -> dict[str, Any]:
    return _descriptor(one.media_type, one.body) | {"platform": _platform(one.platform)}


def _platform(text: str) -> dict[str, Any]:
    system, architecture, *variant = text.split("/")
    return {"architecture": architecture, "os": system} | ({"variant": variant[0]} if variant else {})


def _document(media_type: str, **content: Any) -> bytes:
    return json.dumps({"schemaVersion": 2, "mediaType": media_type, **content}, indent=2).encode()

"""From a file to what is in the image it holds, or why it is not taken."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, Any

from classrooms.archives.contents import Contents, read_contents
from classrooms.archives.troubles import ArchiveTrouble

# Build attestations stand beside the image as if they were an image of an unknown platform.
NO_PLATFORM = "unknown"
# Layers may be compressed inside the file: so many times its size may come out.
UNPACKED = 4


@dataclass(frozen=True)
class ArchiveFacts:
    """An image in an archive. `digest` ("sha256:…") names its configuration, the ID that Docker shows for it.

    `size` is in bytes as unpacked from the archive's own compression, `platform` is "linux/amd64", `tags` as saved,
    `config` the OCI image configuration.
    """

    digest: str
    size: int
    layers: int
    platform: str
    tags: tuple[str, ...]
    config: dict[str, Any]
    # Names of the files in the archive that are its layers, the base first.
    layer_names: tuple[str, ...] = ()
    # And of the one that is its configuration.
    config_name: str = ""


def read_archive(file: IO[bytes], *, most_bytes: int) -> ArchiveFacts:
    """The one image of an archive by `docker save` or in the OCI layout. Raises ArchiveTrouble."""
    return image_in(read_contents(file, most_bytes=most_bytes))


def image_in(contents: Contents) -> ArchiveFacts:
    """The same of an archive that was read through. Raises ArchiveTrouble."""
    if not contents.digests:
        raise ArchiveTrouble("not_an_archive")
    _prove_blobs(contents)
    if "manifest.json" in contents.digests:
        return _docker(contents)
    if "index.json" in contents.digests and "oci-layout" in contents.digests:
        return _oci(contents)
    raise ArchiveTrouble("container" if {"etc", "usr", "bin"} & _tops(contents) else "not_an_archive")


def _tops(contents: Contents) -> set[str]:
    return {name.partition("/")[0] for name in contents.digests}


def _prove_blobs(contents: Contents) -> None:
    """A blob's name is the digest of what it holds."""
    for name, digest in contents.digests.items():
        if name.startswith("blobs/sha256/") and name.removeprefix("blobs/sha256/") != digest:
            raise ArchiveTrouble("changed")


def _docker(contents: Contents) -> ArchiveFacts:
    images = _json(contents, "manifest.json")
    if not isinstance(images, list) or not images:
        raise ArchiveTrouble("no_image")
    if len(images) > 1:
        raise ArchiveTrouble("several_images")
    image = images[0]
    if not isinstance(image, dict):
        raise ArchiveTrouble("malformed")
    name = contents.find(str(image.get("Config", "")))
    if name is None:
        raise ArchiveTrouble("missing")
    layers = [_found(contents, str(layer)) for layer in _list(image.get("Layers"))]
    return _facts(contents, name, layers, tuple(map(str, _list(image.get("RepoTags") or []))))


def _oci(contents: Contents) -> ArchiveFacts:
    manifest = _the_manifest(contents, "index.json")
    config = manifest.get("config")
    if not isinstance(config, dict):
        raise ArchiveTrouble("malformed")
    layers = [_blob(contents, layer) for layer in _list(manifest.get("layers"))]
    return _facts(contents, _blob(contents, config), layers, _names(_json(contents, "index.json")))


def _the_manifest(contents: Contents, name: str, depth: int = 2) -> dict[str, Any]:
    """The one image behind an index, through an index of platforms where there is one."""
    index = _json(contents, name)
    if isinstance(index, dict) and "config" in index:
        return index
    rows = [
        row
        for row in _list(index.get("manifests") if isinstance(index, dict) else None)
        if not _is_beside(row)
    ]
    if not rows:
        raise ArchiveTrouble("no_image")
    if len(rows) > 1 or not depth:
        raise ArchiveTrouble("several_images")
    return _the_manifest(contents, _blob(contents, rows[0]), depth - 1)


def _is_beside(row: Any) -> bool:
    platform = row.get("platform") if isinstance(row, dict) else None
    return isinstance(platform, dict) and platform.get("os") == NO_PLATFORM


def _facts(
    contents: Contents, config_name: str, layers: Sequence[str], tags: tuple[str, ...]
) -> ArchiveFacts:
    config = _json(contents, config_name)
    if not isinstance(config, dict) or not layers:
        raise ArchiveTrouble("malformed")
    _prove_layers(contents, config, layers)
    parts = [str(config.get(key, "")) for key in ("os", "architecture", "variant")]
    return ArchiveFacts(
        digest=f"sha256:{contents.digests[config_name]}",
        size=sum(contents.sizes[name] for name in layers),
        layers=len(layers),
        platform="/".join(part for part in parts if part),
        tags=tags,
        config=config,
        layer_names=tuple(layers),
        config_name=config_name,
    )


def _prove_layers(contents: Contents, config: dict[str, Any], layers: Sequence[str]) -> None:
    """As many layers as the configuration says; those that are not compressed must be the very ones it names."""
    root = config.get("rootfs")
    named = [
        str(one).removeprefix("sha256:")
        for one in _list(root.get("diff_ids") if isinstance(root, dict) else None)
    ]
    if len(named) != len(layers):
        raise ArchiveTrouble("missing")
    for name, digest in zip(layers, named, strict=True):
        if name.endswith("layer.tar") and contents.digests[name] != digest:
            raise ArchiveTrouble("changed")


def _blob(contents: Contents, row: Any) -> str:
    algorithm, _, digest = str(row.get("digest", "") if isinstance(row, dict) else "").partition(":")
    return _found(contents, f"blobs/{algorithm}/{digest}")


def _found(contents: Contents, name: str) -> str:
    found = contents.find(name)
    if found is None:
        raise ArchiveTrouble("missing")
    return found


def _names(index: Any) -> tuple[str, ...]:
    rows = [row.get("annotations") for row in _list(index.get("manifests")) if isinstance(row, dict)]
    names = [row.get("io.containerd.image.name") for row in rows if isinstance(row, dict)]
    return tuple(str(name) for name in names if name)


def _json(contents: Contents, name: str) -> Any:
    try:
        return json.loads(contents.texts[name])
    except (KeyError, ValueError, RecursionError) as problem:
        raise ArchiveTrouble("malformed") from problem


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ArchiveTrouble("malformed")
    return value

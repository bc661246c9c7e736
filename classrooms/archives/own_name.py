"""The image of an archive under a name of ours: what is loaded from it can take no other image's place.

`docker load` gives an image every name that its archive says, also "nginx:latest", which then is another image on that
computer; and of an archive with two descriptions programs read different ones. So what is given out is written anew: the
image that was checked, one description, one name.
"""

from __future__ import annotations

import hashlib
import json
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO

from classrooms.archives.contents import CHUNK, Contents, member_name, read_contents
from classrooms.archives.reading import image_in
from classrooms.archives.troubles import ArchiveTrouble

BLOCK = tarfile.BLOCKSIZE


@dataclass(frozen=True)
class NamedArchive:
    """What will be written. `parts` are files of the old archive by their new names, `size` is of all in bytes."""

    manifest: bytes
    parts: Mapping[str, str]
    contents: Contents

    @property
    def size(self) -> int:
        sizes = [len(self.manifest), *(self.contents.sizes[name] for name in self.parts)]
        return sum(BLOCK + _padded(size) for size in sizes) + 2 * BLOCK

    def written(self, file: IO[bytes]) -> Iterator[bytes]:
        """The new archive, from the same file at its beginning. Raises ArchiveTrouble where it is not the same."""
        yield _header("manifest.json", len(self.manifest)) + _filled(self.manifest)
        missing = set(self.parts)
        with tarfile.open(fileobj=file, mode="r|*", bufsize=CHUNK) as old:
            for member in old:
                name = member_name(member)
                source = old.extractfile(member) if name in missing and member.isreg() else None
                if source is not None:
                    missing.remove(name)
                    yield from self._part(name, source)
        if missing:
            raise ArchiveTrouble("changed")
        yield b"\0" * (2 * BLOCK)

    def _part(self, name: str, source: IO[bytes]) -> Iterator[bytes]:
        size, digest, read = self.contents.sizes[name], hashlib.sha256(), 0
        yield _header(self.parts[name], size)
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            read += len(chunk)
            yield chunk
        if read != size or digest.hexdigest() != self.contents.digests[name]:
            raise ArchiveTrouble("changed")
        yield b"\0" * (_padded(size) - size)


def under_own_name(file: IO[bytes], name: str, *, most_bytes: int) -> NamedArchive:
    """The one image of an archive, to be written with this name alone. Reads it once. Raises ArchiveTrouble."""
    contents = read_contents(file, most_bytes=most_bytes)
    facts = image_in(contents)
    config = f"{contents.digests[facts.config_name]}.json"
    layers = [f"{contents.digests[layer]}.tar" for layer in facts.layer_names]
    said = [{"Config": config, "RepoTags": [name], "Layers": layers}]
    # Layers of equal content are one file.
    by_new = {config: facts.config_name, **dict(zip(layers, facts.layer_names, strict=True))}
    parts = {old: new for new, old in by_new.items()}
    return NamedArchive(json.dumps(said).encode(), parts, contents)


def _header(name: str, size: int) -> bytes:
    member = tarfile.TarInfo(name)
    member.size = size
    return member.tobuf(tarfile.GNU_FORMAT)


def _filled(content: bytes) -> bytes:
    return content.ljust(_padded(len(content)), b"\0")


def _padded(size: int) -> int:
    return -(-size // BLOCK) * BLOCK

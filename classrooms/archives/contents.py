"""One pass over an archive: the digest and size of every file, and the text of the small ones."""

from __future__ import annotations

import hashlib
import tarfile
import zlib
from dataclasses import dataclass, field
from lzma import LZMAError
from posixpath import normpath
from typing import IO

from classrooms.archives.troubles import ArchiveTrouble

CHUNK = 1024 * 1024
# An image has at most 127 layers, and each a folder, a version, a description and a layer in the oldest layout.
MOST_FILES = 1_000
# Descriptions are small; what is larger is a layer, and nobody looks inside.
LARGEST_TEXT = 1024 * 1024
MOST_TEXT = 16 * 1024 * 1024
# Folders too, which are no files.
MOST_ENTRIES = 4 * MOST_FILES
# Headers that only describe the next one, and what they are longer than never: names have some hundred bytes.
DESCRIBING = frozenset({
    tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE,
})  # fmt: skip
LONGEST_HEADER = 64 * 1024


@dataclass
class Contents:
    """`digests` and `sizes` by name, `texts` of the small files, `links` from a name to the name it stands for."""

    digests: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    texts: dict[str, bytes] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)

    def find(self, name: str) -> str | None:
        """The file behind a name, through one link, as `docker save` of old wrote layers that two images share."""
        target = self.links.get(name, name)
        return target if target in self.digests else None

    @property
    def size(self) -> int:
        return sum(self.sizes.values())


class _Header(tarfile.TarInfo):
    """Python keeps a header that describes the next one whole: one of gigabytes is a few kilobytes of an upload."""

    # tarfile.py names this method as the one to override.
    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo | None:
        if self.type in DESCRIBING and not 0 <= self.size <= LONGEST_HEADER:
            raise tarfile.ReadError
        found: tarfile.TarInfo | None = super()._proc_member(archive)  # type: ignore[misc]
        return found


def read_contents(file: IO[bytes], *, most_bytes: int) -> Contents:
    """What the archive holds. Reads the stream once. Raises ArchiveTrouble."""
    contents = Contents()
    try:
        with tarfile.open(fileobj=file, mode="r|*", bufsize=CHUNK, tarinfo=_Header) as archive:
            for number, member in enumerate(archive):
                if number >= MOST_ENTRIES:
                    raise ArchiveTrouble("too_many_files")
                _take(archive, member, contents, most_bytes)
    except tarfile.ReadError as problem:
        raise ArchiveTrouble("cut" if contents.digests else "not_an_archive") from problem
    # Of one header that describes the next for ever Python says that it went too deep.
    except (EOFError, zlib.error, LZMAError, OSError, ValueError, OverflowError, RecursionError) as problem:
        if isinstance(problem, ArchiveTrouble):
            raise
        raise ArchiveTrouble("cut" if contents.digests else "not_an_archive") from problem
    return contents


def member_name(member: tarfile.TarInfo) -> str:
    """By which a file of an archive is known here. Raises ArchiveTrouble for one that points outside."""
    return _safe(member.name)


def _take(archive: tarfile.TarFile, member: tarfile.TarInfo, contents: Contents, most_bytes: int) -> None:
    name = member_name(member)
    if len(contents.digests) + len(contents.links) >= MOST_FILES:
        raise ArchiveTrouble("container" if _is_of_a_container(contents) else "too_many_files")
    if name in contents.digests or name in contents.links:
        # Of two files of one name programs take different ones.
        raise ArchiveTrouble("malformed")
    if member.issym() or member.islnk():
        contents.links[name] = _link(name, member)
    elif member.isreg():
        if contents.size + member.size > most_bytes:
            raise ArchiveTrouble("too_large")
        _hash(archive, member, name, contents)
    elif not member.isdir():
        raise ArchiveTrouble("container")


def _hash(archive: tarfile.TarFile, member: tarfile.TarInfo, name: str, contents: Contents) -> None:
    source = archive.extractfile(member)
    if source is None:
        raise ArchiveTrouble("cut")
    digest, text = hashlib.sha256(), bytearray()
    is_kept = (
        member.size <= LARGEST_TEXT and sum(map(len, contents.texts.values())) + member.size <= MOST_TEXT
    )
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        if is_kept:
            text += chunk
    contents.digests[name], contents.sizes[name] = digest.hexdigest(), member.size
    if is_kept:
        contents.texts[name] = bytes(text)


def _safe(name: str) -> str:
    plain = normpath(name)
    if plain.startswith(("/", "..")) or "\\" in plain or "\0" in plain:
        raise ArchiveTrouble("unsafe_name")
    return plain


def _link(name: str, member: tarfile.TarInfo) -> str:
    # A symbolic link is meant from its own folder, a hard one from the archive's top.
    folder = name.rpartition("/")[0] if member.issym() else ""
    if _is_of_a_system(name):
        raise ArchiveTrouble("container")
    return _safe(f"{folder}/{member.linkname}" if folder else member.linkname)


def _is_of_a_container(contents: Contents) -> bool:
    return any(map(_is_of_a_system, contents.digests))


def _is_of_a_system(name: str) -> bool:
    return name.partition("/")[0] in ("bin", "etc", "lib", "lib64", "sbin", "usr", "var")

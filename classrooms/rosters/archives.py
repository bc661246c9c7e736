"""Zip files: opened without trusting what they say about their own size."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from classrooms.rosters.rows import UnreadableRoster

MOST_BYTES = 64 * 1024 * 1024  # unpacked, all files together
_MOST_FILES = 2000  # Rayuela's zip has the photographs with it
_A_PIECE = 256 * 1024
# What a class list in a zip may be called; photographs and the like stay packed.
_LISTS = (".xml", ".csv", ".txt", ".tsv", ".xlsx", ".ods")


def open_zip(data: bytes) -> zipfile.ZipFile:
    """The archive, once it is known that it is whole, has no password and is no bomb."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, OverflowError):
        raise UnreadableRoster("broken_archive") from None
    files = archive.infolist()
    if any(one.flag_bits & 1 for one in files):
        raise UnreadableRoster("is_protected")
    if len(files) > _MOST_FILES:
        raise UnreadableRoster("unpacks_too_large", megabytes=MOST_BYTES // 1024 // 1024)
    return archive


def unpacked(archive: zipfile.ZipFile, name: str, most: int = MOST_BYTES) -> bytes:
    """One file of the archive. Raises UnreadableRoster as soon as it is larger than `most` bytes."""
    pieces = []
    try:
        with archive.open(name) as file:
            while piece := file.read(_A_PIECE):
                pieces.append(piece)
                most -= len(piece)
                if most < 0:
                    raise UnreadableRoster("unpacks_too_large", megabytes=MOST_BYTES // 1024 // 1024)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, KeyError):
        raise UnreadableRoster("broken_archive") from None
    return b"".join(pieces)


def the_list_in(data: bytes) -> bytes:
    """The class list of a zip: `Alumnos.xml` where there is one, else the only file that can be a list."""
    archive = open_zip(data)
    names = list(_lists_of(archive))
    students = [name for name in names if PurePosixPath(name).name.casefold() == "alumnos.xml"]
    chosen = students or names
    if len(chosen) != 1:
        raise UnreadableRoster("several_lists" if chosen else "no_list_in_archive")
    return unpacked(archive, chosen[0])


def _lists_of(archive: zipfile.ZipFile) -> Iterator[str]:
    for one in archive.infolist():
        path = PurePosixPath(one.filename)
        if (
            path.suffix.casefold() in _LISTS
            and not path.name.startswith(".")
            and "__MACOSX" not in path.parts
        ):
            yield one.filename

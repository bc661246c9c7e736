"""From the bytes of one layer to the files in it that look like secrets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from posixpath import split

from classrooms.image_layers.bounds import Meter, NotRead
from classrooms.image_layers.tar_entries import Entry, TarEntries
from classrooms.image_layers.unpacking import unpacked
from classrooms.secret_signs.files import kinds_in_file
from classrooms.secret_signs.places import is_looked_at

# How a layer says that a file of an earlier one is gone, and that all of a folder is
# (https://github.com/opencontainers/image-spec/blob/main/layer.md#whiteouts).
REMOVED, EMPTIED = ".wh.", ".wh..wh..opq"
MOST_SIGNS = 100
MOST_REMOVED_LETTERS = 2_000_000


@dataclass
class LayerFound:
    """What one layer holds. `removed` and `emptied` are paths of earlier layers that it hides.

    `trouble` is "" where it was looked through to its end, else a code of `settling.REASONS`.
    """

    signs: dict[tuple[str, str], None] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    emptied: set[str] = field(default_factory=set)
    trouble: str = ""
    _letters: int = 0

    def hide(self, paths: set[str], path: str) -> None:
        self._letters += len(path)
        if self._letters > MOST_REMOVED_LETTERS:
            raise NotRead("entries")
        paths.add(path)


def look_into_layer(chunks: Iterable[bytes], meter: Meter) -> LayerFound:
    """Reads the chunks to the end of the tar, or as far as the bounds allow. Raises LookEnded."""
    found = LayerFound()
    meter.begin_layer()
    try:
        entries = TarEntries(_counted(unpacked(_taken(chunks, meter)), meter), meter.enter)
        for entry in entries:
            _look_at(entry, entries, found, meter.bounds.file_bytes)
    except NotRead as reason:
        found.trouble = reason.code
    return found


def _taken(chunks: Iterable[bytes], meter: Meter) -> Iterable[bytes]:
    for chunk in chunks:
        meter.take(len(chunk))
        yield chunk


def _counted(pieces: Iterable[bytes], meter: Meter) -> Iterable[bytes]:
    for piece in pieces:
        meter.unpack(len(piece))
        yield piece


def _look_at(entry: Entry, entries: TarEntries, found: LayerFound, most: int) -> None:
    folder, name = split(entry.path)
    if name == EMPTIED:
        found.hide(found.emptied, folder)
    elif name.startswith(REMOVED) and name != REMOVED:
        found.hide(found.removed, f"{folder}/{name.removeprefix(REMOVED)}".lstrip("/"))
    elif entry.is_file and entry.size and is_looked_at(entry.path):
        _look_at_file(entry, entries, found, most)


def _look_at_file(entry: Entry, entries: TarEntries, found: LayerFound, most: int) -> None:
    if entry.is_sparse:
        found.trouble = "sparse"
        return
    for kind in kinds_in_file(entry.path, entries.head(most)):
        if len(found.signs) >= MOST_SIGNS:
            raise NotRead("many_signs")
        found.signs[kind, entry.path] = None

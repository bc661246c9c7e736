"""The layers inside a file of `docker save`, which was taken already: read where it lies, once, from its beginning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import IO

from classrooms.image_layers.bounds import Meter, NotRead
from classrooms.image_layers.looking import LayerFound, look_into_layer
from classrooms.image_layers.tar_entries import TarEntries
from classrooms.image_layers.unpacking import PIECE, unpacked


def look_into_archive(file: IO[bytes], layer_names: Sequence[str], meter: Meter) -> list[LayerFound]:
    """What each layer holds, in the order of the names. Raises LookEnded.

    Layers lie in any order in such a file, and two names may be of one layer.
    """
    found: dict[str, LayerFound] = {}
    trouble = "damaged"
    entries = TarEntries(_counted(file, meter), meter.enter)
    try:
        for entry in entries:
            if entry.path in layer_names and entry.is_file:
                found[entry.path] = look_into_layer(entries.parts(), meter)
    except NotRead as reason:
        trouble = reason.code
    return [found.get(name) or LayerFound(trouble=trouble) for name in layer_names]


def _counted(file: IO[bytes], meter: Meter) -> Iterator[bytes]:
    """What comes out of the file's own compression, which may be a bomb as well as a layer's."""
    for piece in unpacked(iter(lambda: file.read(PIECE), b"")):
        meter.unpack(len(piece))
        yield piece

"""Compressed layers as plain bytes, in small pieces, so that a bomb is counted before it is large."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain
from typing import Protocol

from classrooms.image_layers.bounds import NotRead

PIECE = 64 * 1024
# What the strongest setting of xz needs is 65 MiB.
XZ_MEMORY = 96 * 1024 * 1024
LONGEST_MAGIC = 6
# Python reads it from 3.14 on, and no package of ours does.
ZSTD = b"\x28\xb5\x2f\xfd"


class _Decompressor(Protocol):
    def decompress(self, data: bytes, max_length: int) -> bytes: ...
    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...


class _Gzip:
    """zlib's object with the same manners as those of bz2 and lzma."""

    def __init__(self) -> None:
        self._one = zlib.decompressobj(16 + zlib.MAX_WBITS)
        self._left, self._is_full = b"", False

    def decompress(self, data: bytes, max_length: int) -> bytes:
        out = self._one.decompress(self._left + data, max_length)
        self._left, self._is_full = self._one.unconsumed_tail, len(out) == max_length
        return out

    @property
    def eof(self) -> bool:
        return self._one.eof

    @property
    def needs_input(self) -> bool:
        return not self._left and not self._is_full

    @property
    def unused_data(self) -> bytes:
        return self._one.unused_data


_PACKED: tuple[tuple[bytes, Callable[[], _Decompressor]], ...] = (
    (b"\x1f\x8b", _Gzip),
    (b"BZh", bz2.BZ2Decompressor),
    (b"\xfd7zXZ\x00", partial(lzma.LZMADecompressor, memlimit=XZ_MEMORY)),
)


def unpacked(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The bytes without their compression, whatever the media type says: Docker looks at the first bytes too.

    Raises NotRead for zstd and for what is damaged or ends before its end.
    """
    rest = iter(chunks)
    head = b""
    while len(head) < LONGEST_MAGIC and (chunk := next(rest, b"")):
        head += chunk
    if head.startswith(ZSTD):
        raise NotRead("zstd")
    make = next((make for magic, make in _PACKED if head.startswith(magic)), None)
    whole = chain([head] if head else [], rest)
    return _decompressed(whole, make) if make else whole


def _decompressed(chunks: Iterable[bytes], make: Callable[[], _Decompressor]) -> Iterator[bytes]:
    try:
        yield from _members(chunks, make)
    except (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError) as problem:
        raise NotRead("damaged") from problem


def _members(chunks: Iterable[bytes], make: Callable[[], _Decompressor]) -> Iterator[bytes]:
    """One after the other: pigz and the layers that can be fetched lazily are many in a row."""
    one: _Decompressor | None = None
    for chunk in chunks:
        waiting = chunk
        while waiting or (one is not None and not one.needs_input):
            if one is None and not waiting.strip(b"\0"):
                break  # padding after the end
            one = one or make()
            if piece := one.decompress(waiting, PIECE):
                yield piece
            waiting = b""
            if one.eof:
                waiting, one = one.unused_data, None
    if one is not None:
        raise NotRead("damaged")

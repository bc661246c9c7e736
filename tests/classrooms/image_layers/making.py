"""Layers as builders write them, and tars as nobody honest does."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Callable, Iterator
from typing import Any

from classrooms.image_layers.bounds import Bounds, Meter
from classrooms.image_layers.looking import LayerFound, look_into_layer

BLOCK = 512
# Everything secret here is invented.
TOKEN = "dckr_pat_" + "a1B2" * 7
ENV = f"DB_PASSWORD=Tr3sTigres!\nDOCKER_TOKEN={TOKEN}\n".encode()


def tar(files: dict[str, bytes], kind: int = tarfile.GNU_FORMAT, **links: str) -> bytes:
    """`links` are symbolic, from a name (with "__" for "/") to where it points."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=kind) as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
        for name, target in links.items():
            member = tarfile.TarInfo(name.replace("__", "/"))
            member.type, member.linkname = tarfile.SYMTYPE, target
            archive.addfile(member)
    return buffer.getvalue()


def header(name: bytes, size: bytes | int, kind: bytes = b"0") -> bytes:
    """One header with a right sum, whatever else is in it."""
    written = size if isinstance(size, bytes) else b"%011o\0" % size
    block = bytearray(BLOCK)
    block[: len(name)] = name
    block[124:136] = written.ljust(12, b"\0")
    block[156:157] = kind
    block[257:265] = b"ustar\x0000"
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def entry(name: bytes, content: bytes, kind: bytes = b"0") -> bytes:
    return header(name, len(content), kind) + content + bytes(-len(content) % BLOCK)


def pieces(content: bytes, size: int = 1000) -> Iterator[bytes]:
    """As it comes over a line: in parts that fit nothing."""
    return (content[at : at + size] for at in range(0, len(content), size))


def look(
    content: bytes | Iterator[bytes], is_over: Callable[[], bool] = lambda: False, **bounds: Any
) -> LayerFound:
    chunks = pieces(content) if isinstance(content, bytes) else content
    return look_into_layer(chunks, Meter(Bounds(**bounds), is_over=is_over))


def paths(found: LayerFound) -> list[str]:
    return [path for _kind, path in found.signs]

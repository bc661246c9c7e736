"""The entries of a tar as it streams by. Python's own reader keeps headers of any size in memory and may be led round in
circles by negative sizes (CVE-2025-8194); this one knows what layers are made of and nothing more."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from posixpath import normpath

from classrooms.image_layers.bounds import NotRead

BLOCK = 512
LONGEST_HEADER = 1024 * 1024
LONGEST_NAME = 4096
LARGEST = 1 << 60
# Links, devices, folders and pipes: whatever their header says, nothing follows.
WITHOUT_DATA = b"123456"
REGULAR = b"0\x007"
GNU_NAME, GNU_LINK, PAX, PAX_OF_SUN, PAX_OF_ALL, GNU_SPARSE = b"L", b"K", b"x", b"X", b"g", b"S"
SPARSE_KEYS = frozenset({b"GNU.sparse.major", b"GNU.sparse.size", b"GNU.sparse.map", b"GNU.sparse.name"})
KEYS = SPARSE_KEYS | {b"path", b"size"}


@dataclass(frozen=True)
class Entry:
    """`path` without a leading "/" and without "..", as it would lie in the image; `size` in bytes of what follows."""

    path: str
    is_file: bool
    size: int
    # Holes are left out, so that what follows is not simply the file.
    is_sparse: bool = False


class _Source:
    """Bytes of chunks, so many at a time."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks, self._piece, self._at = iter(chunks), b"", 0

    def some(self, most: int) -> bytes:
        """Between one byte and `most`; b"" at the end."""
        while self._at >= len(self._piece):
            found = next(self._chunks, None)
            if found is None:
                return b""
            self._piece, self._at = found, 0
        part = self._piece[self._at : self._at + most]
        self._at += len(part)
        return part

    def read(self, size: int) -> bytes:
        """Exactly so many."""
        parts = list(self.parts(size))
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def parts(self, size: int) -> Iterator[bytes]:
        left = size
        while left:
            part = self.some(left)
            if not part:
                raise NotRead("damaged")
            left -= len(part)
            yield part

    def skip(self, size: int) -> None:
        for _ in self.parts(size):
            pass

    def header(self) -> bytes:
        """A block; b"" where the tar ends, with its block of zeros or without."""
        first = self.some(BLOCK)
        block = first + self.read(BLOCK - len(first)) if first else b""
        return block if block.strip(b"\0") else b""


class TarEntries:
    """Goes through a tar once. Between two entries the contents of the first may be read, in part or not at all."""

    def __init__(self, chunks: Iterable[bytes], on_header: Callable[[], None]) -> None:
        self._source, self._on_header = _Source(chunks), on_header
        self._left = self._padding = 0

    def __iter__(self) -> Iterator[Entry]:
        """Raises NotRead where this is no tar, or one that ends before its end."""
        told: dict[str, str] = {}
        while block := self._next_header():
            kind, size = block[156:157], _number(block[124:136])
            if kind in (GNU_NAME, PAX, PAX_OF_SUN):
                told |= _told(kind, self._small(size))
            elif kind in (GNU_LINK, PAX_OF_ALL):
                self._begin(size)
            else:
                yield self._entry(block, kind, size, told)
                told = {}

    def parts(self) -> Iterator[bytes]:
        """What is left of the entry that came last."""
        while self._left:
            part = self._source.some(self._left)
            if not part:
                raise NotRead("damaged")
            self._left -= len(part)
            yield part

    def head(self, most: int) -> bytes:
        """The first bytes of the entry that came last."""
        size = min(most, self._left)
        self._left -= size
        return self._source.read(size)

    def _next_header(self) -> bytes:
        self._source.skip(self._left + self._padding)
        self._left = self._padding = 0
        block = self._source.header()
        if block:
            self._on_header()
            _check(block)
        return block

    def _entry(self, block: bytes, kind: bytes, size: int, told: dict[str, str]) -> Entry:
        sized = told.get("size", "")
        size = int(sized) if sized.isascii() and sized.isdecimal() and len(sized) < 19 else size
        name = told.get("path") or _name(block)
        is_old_folder = kind in (b"0", b"\0") and name.endswith("/")
        self._begin(0 if kind in WITHOUT_DATA or is_old_folder else size)
        if kind == GNU_SPARSE:
            self._skip_map(block)
        is_sparse = kind == GNU_SPARSE or any(key.startswith("GNU.sparse.") for key in told)
        name = told.get("GNU.sparse.name") or name
        is_file = not is_old_folder and (kind in REGULAR or is_sparse)
        return Entry(normpath("/" + name).lstrip("/"), is_file, self._left, is_sparse)

    def _begin(self, size: int) -> None:
        if size > LARGEST:
            raise NotRead("damaged")
        self._left, self._padding = size, -size % BLOCK

    def _small(self, size: int) -> bytes:
        """The contents of a header that describes the next one."""
        if size > LONGEST_HEADER:
            raise NotRead("damaged")
        self._begin(size)
        return self.head(size)

    def _skip_map(self, block: bytes) -> None:
        """Where the holes of an old sparse file are, in as many further blocks as it takes."""
        goes_on = block[482]
        while goes_on:
            goes_on = self._source.read(BLOCK)[504]


def _check(block: bytes) -> None:
    """Every header carries the sum of its bytes; old programs took them for signed ones."""
    written = _number(block[148:156])
    plain = block[:148] + b" " * 8 + block[156:]
    if written != sum(plain) and written != sum(struct.unpack("512b", plain)):
        raise NotRead("damaged")


def _number(field: bytes) -> int:
    """Octal digits, or bytes behind a mark; what is negative or none at all is a damaged header."""
    if field[0] == 0x80:
        return int.from_bytes(field[1:], "big")
    digits = field.strip(b" \0").split(b"\0")[0].strip()
    try:
        value = int(digits or b"0", 8)
    except ValueError:
        value = -1
    if value < 0:
        raise NotRead("damaged")
    return value


def _name(block: bytes) -> str:
    name, prefix = _text(block[:100]), _text(block[345:500])
    return f"{prefix}/{name}" if prefix and block[257:263] == b"ustar\0" else name


def _told(kind: bytes, content: bytes) -> dict[str, str]:
    if kind == GNU_NAME:
        return {"path": _text(content[:LONGEST_NAME])}
    return dict(_records(content))


def _records(content: bytes) -> Iterator[tuple[str, str]]:
    """ "25 path=a/long/name\\n" and so on, each beginning with its own length."""
    at = 0
    while at < len(content):
        digits, _, _ = content[at : at + 20].partition(b" ")
        length = int(digits) if digits.isdigit() else 0
        if length <= len(digits) + 1 or at + length > len(content):
            raise NotRead("damaged")
        key, _, value = content[at + len(digits) + 1 : at + length - 1].partition(b"=")
        if key in KEYS:
            yield _text(key), _text(value[:LONGEST_NAME])
        at += length


def _text(raw: bytes) -> str:
    return raw.partition(b"\0")[0].decode("utf-8", "replace")

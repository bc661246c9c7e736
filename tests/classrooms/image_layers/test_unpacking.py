"""Every compression, many in a row, and what is damaged or a bomb."""

import bz2
import gzip
import lzma
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classrooms.image_layers.bounds import NotRead
from classrooms.image_layers.unpacking import PIECE, unpacked
from tests.classrooms.image_layers.making import pieces

WAYS = (gzip.compress, bz2.compress, lzma.compress)
CONTENT = bytes(range(256)) * 2000


@pytest.mark.parametrize("compress", WAYS)
@pytest.mark.parametrize("size", [1, 7, 100_000])
def test_what_is_compressed_comes_out_whole(compress: Callable[[bytes], bytes], size: int) -> None:
    assert b"".join(unpacked(pieces(compress(CONTENT), size))) == CONTENT


def test_what_is_not_compressed_stays_as_it_is() -> None:
    assert b"".join(unpacked(pieces(CONTENT))) == CONTENT
    assert b"".join(unpacked(iter([]))) == b""


@pytest.mark.parametrize("compress", WAYS)
def test_many_in_a_row_are_read_to_the_end_of_the_last(compress: Callable[[bytes], bytes]) -> None:
    assert b"".join(unpacked(pieces(compress(b"one") + compress(b"two")))) == b"onetwo"


def test_zeros_behind_the_end_are_padding() -> None:
    assert b"".join(unpacked(pieces(gzip.compress(b"one") + bytes(3000)))) == b"one"


@pytest.mark.parametrize("compress", WAYS)
def test_a_bomb_comes_out_in_small_pieces(compress: Callable[[bytes], bytes]) -> None:
    sizes = [len(piece) for piece in unpacked(iter([compress(bytes(30_000_000))]))]

    assert sum(sizes) == 30_000_000
    assert max(sizes) <= PIECE


@pytest.mark.parametrize("compress", WAYS)
def test_what_ends_before_its_end_or_goes_on_with_something_else_is_damaged(
    compress: Callable[[bytes], bytes],
) -> None:
    whole = compress(CONTENT)
    for content in (whole[:-12], whole + b"something else"):
        with pytest.raises(NotRead) as reason:
            list(unpacked(pieces(content)))
        assert reason.value.code == "damaged"


def test_zstd_is_not_read_and_that_is_said() -> None:
    with pytest.raises(NotRead) as reason:
        list(unpacked(iter([b"\x28\xb5\x2f\xfd" + bytes(40)])))
    assert reason.value.code == "zstd"


def test_a_compression_that_wants_much_memory_is_not_read() -> None:
    greedy = [{"id": lzma.FILTER_LZMA2, "dict_size": 512 * 1024 * 1024}]
    with pytest.raises(NotRead) as reason:
        list(unpacked(iter([lzma.compress(b"x", filters=greedy)])))
    assert reason.value.code == "damaged"


@given(st.lists(st.binary(max_size=400), max_size=5))
def test_bytes_of_any_kind_end_in_bytes_or_in_a_reason(chunks: list[bytes]) -> None:
    marked = [b"\x1f\x8b\x08" + chunk for chunk in chunks]
    for one in (chunks, marked):
        try:
            assert isinstance(b"".join(unpacked(iter(one))), bytes)
        except NotRead as reason:
            assert reason.code in ("damaged", "zstd")


def test_a_stored_gzip_of_zlibs_own_making_is_read() -> None:
    maker = zlib.compressobj(0, zlib.DEFLATED, 31)
    assert b"".join(unpacked(pieces(maker.compress(CONTENT) + maker.flush()))) == CONTENT

"""Tars of every make are read, hostile ones do nothing."""

import io
import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classrooms.image_layers.bounds import NotRead
from classrooms.image_layers.tar_entries import LONGEST_HEADER, Entry, TarEntries
from tests.classrooms.image_layers.making import BLOCK, entry, header, pieces, tar

END = bytes(2 * BLOCK)


def entries(content: bytes) -> list[Entry]:
    return list(TarEntries(pieces(content), lambda: None))


def contents(content: bytes) -> dict[str, bytes]:
    found = TarEntries(pieces(content), lambda: None)
    return {one.path: b"".join(found.parts()) for one in found if one.is_file}


def damaged(content: bytes) -> bool:
    with pytest.raises(NotRead) as reason:
        entries(content)
    return reason.value.code == "damaged"


FILES = {"app/.env": b"A=1", "empty": b"", "ñandú/" + "long/" * 50 + "name": b"x" * 1500}


@pytest.mark.parametrize("kind", [tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_pythons_own_tars_are_read_with_long_names(kind: int) -> None:
    assert contents(tar(FILES, kind)) == FILES


def test_a_name_in_two_halves_is_put_together() -> None:
    name = "/".join(["folder"] * 20) + "/file"
    assert contents(tar({name: b"x"}, tarfile.USTAR_FORMAT)) == {name: b"x"}


def test_what_is_not_read_of_an_entry_is_skipped() -> None:
    found = TarEntries(pieces(tar({"a": b"x" * 3000, "b": b"y" * 700})), lambda: None)
    assert [found.head(2) for _ in found] == [b"xx", b"yy"]


@pytest.mark.parametrize(
    "name", ["../../etc/cron.d/x", "/etc/cron.d/x", "./etc/cron.d/x", "a/../../etc/cron.d/x"]
)
def test_a_name_that_leads_elsewhere_is_only_a_name(name: str) -> None:
    assert [one.path for one in entries(tar({name: b"x"}))] == ["etc/cron.d/x"]


def test_links_devices_and_pipes_are_no_files_and_hide_nothing_behind_them() -> None:
    odd = b"".join(header(b"odd", 999_999, kind) for kind in (b"1", b"2", b"3", b"4", b"6", b"5"))

    found = entries(odd + entry(b"app/.env", b"A=1") + END)

    assert [(one.path, one.is_file, one.size) for one in found] == [
        *[("odd", False, 0)] * 6,
        ("app/.env", True, 3),
    ]


def test_a_file_with_holes_is_told_apart_and_what_follows_is_read() -> None:
    block = bytearray(header(b"holes", 512, b"S"))
    block[482] = 1
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    more = bytearray(BLOCK)
    more[504] = 1
    sparse = bytes(block) + bytes(more) + bytes(BLOCK) + b"x" * 512

    found = entries(sparse + entry(b"next", b"A=1") + END)

    assert [(one.path, one.is_sparse, one.size) for one in found] == [
        ("holes", True, 512),
        ("next", False, 3),
    ]


def test_holes_as_pax_writes_them_are_told_apart_too() -> None:
    content = entry(b"pax", b"22 GNU.sparse.major=1\n", b"x") + entry(b"GNUSparseFile.0/x", b"0\n") + END
    assert [one.is_sparse for one in entries(content)] == [True]


def test_a_size_beyond_eight_gigabytes_in_a_pax_header_is_believed_and_then_missing() -> None:
    assert damaged(entry(b"pax", b"20 size=99999999999\n", b"x") + header(b"large", 0))


def test_a_size_as_bytes_is_read() -> None:
    size = b"\x80" + (3).to_bytes(11, "big")
    assert entries(header(b"a", size) + b"A=1" + bytes(BLOCK - 3) + END)[0].size == 3


@pytest.mark.parametrize(
    "content",
    [
        b"hello",
        b"x" * BLOCK,
        header(b"a", b"\xff" * 12),  # a negative size, which leads others round in circles
        header(b"a", b"-0000000001\0"),
        header(b"a", b"hello"),
        header(b"a", b"\x80" + b"\xff" * 11),
        header(b"a", 1000) + b"cut",
        header(b"a", LONGEST_HEADER + 1, b"L") + bytes(BLOCK * 4000),
        header(b"a", LONGEST_HEADER + 1, b"x") + bytes(BLOCK * 4000),
        entry(b"pax", b"0 path=x\n", b"x") + END,
        entry(b"pax", b"999 path=x\n", b"x") + END,
        entry(b"pax", b"-1 path=x\n", b"x") + END,
        entry(b"pax", b"path", b"x") + END,
    ],
)
def test_what_is_no_tar_is_damaged(content: bytes) -> None:
    assert damaged(content)


def test_a_tar_without_its_end_ends_there() -> None:
    assert [one.path for one in entries(entry(b"a", b"A=1"))] == ["a"]
    assert entries(b"") == []


def test_every_header_is_counted_also_those_that_only_describe() -> None:
    counted: list[int] = []
    content = entry(b"name", b"long", b"L") * 5 + entry(b"a", b"x") + END

    found = [one.path for one in TarEntries(pieces(content), lambda: counted.append(1))]

    assert (found, len(counted)) == (["long"], 6)


def test_a_sum_of_signed_bytes_as_old_programs_wrote_it_is_right() -> None:
    block = bytearray(header("ñ".encode(), 0))
    signed = sum(one - 256 if one > 127 else one for one in block[:148] + b" " * 8 + block[156:])
    block[148:156] = b"%06o\0 " % signed
    assert entries(bytes(block) + END)[0].path == "ñ"


@given(st.binary(max_size=3000), st.integers(0, 3000))
def test_a_tar_with_anything_in_it_ends_in_entries_or_in_a_reason(noise: bytes, at: int) -> None:
    whole = tar({"app/.env": b"A=1", "b": b"x" * 900})
    content = whole[:at] + noise + whole[at + len(noise) :]
    try:
        assert all(not one.path.startswith(("/", "../")) for one in entries(content))
    except NotRead as reason:
        assert reason.code == "damaged"


def test_what_python_reads_is_what_this_reads() -> None:
    content = tar(FILES | {"a/b": b"1"}, tarfile.PAX_FORMAT, a__link="/etc/passwd")
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        theirs = [(one.name, one.isreg(), one.size) for one in archive]
    assert [(one.path, one.is_file, one.size) for one in entries(content)] == theirs

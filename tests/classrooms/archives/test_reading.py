"""Archives of images: whole, damaged, hostile, and not archives at all."""

import gzip
import io
import json
import random
import tarfile
import tracemalloc
from typing import Any

import pytest

from classrooms.archives.contents import MOST_ENTRIES, MOST_FILES
from classrooms.archives.reading import ArchiveFacts, read_archive
from classrooms.archives.troubles import ArchiveTrouble
from tests.classrooms.archives.making import LAYER, config, oci_files, old_files, sha256, tar
from tests.classrooms.image_layers.making import entry, header

MEGABYTE = 1024 * 1024


def read(content: bytes, most_bytes: int = MEGABYTE) -> ArchiveFacts:
    return read_archive(io.BytesIO(content), most_bytes=most_bytes)


def code_of(content: bytes, most_bytes: int = MEGABYTE) -> str:
    with pytest.raises(ArchiveTrouble) as trouble:
        read(content, most_bytes)
    return trouble.value.code


def test_an_archive_of_docker_save_is_read() -> None:
    facts = read(tar(old_files()))
    assert (facts.platform, facts.tags, facts.layers, facts.size) == (
        "linux/amd64",
        ("nerea1/web:v1",),
        1,
        len(LAYER),
    )
    assert facts.digest == f"sha256:{sha256(json.dumps(config()).encode())}"


def test_an_archive_in_the_oci_layout_is_read_past_its_attestation() -> None:
    assert read(tar(oci_files(architecture="arm64", variant="v8"))).platform == "linux/arm64/v8"


@pytest.mark.parametrize("files", [old_files(), oci_files()])
def test_an_archive_may_be_compressed(files: dict[str, bytes]) -> None:
    assert read(gzip.compress(tar(files))).layers == 1


def test_a_layer_shared_by_a_link_is_found() -> None:
    files = old_files()
    files["shared/layer.tar"] = files.pop("abc/layer.tar")
    assert read(tar(files, abc__layer_tar="../shared/layer.tar")).layers == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_an_archive"),
        (b"%PDF-1.7 a list", "not_an_archive"),
        (b"PK\x03\x04" + b"\0" * 600, "not_an_archive"),
        (gzip.compress(b"hello", mtime=0), "not_an_archive"),
        (tar({}), "not_an_archive"),
        (tar({"notes.txt": b"hello"}), "not_an_archive"),
        (tar({"etc/passwd": b"root", "usr/bin/id": b"x"}), "container"),
        (tar({"../../etc/cron.d/x": b"x"}), "unsafe_name"),
        (tar({"/etc/passwd": b"x"}), "unsafe_name"),
        (tar({}, escape="../../secret"), "unsafe_name"),
        (tar({"manifest.json": b"[]"}), "no_image"),
        (tar({"manifest.json": b"{"}), "malformed"),
        (tar({"manifest.json": b"[3]"}), "malformed"),
        (tar({"manifest.json": b'[{"Config": "x"}, {}]'}), "several_images"),
        (tar({"manifest.json": b'[{"Config": "nobody.json"}]'}), "missing"),
        (tar({f"f{n}": b"" for n in range(MOST_FILES + 1)}), "too_many_files"),
        (tar({"blobs/sha256/" + "0" * 64: b"x"}), "changed"),
        (tar({"index.json": b'{"manifests": []}', "oci-layout": b"{}"}), "no_image"),
    ],
)
def test_what_is_no_archive_of_one_image_is_refused_with_its_reason(content: bytes, code: str) -> None:
    assert code_of(content) == code


def test_a_layer_that_is_not_the_one_named_is_noticed() -> None:
    assert code_of(tar(old_files() | {"abc/layer.tar": b"another"})) == "changed"


def test_a_layer_too_few_is_noticed() -> None:
    assert code_of(tar(old_files(rootfs={"diff_ids": []}))) == "missing"


def test_two_images_for_two_platforms_are_one_too_many() -> None:
    files = oci_files()
    index: dict[str, Any] = json.loads(files["index.json"])
    index["manifests"].append(index["manifests"][0] | {"platform": {"os": "linux", "architecture": "arm64"}})
    assert code_of(tar(files | {"index.json": json.dumps(index).encode()})) == "several_images"


def test_an_index_that_contains_itself_ends() -> None:
    inner = json.dumps({"manifests": []}).encode()
    files = {"oci-layout": b"{}", f"blobs/sha256/{sha256(inner)}": inner}
    index = {"manifests": [{"digest": f"sha256:{sha256(inner)}"}]}
    assert code_of(tar(files | {"index.json": json.dumps(index).encode()})) == "no_image"


def test_a_bomb_is_left_when_it_grows_past_what_is_taken() -> None:
    bomb = gzip.compress(tar({"abc/layer.tar": bytes(8 * MEGABYTE)}))
    assert len(bomb) < 20_000
    assert code_of(bomb) == "too_large"


@pytest.mark.parametrize("kind", [b"L", b"K", b"x", b"g", b"X"])
def test_a_header_of_hundreds_of_megabytes_is_not_kept_in_memory(kind: bytes) -> None:
    content = gzip.compress(header(b"a", 200 * MEGABYTE, kind) + bytes(2 * MEGABYTE))
    tracemalloc.start()
    code = code_of(content)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert code == "not_an_archive"
    assert most < 12 * MEGABYTE


def test_headers_that_describe_one_another_for_ever_end() -> None:
    deep = entry(b"a", b"name", b"L") * 5000

    assert code_of(gzip.compress(deep)) == "not_an_archive"
    assert code_of(entry(b"manifest.json", b"[]") + deep) == "cut"


def test_folders_without_end_are_too_many() -> None:
    assert code_of(gzip.compress(header(b"d/", 0, b"5") * (MOST_ENTRIES + 1))) == "too_many_files"


def test_a_size_that_is_a_lie_is_found_out() -> None:
    content = bytearray(tar(old_files()))
    content[124:136] = b"77777777777\0"
    content[148:156] = b"%06o\0 " % sum(content[:148] + b" " * 8 + content[156:512])
    assert code_of(bytes(content)) == "too_large"


@pytest.mark.parametrize("files", [old_files(), oci_files()])
def test_an_archive_cut_within_its_image_is_refused(files: dict[str, bytes]) -> None:
    files.pop(f"blobs/sha256/{sha256(b'{}')}", None)
    whole = tar(files)
    for length in range(0, len(whole.rstrip(b"\0")) - 512, 512):
        assert code_of(whole[: length + 100]) in ("cut", "not_an_archive", "missing", "no_image")


def test_a_damaged_archive_never_reads_as_another_image() -> None:
    whole, change = bytearray(tar(oci_files())), random.Random(7)
    for _ in range(300):
        damaged = bytearray(whole)
        damaged[change.randrange(len(whole))] ^= 1 << change.randrange(8)
        try:
            facts = read(bytes(damaged))
        except ArchiveTrouble:
            continue
        assert facts.digest == read(bytes(whole)).digest


def test_a_device_is_of_a_container_and_not_of_an_image() -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        member = tarfile.TarInfo("dev/sda")
        member.type = tarfile.BLKTYPE
        archive.addfile(member)
    assert code_of(buffer.getvalue()) == "container"

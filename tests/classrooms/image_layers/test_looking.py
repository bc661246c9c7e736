"""What is found in a layer, and each bound of the look."""

import gzip
import io
import re
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from classrooms.image_layers import looking
from classrooms.image_layers.archive_layers import look_into_archive
from classrooms.image_layers.bounds import Bounds, LookEnded, Meter
from classrooms.image_layers.looking import MOST_SIGNS, LayerFound, look_into_layer
from classrooms.image_layers.settling import MOST_SHOWN, REASONS, ImageFound, settle
from tests.classrooms.image_layers.making import ENV, TOKEN, entry, header, look, paths, pieces, tar


def test_a_file_of_settings_and_a_key_are_found_by_path_and_kind_alone() -> None:
    key = b"-----BEGIN OPENSSH PRIVATE KEY-----\n" + b"b3BlbnNzaC1rZXktdjEA" * 4 + b"\n"

    found = look(
        gzip.compress(tar({"app/.env": ENV, "root/.ssh/id_ed25519": key, "app/main.py": b"print()"}))
    )

    assert list(found.signs) == [("docker_token", "app/.env"), ("ssh_key", "root/.ssh/id_ed25519")]
    assert found.trouble == ""
    assert TOKEN not in repr(found)


def test_links_and_folders_of_a_telling_name_are_nothing() -> None:
    assert look(tar({}, app__id_rsa="/etc/shadow", app__store="x.p12")).signs == {}
    assert look(header(b"app/keys.p12", 0, b"5") + header(b"app/dev.p12", 0, b"3")).signs == {}


@pytest.mark.parametrize(
    ("bounds", "code"),
    [
        ({"layer_bytes": 5_000}, "layer_size"),
        ({"image_bytes": 5_000}, "image_size"),
        ({"unpacked_bytes": 5_000}, "unpacked_size"),
        ({"entries": 3}, "entries"),
        ({"seconds": -1}, "time"),
    ],
)
def test_beyond_a_bound_what_was_seen_before_stands_and_the_rest_is_said_not_to_be_looked_at(
    bounds: dict[str, int], code: str
) -> None:
    content = tar({"app/.env": ENV, "b": b"x" * 6000, "c": b"", "d/.env": ENV})

    found = look(content, **bounds)

    assert found.trouble == code
    assert code in REASONS
    assert paths(found) == ([] if code == "time" else ["app/.env"])


def test_a_bound_of_a_layer_lets_the_next_be_read_and_one_of_the_image_does_not() -> None:
    large, small = tar({"b": b"x" * 20_000}), tar({"app/.env": ENV})
    for bounds, spent in ((Bounds(layer_bytes=12_000), ""), (Bounds(image_bytes=12_000), "image_size")):
        meter = Meter(bounds)
        look_into_layer(pieces(large), meter)

        assert meter.spent == spent
        assert paths(look_into_layer(pieces(small), meter)) == ([] if spent else ["app/.env"])


def test_of_a_file_only_the_beginning_is_looked_at() -> None:
    content = tar({"app/config.py": b"#" * 2000 + ENV})

    assert paths(look(content)) == ["app/config.py"]
    assert paths(look(content, file_bytes=1000)) == []


def test_a_bomb_ends_at_the_bound_with_little_memory() -> None:
    def bomb() -> Iterator[bytes]:
        """Half a gigabyte of zeros in one file."""
        packed = gzip.compress(header(b"zeros", 1 << 39) + bytes(64_000_000))
        yield from pieces(packed, 65_536)

    tracemalloc.start()
    found = look(bomb(), unpacked_bytes=20_000_000)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert found.trouble == "unpacked_size"
    assert most < 140_000_000  # the making of the bomb itself


def test_headers_that_only_describe_cannot_go_on_for_ever() -> None:
    endless = (entry(b"pax", b"9 path=x\n", b"x") for _ in iter(int, 1))
    assert look(endless, entries=1000).trouble == "entries"


def test_hidden_paths_cannot_fill_the_memory() -> None:
    name = ("d" * 90).encode()
    many = (header(b".wh.%07d%s" % (number, name), 0) for number in range(10_000_000))
    assert look(many, entries=10_000_000, seconds=60).trouble == "entries"


def test_a_worker_that_is_told_to_stop_stops() -> None:
    with pytest.raises(LookEnded):
        look(tar({"app/.env": ENV}), is_over=lambda: True)


def test_more_signs_than_are_worth_reading_are_not_collected() -> None:
    found = look(tar({f"d{n}/.env": ENV for n in range(MOST_SIGNS + 5)}))

    assert (len(found.signs), found.trouble) == (MOST_SIGNS, "many_signs")


def test_a_file_with_holes_is_not_looked_into_and_that_is_said() -> None:
    content = entry(b"pax", b"22 GNU.sparse.major=1\n", b"x") + entry(b"app/keys.env", ENV)
    assert (look(content).signs, look(content).trouble) == ({}, "sparse")


@pytest.mark.parametrize("hidden", ["app/.wh..env", ".wh.app", "app/.wh..wh..opq", ".wh..wh..opq"])
def test_a_file_that_a_later_layer_deletes_is_told_of_as_deleted(hidden: str) -> None:
    layers = [look(tar({"app/.env": ENV})), look(tar({hidden: b""})), look(tar({"app/x": b"1"}))]

    (sign,) = settle(layers).signs

    assert (sign.path, sign.layer, sign.is_deleted) == ("app/.env", 1, True)


@pytest.mark.parametrize(
    "hidden", ["app/.wh.other", "other/.wh..wh..opq", "app/.wh.", "app/.env/.wh..wh..opq"]
)
def test_what_else_is_deleted_deletes_nothing_here(hidden: str) -> None:
    (sign,) = settle([look(tar({"app/.env": ENV})), look(tar({hidden: b""}))]).signs
    assert not sign.is_deleted


def test_a_layer_does_not_delete_its_own_files_nor_those_after_it() -> None:
    (sign,) = settle([look(tar({"app/.wh..env": b"", "app/.env": ENV}))]).signs
    assert not sign.is_deleted


def test_what_was_deleted_and_came_again_is_there_and_what_is_there_stands_first() -> None:
    first = look(tar({"app/.env": ENV, "old/.env": ENV}))
    layers = [first, look(tar({"app/.wh..env": b"", ".wh.old": b""})), look(tar({"app/.env": ENV}))]

    told = [(sign.path, sign.layer, sign.is_deleted) for sign in settle(layers).signs]

    assert told == [("app/.env", 3, False), ("old/.env", 1, True)]


def test_a_list_nobody_reads_to_its_end_is_cut_and_says_so() -> None:
    found = settle([LayerFound({("env_file", f"{n}/.env"): None for n in range(MOST_SHOWN + 1)})])
    assert (len(found.signs), found.reasons) == (MOST_SHOWN, ("many_signs",))


def test_each_reason_is_said_once() -> None:
    assert settle([LayerFound(trouble="zstd"), LayerFound(trouble="zstd"), LayerFound()]) == ImageFound(
        reasons=("zstd",)
    )


def test_layers_in_a_file_of_docker_save_are_read_whatever_their_order() -> None:
    base, top = gzip.compress(tar({"app/.env": ENV})), tar({"app/.wh..env": b""})
    outer = tar({"blobs/sha256/bb": top, "notes.env": ENV, "blobs/sha256/aa": base})

    for content in (outer, gzip.compress(outer)):
        file = io.BytesIO(content)
        found = look_into_archive(file, ("blobs/sha256/aa", "blobs/sha256/bb"), Meter(Bounds()))
        assert [(one.path, one.layer, one.is_deleted) for one in settle(found).signs] == [
            ("app/.env", 1, True)
        ]


@pytest.mark.parametrize(
    ("bounds", "code"), [({"unpacked_bytes": 9_000}, "unpacked_size"), ({"entries": 1}, "entries")]
)
def test_a_file_that_is_a_bomb_itself_ends_at_the_bound(bounds: dict[str, int], code: str) -> None:
    outer = gzip.compress(tar({"zeros": bytes(100_000), "layer.tar": tar({"app/.env": ENV})}))

    found = look_into_archive(io.BytesIO(outer), ("layer.tar",), Meter(Bounds(**bounds)))

    assert [one.trouble for one in found] == [code]


def test_every_code_that_a_look_may_give_has_a_sentence() -> None:
    named = {
        code
        for name in ("bounds", "unpacking", "tar_entries", "looking", "settling")
        for code in re.findall(
            r'(?:NotRead|_spend|trouble =|trouble=)\(?"?"([a-z_]+)"',
            Path(looking.__file__).with_name(f"{name}.py").read_text(encoding="utf-8"),
        )
    }
    assert len(named) >= 8
    assert named <= set(REASONS)

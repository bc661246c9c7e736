"""A registry whose answers are endless, slow, too large or no manifest is no answer, and a look at it ends."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from typing import Any

import pytest

from hubsync.hub.errors import HubUnavailable
from hubsync.hub.other_reader import MOST_BYTES, OtherImage, OtherRegistryReader
from tests.hubsync.hub.test_other_reader import reader, registry
from tests.hubsync.real_registry import INDEX
from tests.hubsync.strange_registry import Strange, digest_of

__all__ = ["reader", "registry"]


def _endless(first: bytes, pause: float) -> Iterator[bytes]:
    yield first
    for _ in itertools.repeat(None):
        yield b" " * (1024 if pause else 1024 * 1024)
        time.sleep(pause)


@pytest.mark.parametrize(("pause", "most_seconds"), [(0.05, 2.0), (0.0, 3.0)])
def test_an_endless_answer_ends(
    registry: Strange, reader: OtherRegistryReader, pause: float, most_seconds: float
) -> None:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {INDEX}\r\nConnection: close\r\n\r\n".encode()
    registry.answers = lambda *_: _endless(head, pause)
    began = time.monotonic()

    with pytest.raises(HubUnavailable):
        reader.read_other("owner/web", "1")
    assert time.monotonic() - began < most_seconds


def test_a_look_ends_although_every_answer_comes_in_time(registry: Strange) -> None:
    reader = OtherRegistryReader(registry.registry, look_seconds=0.3)
    registry.answers = lambda *_: time.sleep(0.2)
    began = time.monotonic()

    with pytest.raises(HubUnavailable):
        for _ in range(20):
            reader.find_digest("owner/web", "1")
    assert time.monotonic() - began < 2
    reader.close()


def test_what_is_larger_than_a_manifest_may_be_is_no_answer(
    registry: Strange, reader: OtherRegistryReader
) -> None:
    large: Any = b" " * (MOST_BYTES + 1)
    registry.answers = lambda *_: (200, {"Content-Type": INDEX}, large)

    with pytest.raises(HubUnavailable):
        reader.read_other("owner/web", "1")


def _says(registry: Strange, body: bytes) -> None:
    kind = {"Content-Type": INDEX, "Docker-Content-Digest": digest_of(body)}
    registry.answers = lambda *_: (200, kind, body)


@pytest.mark.parametrize("body", [b"[]", b"null", b'"x"', b"{", b"[" * 100_000])
def test_what_is_no_json_object_is_no_answer(
    registry: Strange, reader: OtherRegistryReader, body: bytes
) -> None:
    _says(registry, body)

    with pytest.raises(HubUnavailable):
        reader.read_other("owner/web", "1", ("linux/amd64",))


@pytest.mark.parametrize(
    "body", [b"{}", b'{"manifests": 7}', b'{"manifests": [{"platform": 1}, null, {"digest": "../x"}]}']
)
def test_an_index_of_rubbish_tells_nothing(
    registry: Strange, reader: OtherRegistryReader, body: bytes
) -> None:
    _says(registry, body)

    assert reader.read_other("owner/web", "1", ("linux/amd64",)) == OtherImage(digest_of(body))

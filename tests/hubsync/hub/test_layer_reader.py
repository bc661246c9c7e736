"""Layers come as a stream: the token goes to the registry alone, and an answer that breaks off is no layer."""

from __future__ import annotations

import json
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
import requests

from hubsync.hub.errors import HubUnavailable
from hubsync.hub.layer_reader import Layer, LayerReader
from tests.hubsync.canned import Canned, said

REGISTRY = "https://registry-1.docker.example"
STORAGE = "https://storage.cdn.example/layer?signature=x"
DIGEST, OTHER = "sha256:" + "a" * 64, "sha256:" + "b" * 64
NAME = "iestriana/web"
INDEX = "application/vnd.oci.image.index.v1+json"
MANIFEST = "application/vnd.oci.image.manifest.v1+json"
REALM = 'Bearer realm="https://auth.docker.example/token",service="registry.docker.io"'
CHALLENGE = said({"errors": [{"code": "UNAUTHORIZED"}]}, 401, {"WWW-Authenticate": REALM})
TOKEN = said({"token": "t1"})


def registry(*answers: object) -> tuple[LayerReader, Canned]:
    canned = Canned(*answers)  # type: ignore[arg-type]
    return LayerReader(REGISTRY, ("iestriana", "dckr_oat_planted"), adapter=canned), canned


def manifest(body: dict[str, object], kind: str = MANIFEST) -> tuple[int, dict[str, str], bytes]:
    return 200, {"Content-Type": kind, "Docker-Content-Digest": DIGEST}, json.dumps(body).encode()


def moved(place: str) -> tuple[int, dict[str, str], bytes]:
    return said(b"", 307, {"Location": place})


def read(reader: LayerReader, seconds: float = 5) -> bytes:
    with reader.open_layer(NAME, DIGEST, seconds=seconds) as found:
        return b"".join(found)


def test_the_layers_of_an_image_are_listed_the_base_first_and_foreign_ones_marked() -> None:
    rows = [
        {"mediaType": "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", "digest": DIGEST},
        {
            "mediaType": "application/vnd.oci.image.layer.v1.tar+gzip",
            "digest": OTHER,
            "urls": ["https://x.example"],
        },
    ]
    reader, _ = registry(manifest({"layers": rows}))

    found = reader.list_layers(NAME, DIGEST, platform="linux/amd64")

    assert found == (Layer(DIGEST, is_elsewhere=True), Layer(OTHER))


def test_of_an_index_the_layers_of_the_teachers_platform_are_listed() -> None:
    platforms = ({"os": "linux", "architecture": one} for one in ("arm64", "amd64"))
    rows = [{"digest": DIGEST, "platform": next(platforms)}, {"digest": OTHER, "platform": next(platforms)}]
    reader, canned = registry(manifest({"manifests": rows}, INDEX), manifest({"layers": []}))

    assert reader.list_layers(NAME, DIGEST, platform="linux/amd64") == ()
    assert canned.lines[1].endswith(OTHER)


def test_what_is_not_to_be_had_has_no_layers() -> None:
    reader, _ = registry(CHALLENGE, TOKEN, said({"errors": []}, 404))
    assert reader.list_layers(NAME, DIGEST, platform="linux/amd64") is None


def test_a_manifest_that_names_a_layer_otherwise_is_not_believed() -> None:
    reader, _ = registry(manifest({"layers": [{"digest": "../../etc/passwd"}]}))
    with pytest.raises(HubUnavailable):
        reader.list_layers(NAME, DIGEST, platform="linux/amd64")


def test_the_storage_is_asked_without_the_token_however_often_it_moves() -> None:
    reader, canned = registry(CHALLENGE, TOKEN, moved(STORAGE), moved(STORAGE + "2"), said(b"the layer"))

    assert read(reader) == b"the layer"
    assert ["Authorization" in one.headers for one in canned.asked] == [False, True, True, False, False]
    assert [one.url for one in canned.asked[-2:]] == [STORAGE, STORAGE + "2"]
    assert canned.asked[-1].headers["Accept-Encoding"] == "identity"


def test_the_token_is_used_for_the_next_layer_too() -> None:
    reader, canned = registry(CHALLENGE, TOKEN, said(b"one"), said(b"two"))

    assert (read(reader), read(reader)) == (b"one", b"two")
    assert [one.headers.get("Authorization") for one in canned.asked[-2:]] == ["Bearer t1"] * 2


@pytest.mark.parametrize(
    "answers",
    [
        [moved("http://storage.cdn.example/less-encrypted")],
        [moved("/a/place/without/a/host")],
        [moved(STORAGE)] * 4,
        [said(b"", 404)],
        [said(b"no", 500)],
        [requests.ConnectionError()],
    ],
)
def test_no_layer_is_made_of_another_answer(answers: list[object]) -> None:
    reader, _ = registry(*answers)
    with pytest.raises(HubUnavailable):
        read(reader)


def test_what_is_compressed_for_the_way_is_left_as_it_came() -> None:
    reader, _ = registry(said(b"\x1f\x8b no gzip", 200, {"Content-Encoding": "gzip"}))
    assert read(reader) == b"\x1f\x8b no gzip"


class _Dripping(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"x" * 10)
        self.wfile.flush()
        if "cut" in self.path:
            self.close_connection = True
            return
        for _ in range(40):
            time.sleep(0.1)
            self.wfile.write(b"x")
            self.wfile.flush()

    def log_message(self, *args: object) -> None:
        """Nothing."""


@pytest.mark.parametrize("name", ["iestriana/cut", "iestriana/slow"])
def test_what_breaks_off_or_drips_beyond_its_time_is_an_error(name: str) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Dripping)
    Thread(target=server.serve_forever, daemon=True).start()
    reader = LayerReader(f"http://127.0.0.1:{server.server_port}")
    begun = time.monotonic()
    try:
        with pytest.raises(HubUnavailable), reader.open_layer(name, DIGEST, seconds=0.6) as found:
            list(found)
    finally:
        reader.close()
        server.shutdown()
        server.server_close()
    assert time.monotonic() - begun < 3

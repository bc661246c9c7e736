"""A registry on this machine that says what a test wants, and remembers who asked it for what."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from hubsync.hub.other_registries import OtherRegistry
from tests.hubsync.real_registry import CONFIG, INDEX, LAYER, MANIFEST

Said = tuple[int, dict[str, str], bytes]
JSON = {"Content-Type": "application/json"}


class Strange:
    """`host` as it stands in a reference. `answers` is asked first: the method and the path, and whether with a token."""

    def __init__(self, host: str) -> None:
        self.host = host
        self.asked: list[str] = []
        self.credentials: set[str] = set()
        self.answers: Callable[[str, str, bool], Said | Iterator[bytes] | None] = lambda *_: None
        config = {"os": "linux", "architecture": "amd64", "created": "2026-03-04T05:06:07Z"}
        self.config = json.dumps(config).encode()
        named = {"mediaType": CONFIG, "digest": digest_of(self.config), "size": len(self.config)}
        layer = {"mediaType": LAYER, "digest": "sha256:" + "1" * 64, "size": 30_000_000}
        manifest = {"schemaVersion": 2, "mediaType": MANIFEST, "config": named, "layers": [layer]}
        self.manifest = json.dumps(manifest).encode()
        place = {"os": "linux", "architecture": "arm64", "variant": "v8"}
        rows = [{"mediaType": MANIFEST, "digest": digest_of(self.manifest), "size": 1, "platform": place}]
        self.index = json.dumps({"schemaVersion": 2, "mediaType": INDEX, "manifests": rows}).encode()

    @property
    def registry(self) -> OtherRegistry:
        return OtherRegistry(self.host, (self.host,), scheme="http")

    def answer(self, method: str, path: str, credential: str) -> Said | Iterator[bytes]:
        self.asked.append(f"{method} {path}")
        self.credentials |= {credential} if credential else set()
        return self.answers(method, path, bool(credential)) or self.honest(path)

    def honest(self, path: str) -> Said:
        """As a registry without sign-in, with one image for two names: "web" with an index, "single" without."""
        if path.startswith("/token"):
            return 200, JSON, b'{"token": "t"}'
        for body, kind in ((self.index, INDEX), (self.manifest, MANIFEST)):
            names = (
                digest_of(body),
                "owner/web/manifests/1" if kind == INDEX else "owner/single/manifests/1",
            )
            if path.endswith(names):
                return 200, {"Content-Type": kind, "Docker-Content-Digest": digest_of(body)}, body
        if path.endswith(digest_of(self.config)):
            return 200, {"Content-Type": "application/octet-stream"}, self.config
        return 404, JSON, b'{"errors": [{"code": "MANIFEST_UNKNOWN"}]}'

    def challenge(self, realm: str = "") -> Said:
        asked = f'Bearer realm="{realm or f"http://{self.host}/token"}",service="ghcr.io"'
        return 401, {**JSON, "WWW-Authenticate": asked}, b'{"errors": [{"code": "UNAUTHORIZED"}]}'


def digest_of(body: bytes) -> str:
    return f"sha256:{sha256(body).hexdigest()}"


@contextmanager
def strange_registry() -> Iterator[Strange]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            said = strange.answer(self.command, self.path, self.headers.get("Authorization", ""))
            if not isinstance(said, tuple):
                for part in said:
                    self.wfile.write(part)
                return
            status, headers, body = said
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_HEAD = do_GET  # noqa: N815  http.server looks for this name

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """Who asked has gone, which is what the tests are about."""

    with Server(("127.0.0.1", 0), Handler) as server:
        strange = Strange(f"127.0.0.1:{server.server_port}")
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield strange
        finally:
            server.shutdown()

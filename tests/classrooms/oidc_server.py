"""A small server of OpenID Connect, as a school has one: it vouches for whom the test says."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import jwt

SECRET = "a secret that only the school and the portal know"


class OidcServer(ThreadingHTTPServer):
    """`claims` is what its next token says; `asked` the last question for one."""

    claims: dict[str, Any]
    asked: dict[str, list[str]]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Answer(BaseHTTPRequestHandler):
    server: OidcServer

    def do_GET(self) -> None:
        self._send(
            {
                "issuer": self.server.url,
                "authorization_endpoint": f"{self.server.url}/authorize",
                "token_endpoint": f"{self.server.url}/token",
                "userinfo_endpoint": f"{self.server.url}/userinfo",
                "jwks_uri": f"{self.server.url}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            }
        )

    def do_POST(self) -> None:
        self.server.asked = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        claims = {"iss": self.server.url, "aud": "portal", "exp": time.time() + 60, **self.server.claims}
        token = jwt.encode(claims, SECRET, algorithm="HS256")
        self._send({"access_token": "x", "token_type": "Bearer", "id_token": token})

    def _send(self, body: dict[str, Any]) -> None:
        raw = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *args: Any) -> None:
        """Nothing: a test's output is its own."""


@contextmanager
def running() -> Iterator[OidcServer]:
    server = OidcServer(("127.0.0.1", 0), _Answer)
    server.claims, server.asked = {}, {}
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

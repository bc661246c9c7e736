"""The HTTP server of the local Docker Hub: threads, connections kept open, no waiting for more to send.

Werkzeug's own development server closes the connection after each answer, and the faults need the socket
itself, so this is a small WSGI handler over the standard library's.
"""

import socket
import struct
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from threading import Thread
from typing import Any
from urllib.parse import unquote_to_bytes

from .app import make_app
from .door import HANG_UP
from .world import World

Application = Callable[..., Iterable[bytes]]
RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    timeout = 75
    server: "Server"

    def setup(self) -> None:
        super().setup()
        self.server.connections.add(self.connection)

    def finish(self) -> None:
        self.server.connections.discard(self.connection)
        with suppress(OSError):
            super().finish()

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        environ = self._environ(self.rfile.read(length) if length else b"", length)
        try:
            self._send(self.server.application(environ, self._start))
        except (ConnectionError, TimeoutError):
            self.close_connection = True

    do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_GET  # noqa: N815

    def log_message(self, *args: Any) -> None:
        """Nothing: the front page shows what was asked."""

    def version_string(self) -> str:
        return "local-docker-hub"

    def _start(self, status: str, headers: list[tuple[str, str]], *exc_info: Any) -> None:
        code, _, reason = status.partition(" ")
        self.send_response(int(code), reason)
        for name, value in headers:
            self.send_header(name, value)
        if not any(name.lower() == "content-length" for name, _ in headers) and code not in {"204", "304"}:
            self.close_connection = True
            self.send_header("Connection", "close")
        self.end_headers()

    def _send(self, parts: Iterable[bytes]) -> None:
        try:
            for part in parts:
                if self.command != "HEAD":
                    self.wfile.write(part)
                self.wfile.flush()
        finally:
            close = getattr(parts, "close", None)
            if close is not None:
                close()

    def _environ(self, body: bytes, length: int) -> dict[str, Any]:
        path, _, query = self.path.partition("?")
        host, port = self.server.server_address[:2]
        environ: dict[str, Any] = {
            "REQUEST_METHOD": self.command,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(length),
            "SERVER_NAME": str(host),
            "SERVER_PORT": str(port),
            "SERVER_PROTOCOL": self.request_version,
            "REMOTE_ADDR": self.client_address[0],
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            HANG_UP: self._hang_up,
        }
        for name, value in self.headers.items():
            key = f"HTTP_{name.upper().replace('-', '_')}"
            environ[key] = f"{environ[key]},{value}" if key in environ else value
        return environ

    def _hang_up(self) -> None:
        # With this option closing sends RST, as a firewall or a dying server does.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def __init__(self, address: tuple[str, int], application: Application) -> None:
        self.application = application
        self.connections: set[socket.socket] = set()
        super().__init__(address, Handler)

    def server_close(self) -> None:
        """Stop listening, and end the connections that clients still hold open."""
        super().server_close()
        for connection in list(self.connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, *_: Any) -> None:
        """A client that goes away is nothing to report; the application reports its own errors."""


class RunningServer:
    """A server in a thread of its own. `with serve(world) as hub: requests.get(hub.url + …)`."""

    def __init__(self, server: Server) -> None:
        self._server = server
        host, port = server.server_address[:2]
        self.port = int(port)
        self.url = f"http://{host!s}:{port}"
        self._thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def wait(self) -> None:
        self._thread.join()

    def __enter__(self) -> "RunningServer":
        return self

    def __exit__(self, *exc: object) -> None:
        self.stop()


def serve(world: World, host: str = "127.0.0.1", port: int = 0) -> RunningServer:
    """Answer for this world at an address; port 0 picks a free one. Raises OSError where it is in use."""
    return RunningServer(Server((host, port), make_app(world).wsgi_app))

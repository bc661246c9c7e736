"""The local Docker Hub without a socket: the engine's requests are answered in the same process, and can go wrong."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from requests.exceptions import ChunkedEncodingError
from requests.exceptions import ConnectionError as NoConnection
from urllib3 import HTTPResponse

from hubsync.hub.bounded import BoundedAdapter
from hubsync.sandbox.app import make_app
from hubsync.sandbox.world import World
from tests.hubsync.stage import SIGN_IN, WRITING

URL = "http://127.0.0.1:1"


class Killed(BaseException):
    """What `kill -9` does, as near as one process can do it to itself."""


@dataclass(frozen=True)
class Sent:
    """One request as it left, and the status that came back (0: none did)."""

    method: str
    path: str
    body: Any
    status: int

    @property
    def is_write(self) -> bool:
        return self.method in WRITING and self.path != SIGN_IN


@dataclass
class Trap:
    """What happens at the nth write from now: `when` is "before", "after", "lost", or "meanwhile" (then `act` is done)."""

    number: int
    when: str
    act: Callable[[], object] = lambda: None


Lie = Callable[[str, bytes], bytes]


@dataclass
class Wire:
    """Answers for one world. `sent` is everything that the engine ever asked; `lie` may change what a read answers."""

    world: World
    sent: list[Sent] = field(default_factory=list)
    trap: Trap | None = None
    lie: Lie | None = None
    is_read_only: bool = False

    def __post_init__(self) -> None:
        self.turn_to(self.world)

    def turn_to(self, world: World) -> None:
        """Answer for this world from now on."""
        self.world, self.application = world, make_app(world).wsgi_app

    @property
    def writes(self) -> list[Sent]:
        return [one for one in self.sent if one.is_write]

    def send(self, request: PreparedRequest, **options: Any) -> Response:
        """In place of `BoundedAdapter.send`."""
        path = str(request.path_url)
        is_write = Sent(str(request.method), path, None, 0).is_write
        assert not (is_write and self.is_read_only), f"{request.method} {path} was sent"
        when = self._sprung(is_write)
        if when == "before":
            raise Killed
        status, headers, content = self._answer(request)
        self.sent.append(Sent(str(request.method), path, _body(request), status))
        if when == "after":
            raise Killed
        if when == "lost" or status == 0:
            raise NoConnection
        if self.lie and request.method == "GET":
            content = self.lie(path, content)
        return _response(request, status, headers, content)

    def _sprung(self, is_write: bool) -> str:
        if not is_write or self.trap is None:
            return ""
        self.trap.number -= 1
        if self.trap.number:
            return ""
        trap, self.trap = self.trap, None
        trap.act()
        return trap.when

    def _answer(self, request: PreparedRequest) -> tuple[int, list[tuple[str, str]], bytes]:
        """(0, [], b"") where the connection was cut."""
        said: list[Any] = []
        try:
            parts = self.application(
                _environ(request), lambda status, headers, _=None: said.extend((status, headers))
            )
            content = _whole(parts)
        except ConnectionResetError:
            return 0, [], b""
        return int(said[0].split()[0]), said[1], content


def _whole(parts: Any) -> bytes:
    """Raises ChunkedEncodingError where the answer ends before its end."""
    content = b""
    try:
        for part in parts:
            content += part
    except ConnectionResetError as problem:
        raise ChunkedEncodingError from problem
    return content


def _body(request: PreparedRequest) -> Any:
    return json.loads(request.body) if request.body else None


def _environ(request: PreparedRequest) -> dict[str, Any]:
    parts = urlsplit(str(request.url))
    body = request.body.encode() if isinstance(request.body, str) else (request.body or b"")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(parts.path).decode("latin-1"),
        "QUERY_STRING": parts.query,
        "CONTENT_TYPE": request.headers.get("Content-Type", ""),
        "CONTENT_LENGTH": str(len(body)),
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "1",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(body),
        "wsgi.errors": BytesIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    names = {name: f"HTTP_{name.upper().replace('-', '_')}" for name in request.headers}
    return environ | {names[name]: value for name, value in request.headers.items()}


def _response(
    request: PreparedRequest, status: int, headers: list[tuple[str, str]], content: bytes
) -> Response:
    kept = [one for one in headers if one[0].lower() != "content-length"]
    raw = HTTPResponse(BytesIO(content), headers=kept, status=status, preload_content=False)
    return HTTPAdapter().build_response(request, raw)


@contextmanager
def wired(world: World, patch: Any) -> Iterator[Wire]:
    """Every connection of the portal leads to this world for as long as it lasts; `patch` is pytest's MonkeyPatch."""
    wire = Wire(world)
    with patch.context() as inside:
        inside.setattr(BoundedAdapter, "send", wire.send)
        yield wire

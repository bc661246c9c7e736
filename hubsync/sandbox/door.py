"""The door of the local Docker Hub: one request at a time, faults on demand, a note of what was asked."""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from .answers import SHIFT, WORLD
from .ended import end_bearer, revoke_token
from .faults import OF_ROWS, Fault
from .journal import WRITING, Asked
from .lag import Past
from .row_faults import with_fault
from .world import World

Environ = dict[str, Any]
Answer = tuple[str, list[tuple[str, str]], bytes]
FIREWALL_PAGE = (
    b'<!DOCTYPE html><html lang="en"><head><title>Just a moment...</title></head><body></body></html>'
)
HANG_UP = "sandbox.hang_up"
ELSEWHERE = "https://elsewhere.example/v2/"
DROPPED: Answer = ("0", [], b"")


class Door:
    """A WSGI application around another. The people's pages pass without faults and without a note."""

    def __init__(self, inner: Callable[..., Iterable[bytes]], world: World) -> None:
        self._inner, self._world, self._past = inner, world, Past(world)

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if not path.startswith("/v2") and path != "/token":
            with self._world.lock:
                return self._inner(environ, start_response)
        started = time.perf_counter()
        with self._world.lock:
            fault = self._world.faults.pick(environ["REQUEST_METHOD"], path)
        status, headers, content = self._answer(environ, fault)
        self._note(environ, status, time.perf_counter() - started)
        if status == "0":
            hang_up(environ)
        start_response(status, headers)
        if fault is not None and fault.kind == "truncated":
            return _half(content, environ)
        return _drip(content, fault.seconds) if fault is not None and fault.kind == "slow drip" else [content]

    def _answer(self, environ: Environ, fault: Fault | None) -> Answer:
        if fault is not None and fault.kind == "latency":
            time.sleep(fault.seconds)
        instead = _instead(fault) if fault is not None else None
        if instead is not None:
            return instead
        with self._world.lock:
            if fault is not None:
                self._prepare(environ, fault)
            if environ["REQUEST_METHOD"] in WRITING:
                self._past.note_write()
            answer = self._work(environ)
            if fault is not None and fault.kind in OF_ROWS:
                answer = self._with_other_rows(answer, fault)
        return DROPPED if fault is not None and fault.kind == "reset after" else answer

    def _prepare(self, environ: Environ, fault: Fault) -> None:
        """What has to be so before the work is done."""
        if fault.kind == "shifted page":
            environ[SHIFT] = 1 if self._world.faults.choose(2) else -1
        elif fault.kind == "stale read":
            environ[WORLD] = self._past.as_of(fault.seconds)
        elif fault.kind == "expired bearer":
            end_bearer(self._world, environ)
        elif fault.kind == "revoked token":
            revoke_token(self._world, environ)

    def _with_other_rows(self, answer: Answer, fault: Fault) -> Answer:
        status, headers, content = answer
        content = with_fault(content, fault.kind, self._world.faults)
        length = ("Content-Length", str(len(content)))
        return status, [*(one for one in headers if one[0].lower() != "content-length"), length], content

    def _work(self, environ: Environ) -> Answer:
        kept: list[Any] = []
        body = self._inner(environ, lambda status, headers, _=None: kept.extend((status, headers)))
        content = b"".join(body)
        return kept[0], kept[1], content

    def _note(self, environ: Environ, status: str, seconds: float) -> None:
        query = f"?{environ['QUERY_STRING']}" if environ.get("QUERY_STRING") else ""
        asked = Asked(
            at=self._world.clock.now(),
            method=environ["REQUEST_METHOD"],
            path=environ["PATH_INFO"] + query,
            status=int(status.split(maxsplit=1)[0]),
            milliseconds=round(seconds * 1000, 1),
        )
        with self._world.lock:
            self._world.journal.note(asked)


def hang_up(environ: Environ) -> None:
    """Let the connection die without an answer."""
    cut = environ.get(HANG_UP)
    if cut is not None:
        cut()
    raise ConnectionResetError("the local Docker Hub was told to hang up")


def _instead(fault: Fault) -> Answer | None:
    """What is answered in place of the work; `None` where the work is done."""
    wait = ("Retry-After", str(int(fault.seconds) or 1))
    limited = b'{"detail":"Rate limit exceeded","error":false}'
    broken = b'{"message":"internal error","errinfo":null}'
    answers = {
        "reset before": DROPPED,
        "too many": _said("429 Too Many Requests", "application/json", limited, wait),
        "abuse": _said("429 Too Many Requests", "text/plain", b"Too Many Requests (HAP429).\n"),
        "error": _said(f"{fault.status} Error", "application/json", broken),
        "firewall": _said("403 Forbidden", "text/html; charset=UTF-8", FIREWALL_PAGE),
        "redirect": _said("302 Found", "text/html", b"", ("Location", ELSEWHERE)),
        "firewall code": _said("403 Forbidden", "text/plain; charset=UTF-8", b"error code: 1010"),
    }
    return answers.get(fault.kind)


def _said(status: str, kind: str, body: bytes, *more: tuple[str, str]) -> Answer:
    return status, [("Content-Type", kind), ("Content-Length", str(len(body))), *more], body


def _half(content: bytes, environ: Environ) -> Iterator[bytes]:
    """Half of what Content-Length promised, and then the end of the connection."""
    yield content[: len(content) // 2]
    hang_up(environ)


def _drip(content: bytes, seconds: float) -> Iterator[bytes]:
    for place in range(len(content)):
        time.sleep(seconds)
        yield content[place : place + 1]

"""HTTP whose every answer is over by a moment fixed beforehand, however slowly it drips.

A read time-out is per read: an answer that sends one byte every second passes it for ever. Here the clock
runs from the request being sent to the last byte of the body, heading lines included.
"""

from __future__ import annotations

import http.client
import io
import socket
import time
from collections.abc import Mapping
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from hubsync.hub.decipher import Answer
from hubsync.hub.errors import HubUnavailable

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 15.0
# The largest honest answers are pages of 100 rows and manifests, well under one megabyte.
LARGEST_BODY = 16 * 1024 * 1024


class _UntilDeadline(io.RawIOBase):
    """The receiving side of a socket, closed for reading at a moment of the monotonic clock."""

    def __init__(self, sock: socket.socket, raw: io.RawIOBase, deadline: float) -> None:
        super().__init__()
        self._sock, self._raw, self._deadline = sock, raw, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the answer took too long")
        self._sock.settimeout(left)
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _BoundedResponse(http.client.HTTPResponse):
    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        # urllib3 sets the read time-out on the socket before it asks for the answer: our bound in whole.
        bound = sock.gettimeout() or ANSWER_SECONDS
        super().__init__(sock, *args, **kwargs)
        self.fp = io.BufferedReader(_UntilDeadline(sock, self.fp.detach(), time.monotonic() + bound))


class _BoundedHTTP(HTTPConnection):
    response_class = _BoundedResponse


class _BoundedHTTPS(HTTPSConnection):
    response_class = _BoundedResponse


class _HTTPPool(HTTPConnectionPool):
    ConnectionCls = _BoundedHTTP


class _HTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _BoundedHTTPS


class BoundedAdapter(HTTPAdapter):
    """Sends a request once, keeps the connection, and ends the answer within the read time-out in whole."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _HTTPPool, "https": _HTTPSPool}


class SignIn(requests.auth.AuthBase):
    """Leaves the headers as they are. Without it `requests` would put in what ~/.netrc holds for the host."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        return request


def open_session(user_agent: str, adapter: HTTPAdapter | None = None) -> requests.Session:
    """A session that keeps connections and no cookies, and says who it is."""
    session = requests.Session()
    session.headers["User-Agent"] = user_agent
    session.auth = SignIn()
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    for scheme in ("https://", "http://"):
        session.mount(scheme, adapter or BoundedAdapter(max_retries=0))
    return session


def ask(
    session: requests.Session,
    method: str,
    url: str,
    *,
    sign_in: SignIn | None = None,
    headers: Mapping[str, str] | None = None,
    params: Mapping[str, Any] | None = None,
    body: object = None,
    seconds: float = ANSWER_SECONDS,
    most_bytes: int = LARGEST_BODY,
) -> Answer:
    """One request and its whole answer. Follows no redirect. Raises HubUnavailable where none came in time.

    The error is made outside the `except`, so that the exception of `requests`, which holds the request
    and in it the bearer, does not travel along.
    """
    try:
        with session.request(
            method,
            url,
            auth=sign_in or session.auth,
            headers=headers,
            params=params,
            json=body,
            timeout=(CONNECT_SECONDS, seconds),
            allow_redirects=False,
            stream=True,
        ) as response:
            return Answer(response.status_code, dict(response.headers), _whole_body(response, most_bytes))
    except (requests.RequestException, OSError, ValueError, http.client.HTTPException) as problem:
        trouble = _trouble(problem)
    raise HubUnavailable(trouble)


def _whole_body(response: requests.Response, most_bytes: int) -> bytes:
    body = bytearray()
    for part in response.iter_content(65536):
        body += part
        if len(body) > most_bytes:
            raise requests.RequestException
    return bytes(body)


def _trouble(problem: Exception) -> str:
    for kind, sentence in _TROUBLES:
        if isinstance(problem, kind):
            return sentence
    return "no usable answer"


_TROUBLES: tuple[tuple[type[Exception], str], ...] = (
    (requests.exceptions.SSLError, "the certificate does not fit"),
    (requests.exceptions.ConnectTimeout, "no connection in time"),
    (requests.exceptions.Timeout, "no answer in time"),
    (requests.exceptions.ChunkedEncodingError, "the answer was cut off"),
    (requests.exceptions.ConnectionError, "no connection, or it was cut"),
)

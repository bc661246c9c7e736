"""A Docker Hub of answers said beforehand: an adapter for `requests`; all above the socket is real."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import BaseAdapter
from urllib3 import HTTPResponse

from hubsync.hub.client import HubConnection

URL = "https://hub.example"
SECRET = "dckr_oat_planted-Secret-1"
Said = tuple[int, dict[str, str], bytes]


def said(body: object = None, status: int = 200, headers: dict[str, str] | None = None) -> Said:
    """An answer of JSON, or of exactly these bytes."""
    if isinstance(body, bytes):
        return status, headers or {}, body
    raw = b"" if body is None else json.dumps(body).encode()
    return status, {"Content-Type": "application/json", **(headers or {})}, raw


def jwt(lives: int = 600, name: str = "bearer") -> str:
    claims = base64.urlsafe_b64encode(json.dumps({"iat": 1000, "exp": 1000 + lives}).encode())
    return f"eyJh.{claims.decode().rstrip('=')}.{name}"


class Canned(BaseAdapter):
    """Gives its answers in order, signs everybody in, and remembers what it was asked."""

    def __init__(self, *answers: Said | Exception, sign_in: Callable[[int], Said] | None = None) -> None:
        super().__init__()
        self.answers = list(answers)
        self.asked: list[requests.PreparedRequest] = []
        self.sign_ins = 0
        self._sign_in = sign_in or (lambda number: said({"access_token": jwt(name=f"bearer{number}")}))

    def send(self, request: requests.PreparedRequest, **_: Any) -> requests.Response:
        if request.path_url == "/v2/auth/token":
            self.sign_ins += 1
            return self._response(request, self._sign_in(self.sign_ins))
        self.asked.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return self._response(request, answer)

    def close(self) -> None:
        pass

    @property
    def lines(self) -> list[str]:
        return [f"{one.method} {one.path_url}" for one in self.asked]

    def body(self, number: int = -1) -> Any:
        return json.loads(self.asked[number].body or b"null")

    def _response(self, request: requests.PreparedRequest, answer: Said) -> requests.Response:
        response = requests.Response()
        response.status_code, headers, body = answer
        response.headers.update(headers)
        response.raw = HTTPResponse(BytesIO(body), preload_content=False, headers=headers)
        response.request, response.url = request, request.url or ""
        return response


def connect(canned: Canned, *, secret: str = SECRET, **options: Any) -> HubConnection:
    """A connection of the organization iestriana to these answers, which waits for nothing."""
    options.setdefault("sleep", lambda seconds: None)
    return HubConnection(URL, "iestriana", secret, adapter=canned, **options)


def page(*rows: object, count: int | None = None, link: str | None = None) -> Said:
    return said({"count": len(rows) if count is None else count, "next": link, "results": list(rows)})


def paths(canned: Canned) -> list[str]:
    return [urlsplit(one.path_url).path for one in canned.asked]

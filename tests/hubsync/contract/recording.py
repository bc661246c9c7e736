"""What goes between a client and a Docker Hub, written down whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import requests

from hubsync.hub.bounded import BoundedAdapter
from hubsync.hub.errors import HubError


@dataclass(frozen=True)
class Exchange:
    """One request and its answer. `caller` is the method of the client that sent it, "" for another client."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    status: int
    answer_headers: Mapping[str, str]
    answer: bytes
    caller: str = ""

    def __str__(self) -> str:
        return f"{self.caller or 'somebody'}: {self.method} {self.path} → {self.status}"


class Recorder(BoundedAdapter):
    """An adapter for `requests` that keeps every exchange. `caller` is written beside those that follow."""

    def __init__(self) -> None:
        super().__init__(max_retries=0)
        self.exchanges: list[Exchange] = []
        self.caller = ""

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        response = super().send(request, *args, **kwargs)
        there, body = urlsplit(request.url or ""), request.body or b""
        self.exchanges.append(
            Exchange(
                method=request.method or "",
                path=unquote(there.path),
                query=dict(parse_qsl(there.query, keep_blank_values=True)),
                headers=request.headers,
                body=body if isinstance(body, bytes) else str(body).encode(),
                status=response.status_code,
                answer_headers=response.headers,
                answer=response.content,
                caller="sign_in" if there.path == "/v2/auth/token" else self.caller,
            )
        )
        return response


class Watched:
    """A reader or a writer whose calls are written down under the method's name.

    A named error of the client is given back instead of raised: what matters here is what was said.
    """

    def __init__(self, client: object, recorder: Recorder) -> None:
        self._client, self._recorder = client, recorder

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._client, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            self._recorder.caller = name
            try:
                return method(*args, **kwargs)
            except HubError as problem:
                return problem
            finally:
                self._recorder.caller = ""

        return call

"""An answer that is too large to be kept: read in pieces, until a moment fixed beforehand."""

from __future__ import annotations

import http.client
from collections.abc import Iterator, Mapping
from types import TracebackType

import requests
from urllib3.exceptions import HTTPError

from hubsync.hub.bounded import CONNECT_SECONDS, SignIn
from hubsync.hub.errors import HubUnavailable

PIECE = 64 * 1024
_TROUBLES = (requests.RequestException, HTTPError, OSError, ValueError, http.client.HTTPException)


class Streamed:
    """The head of an answer, and its body while it comes. Closing it early drops the connection."""

    def __init__(self, response: requests.Response) -> None:
        self.status = response.status_code
        self.headers: Mapping[str, str] = dict(response.headers)
        self._response = response

    def __enter__(self) -> Streamed:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._response.close()

    def pieces(self) -> Iterator[bytes]:
        """The body as it was sent: a layer is compressed in itself, whatever the heading says of the transfer.

        Raises HubUnavailable where it is cut off or takes too long.
        """
        try:
            yield from self._response.raw.stream(PIECE, decode_content=False)
        except _TROUBLES:
            is_cut = True
        else:
            is_cut = False
        if is_cut:
            raise HubUnavailable("the answer was cut off")


def open_stream(session: requests.Session, url: str, *, sign_in: SignIn | None, seconds: float) -> Streamed:
    """The answer to a GET, whose whole body has to come within so many seconds. Follows no redirect.

    Raises HubUnavailable outside the `except`, as `bounded.ask` does.
    """
    try:
        return Streamed(
            session.get(
                url,
                auth=sign_in or session.auth,
                headers={"Accept": "*/*", "Accept-Encoding": "identity"},
                timeout=(CONNECT_SECONDS, seconds),
                allow_redirects=False,
                stream=True,
            )
        )
    except _TROUBLES:
        trouble = "no usable answer"
    raise HubUnavailable(trouble)

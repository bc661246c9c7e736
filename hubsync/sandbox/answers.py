"""How an answer is written: JSON, pages of a list, moments in time."""

import json
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from itertools import islice
from typing import Any, TypeVar, cast
from urllib.parse import urlencode

from flask import Response, current_app, request

from .records import Row
from .refusals import message, not_found
from .world import World

Item = TypeVar("Item")
# In the environment of a request: a world to answer from other than the present one, and by how much pages shift.
WORLD = "sandbox.world"
SHIFT = "sandbox.shift"


def here() -> World:
    """The world that this request is about."""
    return cast(World, request.environ.get(WORLD) or current_app.extensions["world"])


def answer(body: Any, status: int = 200) -> Response:
    return Response(json.dumps(body), status, mimetype="application/json")


def nothing(status: int = 204) -> Response:
    return Response(status=status)


def moment(at: datetime | None) -> str | None:
    """RFC 3339 with microseconds and Z, as in "2021-01-05T21:06:53.506400Z"."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z" if at else None


def body() -> Row:
    """The JSON object that was sent. Refuses what is not one."""
    sent = request.get_json(silent=True, force=True)
    if not isinstance(sent, dict):
        raise message(400, "bad request", errinfo={})
    return sent


def text_of(sent: Row, name: str, *, default: str | None = None) -> str:
    """A text in a body. Refuses another type, and a missing one where there is no default."""
    value = sent.get(name, default)
    if not isinstance(value, str):
        raise message(400, "bad request", errinfo={"fielderrors": {name: "This field is required."}})
    return value


def flag_of(sent: Row, name: str) -> bool:
    value = sent.get(name)
    if not isinstance(value, bool):
        raise message(400, "bad request", errinfo={"fielderrors": {name: "must be true or false"}})
    return value


def page_wanted(default_size: int) -> tuple[int, int]:
    """Number (from 1) and size of the page asked for."""
    number = request.args.get("page", 1, type=int)
    size = request.args.get("page_size", default_size, type=int)
    # Hub: a larger page_size is cut to 100 without a word; it has been ignored for days.
    return max(number, 1), min(max(size, 1), here().limits.largest_page)


def page(
    rows: Collection[Item], render: Callable[[Item], Row], *, size: int = 10, total_name: str = "count"
) -> Response:
    """One page of the rows in Docker Hub's envelope."""
    number, size = page_wanted(size)
    start, total = (number - 1) * size, len(rows)
    # Hub: a page past the end is 404, not an empty list; the first page is always there.
    if number > 1 and start >= total:
        raise not_found("page not found")
    shifted = start + request.environ.get(SHIFT, 0) if number > 1 else start
    results = [render(row) for row in islice(rows, shifted, shifted + size)]
    following = _url_of_page(number + 1) if start + size < total else None
    before = _url_of_page(number - 1) if number > 1 else None
    return answer({total_name: total, "next": following, "previous": before, "results": results})


def _url_of_page(number: int) -> str:
    # Hub: absolute, with the host that was asked.
    return f"{request.base_url}?{urlencode({**request.args.to_dict(), 'page': number})}"

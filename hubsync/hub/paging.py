"""A list of Docker Hub, page by page, with what the pages said about their number."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urljoin, urlsplit

from hubsync.hub.errors import HubNotFound, IncompleteObservation
from hubsync.hub.json_fields import Row, number
from hubsync.hub.listing import Listing
from hubsync.hub.scopes import Area, Scope
from hubsync.hub.transport import HubConnection

T = TypeVar("T")
# Hub: a larger page_size is silently cut to 100.
PAGE_SIZE = 100
MOST_PAGES = 2000
# Hub: the list of invitations, whose rows are called `data`, has no pages and documents no parameter.
UNPAGED = "data"


@dataclass
class _Pages:
    """What has been read of one list so far."""

    rows: list[Row] = field(default_factory=list)
    counts: list[int | None] = field(default_factory=list)
    is_cut: bool = False

    def take(self, page: object, key: str) -> str:
        """Take one page in; the link to the next one, "" after the last."""
        if isinstance(page, list):
            # Hub: older answers were a bare list. A full one may have been cut at the page's size.
            self._add(page)
            self.is_cut = len(page) >= PAGE_SIZE
            return ""
        if not isinstance(page, dict) or key not in page:
            raise IncompleteObservation("a page of the list is not a page")
        # Hub: null has been seen where an empty list belongs.
        self._add(page[key] or [])
        # Hub: the list of access tokens calls its count `total`.
        self.counts.append(number(page, "total" if "total" in page else "count"))
        link = page.get("next") or ""
        if not isinstance(link, str):
            raise IncompleteObservation("the link to the next page is not a link")
        return link

    def _add(self, rows: object) -> None:
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise IncompleteObservation("a page of the list holds something else than rows")
        self.rows += rows

    def is_whole(self) -> bool:
        told = {count for count in self.counts if count is not None}
        return not self.is_cut and told <= {len(self.rows)}


def list_pages(
    connection: HubConnection,
    path: str,
    from_row: Callable[[Row], T],
    *,
    scope: Scope | None = None,
    area: Area | None = None,
    params: Mapping[str, Any] | None = None,
    key: str = "results",
) -> Listing[T]:
    """Everything of a list. Raises HubNotFound where the list itself is not there.

    Raises IncompleteObservation where a page cannot be read as one or leads elsewhere.
    """
    pages, seen = _Pages(), set[str]()
    of_pages = {} if key == UNPAGED else {"page": 1, "page_size": PAGE_SIZE}
    asked: Mapping[str, Any] | None = {**(params or {}), **of_pages}
    while True:
        try:
            page = connection.request("GET", path, scope=scope, area=area, params=asked)
        except HubNotFound:
            if not seen:
                raise
            # Hub: a page past the end is 404, so rows that went away while we read end the list like this.
            break
        link = pages.take(page, key)
        if not link:
            break
        # Hub: page_size has been ignored for days, so the link is followed and nothing is computed.
        path, asked = _path_of_link(connection, path, link), None
        if path in seen or len(seen) >= MOST_PAGES:
            raise IncompleteObservation("the pages of the list lead in a circle")
        seen.add(path)
    return Listing(
        rows=tuple(from_row(row) for row in pages.rows),
        count_first=pages.counts[0] if pages.counts else None,
        count_last=pages.counts[-1] if pages.counts else None,
        complete=pages.is_whole(),
    )


def _path_of_link(connection: HubConnection, path: str, link: str) -> str:
    """Path and query of the link, on our own Docker Hub. A link to another host would be given our bearer."""
    if not connection.is_same_host(link):
        raise IncompleteObservation("the link to the next page leads to another host")
    there = urlsplit(urljoin(connection.base_url + path, link))
    if not there.path.startswith("/v2/"):
        raise IncompleteObservation("the link to the next page leads out of the API")
    return f"{there.path}?{there.query}"

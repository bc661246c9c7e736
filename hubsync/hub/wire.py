"""One request to Docker Hub's API and its answer, with who wants to know of it. Signs nobody in by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from threading import local
from typing import Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter

from hubsync.hub.bounded import SignIn, ask, open_session
from hubsync.hub.decipher import Answer
from hubsync.hub.headers import BudgetHeaders, header, read_budget

VERSION = "0.1.0"
# Hub: the default agents of Python are turned away by the firewall with 403 and "error code: 1010".
USER_AGENT = f"Aulahub/{VERSION}"
REDIRECTS = frozenset({301, 302, 307, 308})


@dataclass(frozen=True)
class Call:
    """One thing to ask. `path` is quoted and begins with "/v2/"."""

    method: str
    path: str
    params: Mapping[str, Any] | None = None
    body: object = field(default=None, repr=False)


def utc_now() -> datetime:
    return datetime.now(UTC)


def user_agent_with(contact: str) -> str:
    """The User-Agent with where to reach the people who run this portal (an address or a page)."""
    return (
        f"{USER_AGENT} (+{contact})"
        if contact.isascii() and contact.isprintable() and contact
        else USER_AGENT
    )


@dataclass(frozen=True)
class Hooks:
    """Who is asked before each request (and may raise), and who hears of it afterwards."""

    before_call: Callable[[], None] | None = None
    on_call: Callable[[str, str, int], None] | None = None
    on_budget: Callable[[BudgetHeaders], None] | None = None


class Wire:
    """Sends to one Docker Hub over connections that are kept."""

    def __init__(
        self,
        base_url: str,
        hooks: Hooks,
        *,
        user_agent: str,
        adapter: HTTPAdapter | None,
        answer_seconds: float,
        now: Callable[[], datetime],
    ) -> None:
        self.base_url, self.hooks, self.answer_seconds, self.now = base_url, hooks, answer_seconds, now
        # A session is not made for several threads, so that each has its own.
        self._mine, self._sessions = local(), list[requests.Session]()
        self._open = partial(open_session, user_agent, adapter)

    def close(self) -> None:
        while self._sessions:
            self._sessions.pop().close()
        self._mine = local()

    @property
    def _session(self) -> requests.Session:
        session: requests.Session | None = getattr(self._mine, "session", None)
        if session is None:
            session = self._mine.session = self._open()
            self._sessions.append(session)
        return session

    def is_same_host(self, url: str) -> bool:
        """Whether a link of an answer (absolute or not) stays on this Docker Hub."""
        try:
            there, here = urlsplit(urljoin(self.base_url + "/", url)), urlsplit(self.base_url)
            return (there.hostname, _port(there)) == (here.hostname, _port(here))
        except ValueError:
            return False

    def follow(self, call: Call, sign_in: SignIn | None) -> Answer:
        """As `send`, with one redirect of a GET followed, if it stays on this Docker Hub."""
        answer = self.send(call, sign_in)
        location = header(answer.headers, "Location")
        if call.method != "GET" or answer.status not in REDIRECTS or not location:
            return answer
        if not self.is_same_host(location):
            return answer
        # Hub: a GET without its closing slash was answered 301 to the form with it (2017). Followed once.
        there = urlsplit(urljoin(self.base_url + call.path, location))
        question = f"?{there.query}" if there.query else ""
        return self.send(Call("GET", there.path + question), sign_in)

    def send(self, call: Call, sign_in: SignIn | None) -> Answer:
        """The answer of any status. Raises HubUnavailable where none came in time, and what hooks raise."""
        if self.hooks.before_call:
            self.hooks.before_call()
        status = 0
        try:
            answer = ask(
                self._session,
                call.method,
                self.base_url + call.path,
                sign_in=sign_in,
                headers={"Accept": "application/json"},
                params=call.params,
                body=call.body,
                seconds=self.answer_seconds,
            )
            status = answer.status
        finally:
            if self.hooks.on_call:
                self.hooks.on_call(call.method, call.path.partition("?")[0], status)
        budget = read_budget(answer.headers, self.now())
        if budget and self.hooks.on_budget:
            self.hooks.on_budget(budget)
        return answer


def _port(url: SplitResult) -> int | None:
    """The port, None for a usual one: whoever follows a link does it with our own scheme."""
    return None if url.port in (80, 443) else url.port


def path_of(*parts: str) -> str:
    """ "/v2/orgs/x/members" of its parts, each quoted. Raises ValueError on a part that would lead elsewhere.

    Hub: an empty part is answered 405; "a/b" or ".." in a name would be another route.
    """
    if any(part in ("", ".", "..") for part in parts):
        raise ValueError("a part of a route is empty")
    return "/v2/" + "/".join(quote(part, safe="") for part in parts)

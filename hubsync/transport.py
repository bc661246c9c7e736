"""The connection to Docker Hub's API: signs in, asks one thing at a time, tells answers from troubles."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from requests.adapters import HTTPAdapter

from hubsync.bearer import Bearer, Concealed, WithBearer, WithPassword, WithSecret, read_token
from hubsync.bounded import ANSWER_SECONDS, SignIn, ask, open_session
from hubsync.decipher import Answer, Question, conceal, decipher, read_json, sentence_of
from hubsync.errors import HubAuthLost, HubUnavailable
from hubsync.headers import BudgetHeaders, header, read_budget
from hubsync.scopes import AREA_OF, Area, Scope

VERSION = "0.1.0"
# Hub: the default agents of Python are turned away by the firewall with 403 and "error code: 1010".
USER_AGENT = f"Aulahub/{VERSION}"
SAFE_TO_REPEAT = frozenset({"GET", "HEAD", "PUT", "PATCH", "DELETE"})
WORTH_REPEATING = frozenset({502, 503, 504})
TRIES = 3
FIRST_PAUSE_SECONDS = 0.5
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


class HubConnection:
    """One credential's way to one Docker Hub. Threads that read may share it.

    `before_call()` is asked before every request and may raise, for instance HubThrottled; `on_call(method,
    path, status)` hears of every request after it, status 0 where no answer came; `on_budget` hears what
    the answer said about the rate limit. Without a secret nobody signs in, and only what is public can be
    read.
    """

    def __init__(
        self,
        base_url: str,
        identifier: str = "",
        secret: str = "",
        *,
        registry_url: str | None = None,
        before_call: Callable[[], None] | None = None,
        on_call: Callable[[str, str, int], None] | None = None,
        on_budget: Callable[[BudgetHeaders], None] | None = None,
        user_agent: str = USER_AGENT,
        adapter: HTTPAdapter | None = None,
        answer_seconds: float = ANSWER_SECONDS,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], datetime] = utc_now,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self.identifier = identifier
        self.registry_url = registry_url
        # Docker Hub has said no to this secret. It is not tried again: that would lock the account.
        self.is_refused = False
        # Which of several routes answered for which call, so that the others are not tried each time.
        self.working_routes: dict[str, str] = {}
        self.now = now
        self._secret = Concealed(secret)
        self._has_secret = bool(secret)
        self._bearer: Bearer | None = None
        self._refusal = ""
        self._lock = threading.Lock()
        self._before_call, self._on_call, self._on_budget = before_call, on_call, on_budget
        self._session = open_session(user_agent, adapter)
        self._answer_seconds, self._sleep, self._monotonic = answer_seconds, sleep, monotonic

    def __repr__(self) -> str:
        return f"<HubConnection {urlsplit(self.base_url).hostname} as {self.identifier or 'nobody'}>"

    def __reduce__(self) -> Any:
        raise TypeError("a connection is not put into a message, a task or a file")

    def close(self) -> None:
        """Let go of the kept connections and of the bearer."""
        self._session.close()
        self._bearer = None

    def request(
        self,
        method: str,
        path: str,
        *,
        scope: Scope | None = None,
        area: Area | None = None,
        params: Mapping[str, Any] | None = None,
        body: object = None,
        is_json_needed: bool = True,
        is_repeatable: bool = True,
    ) -> Any:
        """The JSON of the answer, None where it has no body. Raises the errors of `hubsync.errors`.

        `scope` (or `area`, where no scope would help) is what a refusal is about.

        A POST is sent once, whatever happens; `is_repeatable=False` says the same of a call of another method
        that does something to a person each time.
        """
        tries = TRIES if is_repeatable and method in SAFE_TO_REPEAT else 1
        answer = self._signed_in(Call(method, path, params, body), tries)
        refused = area or (AREA_OF[scope] if scope else "")
        question = Question(refused, scope or "", is_json_needed, self._secrets())
        return decipher(answer, self.now(), question)

    def sign_in(self) -> None:
        """Exchange the secret for a bearer now. Raises HubAuthLost where Docker Hub refuses it."""
        with self._lock:
            self._bearer = self._exchange()

    def registry_sign_in(self) -> SignIn | None:
        """How the registry's token server is told who asks; None for nobody."""
        return WithPassword(self.identifier, self._secret) if self._has_secret else None

    def is_same_host(self, url: str) -> bool:
        """Whether a link of an answer (absolute or not) stays on this Docker Hub."""
        try:
            there, here = urlsplit(urljoin(self.base_url + "/", url)), urlsplit(self.base_url)
            return (there.hostname, _port(there)) == (here.hostname, _port(here))
        except ValueError:
            return False

    def _secrets(self) -> tuple[str, ...]:
        bearer = self._bearer
        return (self._secret.reveal(), bearer.token.reveal() if bearer else "")

    def _signed_in(self, call: Call, tries: int) -> Answer:
        bearer = self._fresh_bearer()
        answer = self._tried(call, bearer, tries)
        if answer.status != 401 or bearer is None:
            return answer
        # The bearer died under way. A 401 was said before any work, so that even a POST may be sent again.
        self._forget(bearer)
        return self._tried(call, self._fresh_bearer(), tries)

    def _tried(self, call: Call, bearer: Bearer | None, tries: int) -> Answer:
        # All tries together take little longer than one answer may: somebody is waiting for this.
        last_start = self._monotonic() + self._answer_seconds / 2
        for attempt in range(1, tries):
            try:
                answer = self._once(call, bearer)
            except HubUnavailable as problem:
                # Only silence is worth a second try here; a full budget, for one, has a status of its own.
                if problem.status or self._monotonic() > last_start:
                    raise
            else:
                if answer.status not in WORTH_REPEATING:
                    return answer
            # Full jitter: many workers that failed together do not come back together.
            self._sleep(random.uniform(0, FIRST_PAUSE_SECONDS * 2**attempt))  # noqa: S311  no secret
        return self._once(call, bearer)

    def _once(self, call: Call, bearer: Bearer | None) -> Answer:
        sign_in = WithBearer(bearer.token) if bearer else None
        answer = self._send(call, sign_in)
        location = header(answer.headers, "Location")
        if call.method != "GET" or answer.status not in REDIRECTS or not location:
            return answer
        if not self.is_same_host(location):
            return answer
        # Hub: a GET without its closing slash was answered 301 to the form with it (2017). Followed once.
        there = urlsplit(urljoin(self.base_url + call.path, location))
        question = f"?{there.query}" if there.query else ""
        return self._send(Call("GET", there.path + question), sign_in)

    def _send(self, call: Call, sign_in: SignIn | None) -> Answer:
        if self._before_call:
            self._before_call()
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
                seconds=self._answer_seconds,
            )
            status = answer.status
        finally:
            if self._on_call:
                self._on_call(call.method, call.path.partition("?")[0], status)
        budget = read_budget(answer.headers, self.now())
        if budget and self._on_budget:
            self._on_budget(budget)
        return answer

    def _fresh_bearer(self) -> Bearer | None:
        if not self._has_secret:
            return None
        with self._lock:
            if self._bearer is None or not self._bearer.is_fresh(self._monotonic):
                self._bearer = self._exchange()
            return self._bearer

    def _forget(self, bearer: Bearer) -> None:
        with self._lock:
            if self._bearer is bearer:
                self._bearer = None

    def _exchange(self) -> Bearer:
        """Reference: AuthCreateAccessToken. Sent once, never repeated: refused sign-ins lock the account.

        Hub: for a token of an organization the identifier is the organization's name, else a Docker ID.
        """
        if self.is_refused:
            raise HubAuthLost(self._refusal, status=401)
        answer = self._send(Call("POST", "/v2/auth/token"), WithSecret(self.identifier, self._secret))
        self._mind_refusal(answer)
        decipher(answer, self.now(), Question(secrets=self._secrets()))
        token = read_token(read_json(answer.body), "access_token")
        if token is None:
            raise HubUnavailable("the sign-in was answered without a token", status=answer.status)
        return Bearer.of(token, self._monotonic)

    def _mind_refusal(self, answer: Answer) -> None:
        """401 is a refusal in whatever form it comes; 400 and 403 only where the API itself says so."""
        is_json = isinstance(read_json(answer.body), dict)
        if answer.status == 401 or (answer.status in (400, 403) and is_json):
            self.is_refused = True
            self._refusal = conceal(sentence_of(read_json(answer.body)), self._secrets())
            raise HubAuthLost(self._refusal, status=answer.status)


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

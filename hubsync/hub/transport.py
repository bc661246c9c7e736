"""The connection to Docker Hub's API: asks one thing at a time and tells answers from troubles."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, TypeVar
from urllib.parse import urlsplit

from requests.adapters import HTTPAdapter

from hubsync.hub.bearer import Bearer, Concealed, WithBearer
from hubsync.hub.bounded import ANSWER_SECONDS, SignIn
from hubsync.hub.decipher import Answer, Question, decipher
from hubsync.hub.errors import HubThrottled, HubUnavailable
from hubsync.hub.headers import BudgetHeaders
from hubsync.hub.scopes import AREA_OF, Area, Scope
from hubsync.hub.secret_keeper import SecretKeeper
from hubsync.hub.side_by_side import SideBySide
from hubsync.hub.wire import USER_AGENT, Call, Hooks, Wire, user_agent_with, utc_now

T = TypeVar("T")
__all__ = ["HubConnection", "user_agent_with"]
SAFE_TO_REPEAT = frozenset({"GET", "HEAD", "PUT", "PATCH", "DELETE"})
WORTH_REPEATING = frozenset({502, 503, 504})
TRIES = 3
FIRST_PAUSE_SECONDS = 0.5


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
        # Which of several routes answered for which call, so that the others are not tried each time.
        self.working_routes: dict[str, str] = {}
        self.now = now
        self._threads = SideBySide()
        # Which thread's call the hooks are about, for whoever counts what is under way.
        self.caller = self._threads.caller
        hooks = _at_home(self._threads, Hooks(before_call, on_call, on_budget))
        self._wire = Wire(
            self.base_url,
            hooks,
            user_agent=user_agent,
            adapter=adapter,
            answer_seconds=answer_seconds,
            now=now,
        )
        self._keeper = SecretKeeper(self._wire, identifier, secret, monotonic)
        self.answer_seconds, self._sleep, self._monotonic = answer_seconds, sleep, monotonic

    def __repr__(self) -> str:
        return f"<HubConnection {urlsplit(self.base_url).hostname} as {self.identifier or 'nobody'}>"

    def __reduce__(self) -> Any:
        raise TypeError("a connection is not put into a message, a task or a file")

    def close(self) -> None:
        """Let go of the kept connections and of the bearer."""
        self._threads.close()
        self._wire.close()
        self._keeper.forget()

    @property
    def is_refused(self) -> bool:
        """Whether Docker Hub has said no to this secret, which is then never tried again."""
        return self._keeper.is_refused

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
        """The JSON of the answer, None where it has no body. Raises the errors of `hubsync.hub.errors`.

        `scope` (or `area`, where no scope would help) is what a refusal is about.

        A POST is sent once, whatever happens; `is_repeatable=False` says the same of a call of another method
        that does something to a person each time.
        """
        tries = TRIES if is_repeatable and method in SAFE_TO_REPEAT else 1
        answer = self._signed_in(Call(method, path, params, body), tries)
        refused = area or (AREA_OF[scope] if scope else "")
        question = Question(refused, scope or "", is_json_needed, self._keeper.secrets())
        return decipher(answer, self.now(), question)

    def sign_in(self) -> None:
        """Exchange the secret for a bearer now. Raises HubAuthLost where Docker Hub refuses it."""
        self._keeper.sign_in()

    def read_together(self, reads: Sequence[Callable[[], T]]) -> list[T]:
        """What each read gives, in their order, up to four of them under way at once. The first error ends them all.

        The hooks run in the thread that calls this, one at a time.
        """
        return self._threads.run(reads)

    def take_bearer(self, token: Concealed, seconds: float) -> None:
        """Go on with the bearer of an earlier connection, for so many seconds, instead of signing in."""
        self._keeper.take(token, seconds)

    def kept_bearer(self) -> tuple[Concealed, float] | None:
        """The bearer of the moment for a later connection, and for how many seconds; None where there is none."""
        return self._keeper.kept_bearer()

    def registry_sign_in(self) -> SignIn | None:
        """How the registry's token server is told who asks; None for nobody."""
        return self._keeper.registry_sign_in()

    def is_same_host(self, url: str) -> bool:
        """Whether a link of an answer (absolute or not) stays on this Docker Hub."""
        return self._wire.is_same_host(url)

    def _signed_in(self, call: Call, tries: int) -> Answer:
        bearer = self._keeper.fresh_bearer()
        answer = self._tried(call, bearer, tries)
        if answer.status != 401 or bearer is None:
            return answer
        # The bearer died under way. A 401 was said before any work, so that even a POST may be sent again.
        self._keeper.forget(bearer)
        return self._tried(call, self._keeper.fresh_bearer(), tries)

    def _tried(self, call: Call, bearer: Bearer | None, tries: int) -> Answer:
        sign_in = WithBearer(bearer.token) if bearer else None
        # All tries together take little longer than one answer may: somebody is waiting for this.
        last_start = self._monotonic() + self.answer_seconds / 2
        for attempt in range(1, tries):
            try:
                answer = self._wire.follow(call, sign_in)
            except HubUnavailable as problem:
                # Only silence is worth a second try here. A budget that is used up sent nothing, and has waited already.
                is_silence = not problem.status and not isinstance(problem, HubThrottled)
                if not is_silence or self._monotonic() > last_start:
                    raise
            else:
                if answer.status not in WORTH_REPEATING:
                    return answer
            # Full jitter: many workers that failed together do not come back together.
            self._sleep(random.uniform(0, FIRST_PAUSE_SECONDS * 2**attempt))  # noqa: S311  no secret
        return self._wire.follow(call, sign_in)


def _at_home(threads: SideBySide, hooks: Hooks) -> Hooks:
    """The same hooks, run by the thread that began the reads, whichever thread asks."""
    before, after, budget = hooks.before_call, hooks.on_call, hooks.on_budget
    return Hooks(
        before and (lambda: threads.at_home(before, may_refuse=True)),
        after and (lambda *call: threads.at_home(partial(after, *call))),
        budget and (lambda told: threads.at_home(partial(budget, told))),
    )

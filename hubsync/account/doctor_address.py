"""What can be told of Docker Hub and its registry from here: that they answer, the clock, the pulls that are left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from time import monotonic

from django.conf import settings

from hubsync.account.connections import PATIENCE_SECONDS, anonymous_reader, reader_for
from hubsync.hub.errors import HubError
from hubsync.hub.headers import header
from hubsync.hub.reader import HubReader
from hubsync.hub.registry import RegistryReader
from hubsync.hub.wire import USER_AGENT, Call, Hooks, Wire, path_of, utc_now
from hubsync.models import HubAccount

# Docker Hub's bearers live ten minutes; signed addresses of its registry are judged by the clock too.
MOST_SKEW = timedelta(seconds=30)
FEW_PULLS = 10


@dataclass(frozen=True)
class Finding:
    """`is_fine` False is something to mend."""

    about: str
    is_fine: bool
    sentence: str


def look_from_here() -> Iterator[Finding]:
    """Reachability and the clock, of one answer that needs no token."""
    wire = Wire(
        settings.HUB_URL.rstrip("/"),
        Hooks(),
        user_agent=USER_AGENT,
        adapter=None,
        answer_seconds=PATIENCE_SECONDS,
        now=utc_now,
    )
    began = monotonic()
    try:
        answer = wire.send(Call("GET", path_of("users", "docker") + "/"), None)
    except HubError as problem:
        yield Finding("reachability", False, f"{settings.HUB_URL} gives no answer: {problem}.")
        return
    finally:
        wire.close()
    took = int((monotonic() - began) * 1000)
    is_hubs = "json" in header(answer.headers, "Content-Type")
    said = f"{settings.HUB_URL} answers in {took} ms."
    if not is_hubs:
        said = f"{settings.HUB_URL} answers {answer.status}, but not as Docker Hub does: a firewall stands before it."
    yield Finding("reachability", is_hubs, said)
    yield _clock(header(answer.headers, "Date"))


def _clock(date: str) -> Finding:
    try:
        there = parsedate_to_datetime(date)
    except (TypeError, ValueError):
        return Finding(
            "clock", True, "The answer does not tell the time, so the clock could not be compared."
        )
    here = datetime.now(UTC)
    apart = abs(here - (there if there.tzinfo else there.replace(tzinfo=UTC)))
    if apart > MOST_SKEW:
        return Finding(
            "clock", False, f"This machine's clock is {int(apart.total_seconds())} seconds off: set it."
        )
    return Finding("clock", True, "This machine's clock agrees with Docker Hub's.")


def count_pulls(account: HubAccount | None) -> Iterator[Finding]:
    """Pulls that are left for this address, or for the account where its token can be used."""

    def ask(reader: HubReader) -> Finding:
        registry = RegistryReader.of(reader.connection)
        try:
            limit = registry.pull_limit()
        finally:
            registry.close()
        if limit is None:
            return Finding("pulls", True, "The registry sets no limit to pulls.")
        is_fine = limit.remaining >= FEW_PULLS
        return Finding(
            "pulls", is_fine, f"{limit.remaining} of {limit.limit} pulls are left at the registry."
        )

    yield _told(lambda: _read_registry(account, ask))


def _read_registry(account: HubAccount | None, ask: Callable[[HubReader], Finding]) -> Finding:
    with reader_for(account) if account else anonymous_reader() as reader:
        return ask(reader)


def _told(look: Callable[[], Finding]) -> Finding:
    try:
        return look()
    except HubError as problem:
        return Finding(
            "pulls", False, f"The registry {settings.REGISTRY_URL} gives no usable answer: {problem}."
        )

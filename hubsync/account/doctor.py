"""Looks a school's connection to Docker Hub over, one sentence for each thing. Changes nothing anywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from time import monotonic

from django.conf import settings
from django.utils import timezone

from hubsync.account.connections import PATIENCE_SECONDS, anonymous_reader, reader_for
from hubsync.account.probe import probe_account
from hubsync.credentials import open_credential
from hubsync.hub.errors import HubAuthLost, HubError, HubNotFound
from hubsync.hub.headers import BudgetHeaders, header
from hubsync.hub.reader import HubReader
from hubsync.hub.registry import RegistryReader
from hubsync.hub.wire import USER_AGENT, Call, Hooks, Wire, path_of, utc_now
from hubsync.models import HubAccount, SealedCredential

WARN_BEFORE_EXPIRY = timedelta(days=30)
# Docker Hub's bearers live ten minutes; signed addresses of its registry are judged by the clock too.
MOST_SKEW = timedelta(seconds=30)
FEW_PULLS = 10


@dataclass(frozen=True)
class Finding:
    """`is_fine` False is something to mend."""

    about: str
    is_fine: bool
    sentence: str


def examine(account: HubAccount) -> Iterator[Finding]:
    """One finding after the other, as they are made. What a refused or missing token would ask is not asked."""
    yield from _address()
    credential, can_ask = _credential(account)
    yield credential
    yield from _registry(account if can_ask else None)
    if can_ask:
        yield from _with_token(account)


def _address() -> Iterator[Finding]:
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


def _credential(account: HubAccount) -> tuple[Finding, bool]:
    """Whether the token can be used at all; without a request, because a refused one must not be tried again."""
    try:
        open_credential(account)
        sealed = SealedCredential.objects.get(account=account)
    except HubError as problem:
        told = (
            "none is kept" if type(problem).__name__ == "NoCredential" else "it does not open with the keys"
        )
        return Finding("credential", False, f"There is no access token to use: {told}."), False
    if sealed.refused_at:
        said = f"Docker Hub refused the access token at {sealed.refused_at:%Y-%m-%d %H:%M}: replace it."
        return Finding("credential", False, said), False
    ends = sealed.expires_on
    if ends and ends <= timezone.localdate() + WARN_BEFORE_EXPIRY:
        return Finding("credential", False, f"The access token ends on {ends}: replace it in time."), True
    lasts = f"until {ends}" if ends else "with no end written down"
    return Finding("credential", True, f"The access token opens and is valid {lasts}."), True


def _with_token(account: HubAccount) -> Iterator[Finding]:
    budgets: list[BudgetHeaders] = []
    try:
        with reader_for(account, on_budget=budgets.append) as reader:
            yield _scopes(reader, account)
            if account.has_teams:
                yield _seats(reader, account)
    except HubAuthLost as problem:
        SealedCredential.objects.filter(account=account).update(refused_at=timezone.now())
        yield Finding("sign-in", False, f"Docker Hub refuses the access token ({problem}): replace it.")
    except HubNotFound:
        yield Finding("sign-in", False, f"{account.name} does not exist on Docker Hub (any more).")
    except HubError as problem:
        yield Finding("sign-in", False, f"Docker Hub gives no usable answer to the access token: {problem}.")
    yield _limit(budgets)


def _scopes(reader: HubReader, account: HubAccount) -> Finding:
    uuid, rows = probe_account(reader, account)
    if account.uuid and account.uuid.replace("-", "") != uuid.replace("-", ""):
        return Finding(
            "scopes", False, f"{account.name} is another account now than the one that was connected."
        )
    missing = [str(row["scope"]) for row in rows if row["held"] is False]
    unknown = sum(row["held"] is None for row in rows)
    if missing:
        return Finding("scopes", False, f"The access token lacks: {', '.join(missing)}.")
    rest = f" ({unknown} could not be told without changing something)" if unknown else ""
    return Finding("scopes", True, f"The access token may do what the portal needs{rest}.")


def _seats(reader: HubReader, account: HubAccount) -> Finding:
    members = len(reader.list_members(account.name).rows)
    invited = len(reader.list_invites(account.name).rows)
    used = f"{members} members and {invited} open invitations"
    if account.seats is None:
        return Finding(
            "seats", False, f"{used} take seats, but nobody has written down how many were bought."
        )
    free = account.seats - members - invited
    if free <= 0:
        return Finding("seats", False, f"All {account.seats} seats are taken by {used}.")
    return Finding("seats", True, f"{free} of {account.seats} seats are free ({used}).")


def _limit(budgets: list[BudgetHeaders]) -> Finding:
    if not budgets:
        return Finding("limit", True, "Docker Hub does not tell how many calls are allowed.")
    last, ours = budgets[-1], settings.HUB_CALLS_PER_MINUTE
    said = f"Docker Hub allows {last.limit} calls a minute, {last.remaining} are left; the portal makes at most {ours}."
    return Finding("limit", ours <= last.limit, said)


def _registry(account: HubAccount | None) -> Iterator[Finding]:
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

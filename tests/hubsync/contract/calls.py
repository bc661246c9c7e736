"""Which calls the client sends, as seen on the local Docker Hub in every setting."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from tests.hubsync.contract.description import Description, pattern_of
from tests.hubsync.contract.recording import Exchange
from tests.hubsync.contract.scenario import SETTINGS, everything_said
from tests.hubsync.contract.undocumented import UNDOCUMENTED


@dataclass(frozen=True, order=True)
class Sent:
    """A method of the client sends a call; `operation` is Docker's name for it or "undocumented"."""

    call: str
    operation: str
    caller: str


@cache
def traffic() -> tuple[Exchange, ...]:
    return tuple(exchange for setting in SETTINGS for exchange in everything_said(setting))


def sent(published: Description, exchanges: Iterable[Exchange]) -> set[Sent]:
    return {_sent(published, exchange) for exchange in exchanges}


def _sent(published: Description, exchange: Exchange) -> Sent:
    operation = published.operation_of(exchange.method, exchange.path)
    if operation is not None:
        return Sent(operation.call, operation.id, exchange.caller)
    said = f"{exchange.method} {exchange.path}"
    fitting = [call for call in UNDOCUMENTED if re.fullmatch(pattern_of(call), said)]
    return Sent(fitting[0] if fitting else said, "undocumented", exchange.caller)

"""Secrets that do not show themselves, and the bearer of ten minutes that is renewed before it dies."""

from __future__ import annotations

import base64
import binascii
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import requests

from hubsync.hub.bounded import SignIn

# Renewed this long before its end, so that a call under way does not outlive it.
MARGIN_SECONDS = 30.0
# Where the token does not tell: half of what Docker Hub documents.
LIFETIME_SECONDS = 300.0


class Concealed:
    """A secret that shows itself to nobody who does not ask for it by name."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        return self._value

    def __repr__(self) -> str:
        return "Concealed(…)"

    def __reduce__(self) -> Any:
        raise TypeError("a secret is not put into a message, a task or a file")


@dataclass
class Bearer:
    """One bearer token and when, on the monotonic clock, it should be replaced."""

    token: Concealed
    renew_at: float = field(repr=False)

    def is_fresh(self, clock: Callable[[], float] = time.monotonic) -> bool:
        return clock() < self.renew_at

    @classmethod
    def of(cls, token: Concealed, clock: Callable[[], float] = time.monotonic) -> Bearer:
        """The token with its end read from its own claims, unverified: only its maker can verify it."""
        lifetime = lifetime_of(token.reveal(), time.time())
        return cls(token, clock() + max(lifetime - MARGIN_SECONDS, lifetime / 2))


def read_token(said: object, *keys: str) -> Concealed | None:
    """The token of a sign-in's answer; None where there is none that could stand in a header."""
    found = (said.get(key) for key in keys) if isinstance(said, dict) else ()
    tokens = (token for token in found if isinstance(token, str) and token)
    return next((Concealed(token) for token in tokens if token.isascii() and token.isprintable()), None)


def lifetime_of(token: str, now: float) -> float:
    """Seconds for which a JWT says it lives, between 1 and 3600; `LIFETIME_SECONDS` where it does not say.

    Where the token tells when it was issued, the difference is taken, so that a wrong clock of ours does no
    harm.
    """
    claims = read_claims(token)
    ends, starts = claims.get("exp"), claims.get("iat", now)
    if not isinstance(ends, int | float) or not isinstance(starts, int | float):
        return LIFETIME_SECONDS
    lifetime = ends - starts
    return min(max(lifetime, 1.0), 3600.0) if lifetime == lifetime else LIFETIME_SECONDS  # noqa: PLR0124  NaN


def read_claims(token: str) -> dict[str, Any]:
    """The claims of a JWT, unverified; empty where it is no JWT."""
    parts = token.split(".")
    if len(parts) != 3:
        return {}
    try:
        claims = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        return {}
    return claims if isinstance(claims, dict) else {}


class WithBearer(SignIn):
    """Signs a request with a bearer that no local variable and no traceback shows."""

    def __init__(self, token: Concealed) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token.reveal()}"
        return request


class WithSecret(SignIn):
    """Puts identifier and secret into the body of the exchange, at the last moment and nowhere else."""

    def __init__(self, identifier: str, secret: Concealed) -> None:
        self._identifier, self._secret = identifier, secret

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        body = {"identifier": self._identifier, "secret": self._secret.reveal()}
        request.prepare_body(None, None, json=body)
        return request


class WithPassword(SignIn):
    """HTTP Basic, as the registry's token server wants it."""

    def __init__(self, identifier: str, secret: Concealed) -> None:
        self._identifier, self._secret = identifier, secret

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        pair = f"{self._identifier}:{self._secret.reveal()}".encode()
        request.headers["Authorization"] = f"Basic {base64.b64encode(pair).decode()}"
        return request

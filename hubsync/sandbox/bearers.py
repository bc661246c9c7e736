"""The bearer tokens (JWT, HS256) that the API and the registry hand out. They do not know each other's."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from typing import Any
from uuid import uuid4

from itsdangerous import BadSignature, Signer

from .clock import Clock

API_SECONDS = 600
REGISTRY_SECONDS = 300
CLAIMS = "https://hub.docker.com"


def _signer(key: str, audience: str) -> Signer:
    # With this choice itsdangerous writes exactly the third part of a JSON Web Token.
    return Signer(f"{key} {audience}", sep=".", key_derivation="none", digest_method=sha256)


def _part(content: dict[str, Any]) -> str:
    return urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


def issue(key: str, audience: str, *, seconds: int, clock: Clock, **claims: Any) -> str:
    """A signed token. `audience` is "hub" or "registry"; other claims are put in as they are."""
    now = int(clock.now().timestamp())
    content = {"aud": audience, "iat": now, "exp": now + seconds, "jti": str(uuid4()), **claims}
    return _signer(key, audience).sign(f"{_part({'alg': 'HS256', 'typ': 'JWT'})}.{_part(content)}").decode()


def read(key: str, audience: str, token: str, clock: Clock) -> dict[str, Any] | None:
    """The claims, or `None` for a token that is expired, not ours, or meant for the other service."""
    try:
        content = _signer(key, audience).unsign(token).decode().split(".")[1]
        claims: dict[str, Any] = json.loads(urlsafe_b64decode(content + "=" * (-len(content) % 4)))
    except (BadSignature, ValueError, IndexError):
        return None
    return claims if claims["exp"] > clock.now().timestamp() else None

"""Takes out of an answer what is secret, and who people are. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

REMOVED = "removed"
_SECRET_FIELD = re.compile(r"token$|^token|secret|password|credential", re.IGNORECASE)
_PERSONAL_FIELDS = frozenset(
    {"full_name", "gravatar_url", "gravatar_email", "profile_url", "location", "company", "inviter_username"}
)
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SECRET_LOOKING = re.compile(r"dckr_[a-z]+_[\w-]+|eyJ[\w-]+\.[\w-]+\.[\w-]*", re.ASCII)


def without_secrets(value: Any, secrets: Collection[str]) -> Any:
    """The same JSON without the given secrets, what looks like one, addresses and full names. Docker IDs stay."""
    if isinstance(value, dict):
        return {
            key: REMOVED if _is_removed(key, part) else without_secrets(part, secrets)
            for key, part in value.items()
        }
    if isinstance(value, list):
        return [without_secrets(part, secrets) for part in value]
    if not isinstance(value, str):
        return value
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        value = value.replace(secret, REMOVED)
    return _ADDRESS.sub("somebody@example.org", _SECRET_LOOKING.sub(REMOVED, value))


def _is_removed(key: str, value: object) -> bool:
    is_told = isinstance(value, str) and bool(value)
    return is_told and (bool(_SECRET_FIELD.search(key)) or key in _PERSONAL_FIELDS)

"""Counts how calls were answered, by kind of call, for whoever watches the installation."""

from __future__ import annotations

import re
from collections import Counter
from threading import Lock
from typing import Any

from django.db.models import F

from hubsync.models import CallCount

# What stands in the routes of Docker Hub as it is written here; all else is a name or a number.
_WORDS = frozenset({
    "v2", "orgs", "groups", "members", "invites", "invite", "bulk", "resend", "repositories",
    "namespaces", "permissions", "tags", "images", "users", "login", "auth", "token", "auditlogs",
    "actions", "settings", "access-tokens", "collaborators", "user", "export", "immutabletags",
    "manifests", "list", "repository", "cancel",
})  # fmt: skip
_SAFE = re.compile(r"[^a-zA-Z0-9/{}_ -]")


def endpoint_of(method: str, path: str) -> str:
    """ "GET v2/orgs/{}/members": the kind of a call, without any name in it."""
    parts = (part if part in _WORDS else "{}" for part in path.strip("/").split("/"))
    return _SAFE.sub("", f"{method} {'/'.join(parts)}")[:80]


class CallCounter:
    """What one connection asked. Threads may share it."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()
        self._lock = Lock()

    def count(self, method: str, path: str, status: int) -> None:
        with self._lock:
            self._counts[endpoint_of(method, path), f"{status // 100}xx" if status else "none"] += 1

    def keep(self) -> None:
        """Add them to what was counted before."""
        # In one order for all, so that two workers do not wait for each other's rows.
        for (endpoint, outcome), calls in sorted(self._counts.items()):
            kind: dict[str, Any] = {"endpoint": endpoint, "outcome": outcome}
            if not CallCount.objects.filter(**kind).update(calls=F("calls") + calls):
                CallCount.objects.get_or_create(**kind)
                CallCount.objects.filter(**kind).update(calls=F("calls") + calls)
        self._counts.clear()

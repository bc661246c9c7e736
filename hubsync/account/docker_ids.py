"""Whether somebody on Docker Hub is called like this. Asked as nobody, while a person waits."""

from __future__ import annotations

import re
from enum import StrEnum

from django.core.cache import cache

from hubsync.account.connections import anonymous_reader
from hubsync.hub.errors import HubError

# Hub: older accounts have dashes and underscores; nothing else may stand in a route.
_POSSIBLE = re.compile(r"[a-z0-9][a-z0-9_-]{2,63}")
# Pressing again must not cost a call; a name that nobody has may be made any moment.
_REMEMBERED_SECONDS = {"there": 600, "nobody": 30}


class Existence(StrEnum):
    """What a look gave; `not_checked` says nothing about the name."""

    THERE = "there"
    NOBODY = "nobody"
    NOT_CHECKED = "not_checked"


def look_for_docker_id(docker_id: str) -> Existence:
    """Whether a person with this Docker ID exists; an organization is nobody."""
    docker_id = docker_id.strip().lower()
    if not _POSSIBLE.fullmatch(docker_id):
        return Existence.NOBODY
    key = f"docker-id:{docker_id}"
    if known := cache.get(key):
        return Existence(known)
    found = _look(docker_id)
    if found != Existence.NOT_CHECKED:
        cache.set(key, str(found), _REMEMBERED_SECONDS[found])
    return found


def _look(docker_id: str) -> Existence:
    try:
        with anonymous_reader() as reader:
            return Existence.THERE if reader.find_user(docker_id) else Existence.NOBODY
    except HubError:
        return Existence.NOT_CHECKED

"""Who may push to the repositories of a personal account."""

from __future__ import annotations

from collections.abc import Iterable

from hubsync.hub.errors import HubNotFound, IncompleteObservation
from hubsync.hub.reader import HubReader
from hubsync.planning.state import Collaboration
from hubsync.sync.whole_lists import whole


def read_collaborations(
    reader: HubReader, account_name: str, repositories: Iterable[str]
) -> frozenset[Collaboration]:
    """The collaborators of these repositories ("lamp"). Raises IncompleteObservation where one went away meanwhile."""
    seen: set[Collaboration] = set()
    try:
        for name in sorted(repositories):
            listing = reader.list_collaborators(account_name, name)
            rows = whole(listing, lambda row: row.docker_id, f"collaborators of {name}")
            seen |= {Collaboration(name, row.docker_id) for row in rows}
    except HubNotFound as problem:
        raise IncompleteObservation("a repository went away while it was looked at") from problem
    return frozenset(seen)

"""Collaborators: who may push to a repository of a personal account. Organizations have teams instead.

Undocumented: a client of 2021 uses these routes, and Docker Hub was seen to answer for an organization's repository
that it has none. So each call ends in an answer, or in NotSupportedHere.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from hubsync.hub.account_answers import Collaborator
from hubsync.hub.errors import HubNotFound, HubRejected, NotSupportedHere
from hubsync.hub.image_reader import ImageReader
from hubsync.hub.image_writer import ImageWriter
from hubsync.hub.listing import Listing
from hubsync.hub.paging import list_pages
from hubsync.hub.routes import NONE
from hubsync.hub.scopes import Area
from hubsync.hub.transport import HubConnection
from hubsync.hub.wire import path_of

T = TypeVar("T")
COLLABORATORS = "collaborators"


class CollaboratorReader(ImageReader):
    """Reads who else may push."""

    def list_collaborators(self, account: str, repository: str) -> Listing[Collaborator]:
        """Who else may push to a repository. Raises NotSupportedHere for an organization's, and where no such
        route answers for a repository that is there. Undocumented.
        """
        path = _path(account, repository) + "/"
        return _ask(
            self.connection,
            account,
            repository,
            lambda: list_pages(self.connection, path, Collaborator.from_row, area=Area.COLLABORATORS),
        )


class CollaboratorWriter(ImageWriter):
    """Changes who else may push."""

    def add_collaborator(self, account: str, repository: str, docker_id: str) -> None:
        """Let somebody push to a repository. Undocumented; what it answers for one who may already is not known.

        Raises HubNotFound where nobody has this Docker ID, NotSupportedHere as `list_collaborators`.
        """
        path = _path(account, repository) + "/"
        try:
            self.connection.request(
                "POST", path, area=Area.COLLABORATORS, body={"user": docker_id}, is_json_needed=False
            )
        except HubNotFound:
            # Of the person, of the repository, or of the route: the list tells which.
            CollaboratorReader(self.connection).list_collaborators(account, repository)
            raise
        except HubRejected as problem:
            raise _not_here(problem) or problem from None

    def remove_collaborator(self, account: str, repository: str, docker_id: str) -> bool:
        """Take the right to push away; False where the person had none. Undocumented."""
        path = f"{_path(account, repository)}/{path_of(docker_id).removeprefix('/v2/')}"
        try:
            self.connection.request("DELETE", path, area=Area.COLLABORATORS, is_json_needed=False)
        except HubNotFound:
            rows = CollaboratorReader(self.connection).list_collaborators(account, repository).rows
            if any(row.docker_id == docker_id.lower() for row in rows):
                raise NotSupportedHere("remove_collaborator") from None
            return False
        except HubRejected as problem:
            raise _not_here(problem) or problem from None
        return True


def _path(account: str, repository: str) -> str:
    return path_of("repositories", account, repository, "collaborators")


def _ask(connection: HubConnection, account: str, repository: str, call: Callable[[], T]) -> T:
    """The answer; "not found" becomes NotSupportedHere where the repository itself is there. Remembered."""
    if connection.working_routes.get(COLLABORATORS) == NONE:
        raise NotSupportedHere(COLLABORATORS)
    try:
        return call()
    except HubRejected as problem:
        raise _not_here(problem) or problem from None
    except HubNotFound:
        if ImageReader(connection).find_repository(account, repository) is None:
            raise
    connection.working_routes[COLLABORATORS] = NONE
    raise NotSupportedHere(COLLABORATORS)


def _not_here(problem: HubRejected) -> NotSupportedHere | None:
    # Hub: "Org repositories do not have collaborators. Use the groups url."
    is_an_organizations = "do not have collaborators" in problem.sentence
    return (
        NotSupportedHere(problem.sentence, status=problem.status)
        if is_an_organizations or problem.status == 405
        else None
    )

"""What the portal asks Docker Hub about repositories and tags. Nothing here changes anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from hubsync.hub.errors import HubNotFound
from hubsync.hub.image_answers import Repository, Tag
from hubsync.hub.json_fields import row_of
from hubsync.hub.listing import Listing
from hubsync.hub.paging import list_pages
from hubsync.hub.scopes import Scope
from hubsync.hub.transport import HubConnection
from hubsync.hub.wire import path_of

T = TypeVar("T")


class ImageReader:
    """Reads repositories and tags through a connection."""

    def __init__(self, connection: HubConnection) -> None:
        self.connection = connection

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self.connection!r}>"

    def list_repositories(self, namespace: str) -> Listing[Repository]:
        """The repositories that this credential may list. Reference: listNamespaceRepositories.

        Hub: without `scope-repository-list` this holds the public ones only, answered with 200. For a
        namespace that does not exist it is empty, also with 200.
        """
        path = path_of("namespaces", namespace, "repositories")
        return list_pages(
            self.connection,
            path,
            Repository.from_row,
            scope=Scope.REPOSITORY_LIST,
            params={"ordering": "name"},
        )

    def get_repository(self, namespace: str, repository: str) -> Repository:
        """One repository. Raises HubNotFound, also for a private one that is not ours.

        Reference: GetRepository.
        """
        path = path_of("namespaces", namespace, "repositories", repository)
        return Repository.from_row(row_of(self._get(path, Scope.REPOSITORY_READ), "repository"))

    def find_repository(self, namespace: str, repository: str) -> Repository | None:
        """The same, None where it is not there or is hidden from us."""
        return found_or_none(lambda: self.get_repository(namespace, repository))

    def list_tags(self, namespace: str, repository: str) -> Listing[Tag]:
        """The tags of a repository, the last pushed first. Reference: ListRepositoryTags."""
        path = path_of("namespaces", namespace, "repositories", repository, "tags")
        return list_pages(self.connection, path, Tag.from_row, scope=Scope.TAG_READ)

    def find_tag(self, namespace: str, repository: str, tag: str) -> Tag | None:
        """One tag, None where it or its repository is not there. Reference: GetRepositoryTag."""
        path = path_of("namespaces", namespace, "repositories", repository, "tags", tag)
        return found_or_none(lambda: Tag.from_row(row_of(self._get(path, Scope.TAG_READ), "tag")))

    def _get(self, path: str, scope: Scope) -> Any:
        return self.connection.request("GET", path, scope=scope)


def found_or_none(get: Callable[[], T]) -> T | None:
    """What was asked for, None where Docker Hub itself says that it is not there."""
    try:
        return get()
    except HubNotFound:
        return None

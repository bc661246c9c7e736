"""What the portal changes about repositories and who may use them. Nothing deletes a repository."""

from __future__ import annotations

from typing import Any

from hubsync.hub.errors import HubNotFound, NotSupportedHere
from hubsync.hub.image_answers import Repository
from hubsync.hub.json_fields import row_of
from hubsync.hub.routes import PERMISSIONS, repository_routes, try_routes
from hubsync.hub.scopes import Scope
from hubsync.hub.team_answers import TeamPermission
from hubsync.hub.team_reader import TeamReader
from hubsync.hub.transport import HubConnection
from hubsync.hub.wire import path_of


class ImageWriter:
    """Changes repositories and permissions through a connection."""

    def __init__(self, connection: HubConnection) -> None:
        self.connection = connection

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self.connection!r}>"

    def create_repository(
        self, namespace: str, name: str, *, is_private: bool, description: str = ""
    ) -> Repository:
        """Make a repository without tags. After HubRejected or HubConflict, look.

        Reference: CreateRepository.
        """
        body = {
            "namespace": namespace,
            "name": name,
            "description": description,
            "is_private": is_private,
        }
        path = path_of("namespaces", namespace, "repositories")
        return Repository.from_row(row_of(self._post(path, Scope.REPOSITORY_CREATE, body), "repository"))

    def describe_repository(
        self, namespace: str, name: str, description: str, full_description: str | None = None
    ) -> None:
        """Change the short description (at most 100 bytes), and the long one where it is given.

        Undocumented; Docker's own MCP server sends it, and others have with a token of an organization.
        """
        body = {"description": description}
        if full_description is not None:
            body["full_description"] = full_description
        routes = repository_routes(namespace, name)
        # Hub: the legacy route needs its closing slash and refuses tokens of organizations, so it comes last.
        in_order = {"namespaces": routes["namespaces"], "legacy": routes["legacy"] + "/"}
        self._try("describe", in_order, "PATCH", Scope.REPOSITORY_EDIT, body)

    def change_privacy(self, namespace: str, name: str, *, is_private: bool) -> None:
        """Make a repository private or public. Undocumented; Docker's Terraform provider sends it."""
        routes = {key: f"{base}/privacy" for key, base in repository_routes(namespace, name).items()}
        self._try("privacy", routes, "POST", Scope.REPOSITORY_EDIT, {"is_private": is_private})

    def assign_permission(self, namespace: str, name: str, team_id: int, level: str) -> TeamPermission:
        """Let a team that has no permission yet "read", "write" or "admin" a repository.

        Reference: CreateRepositoryGroup. Hub: it answers 200, not 201; what assigning again does is not
        known.
        """
        body = {"group_id": team_id, "permission": level}
        answer = self._try("assign", _group_routes(namespace, name), "POST", Scope.REPO_GROUP_EDIT, body)
        if not isinstance(answer, dict) or "group_id" not in answer:
            return TeamPermission(team_id, "", level)
        return TeamPermission.from_row(answer)

    def change_permission(self, namespace: str, name: str, team_id: int, level: str) -> None:
        """Give a team that has a permission another level. Raises HubNotFound where it has none.

        Undocumented; Docker's Terraform provider sends it.
        """
        routes = _group_routes(namespace, name, f"/{team_id}/")
        self._try(PERMISSIONS, routes, "PATCH", Scope.REPO_GROUP_EDIT, {"permission": level})

    def remove_permission(self, namespace: str, name: str, team_id: int) -> bool:
        """Take a team's permission away. Undocumented; Docker's Terraform provider sends it.

        "Not found" may be said of the permission or of the route, so the list is read after it. Raises
        NotSupportedHere where the permission is still there.
        """
        routes = _group_routes(namespace, name, f"/{team_id}/")
        try:
            self._try(PERMISSIONS, routes, "DELETE", Scope.REPO_GROUP_ADMIN)
        except HubNotFound:
            rows = TeamReader(self.connection).list_repository_permissions(namespace, name).rows
            if any(row.team_id == team_id for row in rows):
                raise NotSupportedHere("remove_permission") from None
            return False
        return True

    def _post(self, path: str, scope: Scope, body: object, *, is_json_needed: bool = True) -> Any:
        return self.connection.request("POST", path, scope=scope, body=body, is_json_needed=is_json_needed)

    def _delete(self, path: str, scope: Scope) -> bool:
        try:
            self.connection.request("DELETE", path, scope=scope, is_json_needed=False)
        except HubNotFound:
            return False
        return True

    def _try(self, what: str, routes: dict[str, str], method: str, scope: Scope, body: object = None) -> Any:
        def call(path: str) -> Any:
            return self.connection.request(method, path, scope=scope, body=body, is_json_needed=False)

        return try_routes(self.connection, what, routes, call)


def _group_routes(namespace: str, name: str, rest: str = "") -> dict[str, str]:
    routes = repository_routes(namespace, name)
    return {key: f"{base}/groups{rest}" for key, base in routes.items()}

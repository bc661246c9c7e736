"""Everything the portal changes on Docker Hub. There is no method that deletes a repository.

A POST is sent once: after HubUnavailable nobody knows whether it was done, so look before sending it again.
"Already so" is success: a `remove_`, `delete_` or `cancel_` says True where it did it and False where it
was done before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from hubsync.answers import InviteOutcome, Member, Team, TeamPermission
from hubsync.errors import HubNotFound, NotSupportedHere
from hubsync.image_answers import Repository
from hubsync.json_fields import row_of
from hubsync.reader import HubReader, bulk_invite, read_outcomes
from hubsync.routes import PERMISSIONS, repository_routes, try_routes
from hubsync.scopes import Scope
from hubsync.transport import HubConnection
from hubsync.wire import path_of


class HubWriter:
    """Changes Docker Hub through a connection. It has no method that only reads."""

    def __init__(self, connection: HubConnection) -> None:
        self.connection = connection

    def __repr__(self) -> str:
        return f"<HubWriter of {self.connection!r}>"

    def invite(
        self, organization: str, invitees: Sequence[str], *, team: str = "", role: str = "member"
    ) -> tuple[InviteOutcome, ...]:
        """Invite people by e-mail address or Docker ID.

        Each real invitation sends an e-mail and takes a seat.

        One outcome for each row of the answer, which may miss some. Reference: postV2InvitesBulk.
        """
        body = bulk_invite(organization, invitees, team=team, role=role, dry_run=False)
        return read_outcomes(self._post(path_of("invites", "bulk"), Scope.INVITE_EDIT, body))

    def cancel_invite(self, invite_id: str) -> bool:
        """Take an invitation back; False where it is gone or was accepted. Reference: deleteV2InvitesById."""
        return self._delete(path_of("invites", invite_id), Scope.INVITE_EDIT)

    def resend_invite(self, invite_id: str) -> None:
        """Send the e-mail again. Raises HubNotFound where it was accepted.

        Reference: patchV2InvitesByIdResend.
        """
        # Not repeated by itself: each time it goes through, a person gets another e-mail.
        self.connection.request(
            "PATCH",
            path_of("invites", invite_id, "resend"),
            scope=Scope.INVITE_EDIT,
            is_json_needed=False,
            is_repeatable=False,
        )

    def create_team(self, organization: str, name: str, description: str = "") -> Team:
        """Make a team. Reference: postV2OrgsByOrgNameGroups.

        Hub: what an existing name answers is not documented, so after any HubRejected the team is looked up.
        """
        body = {"name": name, "description": description} if description else {"name": name}
        answer = self._post(path_of("orgs", organization, "groups"), Scope.GROUP_EDIT, body)
        return Team.from_row(row_of(answer, "team"))

    def rename_team(self, organization: str, team: str, new_name: str) -> Team:
        """Give a team another name; id, members and permissions stay. Its old name is gone at once.

        Reference: patchV2OrgsByOrgNameGroupsByGroupName. HubNotFound may mean that it was renamed by a try
        whose answer was lost.
        """
        return self._update_team(organization, team, {"name": new_name})

    def describe_team(self, organization: str, team: str, description: str) -> Team:
        """Give a team another description. Reference: patchV2OrgsByOrgNameGroupsByGroupName."""
        return self._update_team(organization, team, {"description": description})

    def delete_team(self, organization: str, team: str) -> bool:
        """Delete a team and its permissions. People stay members.

        Reference: deleteV2OrgsByOrgNameGroupsByGroupName.
        """
        return self._delete(path_of("orgs", organization, "groups", team), Scope.GROUP_EDIT)

    def add_to_team(self, organization: str, team: str, docker_id: str) -> None:
        """Put a member in a team. Reference: postV2OrgsByOrgNameGroupsByGroupNameMembers.

        Hub: refused until the person has accepted the invitation; what someone who is in it already answers
        is not documented.
        """
        path = path_of("orgs", organization, "groups", team, "members")
        self._post(path, Scope.GROUP_EDIT, {"member": docker_id}, is_json_needed=False)

    def remove_from_team(self, organization: str, team: str, docker_id: str) -> bool:
        """Take a member out of a team. Reference: deleteV2OrgsByOrgNameGroupsByGroupNameMembersByUsername."""
        path = path_of("orgs", organization, "groups", team, "members", docker_id)
        return self._delete(path, Scope.GROUP_EDIT)

    def change_role(self, organization: str, docker_id: str, role: str) -> Member | None:
        """Make a member "owner", "editor" or "member".

        None where Docker Hub did it without showing the member.

        Reference: putV2OrgsByOrgNameMembersByUsername.
        """
        # Hub: roles are lower case in requests and capitalised in answers.
        answer = self.connection.request(
            "PUT",
            path_of("orgs", organization, "members", docker_id),
            scope=Scope.MEMBER_EDIT,
            body={"role": role.lower()},
        )
        return Member.from_row(answer) if isinstance(answer, dict) and answer.get("role") else None

    def remove_member(self, organization: str, docker_id: str) -> bool:
        """Take a person out of the organization and of all its teams: only a new invitation brings them back.

        Reference: deleteV2OrgsByOrgNameMembersByUsername.
        """
        return self._delete(path_of("orgs", organization, "members", docker_id), Scope.MEMBER_EDIT)

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
            rows = HubReader(self.connection).list_repository_permissions(namespace, name).rows
            if any(row.team_id == team_id for row in rows):
                raise NotSupportedHere("remove_permission") from None
            return False
        return True

    def _update_team(self, organization: str, team: str, body: dict[str, str]) -> Team:
        path = path_of("orgs", organization, "groups", team)
        answer = self.connection.request("PATCH", path, scope=Scope.GROUP_EDIT, body=body)
        return Team.from_row(row_of(answer, "team"))

    def _post(self, path: str, scope: Scope, body: object, *, is_json_needed: bool = True) -> Any:
        return self.connection.request("POST", path, scope=scope, body=body, is_json_needed=is_json_needed)

    def _delete(self, path: str, scope: Scope) -> bool:
        try:
            self.connection.request("DELETE", path, scope=scope, is_json_needed=False)
        except HubNotFound:
            return False
        return True

    def _try(self, what: str, routes: dict[str, str], method: str, scope: Scope, body: object = None) -> Any:
        call: Callable[[str], Any] = lambda path: self.connection.request(  # noqa: E731
            method, path, scope=scope, body=body, is_json_needed=False
        )
        return try_routes(self.connection, what, routes, call)


def _group_routes(namespace: str, name: str, rest: str = "") -> dict[str, str]:
    routes = repository_routes(namespace, name)
    return {key: f"{base}/groups{rest}" for key, base in routes.items()}

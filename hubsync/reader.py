"""Everything the portal asks Docker Hub about organizations, people and permissions.

Nothing here changes anything.

Each method names its operation in Docker's reference, or says "Undocumented" and who uses it. All raise the
errors of `hubsync.errors`; a `list_` gives everything or raises, a `find_` gives None where Docker Hub says
"not found".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from hubsync.answers import (
    AccessToken,
    AuditEntry,
    Invite,
    InviteOutcome,
    Listing,
    Member,
    Organization,
    Team,
    TeamMember,
    TeamPermission,
    TeamRepository,
    User,
)
from hubsync.errors import HubNotFound, HubRejected, HubUnavailable, NotSupportedHere
from hubsync.image_reader import ImageReader
from hubsync.json_fields import row_of
from hubsync.paging import PAGE_SIZE, list_pages
from hubsync.routes import NONE, PERMISSIONS, repository_routes, try_routes
from hubsync.scopes import Area, Scope
from hubsync.wire import path_of

T = TypeVar("T")
MOST_AUDIT_PAGES = 50


class HubReader(ImageReader):
    """Reads Docker Hub through a connection. It has no method that writes."""

    def get_organization(self, name: str) -> Organization:
        """The organization. Raises HubNotFound; a person's name is not found here.

        Undocumented; Docker's Terraform provider reads it, and it answers without signing in.
        """
        answer = self.connection.request("GET", path_of("orgs", name) + "/", area=Area.ORGANIZATION)
        return Organization.from_row(row_of(answer, "organization"))

    def find_organization(self, name: str) -> Organization | None:
        """The same, None where there is no organization of this name (a person may have it)."""
        return _found(lambda: self.get_organization(name))

    def find_user(self, name: str) -> User | None:
        """The person with this Docker ID. Undocumented; answers without signing in."""
        path = path_of("users", name) + "/"
        return _found(lambda: User.from_row(row_of(self.connection.request("GET", path), "person")))

    def list_members(self, organization: str, *, with_invitees: bool = False) -> Listing[Member]:
        """The members, with e-mail addresses where an owner asks. Reference: getV2OrgsByOrgNameMembers."""
        params = {"invites": "true"} if with_invitees else {"type": "member"}
        path = path_of("orgs", organization, "members")
        return list_pages(self.connection, path, Member.from_row, scope=Scope.MEMBER_READ, params=params)

    def list_invites(self, organization: str) -> Listing[Invite]:
        """The pending invitations; the list has no pages and no count.

        Reference: getV2OrgsByOrgNameInvites.
        """
        path = path_of("orgs", organization, "invites")
        return list_pages(self.connection, path, Invite.from_row, scope=Scope.INVITE_READ, key="data")

    def list_teams(self, organization: str) -> Listing[Team]:
        """The teams. Reference: getV2OrgsByOrgNameGroups."""
        path = path_of("orgs", organization, "groups")
        return list_pages(self.connection, path, Team.from_row, scope=Scope.GROUP_READ)

    def find_team(self, organization: str, team: str) -> Team | None:
        """One team by its name. Reference: getV2OrgsByOrgNameGroupsByGroupName."""
        path = path_of("orgs", organization, "groups", team)
        return _found(lambda: Team.from_row(row_of(self._get(path, Scope.GROUP_READ), "team")))

    def list_team_members(self, organization: str, team: str) -> Listing[TeamMember]:
        """Who is in a team. Reference: getV2OrgsByOrgNameGroupsByGroupNameMembers."""
        path = path_of("orgs", organization, "groups", team, "members")
        return list_pages(self.connection, path, TeamMember.from_row, scope=Scope.GROUP_READ)

    def list_team_repositories(self, organization: str, team: str) -> Listing[TeamRepository]:
        """What a team may use. Raises NotSupportedHere where Docker Hub has no such route.

        Undocumented; one client names the route and nobody is known to have called it.
        """
        if self.connection.working_routes.get("team_repositories") == NONE:
            raise NotSupportedHere("team_repositories")
        path = path_of("orgs", organization, "groups", team, "repositories")
        try:
            return list_pages(self.connection, path, TeamRepository.from_row, scope=Scope.REPO_GROUP_READ)
        except (HubNotFound, HubRejected) as problem:
            if problem.status not in (404, 405) or self.find_team(organization, team) is None:
                raise
        self.connection.working_routes["team_repositories"] = NONE
        raise NotSupportedHere("team_repositories")

    def list_repository_permissions(self, namespace: str, repository: str) -> Listing[TeamPermission]:
        """Which teams may use a repository. Raises NotSupportedHere where no route answers for a repository
        that is there.

        Undocumented; see `routes`.
        """
        bases = repository_routes(namespace, repository)
        try:
            return try_routes(self.connection, PERMISSIONS, bases, self._list_permissions)
        except HubNotFound:
            if self.find_repository(namespace, repository) is None:
                raise
        raise NotSupportedHere(PERMISSIONS)

    def find_permission(self, namespace: str, repository: str, team_id: int) -> TeamPermission | None:
        """What one team may do with a repository, None for nothing.

        Undocumented; Docker's Terraform provider reads it. Before it is known which route answers, the list
        is read instead: on a route that does not exist, "not found" would mean nothing.
        """
        route = self.connection.working_routes.get(PERMISSIONS)
        if route is not None:
            path = f"{repository_routes(namespace, repository)[route]}/groups/{team_id}/"
            try:
                return _found(
                    lambda: TeamPermission.from_row(
                        row_of(self._get(path, Scope.REPO_GROUP_READ), "permission")
                    )
                )
            except HubRejected as problem:
                if problem.status != 405:
                    raise
        rows = self.list_repository_permissions(namespace, repository).rows
        return next((row for row in rows if row.team_id == team_id), None)

    def list_access_tokens(self, organization: str) -> Listing[AccessToken]:
        """The organization's access tokens without their values. Reference: getV2OrgsByNameAccessTokens.

        Hub: refused (HubForbidden) for an access token itself; only a password sees them.
        """
        path = path_of("orgs", organization, "access-tokens")
        return list_pages(self.connection, path, AccessToken.from_row, area=Area.ACCESS_TOKENS)

    def list_audit_log(
        self, account: str, *, since: datetime | None = None, action: str = ""
    ) -> Listing[AuditEntry]:
        """The audit log, newest first, at most 5000 lines. Reference: AuditLogs_ListAuditLogs."""
        params: dict[str, Any] = {"page_size": PAGE_SIZE}
        if since:
            params["from"] = since.isoformat().replace("+00:00", "Z")
        if action:
            params["action"] = action
        rows: list[AuditEntry] = []
        for page in range(1, MOST_AUDIT_PAGES + 1):
            logs = self._audit_page(account, {**params, "page": page})
            rows += [AuditEntry.from_row(row_of(log, "line of the audit log")) for log in logs]
            # Hub: there is neither count nor link here; a short page is the last.
            if len(logs) < PAGE_SIZE:
                return Listing(tuple(rows), None, None, complete=True)
        return Listing(tuple(rows), None, None, complete=False)

    def check_invitees(
        self, organization: str, invitees: Sequence[str], team: str = ""
    ) -> tuple[InviteOutcome, ...]:
        """What an invitation would answer for each invitee, without inviting anybody.

        Reference: postV2InvitesBulk with `dry_run`.
        """
        body = bulk_invite(organization, invitees, team=team, role="member", dry_run=True)
        answer = self.connection.request(
            "POST", path_of("invites", "bulk"), scope=Scope.INVITE_EDIT, body=body
        )
        return read_outcomes(answer)

    def _list_permissions(self, base: str) -> Listing[TeamPermission]:
        return list_pages(
            self.connection, f"{base}/groups", TeamPermission.from_row, scope=Scope.REPO_GROUP_READ
        )

    def _audit_page(self, account: str, params: dict[str, Any]) -> list[Any]:
        path = path_of("auditlogs", account)
        try:
            answer = self.connection.request("GET", path, scope=Scope.ACTIVITY_READ, params=params)
        except HubNotFound:
            if params["page"] == 1:
                raise
            return []
        logs = row_of(answer, "audit log").get("logs", ())
        if logs is not None and not isinstance(logs, list):
            raise HubUnavailable("the audit log is not a list")
        return logs or []


def bulk_invite(
    organization: str, invitees: Sequence[str], *, team: str, role: str, dry_run: bool
) -> dict[str, Any]:
    """The body of a bulk invitation."""
    body: dict[str, Any] = {"org": organization, "invitees": list(invitees), "role": role}
    if team:
        body["team"] = team
    if dry_run:
        body["dry_run"] = True
    return body


def read_outcomes(answer: object) -> tuple[InviteOutcome, ...]:
    """One outcome for each row of the answer to a bulk invitation.

    Hub: the answer is 202 also where nobody could be invited. The description of 2025 wraps the rows twice.
    """
    rows = row_of(answer, "list of invitees").get("invitees")
    if isinstance(rows, dict):
        rows = rows.get("invitees")
    if not isinstance(rows, list):
        raise HubUnavailable("the answer holds no list of invitees")
    return tuple(InviteOutcome.from_row(row_of(row, "invitee")) for row in rows)


def _found(get: Callable[[], T]) -> T | None:
    try:
        return get()
    except HubNotFound:
        return None

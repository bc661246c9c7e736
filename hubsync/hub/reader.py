"""Everything the portal asks Docker Hub about organizations, people and permissions.

Nothing here changes anything.

Each method names its operation in Docker's reference, or says "Undocumented" and who uses it. All raise the
errors of `hubsync.hub.errors`; a `list_` gives everything or raises, a `find_` gives None where Docker Hub says
"not found".
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from hubsync.hub.account_answers import Invite, InviteOutcome, Member, Organization, User
from hubsync.hub.audit_answers import AccessToken, AuditAction, AuditEntry
from hubsync.hub.bulk_invites import bulk_invite, read_outcomes
from hubsync.hub.collaborators import CollaboratorReader
from hubsync.hub.errors import HubNotFound, HubUnavailable
from hubsync.hub.image_reader import found_or_none
from hubsync.hub.immutable_tags import ImmutableTagReader
from hubsync.hub.json_fields import row_of, row_or_empty, rows, text
from hubsync.hub.listing import Listing
from hubsync.hub.paging import PAGE_SIZE, list_pages
from hubsync.hub.scopes import Area, Scope
from hubsync.hub.team_reader import TeamReader
from hubsync.hub.wire import path_of

T = TypeVar("T")
MOST_AUDIT_PAGES = 50


class HubReader(TeamReader, CollaboratorReader, ImmutableTagReader):
    """Reads Docker Hub through a connection. It has no method that writes."""

    def get_organization(self, name: str) -> Organization:
        """The organization. Raises HubNotFound; a person's name is not found here.

        Undocumented; Docker's Terraform provider reads it, and it answers without signing in.
        """
        answer = self.connection.request("GET", path_of("orgs", name) + "/", area=Area.ORGANIZATION)
        return Organization.from_row(row_of(answer, "organization"))

    def find_organization(self, name: str) -> Organization | None:
        """The same, None where there is no organization of this name (a person may have it)."""
        return found_or_none(lambda: self.get_organization(name))

    def find_user(self, name: str) -> User | None:
        """The person with this Docker ID. Undocumented; answers without signing in."""
        path = path_of("users", name) + "/"
        return found_or_none(lambda: User.from_row(row_of(self.connection.request("GET", path), "person")))

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

    def list_access_tokens(self, organization: str) -> Listing[AccessToken]:
        """The organization's access tokens without their values. Reference: getV2OrgsByNameAccessTokens.

        Hub: refused (HubForbidden) for an access token itself; only a password sees them.
        """
        path = path_of("orgs", organization, "access-tokens")
        return list_pages(self.connection, path, AccessToken.from_row, area=Area.ACCESS_TOKENS)

    def list_audit_log(
        self,
        account: str,
        *,
        since: datetime | None = None,
        action: str = "",
        most_pages: int = MOST_AUDIT_PAGES,
    ) -> Listing[AuditEntry]:
        """The audit log, newest first, at most 5000 lines. Reference: AuditLogs_ListAuditLogs.

        With `most_pages` fewer calls are made, and a log that goes on is not complete.
        """
        params: dict[str, Any] = {"page_size": PAGE_SIZE}
        if since:
            params["from"] = since.isoformat().replace("+00:00", "Z")
        if action:
            params["action"] = action
        found: list[AuditEntry] = []
        for page in range(1, most_pages + 1):
            logs = self._audit_page(account, {**params, "page": page})
            found += [AuditEntry.from_row(row_of(log, "line of the audit log")) for log in logs]
            # Hub: there is neither count nor link here; a short page is the last.
            if len(logs) < PAGE_SIZE:
                return Listing(tuple(found), None, None, complete=True)
        return Listing(tuple(found), None, None, complete=False)

    def list_audit_actions(self, account: str) -> tuple[AuditAction, ...]:
        """The kinds of lines that the audit log of this account may have. Reference: AuditLogs_ListAuditActions."""
        path = path_of("auditlogs", account, "actions")
        answer = self.connection.request("GET", path, scope=Scope.ACTIVITY_READ)
        groups = row_or_empty(row_of(answer, "list of actions"), "actions")
        # Hub: the names inside a group come without it, those in the log with it.
        return tuple(
            AuditAction(f"{group}.{text(one, 'name')}", text(one, "label"))
            for group in groups
            for one in rows(row_or_empty(groups, group), "actions")
            if text(one, "name")
        )

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

"""Everything the portal changes on Docker Hub. There is no method that deletes a repository.

A POST is sent once: after HubUnavailable nobody knows whether it was done, so look before sending it again.
"Already so" is success: a `remove_`, `delete_` or `cancel_` says True where it did it and False where it
was done before.
"""

from __future__ import annotations

from collections.abc import Sequence

from hubsync.hub.account_answers import InviteOutcome, Member
from hubsync.hub.bulk_invites import bulk_invite, read_outcomes
from hubsync.hub.collaborators import CollaboratorWriter
from hubsync.hub.immutable_tags import ImmutableTagWriter
from hubsync.hub.json_fields import row_of
from hubsync.hub.scopes import Scope
from hubsync.hub.team_answers import Team
from hubsync.hub.wire import path_of


class HubWriter(CollaboratorWriter, ImmutableTagWriter):
    """Changes Docker Hub through a connection. It has no method that only reads."""

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

    def _update_team(self, organization: str, team: str, body: dict[str, str]) -> Team:
        path = path_of("orgs", organization, "groups", team)
        answer = self.connection.request("PATCH", path, scope=Scope.GROUP_EDIT, body=body)
        return Team.from_row(row_of(answer, "team"))

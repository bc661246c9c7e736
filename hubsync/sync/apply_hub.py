"""Each kind of change as a call to Docker Hub, and what becomes ours by it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from classrooms.actions.image_wishes import grant_image_wish
from hubsync.hub.account_answers import InviteOutcome
from hubsync.hub.errors import HubConflict, HubNotFound
from hubsync.hub.reader import HubReader
from hubsync.hub.team_answers import Team
from hubsync.hub.writer import HubWriter
from hubsync.models import HubAccount
from hubsync.planning.changes import Change, Facts, Invite
from hubsync.planning.state import OrganizationState
from hubsync.sync.gone import forget_removed
from hubsync.sync.ownership import claim_collaborator, claim_member, claim_repository, claim_team
from hubsync.sync.people import note_outcomes, note_resent
from hubsync.sync.remembered import remember_team


class HubSide:
    """The organization as it is written to. Knows the number of each team, which permissions are given by."""

    def __init__(
        self,
        account: HubAccount,
        writer: HubWriter,
        reader: HubReader,
        observed: OrganizationState,
        desired: OrganizationState,
    ) -> None:
        self.account, self.writer, self.reader = account, writer, reader
        self.organization = account.name
        self._numbers = {team.key: team.number for team in observed.teams}
        self._uuids = {team.key: team.uuid for team in observed.teams}
        self._classes = {team.key: team.class_group_id for team in desired.teams}

    def prepare(self, change: Change) -> None:
        """Look once more at what is to go for ever: it must still be what was planned for. Raises HubConflict."""
        if change.kind == "delete_team":
            self._same_team(change.facts()["team"])
        elif change.kind == "remove_member":
            self._still_plain_member(change.facts()["docker_id"])

    def carry_out(self, change: Change) -> str:
        """Do it; Docker Hub's remark, mostly "". Raises the errors of `hubsync.hub.errors`."""
        call: Callable[[Facts], Any] = getattr(self, f"_{change.kind}")
        return str(call(change.facts()) or "")

    def invite(self, change: Invite) -> tuple[InviteOutcome, ...]:
        outcomes = self.writer.invite(self.organization, change.invitees, team=change.team, role=change.role)
        note_outcomes(self.account, change.team, outcomes)
        return outcomes

    def claim_invited(self, invitees: Iterable[str]) -> None:
        for invitee in invitees:
            claim_member(self.account, invitee)

    def claim(self, change: Change) -> None:
        """Note what is ours, or no longer there, now that the change is done."""
        facts = change.facts()
        match change.kind:
            case "create_team":
                self._claim_team(facts["team"])
            case "rename_team":
                self._claim_team(facts["new_name"], was=facts["team"])
            case "create_repository":
                claim_repository(self.account, facts["repository"])
            case "describe_repository" | "change_visibility" | "set_immutable_tags":
                self._grant(facts)
            case "add_collaborator":
                claim_collaborator(self.account, facts["repository"], facts["docker_id"])
            case "resend_invite":
                note_resent(self.account, facts["invitee"])
            case kind:
                forget_removed(self.account, kind, facts)

    def know(self, team: Team) -> None:
        """A team that an answer or a look showed."""
        self._numbers[team.name.lower()], self._uuids[team.name.lower()] = team.id, team.uuid
        remember_team(self.account, team)

    def number_of(self, team: str) -> int:
        number = self._numbers.get(team.lower())
        if number is None:
            raise HubNotFound(f"the team {team} is not there")
        return number

    def _claim_team(self, name: str, was: str = "") -> None:
        key = name.lower()
        uuid = self._uuids.get(key) or self._uuids.get(was.lower(), "")
        claim_team(self.account, name, uuid=uuid, class_group_id=self._classes.get(key))

    def _same_team(self, name: str) -> None:
        seen = self.reader.find_team(self.organization, name)
        if seen is not None and seen.uuid and seen.uuid != self._uuids.get(name.lower(), seen.uuid):
            raise HubConflict(f"{name} is another team now")

    def _still_plain_member(self, docker_id: str) -> None:
        rows = self.reader.list_members(self.organization).rows
        if any(row.docker_id == docker_id and row.role != "member" for row in rows):
            raise HubConflict(f"{docker_id} is more than a member now")

    def _cancel_invite(self, facts: Facts) -> None:
        if not self.writer.cancel_invite(facts["invite_id"]):
            raise HubNotFound(f"the invitation of {facts['invitee']} is gone, or was accepted meanwhile")

    def _create_repository(self, facts: Facts) -> None:
        self.writer.create_repository(
            self.organization,
            facts["repository"],
            is_private=facts["is_private"],
            description=facts["description"],
        )

    def _describe_repository(self, facts: Facts) -> None:
        self.writer.describe_repository(self.organization, facts["repository"], facts["description"])

    def _change_visibility(self, facts: Facts) -> None:
        self.writer.change_privacy(self.organization, facts["repository"], is_private=facts["is_private"])

    def _set_immutable_tags(self, facts: Facts) -> None:
        self.writer.set_immutable_tags(self.organization, facts["repository"], enabled=facts["enabled"])

    def _grant(self, facts: Facts) -> None:
        grant_image_wish(
            school=self.account.school,
            repository=f"{self.organization}/{facts['repository']}",
            is_private=facts.get("is_private"),
            description=facts.get("description"),
            has_immutable_tags=facts.get("enabled"),
        )

    def _create_team(self, facts: Facts) -> None:
        self.know(self.writer.create_team(self.organization, facts["team"], facts["description"]))

    def _rename_team(self, facts: Facts) -> None:
        self.know(self.writer.rename_team(self.organization, facts["team"], facts["new_name"]))

    def _describe_team(self, facts: Facts) -> None:
        self.writer.describe_team(self.organization, facts["team"], facts["description"])

    def _resend_invite(self, facts: Facts) -> None:
        self.writer.resend_invite(facts["invite_id"])

    def _add_to_team(self, facts: Facts) -> None:
        self.writer.add_to_team(self.organization, facts["team"], facts["docker_id"])

    def _assign_permission(self, facts: Facts) -> None:
        number = self.number_of(facts["team"])
        self.writer.assign_permission(self.organization, facts["repository"], number, facts["permission"])

    def _change_permission(self, facts: Facts) -> None:
        number = self.number_of(facts["team"])
        self.writer.change_permission(self.organization, facts["repository"], number, facts["permission"])

    def _remove_permission(self, facts: Facts) -> None:
        self.writer.remove_permission(self.organization, facts["repository"], self.number_of(facts["team"]))

    def _add_collaborator(self, facts: Facts) -> None:
        self.writer.add_collaborator(self.organization, facts["repository"], facts["docker_id"])

    def _remove_collaborator(self, facts: Facts) -> None:
        self.writer.remove_collaborator(self.organization, facts["repository"], facts["docker_id"])

    def _remove_from_team(self, facts: Facts) -> None:
        self.writer.remove_from_team(self.organization, facts["team"], facts["docker_id"])

    def _delete_team(self, facts: Facts) -> None:
        self.writer.delete_team(self.organization, facts["team"])

    def _remove_member(self, facts: Facts) -> None:
        self.writer.remove_member(self.organization, facts["docker_id"])

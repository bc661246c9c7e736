"""Teams (the API says groups) and who is in them."""

import re

from .members import Members
from .records import Team, TeamMembership
from .refusals import detail, message, not_found, validation

TEAM_NAME = re.compile(r"[a-zA-Z0-9_-]{3,30}")


class Teams(Members):
    def add_team(self, organization: str, name: str, *, description: str = "", actor: str = "") -> Team:
        """Create a team; refuses a name that is taken or against the rules."""
        self.get_organization(organization)
        self._refuse_team_name(organization, name)
        team = Team(id=self.new_id(), organization=organization, name=name, description=description)
        self.put(team)
        self.record(organization, "org.team.create", name, actor)
        return team

    def get_team(self, organization: str, name: str) -> Team:
        """The team with this name. Raises `Refusal` for an unknown organization or team."""
        if organization not in self.organizations:
            raise detail(404, "No such organization")
        team = self.teams[organization].get(name)
        if team is None and self.switches.renamed_team_keeps_old_path:
            team = self.team_by_id.get(self.former_team_names.get((organization, name), 0))
        if team is None:
            raise detail(404, "Not found")
        return team

    def rename_team(self, team: Team, name: str, *, actor: str = "") -> Team:
        """Give a team another name; its numbers, members and permissions stay."""
        if name != team.name:
            self._refuse_owners(team)
            self._refuse_team_name(team.organization, name)
            self.former_team_names[team.organization, team.name] = team.id
            del self.teams[team.organization][team.name]
            team.name = name
            self.put(team)
            self.record(team.organization, "org.team.update", name, actor)
        return team

    def delete_team(self, team: Team, *, actor: str = "") -> None:
        """Delete a team and its permissions. Its members stay in the organization."""
        self._refuse_owners(team)
        del self.teams[team.organization][team.name]
        for username in self.team_members.pop(team.id, {}):
            self.team_ids_of[team.organization, username].pop(team.id, None)
        if not self.switches.deleted_team_keeps_permissions:
            self.team_by_id.pop(team.id, None)
            for repository_id in self.repository_ids_of_team.pop(team.id, {}):
                self.permissions[repository_id].pop(team.id, None)
        self.record(team.organization, "org.team.delete", team.name, actor)

    def add_to_team(self, team: Team, username: str, *, actor: str = "") -> None:
        """Put a member into a team. Refuses whoever has not accepted an invitation to the organization."""
        if username not in self.members[team.organization]:
            raise message(self.switches.stranger_to_team_status, "user is not a member of the organization")
        if username in self.team_members[team.id]:
            self._refuse_again()
            return
        self.put(TeamMembership(team_id=team.id, username=username))
        self.record(team.organization, "org.team.member.add", username, actor, team=team.name)
        if team.name == "owners" and self.switches.owners_team_is_the_role:
            self.set_role(team.organization, username, "owner", actor=actor)

    def remove_from_team(self, team: Team, username: str, *, actor: str = "") -> None:
        """Take a member out of a team. Out of `owners` means: no longer an owner."""
        if username not in self.team_members[team.id]:
            raise not_found("member not found")
        if team.name == "owners" and self.switches.owners_team_is_the_role:
            self.set_role(team.organization, username, "member", actor=actor)
        self.team_members[team.id].pop(username, None)
        self.team_ids_of[team.organization, username].pop(team.id, None)
        self.record(team.organization, "org.team.member.remove", username, actor, team=team.name)

    def _refuse_again(self) -> None:
        if self.switches.already_in_team_status != 200:
            raise message(self.switches.already_in_team_status, "user is already a member of the group")

    def _refuse_owners(self, team: Team) -> None:
        if team.name == "owners" and self.switches.owners_team_is_the_role:
            raise message(403, "The owners team cannot be renamed or deleted.", errinfo={})

    def _refuse_team_name(self, organization: str, name: str) -> None:
        if not TEAM_NAME.fullmatch(name):
            raise validation("fielderrors", name="group name may have 3 to 30 letters, digits, '_' or '-'")
        if name in self.teams[organization]:
            raise message(self.switches.existing_team_status, "a group with this name already exists")

"""Members of an organization and their roles. Nobody is added here: people come in by an invitation."""

from .organizations import Organizations
from .records import Membership, Team, TeamMembership
from .refusals import message, not_found

ROLES = ("owner", "editor", "member")


class Members(Organizations):
    def get_member(self, organization: str, username: str) -> Membership:
        member = self.members[self.get_organization(organization).name].get(username)
        if member is None:
            raise not_found("member not found")
        return member

    def set_role(self, organization: str, username: str, role: str, *, actor: str = "") -> Membership:
        """Give a member a role; the same role again changes nothing. Refuses to demote the last owner."""
        member = self.get_member(organization, username)
        if role not in ROLES:
            raise message(400, "bad request", errinfo={"role": "unknown role"})
        if member.role == "owner" and role != "owner":
            self._keep_an_owner(organization)
        if member.role != role:
            member.role = role
            self.put(member)
            self._keep_owners_team(member)
            self.record(organization, "org.member.role.change", username, actor or username, role=role)
        return member

    def remove_member(self, organization: str, username: str, *, actor: str = "") -> None:
        """Take a member out of the organization and of all its teams. Refuses to remove the last owner."""
        member = self.get_member(organization, username)
        if member.role == "owner":
            self._keep_an_owner(organization)
        for team_id in self.team_ids_of.pop((organization, username), {}):
            self.team_members[team_id].pop(username, None)
        self.members[organization].pop(username)
        self.owners[organization].pop(username, None)
        self.organization_names_of[username].pop(organization, None)
        self.record(organization, "org.member.remove", username, actor or username)

    def take_seat(self, organization: str, username: str, role: str) -> None:
        """Make a person a member, as an accepted invitation does."""
        now = self.clock.now()
        member = Membership(organization=organization, username=username, role=role, joined_at=now)
        self.put(member)
        self._keep_owners_team(member)
        self.record(organization, "org.member.add", username, username)

    def owners_team(self, organization: str) -> Team:
        return self.teams[organization]["owners"]

    def _keep_an_owner(self, organization: str) -> None:
        if len(self.owners[organization]) <= 1:
            status = self.switches.last_owner_status
            raise message(status, "An organization needs at least one owner.", errinfo={})

    def _keep_owners_team(self, member: Membership) -> None:
        """The team `owners` and the role are one thing, said twice."""
        team = self.owners_team(member.organization)
        if not self.switches.owners_team_is_the_role:
            return
        if member.role == "owner":
            self.put(TeamMembership(team_id=team.id, username=member.username))
        else:
            self.team_members[team.id].pop(member.username, None)
            self.team_ids_of[member.organization, member.username].pop(team.id, None)

"""Who may do what with a repository, through roles, teams and collaboration."""

from enum import IntEnum

from .records import Grant, Repository, Team
from .refusals import detail, message
from .repositories import Repositories


class Level(IntEnum):
    NONE = 0
    READ = 1
    WRITE = 2
    ADMIN = 3


PERMISSIONS = {"read": Level.READ, "write": Level.WRITE, "admin": Level.ADMIN}


class Permissions(Repositories):
    def grant(self, repository: Repository, team: Team, permission: str, *, actor: str = "") -> None:
        """Give a team a permission in place of the one it has."""
        if permission not in PERMISSIONS:
            raise message(400, "bad request", errinfo={"permission": "read, write or admin"})
        self.put(Grant(repository_id=repository.id, team_id=team.id, permission=permission))
        self._record_change(repository, team.name, permission, actor)

    def get_permission(self, repository: Repository, team_id: int) -> str:
        permission = self.permissions[repository.id].get(team_id)
        if permission is None:
            raise detail(404, "Not found")
        return permission

    def revoke(self, repository: Repository, team_id: int, *, actor: str = "") -> None:
        self.get_permission(repository, team_id)
        del self.permissions[repository.id][team_id]
        self.repository_ids_of_team[team_id].pop(repository.id, None)
        self._record_change(repository, self.team_by_id[team_id].name, "none", actor)

    def level_of(self, username: str, repository: Repository) -> Level:
        """What a person may do with a repository."""
        public = Level.NONE if repository.is_private else Level.READ
        if repository.namespace not in self.organizations:
            return max(public, self._personal_level(username, repository))
        member = self.members[repository.namespace].get(username)
        if member is None:
            return public
        # Hub: owners and editors reach every repository, whatever the teams say.
        if member.role in {"owner", "editor"}:
            return Level.ADMIN
        # Hub: with an unverified address a person only reads, whatever the team may do.
        ceiling = Level.ADMIN if self.users[username].email_verified else Level.READ
        return max(public, min(ceiling, self._team_level(username, repository)))

    def _team_level(self, username: str, repository: Repository) -> Level:
        granted = self.permissions[repository.id]
        mine = self.team_ids_of[repository.namespace, username]
        return max((PERMISSIONS[granted[one]] for one in mine if one in granted), default=Level.NONE)

    def _personal_level(self, username: str, repository: Repository) -> Level:
        if username and username == repository.namespace:
            return Level.ADMIN
        return Level.WRITE if username in self.collaborators[repository.id] else Level.NONE

    def _record_change(self, repository: Repository, team: str, permission: str, actor: str) -> None:
        self.record(
            repository.namespace,
            "repo.team.permission.change",
            repository.path,
            actor,
            team=team,
            permission=permission,
        )

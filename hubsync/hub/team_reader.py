"""What the portal asks Docker Hub about teams and what they may use. Nothing here changes anything."""

from __future__ import annotations

from hubsync.hub.errors import HubNotFound, HubRejected, NotSupportedHere
from hubsync.hub.image_reader import ImageReader, found_or_none
from hubsync.hub.json_fields import row_of
from hubsync.hub.listing import Listing
from hubsync.hub.paging import list_pages
from hubsync.hub.routes import NONE, PERMISSIONS, repository_routes, try_routes
from hubsync.hub.scopes import Scope
from hubsync.hub.team_answers import Team, TeamMember, TeamPermission, TeamRepository
from hubsync.hub.wire import path_of


class TeamReader(ImageReader):
    """Reads teams, their members and their permissions through a connection."""

    def list_teams(self, organization: str) -> Listing[Team]:
        """The teams. Reference: getV2OrgsByOrgNameGroups."""
        path = path_of("orgs", organization, "groups")
        return list_pages(self.connection, path, Team.from_row, scope=Scope.GROUP_READ)

    def find_team(self, organization: str, team: str) -> Team | None:
        """One team by its name. Reference: getV2OrgsByOrgNameGroupsByGroupName."""
        path = path_of("orgs", organization, "groups", team)
        return found_or_none(lambda: Team.from_row(row_of(self._get(path, Scope.GROUP_READ), "team")))

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
                return found_or_none(
                    lambda: TeamPermission.from_row(
                        row_of(self._get(path, Scope.REPO_GROUP_READ), "permission")
                    )
                )
            except HubRejected as problem:
                if problem.status != 405:
                    raise
        rows = self.list_repository_permissions(namespace, repository).rows
        return next((row for row in rows if row.team_id == team_id), None)

    def _list_permissions(self, base: str) -> Listing[TeamPermission]:
        return list_pages(
            self.connection, f"{base}/groups", TeamPermission.from_row, scope=Scope.REPO_GROUP_READ
        )

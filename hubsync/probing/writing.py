"""The probes that write: with teams and repositories of their own names, which are taken away again, whatever happens."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from hubsync.hub.decipher import Answer
from hubsync.hub.errors import HubError
from hubsync.hub.wire import path_of
from hubsync.probing.recording import Recorder, row_of_answer, rows_of

PREFIX = "aulahub-probe-"
ODD_TEAM_NAMES = ("ab", "Aulahub-Probe", "aulahub probe", "aulahub-próbe", PREFIX + "x" * 17)
DONE = range(200, 300)


@dataclass
class Writing:
    """The writing probes on one organization. `left_behind` is what could not be taken away again, in words."""

    ask: Recorder
    organization: str
    suffix: str
    member: str = ""
    invite_address: str = ""
    try_last_owner: bool = False
    left_behind: list[str] = field(default_factory=list)
    _newer_route_tells: bool = False
    _undo: list[Callable[[], None]] = field(default_factory=list)

    @property
    def name(self) -> str:
        return PREFIX + self.suffix

    def run(self) -> None:
        """Ask everything; take away what was made, also after a failure. Raises what kept Docker Hub from answering."""
        try:
            team_id = self._teams()
            self._repositories()
            if team_id:
                self._permissions(team_id)
            self._invitations()
            self._last_owner()
            self._privacy_and_deletion()
            self._deleted_team(team_id)
        finally:
            self._clean_up()

    def _teams(self) -> int | None:
        ask, teams = self.ask, path_of("orgs", self.organization, "groups")
        self._undo.append(lambda: self._drop_team(self.name))
        made = ask.ask("create a team", "POST", teams, {"name": self.name})
        ask.ask("create an existing team", "POST", teams, {"name": self.name})
        for name in ODD_TEAM_NAMES:
            # A team that was there before is somebody's, and would be deleted below.
            if (
                ask.ask("look for a team", "GET", path_of("orgs", self.organization, "groups", name)).status
                != 404
            ):
                continue
            if ask.ask("create a team with an odd name", "POST", teams, {"name": name}).status in DONE:
                self._drop_team(name)
        if self.member:
            members = path_of("orgs", self.organization, "groups", self.name, "members")
            ask.ask("add a member to a team", "POST", members, {"member": self.member})
            ask.ask("add a member who is in the team", "POST", members, {"member": self.member})
        path = path_of("orgs", self.organization, "groups", self.name)
        self._undo.append(lambda: self._drop_team(f"{self.name}-b"))
        ask.ask("rename a team", "PATCH", path, {"name": f"{self.name}-b"})
        ask.ask("read a renamed team by its old name", "GET", path)
        ask.ask("rename a team back", "PATCH", path + "-b", {"name": self.name})
        ask.ask("repositories of a team", "GET", path + "/repositories")
        number = row_of_answer(made).get("id")
        return number if isinstance(number, int) else None

    def _repositories(self) -> None:
        ask, path = self.ask, path_of("namespaces", self.organization, "repositories")
        body = {"namespace": self.organization, "name": self.name, "is_private": True}
        self._undo.append(self._drop_repository)
        ask.ask("create a repository", "POST", path, body)
        ask.ask("create an existing repository", "POST", path, body)
        ask.ask("create a repository with a bad name", "POST", path, {**body, "name": "Bad Name!"})
        ask.ask("read a hidden repository", "GET", self._repository, is_anonymous=True)
        ask.ask("list with a bad ordering", "GET", path + "?ordering=foo")

    def _permissions(self, team_id: int) -> None:
        ask = self.ask
        older = path_of("repositories", self.organization, self.name) + "/groups"
        newer = self._repository + "/groups"
        body = {"group_id": team_id, "permission": "read"}
        ask.ask("assign a permission", "POST", older, body)
        ask.ask("assign a permission again", "POST", older, {**body, "permission": "write"})
        listed = ask.ask("permissions on the newer route", "GET", newer)
        self._newer_route_tells = any(row.get("group_id") == team_id for row in rows_of(listed))
        ask.ask("permissions on the older route", "GET", older)
        for route, which in ((newer, "newer"), (older, "older")):
            ask.ask(f"one permission on the {which} route", "GET", f"{route}/{team_id}/")
            admin = {"permission": "admin"}
            ask.ask(f"change a permission on the {which} route", "PATCH", f"{route}/{team_id}/", admin)
            ask.ask(f"remove a permission on the {which} route", "DELETE", f"{route}/{team_id}/")
            ask.ask("assign a permission to remove it", "POST", older, body)

    def _invitations(self) -> None:
        if not self.invite_address:
            return
        body = {"org": self.organization, "invitees": [self.invite_address], "role": "member"}
        self._undo.append(self._cancel_invitation)
        self.ask.ask("invite somebody", "POST", path_of("invites", "bulk"), body)
        self.ask.ask("invite somebody who is invited", "POST", path_of("invites", "bulk"), body)
        for row in self._mine(self.ask.ask("invitations to send again", "GET", self._invites)):
            self.ask.ask("resend by POST", "POST", path_of("invites", str(row["id"]), "resend"))

    def _last_owner(self) -> None:
        """Only where somebody asked for it by name, and put back at once where Docker Hub lets it happen."""
        if not self.try_last_owner:
            return
        listed = self.ask.ask(
            "owners", "GET", path_of("orgs", self.organization, "members") + "?role=owner&page_size=100"
        )
        owners = [row for row in rows_of(listed) if str(row.get("role", "")).lower() == "owner"]
        if len(owners) != 1:
            self.left_behind.append("There is more than one owner, so the last one was not tried.")
            return
        path = path_of("orgs", self.organization, "members", str(owners[0]["username"]))
        if self.ask.ask("demote the last owner", "PUT", path, {"role": "member"}).status in DONE:
            self.ask.ask("make the last owner one again", "PUT", path, {"role": "owner"})

    def _privacy_and_deletion(self) -> None:
        body = {"is_private": False}
        self.ask.ask("change privacy on the newer route", "POST", self._repository + "/privacy", body)
        older = path_of("repositories", self.organization, self.name) + "/privacy"
        self.ask.ask("change privacy on the older route", "POST", older, {"is_private": True})

    def _deleted_team(self, team_id: int | None) -> None:
        self._drop_team(self.name)
        # Where the route or the permission was not there before, "not found" would tell nothing.
        if team_id is not None and self._newer_route_tells:
            path = f"{self._repository}/groups/{team_id}/"
            self.ask.ask("permission of a deleted team", "GET", path)

    @property
    def _repository(self) -> str:
        return path_of("namespaces", self.organization, "repositories", self.name)

    def _clean_up(self) -> None:
        """Each step by itself, so that one that fails keeps none of the others from being taken."""
        for undo in reversed(self._undo):
            try:
                undo()
            except (HubError, ValueError) as problem:
                self.left_behind.append(f"Taking away what was made stopped at: {problem}")
        self._undo.clear()

    def _drop_team(self, name: str) -> None:
        path = path_of("orgs", self.organization, "groups", name)
        if self.ask.ask("delete a team", "DELETE", path).status in (*DONE, 404):
            return
        if self.ask.ask("look for a team", "GET", path).status == 200:
            self.left_behind.append(f"The team {name} is still there: delete it by hand.")

    def _drop_repository(self) -> None:
        ask = self.ask
        newer = ask.ask("delete a repository on the newer route", "DELETE", self._repository)
        if newer.status in DONE:
            return
        older = path_of("repositories", self.organization, self.name) + "/"
        with suppress(HubError):
            ask.ask("delete a repository on the older route", "DELETE", older)
        if ask.ask("read a repository that was deleted", "GET", self._repository).status != 404:
            self.left_behind.append(
                f"The repository {self.organization}/{self.name} is still there: delete it by hand."
            )

    def _cancel_invitation(self) -> None:
        for row in self._mine(self.ask.ask("invitations to cancel", "GET", self._invites)):
            path = path_of("invites", str(row["id"]))
            if self.ask.ask("cancel an invitation", "DELETE", path).status not in (*DONE, 404):
                self.left_behind.append(
                    f"The invitation of {self.invite_address} is still there: cancel it by hand."
                )

    @property
    def _invites(self) -> str:
        return path_of("orgs", self.organization, "invites")

    def _mine(self, listed: Answer) -> list[dict[str, Any]]:
        wanted = self.invite_address.lower()
        return [row for row in rows_of(listed, "data") if str(row.get("invitee", "")).lower() == wanted]

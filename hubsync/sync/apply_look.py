"""Whether Docker Hub is already as a change would make it: asked after a refusal and after a lost answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from hubsync.hub.errors import HubAuthLost, HubError, HubUnavailable
from hubsync.planning.changes import Change, Facts
from hubsync.sync.apply_hub import HubSide


class Look:
    """Reads the one object that a change is about. What is not certain counts as not so."""

    def __init__(self, hub: HubSide) -> None:
        self.hub, self.reader, self.organization = hub, hub.reader, hub.organization

    def is_so(self, change: Change) -> bool:
        """Raises HubUnavailable where Docker Hub does not answer, HubAuthLost where the token came to its end.

        Where it answers, but does not tell (no route, no permission), that must not stop the changes that come later.
        """
        look: Callable[[Facts], bool] | None = getattr(self, f"_{change.kind}", None)
        try:
            return look is not None and look(change.facts())
        except (HubUnavailable, HubAuthLost):
            raise
        except HubError:
            return False

    def _create_team(self, facts: Facts) -> bool:
        team = self.reader.find_team(self.organization, facts["team"])
        # Another description means another hand: it exists, and is not ours.
        if team is None or team.description != facts["description"]:
            return False
        self.hub.know(team)
        return True

    def _rename_team(self, facts: Facts) -> bool:
        team = self.reader.find_team(self.organization, facts["new_name"])
        if team is None or team.id != self.hub.number_of(facts["team"]):
            return False
        self.hub.know(team)
        return True

    def _describe_team(self, facts: Facts) -> bool:
        team = self.reader.find_team(self.organization, facts["team"])
        return team is not None and team.description == facts["description"]

    def _create_repository(self, facts: Facts) -> bool:
        return self.reader.find_repository(self.organization, facts["repository"]) is not None

    def _describe_repository(self, facts: Facts) -> bool:
        seen = self.reader.find_repository(self.organization, facts["repository"])
        return seen is not None and seen.description == facts["description"]

    def _change_visibility(self, facts: Facts) -> bool:
        seen = self.reader.find_repository(self.organization, facts["repository"])
        return seen is not None and seen.is_private == facts["is_private"]

    def _set_immutable_tags(self, facts: Facts) -> bool:
        seen = self.reader.get_immutable_tags(self.organization, facts["repository"])
        return seen.enabled == facts["enabled"] and not seen.rules

    def _add_to_team(self, facts: Facts) -> bool:
        return facts["docker_id"] in self._people_of(facts["team"])

    def _remove_from_team(self, facts: Facts) -> bool:
        return facts["docker_id"] not in self._people_of(facts["team"])

    def _assign_permission(self, facts: Facts) -> bool:
        return self._level(facts) == str(facts["permission"])

    _change_permission = _assign_permission

    def _remove_permission(self, facts: Facts) -> bool:
        return self._level(facts) is None

    def _delete_team(self, facts: Facts) -> bool:
        return self.reader.find_team(self.organization, facts["team"]) is None

    def _remove_member(self, facts: Facts) -> bool:
        listing = self.reader.list_members(self.organization)
        return listing.complete and facts["docker_id"] not in {row.docker_id for row in listing.rows}

    def _cancel_invite(self, facts: Facts) -> bool:
        """Gone, and not because the person accepted at the last moment."""
        if facts["invite_id"] in {row.id for row in self.reader.list_invites(self.organization).rows}:
            return False
        members = self.reader.list_members(self.organization).rows
        return facts["invitee"] not in {key for row in members for key in (row.docker_id, row.email)}

    def who_waits(self, invitees: Iterable[str]) -> set[str] | None:
        """Those of them whose invitation waits for an answer; None where Docker Hub does not tell. Raises as `is_so`."""
        try:
            return self._waiting() & set(invitees)
        except (HubUnavailable, HubAuthLost):
            raise
        except HubError:
            return None

    def _waiting(self) -> set[str]:
        return {row.invitee.lower() for row in self.reader.list_invites(self.organization).rows}

    def _invite(self, facts: Facts) -> bool:
        if set(facts["invitees"]) <= self._waiting():
            self.hub.claim_invited(facts["invitees"])
            return True
        return False

    def _add_collaborator(self, facts: Facts) -> bool:
        return facts["docker_id"] in self._collaborators_of(facts["repository"])

    def _remove_collaborator(self, facts: Facts) -> bool:
        return facts["docker_id"] not in self._collaborators_of(facts["repository"])

    def _collaborators_of(self, repository: str) -> set[str]:
        return {row.docker_id for row in self.reader.list_collaborators(self.organization, repository).rows}

    def _people_of(self, team: str) -> set[str]:
        return {row.docker_id for row in self.reader.list_team_members(self.organization, team).rows}

    def _level(self, facts: Facts) -> str | None:
        number = self.hub.number_of(facts["team"])
        found = self.reader.find_permission(self.organization, facts["repository"], number)
        return found.level if found else None

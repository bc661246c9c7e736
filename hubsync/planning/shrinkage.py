"""Whether a look holds much less than the one before it, although nobody's doing explains that. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from hubsync.planning.changes import (
    CancelInvite,
    Change,
    DeleteTeam,
    RemoveCollaborator,
    RemoveFromTeam,
    RemoveMember,
    RemovePermission,
)
from hubsync.planning.lists import TEAM, Lists, gone, key_of_member, tells_of, words_of
from hubsync.planning.plan_invites import LINK_LASTS
from hubsync.planning.state import OrganizationState
from hubsync.planning.wishes import key_of

# The name of a list and the key of a row in it.
Row = tuple[str, str]
# So many rows may be missing, or such a share of the list: people come and go.
MOST_ROWS = 5
MOST_SHARE = 0.20
# Of the portal's own teams one at a time: with a team its people and permissions go.
MOST_OWN_TEAMS = 1
# The kinds of our changes that may explain why something is gone.
TAKES_AWAY = (
    "cancel_invite",
    "delete_team",
    "remove_collaborator",
    "remove_from_team",
    "remove_member",
    "remove_permission",
)


def shrunk(
    before: Lists, observed: OrganizationState, explained: Collection[Row], own_teams: Collection[str]
) -> Lists:
    """What is gone from lists that lost more than a list may. `own_teams` are the keys of our teams."""
    found: Lists = {}
    for name, rows in gone(before, observed).items():
        missing = {key: text for key, text in rows.items() if (name, key) not in explained}
        tells = tells_of(name, observed)
        size = sum(1 for key in before[name] if tells(key))
        is_much = len(missing) > MOST_ROWS and len(missing) > MOST_SHARE * size
        if is_much or (name == "teams" and len(missing.keys() & set(own_teams)) > MOST_OWN_TEAMS):
            found[name] = missing
    return found


def explained_by(changes: Iterable[Change], before: Lists, observed: OrganizationState) -> frozenset[Row]:
    """What these changes took away, or would have, were it still there."""
    known = _Known(before, observed)
    return frozenset(row for change in changes for row in known.rows_of(change))


class _Known:
    """Finds the rows of the last look that a change is about."""

    def __init__(self, before: Lists, observed: OrganizationState) -> None:
        self.before = before
        self.teams = {name: key for key, name in before.get("teams", {}).items()}
        # A team that we have renamed since is called by its new name.
        self.teams |= {team.key: key_of(team) for team in observed.teams}
        members = before.get("members", {})
        self.people = {word: key for key, words in members.items() for word in words.split()}

    def rows_of(self, change: Change) -> Iterator[Row]:
        match change:
            case RemoveMember():
                yield from self._member(change.docker_id)
            case RemoveFromTeam():
                yield f"{TEAM}{self._team(change)}", self._person(change.docker_id)
            case DeleteTeam():
                yield "teams", self._team(change)
            case RemovePermission():
                yield "permissions", f"{change.repository.lower()}/{self._team(change)}"
            case RemoveCollaborator():
                yield "collaborators", f"{change.repository.lower()}/{change.docker_id.lower()}"
            case CancelInvite():
                yield "invites", change.invitee.lower()

    def _member(self, docker_id: str) -> Iterator[Row]:
        """Leaving the organization ends every membership."""
        key = self._person(docker_id)
        yield "members", key
        yield from ((name, key) for name in self.before if name.startswith(TEAM))

    def _team(self, change: Change) -> str:
        name = change.team_name.lower()
        return self.teams.get(name, name)

    def _person(self, name: str) -> str:
        return self.people.get(name.lower(), name.lower())


def answered(before: Lists, observed: OrganizationState) -> frozenset[Row]:
    """Invitations that are gone because somebody accepted, under whatever name, or because their link lapsed."""
    there = {word for member in observed.members for word in words_of(member)}
    lost = gone(before, observed).get("invites", {})
    accepted = lost.keys() & there
    lapsed = {invitee for invitee, at in lost.items() if _has_lapsed(at, observed.seen_at)}
    left = sorted(lost.keys() - accepted - lapsed)
    strangers = [
        one
        for one in observed.members
        if key_of_member(one) not in before.get("members", {}) and not accepted & set(words_of(one))
    ]
    return frozenset(("invites", invitee) for invitee in (*accepted, *lapsed, *left[: len(strangers)]))


def _has_lapsed(invited_at: str, now: datetime | None) -> bool:
    return bool(invited_at) and now is not None and now - datetime.fromisoformat(invited_at) >= LINK_LASTS

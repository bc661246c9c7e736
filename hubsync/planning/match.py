"""Who is who: which team seen on Docker Hub is the one we want, and which member is the person we mean. Pure.

A team is known by its uuid first, because a person can rename it, and by its name only while we have not seen its
uuid yet. A person is known by Docker ID, then by e-mail.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hubsync.planning.owned import Owned, OwnedTeam
from hubsync.planning.state import InviteState, MemberState, OrganizationState, Person, TeamState


@dataclass(frozen=True)
class TeamMatch:
    """A team we want (None: no longer), the one we see (None: not there), and our claim on it (None: not ours)."""

    desired: TeamState | None
    observed: TeamState | None
    owned: OwnedTeam | None

    @property
    def is_foreign(self) -> bool:
        return self.observed is not None and self.owned is None


def find_observed(owned: OwnedTeam, teams: Iterable[TeamState]) -> TeamState | None:
    """The team on Docker Hub that is ours by this claim; another one that took its name is not."""
    if owned.uuid:
        return next((team for team in teams if team.uuid == owned.uuid), None)
    return next((team for team in teams if team.key == owned.key), None)


def match_teams(desired: OrganizationState, observed: OrganizationState, owned: Owned) -> list[TeamMatch]:
    """Each wanted team with what is there for it, then each of our teams that nobody wants any more."""
    claims = _claims(desired, owned)
    matches = [
        _match(team, claims.get(team.key), observed) for team in sorted(desired.teams, key=lambda t: t.key)
    ]
    used = set(claims.values())
    left = [claim for claim in sorted(owned.teams, key=lambda claim: claim.key) if claim not in used]
    return matches + [TeamMatch(None, find_observed(claim, observed.teams), claim) for claim in left]


def _claims(desired: OrganizationState, owned: Owned) -> dict[str, OwnedTeam]:
    by_class = {claim.class_group_id: claim for claim in owned.teams if claim.class_group_id is not None}
    by_name = {claim.key: claim for claim in owned.teams}
    claims: dict[str, OwnedTeam] = {}
    for team in desired.teams:
        claim = by_class.get(team.class_group_id) if team.class_group_id is not None else None
        if (
            claim is None
            and (named := by_name.get(team.key))
            and named.class_group_id in (None, team.class_group_id)
        ):
            claim = named
        if claim is not None:
            claims[team.key] = claim
    return claims


def _match(team: TeamState, claim: OwnedTeam | None, observed: OrganizationState) -> TeamMatch:
    seen = find_observed(claim, observed.teams) if claim else None
    if seen is not None:
        return TeamMatch(team, seen, claim)
    taken = next((other for other in observed.teams if other.key == team.key), None)
    # A claim whose team has gone does not reach over to a stranger of the same name.
    return TeamMatch(team, taken, None if taken else claim)


class People:
    """Finds the member or the pending invitation that a wanted person is.

    `aliases` says under which Docker ID somebody accepted whom the school's rows call otherwise.
    """

    def __init__(self, observed: OrganizationState, aliases: Iterable[tuple[str, str]] = ()) -> None:
        self._aliases = dict(aliases)
        self._by_docker_id = {member.person.docker_id: member for member in observed.members}
        self._by_email = {member.person.email: member for member in observed.members if member.person.email}
        self._invites = {invite.invitee: invite for invite in observed.invites}

    def find_member(self, person: Person) -> MemberState | None:
        found = self._by_docker_id.get(person.docker_id) if person.docker_id else None
        found = found or (self._by_email.get(person.email) if person.email else None)
        return found or self._by_docker_id.get(self._alias_of(person))

    def _alias_of(self, person: Person) -> str:
        return self._aliases.get(person.docker_id) or self._aliases.get(person.email, "")

    def find_invite(self, person: Person) -> InviteState | None:
        return self._invites.get(person.docker_id) or self._invites.get(person.email)

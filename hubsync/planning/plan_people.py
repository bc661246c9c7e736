"""Who leaves the organization: only people whom the portal invited and whom nothing keeps any more. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hubsync.planning.changes import Change, DeleteTeam, RemoveFromTeam, RemoveMember, RenameTeam
from hubsync.planning.match import People
from hubsync.planning.owned import Owned
from hubsync.planning.plan_invites import everybody
from hubsync.planning.state import OrganizationState


def members_to_remove(
    desired: OrganizationState,
    observed: OrganizationState,
    owned: Owned,
    people: People,
    changes: Iterable[Change],
) -> Iterator[Change]:
    """Removals of plain members who are ours, wanted nowhere, and in no team that this plan leaves them in."""
    ours = {member.key for member in owned.members} - {""}
    ours |= {docker_id for key, docker_id in owned.aliases if key in ours}
    wanted = {
        member.person.docker_id for person in everybody(desired) if (member := people.find_member(person))
    }
    stays = wanted | _kept_by_teams(observed, list(changes))
    for member in observed.members:
        is_ours = bool({member.person.docker_id, member.person.email} & ours)
        # Owners and custom roles were given by a person, and the portal never removes itself.
        may_go = member.role == "member" and member.person.docker_id != owned.identity
        if is_ours and may_go and member.person.docker_id not in stays:
            yield RemoveMember(member.person.docker_id)


def _kept_by_teams(observed: OrganizationState, changes: list[Change]) -> set[str]:
    """Everybody who is in a team that this plan leaves them in."""
    new_names = {
        change.team.lower(): change.new_name.lower() for change in changes if isinstance(change, RenameTeam)
    }
    deleted = {change.team.lower() for change in changes if isinstance(change, DeleteTeam)}
    left = {
        (change.team.lower(), change.docker_id) for change in changes if isinstance(change, RemoveFromTeam)
    }
    return {
        person.docker_id
        for team in observed.teams
        if team.key not in deleted
        for person in team.people
        if (new_names.get(team.key, team.key), person.docker_id) not in left
    }

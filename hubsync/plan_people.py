"""Who leaves the organization: only people whom the portal invited and whom nothing keeps any more. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hubsync.changes import Change, DeleteTeam, RemoveFromTeam, RemoveMember, RenameTeam
from hubsync.match import People
from hubsync.plan_invites import everybody
from hubsync.state import OrganizationState, Owned


def members_to_remove(
    desired: OrganizationState,
    observed: OrganizationState,
    owned: Owned,
    people: People,
    changes: Iterable[Change],
) -> Iterator[Change]:
    """Removals of plain members who are ours, wanted nowhere, and in no team that this plan leaves them in."""
    ours = {member.key for member in owned.members}
    wanted = {member.person.docker_id for person in everybody(desired) if (member := people.find_member(person))}
    for member in observed.members:
        docker_id = member.person.docker_id
        is_ours = docker_id in ours or (member.person.email in ours and member.person.email != "")
        # Owners and custom roles were given by a person, and the portal never removes itself.
        if not is_ours or docker_id in wanted or member.role != "member" or docker_id == owned.identity:
            continue
        if not _teams_left(docker_id, observed, changes):
            yield RemoveMember(docker_id)


def _teams_left(docker_id: str, observed: OrganizationState, changes: Iterable[Change]) -> set[str]:
    old_names = {change.new_name.lower(): change.team.lower() for change in changes if isinstance(change, RenameTeam)}
    deleted = {change.team.lower() for change in changes if isinstance(change, DeleteTeam)}
    left = {
        old_names.get(change.team.lower(), change.team.lower())
        for change in changes
        if isinstance(change, RemoveFromTeam) and change.docker_id == docker_id
    }
    inside = {team.key for team in observed.teams if docker_id in {person.docker_id for person in team.people}}
    return inside - deleted - left

"""Who is let into the repositories of a personal account, and who of those whom the portal let in has to go. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from hubsync.hub.scopes import Area
from hubsync.planning.changes import AddCollaborator, Change, RemoveCollaborator
from hubsync.planning.owned import Owned
from hubsync.planning.plan_notes import Note
from hubsync.planning.state import Collaboration, OrganizationState


@dataclass(frozen=True)
class CollaboratorsPlan:
    changes: frozenset[Change] = frozenset()
    notes: frozenset[Note] = frozenset()


def plan_collaborators(
    desired: OrganizationState, observed: OrganizationState, owned: Owned
) -> CollaboratorsPlan:
    """Nothing for a repository whose collaborators were not read; nobody is removed whom another hand let in."""
    if not observed.sees(Area.COLLABORATORS, Area.REPOSITORIES):
        return CollaboratorsPlan()
    there = {one.key for one in observed.repositories}
    coming = {one.key for one in desired.repositories} - there
    wanted = {one for one in desired.collaborations if one.docker_id != owned.identity}
    missing = {one.repository for one in wanted} - there - coming

    def is_read(one: Collaboration) -> bool:
        return one.repository in there and observed.reads_permissions_of(one.repository)

    added = {one for one in wanted - observed.collaborations if is_read(one) or one.repository in coming}
    removed = {one for one in (owned.collaborations & observed.collaborations) - wanted if is_read(one)}
    return CollaboratorsPlan(
        frozenset(AddCollaborator(one.repository, one.docker_id) for one in added)
        | frozenset(RemoveCollaborator(one.repository, one.docker_id) for one in removed),
        frozenset(Note("collaborators_wait", (("repository", name),)) for name in missing),
    )

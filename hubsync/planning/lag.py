"""What a look does not show yet although Docker Hub confirmed it: reads can lag behind writes. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from hubsync.hub.scopes import Area
from hubsync.planning.changes import (
    AddCollaborator,
    AddToTeam,
    AssignPermission,
    CancelInvite,
    Change,
    ChangePermission,
    CreateRepository,
    CreateTeam,
    DeleteTeam,
    DescribeTeam,
    Invite,
    RemoveCollaborator,
    RemoveFromTeam,
    RemoveMember,
    RemovePermission,
    RenameTeam,
)
from hubsync.planning.state import (
    Collaboration,
    Grant,
    InviteState,
    OrganizationState,
    Permission,
    Person,
    RepositoryState,
    TeamState,
)

State = OrganizationState


@dataclass(frozen=True)
class Shown:
    """What a look shows once the journal is believed; the places of what it showed itself, and what it does not show."""

    observed: OrganizationState
    shown: frozenset[int] = frozenset()
    hidden: tuple[Change, ...] = ()


def with_journal(observed: State, done: Iterable[Change], made: Collection[TeamState]) -> Shown:
    """The look with what was done and does not show. `done` is in the order of doing.

    `made` are teams as answers told them: a new team's uuid and number are in no change. Of two changes of one thing the
    later one counts. What this look does not tell of is neither shown nor hidden.
    """
    believed, shown, hidden = observed, set[int](), list[Change]()
    for place, (change, is_last) in enumerate(_last_ones(tuple(done))):
        effect = _EFFECTS.get(type(change))
        if effect is None or not is_last:
            shown.add(place)
            continue
        after = effect(believed, change, made) if _sees(believed, change) else None
        if after == believed:
            shown.add(place)
        elif after is not None:
            believed = after
            hidden.append(change)
    return Shown(believed, frozenset(shown), tuple(hidden))


def _last_ones(done: tuple[Change, ...]) -> Iterable[tuple[Change, bool]]:
    last = {_thing(change): place for place, change in enumerate(done)}
    return [(change, last[_thing(change)] == place) for place, change in enumerate(done)]


def _thing(change: Change) -> tuple[object, ...]:
    """What a change is about: the later change of the same thing is the one that counts."""
    facts: dict[str, Any] = change.facts()
    match change:
        case AddToTeam() | RemoveFromTeam():
            return "membership", change.team.lower(), change.docker_id
        case AssignPermission() | ChangePermission() | RemovePermission():
            return "permission", change.team.lower(), change.repository
        case AddCollaborator() | RemoveCollaborator():
            return "collaborator", change.repository, change.docker_id
        case CreateTeam() | DeleteTeam():
            return "team", change.team.lower()
    return change.kind, *(str(value).lower() for value in facts.values())


def _sees(observed: State, change: Change) -> bool:
    return observed.sees(*_AREAS.get(type(change), (Area.TEAMS,)))


_AREAS: dict[type[Change], tuple[Area, ...]] = {
    Invite: (Area.INVITES, Area.MEMBERS),
    CancelInvite: (Area.INVITES,),
    RemoveMember: (Area.MEMBERS,),
    AddToTeam: (Area.TEAMS, Area.MEMBERS),
    RemoveFromTeam: (Area.TEAMS, Area.MEMBERS),
    CreateRepository: (Area.REPOSITORIES,),
    AssignPermission: (Area.TEAMS, Area.REPOSITORIES, Area.PERMISSIONS),
    ChangePermission: (Area.TEAMS, Area.REPOSITORIES, Area.PERMISSIONS),
    RemovePermission: (Area.TEAMS, Area.REPOSITORIES, Area.PERMISSIONS),
    AddCollaborator: (Area.REPOSITORIES, Area.COLLABORATORS),
    RemoveCollaborator: (Area.REPOSITORIES, Area.COLLABORATORS),
}

# The state after a change; the same state where it shows already; None where this look does not tell.
Effect = Callable[[State, Any, Collection[TeamState]], State | None]


def _find(observed: State, name: str) -> TeamState | None:
    return next((team for team in observed.teams if team.key == name.lower()), None)


def _with_team(observed: State, team: TeamState, **facts: Any) -> State:
    return replace(observed, teams=observed.teams - {team} | {replace(team, **facts)})


def _create_team(observed: State, change: CreateTeam, made: Collection[TeamState]) -> State | None:
    if _find(observed, change.team):
        return observed
    team = next((one for one in made if one.key == change.team.lower()), None)
    # Without the number it could be given no permission; under another name it may be there already.
    if team is None or not team.uuid or team.uuid in {one.uuid for one in observed.teams}:
        return None
    fresh = TeamState(change.team, change.description, uuid=team.uuid, number=team.number)
    return replace(observed, teams=observed.teams | {fresh})


def _delete_team(observed: State, change: DeleteTeam, _: Collection[TeamState]) -> State | None:
    team = _find(observed, change.team)
    return replace(observed, teams=observed.teams - {team}) if team else observed


def _rename_team(observed: State, change: RenameTeam, _: Collection[TeamState]) -> State | None:
    if _find(observed, change.new_name):
        return observed
    team = _find(observed, change.team)
    return _with_team(observed, team, name=change.new_name) if team else None


def _describe_team(observed: State, change: DescribeTeam, _: Collection[TeamState]) -> State | None:
    team = _find(observed, change.team)
    return _with_team(observed, team, description=change.description) if team else None


def _add_to_team(observed: State, change: AddToTeam, _: Collection[TeamState]) -> State | None:
    team = _find(observed, change.team)
    member = next((one for one in observed.members if one.person.docker_id == change.docker_id), None)
    # Who is no member by now is in no team.
    if team is None or member is None:
        return None
    if change.docker_id in {person.docker_id for person in team.people}:
        return observed
    return _with_team(observed, team, people=team.people | {member.person})


def _remove_from_team(observed: State, change: RemoveFromTeam, _: Collection[TeamState]) -> State | None:
    team = _find(observed, change.team)
    return _with_team(observed, team, people=_without(team.people, change.docker_id)) if team else None


def _without(people: frozenset[Person], docker_id: str) -> frozenset[Person]:
    return frozenset(person for person in people if person.docker_id != docker_id)


def _remove_member(observed: State, change: RemoveMember, _: Collection[TeamState]) -> State | None:
    members = frozenset(one for one in observed.members if one.person.docker_id != change.docker_id)
    teams = frozenset(
        replace(team, people=_without(team.people, change.docker_id)) for team in observed.teams
    )
    return replace(observed, members=members, teams=teams)


def _invite(observed: State, change: Invite, _: Collection[TeamState]) -> State | None:
    known = {one.invitee for one in observed.invites}
    known |= {word for one in observed.members for word in (one.person.docker_id, one.person.email)}
    # Without an id: it can be neither cancelled nor sent again before it shows.
    fresh = {InviteState("", one, change.team, change.role) for one in change.invitees if one not in known}
    return replace(observed, invites=observed.invites | fresh)


def _cancel_invite(observed: State, change: CancelInvite, _: Collection[TeamState]) -> State | None:
    """Also where the list shows neither: then the invitation is there only because the journal tells it, without an id."""
    left = frozenset(
        one
        for one in observed.invites
        if one.invite_id != change.invite_id and (one.invite_id or one.invitee != change.invitee.lower())
    )
    return replace(observed, invites=left)


def _create_repository(observed: State, change: CreateRepository, _: Collection[TeamState]) -> State | None:
    if change.repository.lower() in {one.key for one in observed.repositories}:
        return observed
    fresh = RepositoryState(change.repository, change.is_private, change.description)
    return replace(observed, repositories=observed.repositories | {fresh})


def _permission(observed: State, change: Any, level: Permission | None) -> State | None:
    team = _find(observed, change.team)
    is_there = change.repository in {one.key for one in observed.repositories}
    if team is None or not is_there or not observed.reads_permissions_of(change.repository, team.key):
        return None
    others = frozenset(grant for grant in team.grants if grant.repository != change.repository)
    grant = {Grant(change.repository, level)} if level else set()
    return _with_team(observed, team, grants=others | grant)


def _collaborator(observed: State, change: Any, *, is_in: bool) -> State | None:
    if not observed.reads_permissions_of(change.repository):
        return None
    one = frozenset({Collaboration(change.repository, change.docker_id)})
    there = observed.collaborations
    return replace(observed, collaborations=there | one if is_in else there - one)


_EFFECTS: dict[type[Change], Effect] = {
    CreateTeam: _create_team,
    DeleteTeam: _delete_team,
    RenameTeam: _rename_team,
    DescribeTeam: _describe_team,
    AddToTeam: _add_to_team,
    RemoveFromTeam: _remove_from_team,
    RemoveMember: _remove_member,
    Invite: _invite,
    CancelInvite: _cancel_invite,
    CreateRepository: _create_repository,
    AssignPermission: lambda seen, one, _: _permission(seen, one, Permission(one.permission)),
    ChangePermission: lambda seen, one, _: _permission(seen, one, Permission(one.permission)),
    RemovePermission: lambda seen, one, _: _permission(seen, one, None),
    AddCollaborator: lambda seen, one, _: _collaborator(seen, one, is_in=True),
    RemoveCollaborator: lambda seen, one, _: _collaborator(seen, one, is_in=False),
}

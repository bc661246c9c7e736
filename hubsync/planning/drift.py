"""What another hand changed: the difference of two looks that the portal's own changes do not explain. Pure.

Kinds, with their facts:

    team_deleted{team}              team_renamed{team, was}          team_described{team, description}
    member_added{team, docker_id}   member_removed{team, docker_id}  person_left{docker_id}
    permission_given{team, repository, permission}                   permission_taken{team, repository}
    permission_changed{team, repository, permission}
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from hubsync.planning.changes import Change, ChangePermission, Facts, RemovePermission
from hubsync.planning.owned import Mode, OwnedTeam
from hubsync.planning.plan import Plan
from hubsync.planning.state import OrganizationState, TeamState


@dataclass(frozen=True)
class SeenTeam:
    """One of our teams at the look before."""

    uuid: str
    name: str
    description: str
    people: frozenset[str]


@dataclass(frozen=True)
class DriftFound:
    kind: str
    facts: tuple[tuple[str, str], ...]

    def as_dict(self) -> dict[str, str]:
        return dict(self.facts)


def drift_between(
    before: Collection[SeenTeam],
    members_before: Collection[str],
    after: OrganizationState,
    own: Collection[Change],
    expected: Collection[str],
) -> list[DriftFound]:
    """What differs in our teams without our doing. `expected` are Docker IDs that came by an invitation of ours."""
    done = {(change.kind, *sorted(_names(change))) for change in own}
    now = {team.uuid: team for team in after.teams}
    members = {member.person.docker_id for member in after.members}
    left = sorted(set(members_before) - members)
    found = [_found("person_left", docker_id=one) for one in left if ("remove_member", one) not in done]
    for team in sorted(before, key=lambda team: team.name):
        found += _of_team(team, now.get(team.uuid), done, members, set(expected))
    return found


def _of_team(
    before: SeenTeam,
    now: TeamState | None,
    done: set[tuple[str, ...]],
    members: set[str],
    expected: set[str],
) -> Iterator[DriftFound]:
    if now is None:
        if ("delete_team", before.name.lower()) not in done:
            yield _found("team_deleted", team=before.name)
        return
    if now.name != before.name and not _is_done(done, "rename_team", now.name):
        yield _found("team_renamed", team=now.name, was=before.name)
    if now.description != before.description and not _is_done(done, "describe_team", now.name, before.name):
        yield _found("team_described", team=now.name, description=now.description)
    people = {person.docker_id for person in now.people if person.docker_id}
    for docker_id in sorted(people - before.people - expected):
        if not _is_done_to(done, "add_to_team", docker_id, now.name, before.name):
            yield _found("member_added", team=now.name, docker_id=docker_id)
    for docker_id in sorted((before.people - people) & members):
        if not _is_done_to(done, "remove_from_team", docker_id, now.name, before.name):
            yield _found("member_removed", team=now.name, docker_id=docker_id)


def permission_drift(plan: Plan) -> list[DriftFound]:
    """Permissions that were as wanted at the last look and are not now: only then does a plan show what others did."""
    held = [change for hold in plan.holds for change in hold.changes]
    made = {str(change.facts()["team"]).lower() for change in plan.changes if change.kind == "create_team"}
    found = []
    for change in [*plan.changes, *held]:
        facts = change.facts()
        if str(facts.get("team", "")).lower() in made:
            # With a team its permissions go; that it was deleted says all.
            continue
        where = {"team": str(facts.get("team", "")), "repository": str(facts.get("repository", ""))}
        if change.kind == "assign_permission":
            found.append(_found("permission_taken", **where))
        elif isinstance(change, ChangePermission):
            found.append(_found("permission_changed", permission=change.was, **where))
        elif isinstance(change, RemovePermission):
            found.append(_found("permission_given", permission=change.was, **where))
    return found


# Which change of a plan puts back what was done.
_MENDS = {
    "team_deleted": ("create_team", ("team",)),
    "team_renamed": ("rename_team", ("team",)),
    "member_added": ("remove_from_team", ("team", "docker_id")),
    "member_removed": ("add_to_team", ("team", "docker_id")),
    "permission_taken": ("assign_permission", ("team", "repository")),
    "permission_changed": ("change_permission", ("team", "repository")),
    "permission_given": ("remove_permission", ("team", "repository")),
}


def outcome_of(kind: str, facts: Facts, plan: Plan, teams: Iterable[OwnedTeam]) -> str:
    """ "mended" or "waits" by the plan, "adopted" where the team's mode keeps it, else "left"."""
    if any(_mends(kind, facts, change) for change in plan.changes):
        return "mended"
    if any(_mends(kind, facts, change) for hold in plan.holds for change in hold.changes):
        return "waits"
    mode = next((team.mode for team in teams if team.key == str(facts.get("team", "")).lower()), None)
    keeps = mode is Mode.AT_LEAST and kind in ("team_renamed", "team_described", "member_added")
    return "adopted" if keeps else "left"


def _mends(kind: str, facts: Facts, change: Change) -> bool:
    if kind == "team_described":
        # After a renaming the description belongs to the new name; there is one description a team.
        return change.kind == "describe_team" and change.facts()["team"].lower() == facts["team"].lower()
    mend, names = _MENDS.get(kind, ("", ()))
    mended = change.facts()
    # A team that is renamed back in the same plan is called by its new name in what follows.
    return change.kind == mend and all(
        mended[name] == facts[name] for name in names if name != "team" or len(names) == 1
    )


def _names(change: Change) -> list[str]:
    facts = change.facts()
    return [
        str(facts[name]).lower()
        for name in ("team", "new_name", "docker_id", "repository")
        if facts.get(name)
    ]


def _is_done(done: set[tuple[str, ...]], kind: str, *names: str) -> bool:
    return any(one[0] == kind and {name.lower() for name in names} & set(one[1:]) for one in done)


def _is_done_to(done: set[tuple[str, ...]], kind: str, docker_id: str, *teams: str) -> bool:
    keys = {team.lower() for team in teams}
    return any(one[0] == kind and docker_id in one[1:] and keys & set(one[1:]) for one in done)


def _found(kind: str, **facts: str) -> DriftFound:
    return DriftFound(kind, tuple(sorted(facts.items())))

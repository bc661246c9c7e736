"""What the lists of a look held, as JSON, so that the next look can be held to it. Pure.

members          the uuid, else the Docker ID: "docker_id email"
teams            the uuid, else the name: the name
repositories     the name
invites          the invitee: when the invitation was made, in ISO 8601
permissions      "repository/key of the team"
collaborators    "repository/Docker ID"
team KEY         who is in this team, by the key of the member: the Docker ID
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hubsync.hub.scopes import Area
from hubsync.planning.state import MemberState, OrganizationState
from hubsync.planning.wishes import key_of

# {"members": {key: text}, …}
Lists = dict[str, dict[str, str]]
# What begins the name of the list of a team's people.
TEAM = "team "
# Whether a look tells of a row, by its key: None where it did not look, False where the row went with another one.
Tells = Callable[[str], bool | None]


def lists_of(observed: OrganizationState) -> Lists:
    """What this look saw; an area that it could not see has no list."""
    lists: Lists = {}
    if observed.sees(Area.MEMBERS):
        lists["members"] = {key_of_member(one): " ".join(words_of(one)) for one in observed.members}
    if observed.sees(Area.INVITES):
        lists["invites"] = {
            one.invitee: one.created_at.isoformat() if one.created_at else "" for one in observed.invites
        }
    if observed.sees(Area.REPOSITORIES):
        lists["repositories"] = {one.key: "" for one in observed.repositories}
        lists["collaborators"] = {f"{one.repository}/{one.docker_id}": "" for one in observed.collaborations}
    if observed.sees(Area.TEAMS):
        lists["teams"] = {key_of(team): team.key for team in observed.teams}
        lists["permissions"] = {
            f"{repository}/{key_of(team)}": "" for team in observed.teams for repository in team.permissions
        }
    if observed.sees(Area.TEAMS, Area.MEMBERS):
        lists.update(_people_of_teams(observed))
    return lists


def _people_of_teams(observed: OrganizationState) -> Iterator[tuple[str, dict[str, str]]]:
    keys = {one.person.docker_id: key_of_member(one) for one in observed.members}
    for team in observed.teams:
        people = [person.docker_id for person in team.people if person.docker_id]
        yield f"{TEAM}{key_of(team)}", {keys.get(one, one): one for one in people}


def key_of_member(member: MemberState) -> str:
    return member.uuid or member.person.docker_id


def words_of(member: MemberState) -> list[str]:
    """By what the member is known to people."""
    return [word for word in (member.person.docker_id, member.person.email) if word]


def remembered(before: Lists, observed: OrganizationState) -> Lists:
    """What the next look is held to: this one, and of what it did not read what was known before."""
    now, lists = lists_of(observed), dict[str, dict[str, str]]()
    for name in before.keys() | now.keys():
        tells = tells_of(name, observed)
        unread = {key: text for key, text in before.get(name, {}).items() if tells(key) is None}
        lists[name] = {**unread, **now.get(name, {})}
    return {name: rows for name, rows in lists.items() if rows}


def gone(before: Lists, observed: OrganizationState) -> Lists:
    """What was there and is not, of all that this look tells."""
    now = lists_of(observed)
    missing: Lists = {}
    for name, rows in before.items():
        there, tells = now.get(name, {}), tells_of(name, observed)
        # Where Docker Hub tells no uuid, or tells one only now, the name is what people are known by.
        names = set(there.values()) if name == "members" or name.startswith(TEAM) else set()
        lost = {
            key: text for key, text in rows.items() if tells(key) and key not in there and text not in names
        }
        if lost:
            missing[name] = lost
    return missing


def tells_of(name: str, observed: OrganizationState) -> Tells:
    """What this look tells of the rows of this list."""
    if name == "permissions":
        return _tells_of_permissions(observed)
    if name == "collaborators":
        sees = observed.sees(Area.REPOSITORIES, Area.COLLABORATORS)
        return lambda key: (sees and observed.reads_permissions_of(key.partition("/")[0])) or None
    if not observed.sees(*_AREAS.get(name, (Area.TEAMS, Area.MEMBERS))):
        return lambda _: None
    is_there = not name.startswith(TEAM) or name.removeprefix(TEAM) in {key_of(one) for one in observed.teams}
    return lambda _: is_there


_AREAS = {
    "members": (Area.MEMBERS,),
    # An invitation is gone because it was accepted, as the members tell.
    "invites": (Area.INVITES, Area.MEMBERS),
    "repositories": (Area.REPOSITORIES,),
    "teams": (Area.TEAMS,),
}


def _tells_of_permissions(observed: OrganizationState) -> Tells:
    if not observed.sees(Area.TEAMS, Area.REPOSITORIES, Area.PERMISSIONS):
        return lambda _: None
    teams = {key_of(team): team.key for team in observed.teams}
    there = {one.key for one in observed.repositories}

    def tells(key: str) -> bool | None:
        repository, _, team = key.partition("/")
        # With a team or a repository its permissions go: that is told by its own list.
        if team not in teams or repository not in there:
            return False
        return observed.reads_permissions_of(repository, teams[team]) or None

    return tells

"""What a removal whose answer was lost has taken away, by a later look: it is ours no longer."""

from __future__ import annotations

from hubsync.hub.scopes import Area
from hubsync.models import HubAccount, RemoteObject
from hubsync.planning.changes import Change, Facts
from hubsync.planning.match import People
from hubsync.planning.state import Collaboration, OrganizationState, Person
from hubsync.sync.ownership import forget
from hubsync.sync.people import forget_person, note_unanswered


def forget_if_gone(account: HubAccount, change: Change, observed: OrganizationState) -> bool:
    """Whether this change took something away that is gone by this look. Then it is forgotten, as if the answer had come."""
    facts = change.facts()
    is_gone = _is_gone(change.kind, facts, observed)
    if is_gone:
        forget_removed(account, change.kind, facts)
    return is_gone


def forget_removed(account: HubAccount, kind: str, facts: Facts) -> None:
    """This removal was carried out. Whom the portal let go may be invited anew, once they are wanted again."""
    match kind:
        case "remove_member":
            forget_person(account, facts["docker_id"])
        case "cancel_invite" if facts.get("reason"):
            note_unanswered(account, facts["invitee"])
        case "cancel_invite":
            forget_person(account, facts["invitee"])
        case "delete_team":
            forget(account, RemoteObject.Kind.TEAM, [facts["team"]])
        case "remove_collaborator":
            name = f"{facts['repository']}/{facts['docker_id']}"
            forget(account, RemoteObject.Kind.COLLABORATOR, [name])


def _is_gone(kind: str, facts: Facts, observed: OrganizationState) -> bool:
    """What may not be seen is not gone."""
    match kind:
        case "remove_member":
            return observed.sees(Area.MEMBERS) and not _is_member(facts["docker_id"], observed)
        case "cancel_invite":
            is_seen = observed.sees(Area.MEMBERS, Area.INVITES)
            waiting = {invite.invite_id for invite in observed.invites}
            # Who accepted at the last moment was not cancelled: a member, and ours.
            return (
                is_seen and facts["invite_id"] not in waiting and not _is_member(facts["invitee"], observed)
            )
        case "delete_team":
            names = {team.key for team in observed.teams}
            return observed.sees(Area.TEAMS) and facts["team"].lower() not in names
        case "remove_collaborator":
            is_read = observed.reads_permissions_of(facts["repository"])
            there = Collaboration(facts["repository"], facts["docker_id"]) in observed.collaborations
            return observed.sees(Area.COLLABORATORS) and is_read and not there
    return False


def _is_member(key: str, observed: OrganizationState) -> bool:
    person = Person(email=key) if "@" in key else Person(key)
    return People(observed).find_member(person) is not None

"""Who came by an invitation that only names an address: known by being the only one who came when the only one went."""

from __future__ import annotations

from collections.abc import Collection

from classrooms.models import Student, TeacherRole
from hubsync.models import HubAccount, HubPerson, ObservedPerson
from hubsync.planning.state import MemberState, OrganizationState, Person


def assumed_in(account: HubAccount) -> frozenset[str]:
    """Docker IDs of members of whom nothing else tells that they are whom the portal invited."""
    rows = HubPerson.objects.filter(account=account, state=HubPerson.State.MEMBER, is_assumed=True)
    return frozenset(rows.values_list("docker_id", flat=True))


def find_only_match(
    account: HubAccount, observed: OrganizationState, gone: Collection[HubPerson], known: Collection[str]
) -> tuple[HubPerson, MemberState] | None:
    """The only invitation by e-mail of those that are gone, and the only stranger, who came into its team.

    None where it is not one of each: with two, nobody knows. `known` are Docker IDs of which we know whose they are.
    Called before the look is remembered: it needs the one before.
    """
    # Hub: an invitation that names a Docker ID is accepted by that account and by no other.
    by_mail = [row for row in gone if "@" in row.key]
    came = _strangers(account, observed, known) if len(by_mail) == 1 else []
    if len(came) == 1 and _is_in(by_mail[0].team, came[0].person, observed):
        return by_mail[0], came[0]
    return None


def _strangers(account: HubAccount, observed: OrganizationState, known: Collection[str]) -> list[MemberState]:
    """Plain members who came since the look before, and of whom the school's rows do not know either who they are."""
    rows = ObservedPerson.objects.filter(account=account, is_invitee=False)
    before = frozenset(rows.values_list("key", flat=True))
    explained = before | set(known) | _docker_ids(account)
    came = [one for one in observed.members if one.person.docker_id not in explained]
    return [one for one in came if one.role == "member"] if before else []


def _docker_ids(account: HubAccount) -> set[str]:
    """Everybody's whom the school's rows name by one."""
    rows = (model.objects.filter(school=account.school) for model in (Student, TeacherRole))
    return {name.lower() for one in rows for name in one.values_list("docker_id", flat=True)}


def _is_in(team: str, person: Person, observed: OrganizationState) -> bool:
    seen = next((one for one in observed.teams if one.key == team.lower()), None)
    return seen is not None and person.docker_id in {one.docker_id for one in seen.people}

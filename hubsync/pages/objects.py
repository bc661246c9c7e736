"""What there is on Docker Hub as last seen, and whose it is: teams, people, repositories."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from classrooms.models import ClassGroup, Image
from hubsync.hub.names import RESERVED_TEAMS
from hubsync.models import HubAccount, ObservedPerson, ObservedTeam, RemoteObject
from hubsync.words.who import WhoIsWho

Kind = RemoteObject.Kind


@dataclass(frozen=True)
class TeamRow:
    """A team as last seen; `owned` says that it is ours, `suggested` is the class whose team has this name."""

    team: ObservedTeam
    owned: RemoteObject | None
    is_hubs_own: bool
    people: list[str]
    suggested: ClassGroup | None


@dataclass(frozen=True)
class PersonRow:
    """A member or somebody invited. `owned`: the portal lets them go when no class and no team needs them any more.

    Owners of the organization and open invitations are nothing to adopt.
    """

    person: ObservedPerson
    name: str
    owned: RemoteObject | None

    @property
    def may_be_adopted(self) -> bool:
        return not self.person.is_invitee and self.person.role != "owner"


@dataclass(frozen=True)
class RepositoryRow:
    """A repository of the account; `name` is the part after the slash."""

    image: Image
    name: str
    owned: RemoteObject | None


def team_rows(account: HubAccount, who: WhoIsWho) -> list[TeamRow]:
    """By name, each with its people named once."""
    owned = _owned(account, Kind.TEAM)
    return [
        TeamRow(
            team=team,
            owned=owned.get(team.name.lower()),
            is_hubs_own=team.name.lower() in RESERVED_TEAMS,
            # Members are kept by Docker ID and by e-mail.
            people=[who.person(key) for key in team.members if "@" not in key],
            suggested=who.class_groups.get(team.name),
        )
        for team in ObservedTeam.objects.filter(account=account)
    ]


def person_rows(account: HubAccount, who: WhoIsWho) -> list[PersonRow]:
    """Everybody who takes a seat."""
    owned = _owned(account, Kind.MEMBER)
    people = ObservedPerson.objects.filter(account=account)
    return [PersonRow(person, who.person(person.key), owned.get(person.key.lower())) for person in people]


def repository_rows(account: HubAccount) -> list[RepositoryRow]:
    """Those of the last whole list."""
    owned = _owned(account, Kind.REPOSITORY)
    images = Image.objects.filter(school=account.school, is_own=True, listed_at__isnull=False)
    named = ((image, image.repository.partition("/")[2]) for image in images)
    return [RepositoryRow(image, name, owned.get(name.lower())) for image, name in named]


def collaborator_rows(account: HubAccount, who: WhoIsWho) -> list[dict[str, str]]:
    """Whom the portal lets push to which repository of a personal account."""
    ours = RemoteObject.objects.filter(account=account, kind=Kind.COLLABORATOR).order_by("name")
    parts = [name.split("/", 1) for name in ours.values_list("name", flat=True)]
    return [
        {"repository": f"{account.name}/{repository}", "person": who.person(docker_id)}
        for repository, docker_id in parts
    ]


def _owned(account: HubAccount, kind: Kind) -> dict[str, RemoteObject]:
    rows: Iterable[RemoteObject] = RemoteObject.objects.filter(account=account, kind=kind)
    return {row.name.lower(): row for row in rows.select_related("class_group")}  # type: ignore[attr-defined]

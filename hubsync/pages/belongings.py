"""Everything that the last look found in an organization, and whose it is."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from classrooms.models import Image
from hubsync.hub.names import RESERVED_TEAMS
from hubsync.models import HubAccount, ObservedPerson, ObservedTeam, RemoteObject

Kind = RemoteObject.Kind


@dataclass(frozen=True)
class Belonging:
    """One object. `mode` and `class_group` are of teams that are ours, "" elsewhere."""

    kind: str
    name: str
    is_ours: bool
    mode: str = ""
    class_group: str = ""

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


def belongings(account: HubAccount) -> list[Belonging]:
    """Teams, members and repositories, in this order and by name. Docker Hub's own teams and owners are left out."""
    rows = RemoteObject.objects.filter(account=account).select_related("class_group")
    ours = {(row.kind, row.name.lower()): row for row in rows}
    teams = ObservedTeam.objects.filter(account=account).values_list("name", flat=True)
    people = ObservedPerson.objects.filter(account=account, is_invitee=False).exclude(role="owner")
    images = Image.objects.filter(school=account.school, is_own=True, listed_at__isnull=False)
    seen = [(Kind.TEAM, name) for name in teams if name.lower() not in RESERVED_TEAMS]
    seen += [(Kind.MEMBER, key) for key in people.values_list("key", flat=True)]
    names = images.order_by("repository").values_list("repository", flat=True)
    seen += [(Kind.REPOSITORY, name.partition("/")[2]) for name in names]
    return [_belonging(str(kind), name, ours.get((kind, name.lower()))) for kind, name in seen]


def _belonging(kind: str, name: str, row: RemoteObject | None) -> Belonging:
    if row is None:
        return Belonging(kind, name, is_ours=False)
    is_team = kind == Kind.TEAM
    group = str(row.class_group) if row.class_group else ""
    return Belonging(kind, name, is_ours=True, mode=row.mode if is_team else "", class_group=group)

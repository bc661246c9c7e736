"""Who is behind a Docker ID, an invited address or a team: the names that a school uses itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from classrooms.models import ClassGroup, School, Student, TeacherRole
from hubsync.hub.names import distinct_team_names
from hubsync.models import HubAccount, RemoteObject


@dataclass(frozen=True)
class WhoIsWho:
    """Names of people by Docker ID or e-mail in lower case, and of class groups by their team's name."""

    people: Mapping[str, str] = field(default_factory=dict)
    class_groups: Mapping[str, ClassGroup] = field(default_factory=dict)
    staff_team: str = ""

    def person(self, key: str) -> str:
        """ "Bruno Gil (bruno)", or the key alone where nobody of the school has it."""
        name = self.people.get(key.lower())
        return _("%(name)s (%(key)s)") % {"name": name, "key": key} if name else key

    def team(self, name: str) -> str:
        """ "the team of 1º SMR A · 2026/27 (smr1-a-2627)", the staff's team, or the bare name."""
        if name in self.class_groups:
            return _("the team of %(class_group)s (%(team)s)") % {
                "class_group": self.class_groups[name],
                "team": name,
            }
        if name and name == self.staff_team:
            return _("the team of the teaching staff (%(team)s)") % {"team": name}
        return _("the team %(team)s") % {"team": name}


def who_is_who(account: HubAccount) -> WhoIsWho:
    """Everybody of the account's school, in four queries."""
    return WhoIsWho(_people(account.school), _class_groups(account), account.staff_team)


def team_of(class_group: ClassGroup, account: HubAccount) -> str:
    """The name of a class group's team: the one it has, else the one it will get."""
    found = RemoteObject.objects.filter(
        account=account, kind=RemoteObject.Kind.TEAM, class_group=class_group
    ).first()
    return found.name if found else team_names(account)[class_group.pk]


def team_names(account: HubAccount) -> dict[int, str]:
    """The team's name for each class group of the school, by id: as `desired` makes them, year by year."""
    rows = ClassGroup.objects.filter(school=account.school).order_by("pk")
    groups = list(rows.values_list("pk", "name", "academic_year"))
    names = distinct_team_names(
        [(name, year) for _pk, name, year in groups], [account.staff_team or "owners"]
    )
    return {group[0]: name for group, name in zip(groups, names, strict=True)}


def _people(school: School) -> dict[str, str]:
    people = {
        student.docker_id.lower(): str(student)
        for student in Student.objects.filter(school=school).exclude(docker_id="")
    }
    for role in TeacherRole.objects.filter(school=school).select_related("user"):
        people |= {key.lower(): str(role.user) for key in (role.docker_id, role.invite_email) if key}
    return people


def _class_groups(account: HubAccount) -> dict[str, ClassGroup]:
    groups = ClassGroup.objects.in_bulk(list(names := team_names(account)))
    named = {team: groups[pk] for pk, team in names.items()}
    owned = RemoteObject.objects.filter(
        account=account, kind=RemoteObject.Kind.TEAM, class_group__isnull=False
    )
    return named | {
        row.name: row.class_group for row in owned.select_related("class_group") if row.class_group
    }

"""People who chose another Docker ID: the school's rows and ours follow, and nobody is removed or invited.

All of a look at once: somebody may have taken the Docker ID that another one gave up, and both have to stay who they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import QuerySet

from classrooms.actions.audit import record
from classrooms.models import Student, TeacherRole
from hubsync.models import HubAccount, HubPerson, RemoteObject

# The new Docker ID by the old one, in lower case.
Renamed = Mapping[str, str]


@transaction.atomic
def rename_people(account: HubAccount, renamed: Renamed) -> None:
    """Who was called by one of these is called otherwise from now on."""
    for model in (Student, TeacherRole):
        _in_the_school(model.objects.filter(school=account.school), renamed)
    _our_claims(account, renamed)
    _our_people(account, renamed)
    for was, docker_id in renamed.items():
        facts = {"was": was}
        record(school=account.school, actor=None, verb="hub.person_renamed", about=docker_id, facts=facts)


def _in_the_school(rows: QuerySet[Student] | QuerySet[TeacherRole], renamed: Renamed) -> None:
    """All are read before one is written."""
    called = rows.exclude(docker_id="").values_list("pk", "docker_id")
    for pk, new in [(pk, renamed[name.lower()]) for pk, name in called if name.lower() in renamed]:
        rows.filter(pk=pk).update(docker_id=new)


def _our_claims(account: HubAccount, renamed: Renamed) -> None:
    claims = RemoteObject.objects.filter(account=account, kind=RemoteObject.Kind.MEMBER)
    moving = {one.pk: renamed[one.name] for one in claims.filter(name__in=renamed)}
    _out_of_the_way(claims, "name", moving)
    for pk, name in moving.items():
        # Who has a claim by the new name needs no second one.
        if claims.filter(name=name).exists():
            claims.filter(pk=pk).delete()
        else:
            claims.filter(pk=pk).update(name=name)


def _our_people(account: HubAccount, renamed: Renamed) -> None:
    """The row of who is renamed is the one that knows the uuid; another one of that name goes."""
    people = HubPerson.objects.filter(account=account)
    rows = list(people.filter(docker_id__in=renamed))
    moving = {one.pk: renamed[one.docker_id] for one in rows if one.key == one.docker_id}
    _out_of_the_way(people, "key", moving)
    people.filter(key__in=moving.values()).delete()
    for one in rows:
        new = renamed[one.docker_id]
        people.filter(pk=one.pk).update(docker_id=new, key=moving.get(one.pk, one.key))


def _out_of_the_way(
    rows: QuerySet[RemoteObject] | QuerySet[HubPerson], field: str, numbers: Iterable[int]
) -> None:
    """A name that no account has, so that two may swap theirs."""
    for pk in numbers:
        rows.filter(pk=pk).update(**{field: f"#{pk}"})

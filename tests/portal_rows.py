"""What `tests.portal_side` does to the portal's rows: schools, wishes, and what the workers made of them."""

import json
import sys
import time
from typing import Any

from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.models import F
from django.db.models.functions import Now

from classrooms.models import ClassGroup
from hubsync.credentials import keep_credential
from hubsync.hub.names import team_name_for
from hubsync.models import HubAccount, OrganizationSync, RemoteObject, SyncRun
from hubsync.sync.desired import wanted_state
from hubsync.sync.schedule import request_reconcile, sync_of
from tests.factories import make_assigned_image, make_class_group, make_image, make_school, make_student

SECONDS_WITHOUT_DATABASE = 60


@transaction.atomic
def add_school(
    name: str, secret: str, images: int = 1, classes: int = 1, grants: int = 0, are_members: bool = True
) -> dict[str, Any]:
    """A school that is connected and switched on: its classes use private images of its own. Ids and team names.

    `grants`: so many assignments, if more than images. With them the teams are the portal's, as after a first sync.
    """
    school = make_school(name, namespace=name)
    made = [
        make_class_group(school, f"{number}º SMR", students_are_members=are_members)
        for number in range(1, classes + 1)
    ]
    own = [make_image(school, f"{name}/image{number}", is_private=True) for number in range(images)]
    for number in range(max(images, grants)):
        # The second class of an image is another one.
        make_assigned_image(made[(number + number // images) % classes], own[number % images])
    account = HubAccount.objects.create(school=school, name=name, seats=50, is_active=True, staff_team="")
    keep_credential(account, secret)
    OrganizationSync.objects.filter(pk=sync_of(account).pk).update(due_at=None)
    teams = [team_name_for(one.name, one.academic_year) for one in made]
    if grants:
        _claim(account, dict(zip(teams, made, strict=True)))
    wishes = {one.name: one for one in wanted_state(account).teams}
    return {
        "account": account.pk,
        "class_group": made[0].pk,
        "teams": teams,
        "descriptions": {name: team.description for name, team in wishes.items()},
        "grants": [(one.repository, name) for name, team in wishes.items() for one in team.grants],
    }


def _claim(account: HubAccount, teams: dict[str, ClassGroup]) -> None:
    RemoteObject.objects.bulk_create(
        RemoteObject(account=account, kind="team", name=name, class_group=one) for name, one in teams.items()
    )


@transaction.atomic
def wish(class_group: int, docker_id: str) -> None:
    """One student more, who shall be invited."""
    group = ClassGroup.objects.select_related("school__hub_account").get(pk=class_group)
    make_student(group, docker_id=docker_id)
    request_reconcile(group.school.hub_account)


def click(account: int) -> None:
    request_reconcile(HubAccount.objects.get(pk=account), urgent=True)


def make_all_due() -> None:
    OrganizationSync.objects.update(due_at=Now())


def in_sync() -> list[int]:
    """The accounts whose last wish has been proven to be so."""
    rows = OrganizationSync.objects.filter(handled_generation=F("generation"), in_sync_at__isnull=False)
    return list(rows.values_list("account_id", flat=True))


def runs() -> list[dict[str, Any]]:
    """Every run that asked something or began to, the oldest first; times in seconds."""
    rows = SyncRun.objects.order_by("started_at").values(
        "account_id", "started_at", "finished_at", "result", "calls"
    )
    return [
        row | {key: row[key] and row[key].timestamp() for key in ("started_at", "finished_at")}
        for row in rows
    ]


def main() -> None:
    """Answer each line of standard input with one on standard output."""
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_answer(json.loads(line))) + "\n")
        sys.stdout.flush()


def _answer(request: dict[str, Any]) -> Any:
    """What the function named in `do` gives; a database that is away is waited for."""
    act = globals()[request.pop("do")]
    deadline = time.monotonic() + SECONDS_WITHOUT_DATABASE
    while True:
        try:
            return act(**request)
        except (DatabaseError, InterfaceError):
            if time.monotonic() > deadline:
                raise
            connection.close()
            time.sleep(0.2)

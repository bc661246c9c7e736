"""All schools at a glance: the page for whoever runs the installation, and the command."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from classrooms.models import User
from hubsync.models import Hold, HubAccount, HubBudget, OrganizationSync
from hubsync.pages.standing import class_standing, school_standing
from hubsync.sync.heartbeat import beat
from hubsync.sync.lease import STUCK_AFTER
from tests.factories import make_school, make_user
from tests.hubsync.stage import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(client: Client) -> User:
    """Who runs the installation, at the page."""
    person = make_user("Root", is_staff=True)
    client.force_login(person)
    client.cookies["django_language"] = "en"
    return person


def page(client: Client) -> str:
    return client.get("/watch/").content.decode()


def status(*words: str) -> tuple[str, int]:
    out = StringIO()
    try:
        call_command("hub_status", *words, stdout=out)
    except SystemExit as end:
        return out.getvalue(), int(end.code or 0)
    return out.getvalue(), 0


def test_who_runs_the_installation_sees_every_school_with_proof_and_cost(
    client: Client, root: User, stage: Stage
) -> None:
    run = stage.settle()

    shown = page(client)

    assert "No school needs attention" in shown
    assert stage.school.name in shown
    assert "In sync" in shown
    assert f"{run.calls} in the last run" in shown
    assert "1 invitation without an answer" in shown


def test_who_needs_attention_stands_first(client: Client, root: User, stage: Stage) -> None:
    stage.settle()
    other = make_school("Aaa", namespace="aaa")
    HubAccount.objects.create(school=other, name="aaa", uuid="1" * 36)
    Hold.objects.create(account=stage.account, kind="members")

    shown = page(client)

    assert shown.index(stage.school.name) < shown.index("Aaa")
    assert "1 school needs attention" in shown


def test_a_silent_worker_is_said_on_top(client: Client, root: User, stage: Stage) -> None:
    cache.clear()
    silent = page(client)
    beat()

    assert "No worker gives a sign of life" in silent
    assert "No worker gives a sign of life" not in page(client)


def test_a_pause_that_docker_hub_asked_for_is_said_on_top(client: Client, root: User, stage: Stage) -> None:
    stage.run()
    HubBudget.objects.update(blocked_until=timezone.now() + timedelta(minutes=5))

    assert "Nobody asks Docker Hub before" in page(client)


def test_the_page_costs_the_same_for_many_schools(
    client: Client, root: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        school = make_school(f"School {number}", namespace=f"school{number}")
        HubAccount.objects.create(school=school, name=f"school{number}", uuid=f"{number:036}")

    with django_assert_max_num_queries(6):
        page(client)


def test_an_owner_of_a_school_does_not_find_the_page(client: Client, stage: Stage) -> None:
    client.force_login(User.objects.get(first_name="Ana"))

    assert client.get("/watch/").status_code == 404


def test_nothing_is_known_before_the_first_proof(stage: Stage) -> None:
    assert school_standing(stage.school).state == "unknown"


def test_a_proof_of_yesterday_proves_nothing_of_today(stage: Stage) -> None:
    stage.settle()
    OrganizationSync.objects.update(proven_at=timezone.now() - timedelta(days=1))

    assert school_standing(stage.school).state == "unknown"


def test_a_class_is_told_that_removals_wait(stage: Stage) -> None:
    stage.settle()
    Hold.objects.create(account=stage.account, kind="members")

    assert class_standing(stage.smr).waits_for_yes


def test_who_cannot_be_let_in_for_want_of_a_permission_is_said_so(stage: Stage) -> None:
    stage.settle()
    stage.accept("bruno")
    OrganizationSync.objects.update(failure="missing_scope")

    standing = class_standing(stage.smr)

    assert {person.why for person in standing.missing} == {"invited"}


def test_a_school_that_is_stuck_is_said_to_be_with_the_next_time(client: Client, stage: Stage) -> None:
    stage.run()
    OrganizationSync.objects.update(attempts=STUCK_AFTER, failure="unexpected")
    client.force_login(User.objects.get(first_name="Ana"))
    client.cookies["django_language"] = "en"

    shown = client.get(f"/school/{stage.school.pk}/sync/").content.decode()

    assert "Stuck" in shown
    assert "tried 5 times without coming to an end" in shown


def test_the_page_of_the_synchronization_tells_what_it_cost_and_when_it_goes_on(
    client: Client, stage: Stage
) -> None:
    run = stage.settle()
    client.force_login(User.objects.get(first_name="Ana"))
    client.cookies["django_language"] = "en"

    shown = client.get(f"/school/{stage.school.pk}/sync/").content.decode()

    assert f"Requests to Docker Hub: {run.calls} in the last run" in shown
    assert "The portal looks next at" in shown


def test_the_command_ends_with_zero_where_all_is_well(stage: Stage) -> None:
    stage.settle()

    text, code = status()

    assert code == 0
    assert "in_sync" in text
    assert "has not answered Docker’s invitation yet" in text


def test_the_command_ends_with_two_where_somebody_is_needed(stage: Stage) -> None:
    stage.settle()
    Hold.objects.create(account=stage.account, kind="members")

    text, code = status("iestriana")

    assert code == 2
    assert "1 sets of removals wait for approval" in text


def test_the_command_as_json_tells_proof_waits_and_cost(stage: Stage) -> None:
    run = stage.settle()

    (row,) = json.loads(status("iestriana", "--json")[0])

    assert (row["state"], row["calls_last_run"], row["holds"]) == ("in_sync", run.calls, 0)
    assert row["proven_at"] and row["in_sync_at"]


def test_the_command_names_a_school_that_is_not_there(stage: Stage) -> None:
    with pytest.raises(CommandError, match="Nowhere"):
        status("Nowhere")

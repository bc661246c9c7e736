"""A plan that people wait for: one look for all of them, made by a worker, and no web thread that waits for Docker Hub."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db.models.functions import Now
from django.test import Client

from classrooms.models import AuditEntry, User
from hubsync.models import AskedPlan, HubAccount, SyncRun
from hubsync.pages import showing
from hubsync.sync import worker
from hubsync.sync.asked_plans import ask_for_plan, asked_plan, make_asked_plan, open_plans
from hubsync.sync.heartbeat import beat
from tests.hubsync.stage import Stage


@pytest.fixture
def ana(stage: Stage, client: Client, monkeypatch: pytest.MonkeyPatch) -> User:
    """At the page; Docker Hub is slower than the page is patient."""
    monkeypatch.setattr(showing, "PATIENCE_SECONDS", 0.0)
    person = User.objects.get(first_name="Ana")
    client.force_login(person)
    client.cookies["django_language"] = "en"
    beat()
    return person


def press(client: Client, stage: Stage, where: str = "plan/", **facts: Any) -> str:
    return client.post(f"/school/{stage.school.pk}/sync/{where}", facts, follow=True).content.decode()


def test_a_dozen_presses_are_one_look(stage: Stage) -> None:
    for _ in range(12):
        ask_for_plan(stage.account)
    asked_before = len(stage.world.requests)

    made = [make_asked_plan(stage.account.pk) for _ in range(12)]

    assert asked_before == 0
    assert made == [True] + [False] * 11
    assert SyncRun.objects.filter(result="planned").count() == 1


def test_while_one_worker_looks_another_does_not(stage: Stage) -> None:
    ask_for_plan(stage.account)
    AskedPlan.objects.update(looking_until=Now() + timedelta(minutes=1), looking_token="x")

    assert open_plans() == []
    assert not make_asked_plan(stage.account.pk)


def test_the_look_of_a_dead_worker_is_taken_up_by_the_next(stage: Stage) -> None:
    ask_for_plan(stage.account)
    AskedPlan.objects.update(looking_until=Now() - timedelta(seconds=1), looking_token="x")

    assert worker.sweep() == 0
    assert asked_plan(stage.account).outcome == "shown"  # type: ignore[union-attr]


def test_the_page_itself_asks_docker_hub_nothing(ana: User, client: Client, stage: Stage) -> None:
    shown = press(client, stage)

    assert "Docker Hub is being looked at" in shown
    assert "No worker gives a sign of life" not in shown
    assert stage.world.requests == []


def test_the_page_comes_anew_when_the_look_has_ended(ana: User, client: Client, stage: Stage) -> None:
    press(client, stage)
    state = f"/school/{stage.school.pk}/sync/plan/state/"
    before = client.get(state, headers={"HX-Request": "true"})
    make_asked_plan(stage.account.pk)

    after = client.get(state, headers={"HX-Request": "true"})

    assert "every 2s" in before.content.decode()
    assert after.headers["HX-Refresh"] == "true"
    assert "Create the team of" in client.get(f"/school/{stage.school.pk}/sync/").content.decode()


def test_without_a_worker_the_page_says_so(ana: User, client: Client, stage: Stage) -> None:
    cache.clear()

    assert "No worker gives a sign of life" in press(client, stage)


def test_who_waited_reads_later_why_it_could_not_be_made(ana: User, client: Client, stage: Stage) -> None:
    press(client, stage)
    stage.world.faults.add("firewall")
    make_asked_plan(stage.account.pk)

    page = f"/school/{stage.school.pk}/sync/"
    first, second = client.get(page).content.decode(), client.get(page).content.decode()

    assert "Docker Hub gave no usable answer" in first
    assert "Docker Hub gave no usable answer" not in second


def test_a_plan_that_was_read_is_let_happen_by_the_worker_in_the_name_of_who_pressed(
    ana: User, client: Client, stage: Stage
) -> None:
    HubAccount.objects.update(is_active=False, uuid=stage.world.get_organization("iestriana").uuid)
    ask_for_plan(stage.account)
    make_asked_plan(stage.account.pk)
    digest = SyncRun.objects.get(result="planned").plan_digest

    press(client, stage, "let-it-happen/", digest=digest)
    before = HubAccount.objects.get().is_active
    make_asked_plan(stage.account.pk)

    assert (before, HubAccount.objects.get().is_active) == (False, True)
    assert AuditEntry.objects.get(verb="hub.plan_allowed").actor == ana


def test_a_token_that_is_refused_while_a_plan_is_made_is_not_tried_again(stage: Stage) -> None:
    stage.world.faults.add("revoked token")
    ask_for_plan(stage.account)

    make_asked_plan(stage.account.pk)

    stage.account.credential.refresh_from_db()
    assert stage.account.credential.refused_at is not None
    assert asked_plan(stage.account).outcome == "refused"  # type: ignore[union-attr]


def test_what_nobody_expected_ends_the_waiting_too(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hubsync.sync.asked_plans.plan_organization", lambda account: 1 / 0)
    ask_for_plan(stage.account)

    make_asked_plan(stage.account.pk)

    assert asked_plan(stage.account).outcome == "unexpected"  # type: ignore[union-attr]

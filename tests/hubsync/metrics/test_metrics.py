"""Figures for whoever watches: right, in Prometheus' format, without names, and not for everybody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from hubsync.metrics.collecting import exposition
from hubsync.models import CallCount, Hold, HubBudget, OrganizationSync
from hubsync.sync.call_counts import CallCounter, endpoint_of
from tests.hubsync.stage import Stage

pytestmark = pytest.mark.django_db


def told() -> dict[tuple[str, ...], float]:
    """Each sample: ("name", "value of the first label", …) to its figure."""
    families = text_string_to_metric_families(exposition().decode())
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in families
        for sample in family.samples
    }


def test_an_empty_installation_has_all_figures_and_nothing_happened() -> None:
    figures = told()

    assert figures["hubsync_due_organizations",] == 0
    assert figures["hubsync_oldest_due_seconds",] == 0
    assert figures["hubsync_last_proof_timestamp",] == 0
    assert figures["hubsync_budget_remaining",] == 120


def test_a_run_is_counted_with_its_calls_changes_and_time(stage: Stage) -> None:
    run = stage.run()

    figures = told()

    assert figures["hubsync_reconcile_total", "settled"] == 1
    assert figures["hubsync_reconcile_seconds_count",] == 1
    assert figures["hubsync_reconcile_seconds_sum",] > 0
    assert figures["hubsync_changes_total", "invite", "confirmed"] == 1
    assert figures["hubsync_calls_per_run",] == run.calls
    assert sum(value for key, value in figures.items() if key[0] == "hubsync_calls_total") == run.calls
    assert figures["hubsync_invites", "pending"] == 0


def test_invitations_and_the_time_of_the_proof_are_seen_by_the_next_look(stage: Stage) -> None:
    before = timezone.now().timestamp()
    stage.settle()

    figures = told()

    assert figures["hubsync_invites", "pending"] == 1
    assert before <= figures["hubsync_last_proof_timestamp",] <= timezone.now().timestamp()
    assert figures["hubsync_drift_objects",] == 0


def test_what_waits_and_for_how_long(stage: Stage) -> None:
    stage.wish()
    OrganizationSync.objects.update(due_at=timezone.now() - timedelta(minutes=20), attempts=5)

    figures = told()

    assert figures["hubsync_due_organizations",] == 1
    assert 1195 < figures["hubsync_oldest_due_seconds",] < 1260
    assert figures["hubsync_stuck_organizations",] == 1


def test_what_a_guard_held_back(stage: Stage) -> None:
    Hold.objects.create(account=stage.account, kind="members")
    Hold.objects.create(account=stage.account, kind="teams", approved_at=timezone.now())

    figures = told()

    assert figures["hubsync_holds",] == 1
    assert figures["hubsync_guard_trips_total", "teams"] == 1


def test_nothing_is_left_while_docker_hub_asked_for_a_pause(stage: Stage) -> None:
    stage.run()
    HubBudget.objects.update(blocked_until=timezone.now() + timedelta(minutes=1))

    assert told()["hubsync_budget_remaining",] == 0


def test_no_name_of_anybody_is_in_the_figures(stage: Stage) -> None:
    stage.settle()

    text = exposition().decode()

    names = ("iestriana", "Triana", "bruno", "anaruiz", "examen", "docentes", "dckr_", "smr1")
    assert [name for name in names if name.lower() in text.lower()] == []


def test_calls_of_several_workers_add_up() -> None:
    for _ in range(2):
        counter = CallCounter()
        for status in (200, 201, 429, 0):
            counter.count("GET", "/v2/orgs/iestriana/members", status)
        counter.keep()

    counted = dict(CallCount.objects.values_list("outcome", "calls"))
    assert counted == {"2xx": 4, "4xx": 2, "none": 2}


def test_the_kind_of_a_call_holds_no_name() -> None:
    assert endpoint_of("GET", "/v2/orgs/members1/groups/smr1/members/") == "GET v2/orgs/{}/groups/{}/members"
    assert len(endpoint_of("GET", "/v2/" + "orgs/" * 100)) <= 80


@pytest.mark.parametrize(
    ("settings_of", "facts", "status"),
    [
        ({"METRICS_TOKEN": ""}, {"REMOTE_ADDR": "127.0.0.1"}, 200),
        ({"METRICS_TOKEN": ""}, {"REMOTE_ADDR": "::1"}, 200),
        ({"METRICS_TOKEN": ""}, {"REMOTE_ADDR": "10.0.0.7"}, 404),
        ({"METRICS_TOKEN": ""}, {"REMOTE_ADDR": "nonsense"}, 404),
        ({"METRICS_TOKEN": ""}, {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "10.0.0.7"}, 404),
        ({"METRICS_TOKEN": ""}, {"REMOTE_ADDR": "127.0.0.1", "HTTP_FORWARDED": "for=10.0.0.7"}, 404),
        ({"METRICS_TOKEN": "", "BEHIND_PROXY": True}, {"REMOTE_ADDR": "127.0.0.1"}, 404),
        ({"METRICS_TOKEN": "secret"}, {"REMOTE_ADDR": "127.0.0.1"}, 404),
        ({"METRICS_TOKEN": "secret"}, {"HTTP_AUTHORIZATION": "Bearer guessed"}, 404),
        (
            {"METRICS_TOKEN": "secret"},
            {"HTTP_AUTHORIZATION": "Bearer secret", "REMOTE_ADDR": "10.0.0.7"},
            200,
        ),
    ],
)
def test_who_may_read_them(
    client: Client, settings: Any, settings_of: dict[str, Any], facts: dict[str, str], status: int
) -> None:
    for name, value in {"BEHIND_PROXY": False, **settings_of}.items():
        setattr(settings, name, value)

    assert client.get("/metrics", **facts).status_code == status


def test_they_take_few_queries(stage: Stage, django_assert_max_num_queries: Any) -> None:
    stage.settle()

    with django_assert_max_num_queries(22):
        exposition()
    assert reverse("metrics") == "/metrics"

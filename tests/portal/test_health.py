"""What those who watch this installation are told."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from classrooms.models import School
from hubsync.models import HubAccount, OrganizationSync
from hubsync.sync.heartbeat import beat


@pytest.fixture(autouse=True)
def no_signs_of_life() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


class GoneDatabase:
    """What a connection does whose server went away."""

    def __enter__(self) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    def __exit__(self, *exc: object) -> None: ...


def test_a_living_process_says_so_without_a_database(client: Client) -> None:
    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_an_installation_at_work_is_ready_in_every_part(client: Client, school: School) -> None:
    beat()
    account = HubAccount.objects.create(
        school=school, name="iestriana", is_active=True, last_answer_at=timezone.now()
    )
    OrganizationSync.objects.create(account=account)
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert [answer.json()[part]["ok"] for part in ("database", "worker", "docker_hub")] == [True, True, True]


@pytest.mark.django_db
def test_a_database_that_is_gone_takes_the_process_out_of_service(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "cursor", GoneDatabase)
    monkeypatch.setattr(connection, "close", lambda: None)
    answer = client.get("/readyz")

    assert answer.status_code == 503 and answer.json()["database"] == {"ok": False}


@pytest.mark.django_db
def test_a_silent_worker_is_told_but_pages_go_on(client: Client) -> None:
    beat()
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        answer = client.get("/readyz")

    assert answer.status_code == 200 and answer.json()["worker"]["ok"] is False


@pytest.mark.django_db
def test_trouble_with_docker_hub_is_told_but_pages_go_on(client: Client, school: School) -> None:
    account = HubAccount.objects.create(school=school, name="iestriana", is_active=True)
    OrganizationSync.objects.create(account=account, failure="HubUnavailable")
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json()["docker_hub"] == {
        "ok": False,
        "connected": 1,
        "in_trouble": 1,
        "last_answer_at": None,
    }


@pytest.mark.django_db
def test_without_any_connected_school_nothing_is_said_about_docker_hub(client: Client) -> None:
    assert client.get("/readyz").json()["docker_hub"]["ok"] is None


@pytest.mark.django_db
def test_an_answer_about_health_is_never_kept_by_a_cache(client: Client) -> None:
    assert "no-store" in client.get("/readyz")["Cache-Control"]

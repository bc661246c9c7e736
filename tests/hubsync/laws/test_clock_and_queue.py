"""The laws that no single run shows: of clocks, of the queue, of secrets and of a journal that cannot be written."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError
from django.db.models.functions import Now
from django.utils import timezone

from classrooms.actions.class_groups import archive_class_group
from classrooms.models import Student
from hubsync.credentials import keep_credential
from hubsync.models import (
    AnnouncedRemoval,
    Hold,
    OrganizationSync,
    SealedCredential,
    SyncChange,
    SyncRun,
)
from hubsync.sandbox.scopes import ORGANIZATION_SCOPES, REPOSITORY_SCOPES
from hubsync.sync import journal
from hubsync.sync.consent import read_consent
from hubsync.sync.database_clock import clock_for
from hubsync.sync.lease import claim
from hubsync.sync.schedule import due
from tests.factories import make_teacher
from tests.hubsync.laws.ground import Ground
from tests.hubsync.laws.wire import Trap
from tests.hubsync.stage import ORGANIZATION, Stage


def test_a_wish_is_found_by_the_next_sweep_although_nobody_rang(ground: Ground) -> None:
    ground.settle()
    ground.wish()

    assert [one.account_id for one in due()] == [ground.account.pk]


@pytest.mark.parametrize("hours", [-30, 30])
def test_a_worker_whose_clock_is_wrong_decides_as_the_others(stage: Stage, hours: int) -> None:
    """The worker's own clock is wrong by more than a day; the database's is right."""
    OrganizationSync.objects.update(due_at=Now() + timedelta(minutes=5), next_look_at=None)
    right = OrganizationSync.objects.annotate(now=Now()).get().now

    with time_machine.travel(right + timedelta(hours=hours)):
        is_early = claim(stage.account.pk)
        OrganizationSync.objects.update(due_at=Now() - timedelta(seconds=1))
        first, second = claim(stage.account.pk), claim(stage.account.pk)

    assert (is_early, second) == (None, None)
    assert first is not None
    left = OrganizationSync.objects.get().lease_expires_at
    assert left is not None
    assert timedelta(0) < left - right < timedelta(minutes=1)


def test_no_secret_is_in_what_a_run_leaves_behind(ground: Ground) -> None:
    ground.world.faults.add("error", method="POST", path="/v2/invites/*", times=1)

    ground.settle()

    rows = [*SyncRun.objects.values(), *SyncChange.objects.values(), *OrganizationSync.objects.values()]
    written = json.dumps(rows, default=str)
    assert len(rows) > 2
    assert ground.secret not in written
    assert ground.secret.rpartition("_")[2] not in written


def test_what_cannot_be_written_down_is_not_sent(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*rows: Any) -> None:
        raise DatabaseError("database or disk is full")

    monkeypatch.setattr(journal, "send", full)

    run = ground.run()

    assert ground.wire.writes == []
    assert (run.result, run.trouble) == (SyncRun.Result.FAILED, "unexpected")


def test_a_token_that_took_the_place_of_a_refused_one_meanwhile_is_tried(ground: Ground) -> None:
    def replace() -> None:
        ground.world.faults.add("revoked token", method="*", path="/v2/[!a]*", times=1)
        scopes = (*ORGANIZATION_SCOPES, *REPOSITORY_SCOPES)
        _, secret = ground.world.add_organization_token(
            ORGANIZATION, label="new", scopes=scopes, created_by="anaruiz"
        )
        keep_credential(ground.account, secret)

    ground.wire.trap = Trap(1, "meanwhile", replace)

    stopped = ground.run()

    assert stopped.trouble == "refused"
    assert SealedCredential.objects.get(account=ground.account).refused_at is None
    ground.settle()


def _wait_for_grace(stage: Stage, *, hours_of_first_worker: int = 0) -> None:
    """Bruno is a member whom nobody wants any more; the worker of this clock has seen it once."""
    stage.settle()
    stage.accept("bruno")
    stage.settle()
    stage.let_pass(hours=1)
    Student.objects.get(docker_id="bruno").enrolments.update(left_on=timezone.localdate())
    stage.wish()
    with time_machine.travel(timezone.now() + timedelta(hours=hours_of_first_worker)):
        stage.run()
    assert Hold.objects.filter(reason="grace", closed_at=None).exists()


def test_a_worker_whose_clock_is_ahead_shortens_nobodys_day_of_grace(stage: Stage) -> None:
    _wait_for_grace(stage)

    with time_machine.travel(timezone.now() + timedelta(hours=30)):
        stage.run()

    assert "bruno" in stage.world.members[ORGANIZATION]


def test_a_clock_that_was_behind_and_is_put_right_shortens_nobodys_day_of_grace(stage: Stage) -> None:
    _wait_for_grace(stage, hours_of_first_worker=-30)

    stage.run()

    assert "bruno" in stage.world.members[ORGANIZATION]


def test_a_clock_that_is_behind_brings_no_announcement_back(stage: Stage) -> None:
    """What was announced eight days ago excuses nothing today, whatever a worker takes for today."""
    archive_class_group(class_group=stage.smr, by=None)
    AnnouncedRemoval.objects.update(expires_at=timezone.now() - timedelta(hours=1))

    with time_machine.travel(timezone.now() - timedelta(hours=30)):
        at = clock_for(stage.account)()

    assert not read_consent(stage.account, at).announced


def test_what_docker_hub_asks_to_wait_for_is_told_by_the_clock_that_decides_what_is_due(stage: Stage) -> None:
    stage.settle()
    stage.world.faults.add("too many", path="/v2/[!a]*", times=3)
    stage.wish()

    with time_machine.travel(timezone.now() + timedelta(hours=30)):
        stage.run()

    due_at = stage.sync.due_at
    assert due_at is not None
    assert due_at - timezone.now() < timedelta(minutes=30)


def test_a_role_that_ends_today_has_not_ended_for_a_worker_that_takes_today_for_tomorrow(
    stage: Stage,
) -> None:
    make_teacher(stage.school, "Tomas", docker_id="dario", ends_on=timezone.localdate())
    stage.settle()
    stage.accept("dario")
    stage.settle()
    stage.let_pass(hours=1)
    stage.wish()

    with time_machine.travel(timezone.now() + timedelta(hours=30)):
        stage.run()

    assert "dario" in stage.people_of("docentes")

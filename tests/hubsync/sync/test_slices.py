"""A long plan goes on slice by slice without another look, unless something speaks against believing it still."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import F

from hubsync.hub.names import team_name_for
from hubsync.models import SealedCredential, SyncChange, SyncRun
from hubsync.sync import apply
from tests.hubsync.stage import SIGN_IN, Stage

pytestmark = pytest.mark.usefixtures("nearby")


@pytest.fixture
def sliced(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """Its first slice has done two of the eight changes."""
    monkeypatch.setattr(apply, "SLICE_WRITES", 2)
    stage.run()
    stage.forget_requests()
    return stage


def reads(stage: Stage) -> list[str]:
    return [one.path for one in stage.world.journal.requests if one.method == "GET"]


def test_the_next_slice_goes_on_without_a_look(sliced: Stage) -> None:
    run = sliced.run()

    assert reads(sliced) == []
    assert run.calls == len(sliced.writes) == 2
    assert run.result == SyncRun.Result.INTERRUPTED


def test_slice_by_slice_everything_is_done_and_then_looked_at(sliced: Stage) -> None:
    for _ in range(3):
        sliced.run()
    before = reads(sliced)

    run = sliced.run()

    team = team_name_for(sliced.smr.name, sliced.smr.academic_year)
    assert before == []
    assert run.result == SyncRun.Result.SETTLED and sliced.sync.in_sync_at
    assert sliced.people_of(team) == {"anaruiz"}
    assert sliced.level_of(team, "examen") == "read"
    assert sliced.invited() == ["bruno"]


def test_a_change_is_of_the_run_that_carried_it_out(sliced: Stage) -> None:
    run = sliced.run()

    done = SyncChange.objects.filter(state=SyncChange.State.CONFIRMED)
    assert [done.filter(run=one).count() for one in SyncRun.objects.order_by("pk")] == [2, 2]
    assert run.changes.count() == 6


def test_a_new_wish_is_looked_at(sliced: Stage) -> None:
    sliced.wish()

    sliced.run()

    assert reads(sliced)


def test_a_plan_is_good_for_ten_minutes(sliced: Stage) -> None:
    SyncRun.objects.update(observed_at=F("observed_at") - timedelta(minutes=11))

    sliced.run()

    assert reads(sliced)


def test_after_a_lost_answer_it_looks(sliced: Stage) -> None:
    SyncChange.objects.filter(kind="invite").update(state=SyncChange.State.UNKNOWN)

    sliced.run()

    assert reads(sliced)


def test_after_a_worker_that_died_it_looks(sliced: Stage) -> None:
    SyncRun.objects.update(result=SyncRun.Result.RUNNING, may_go_on=False)

    sliced.run()

    assert reads(sliced)


def test_a_plan_that_waits_for_a_yes_is_not_gone_on_with(sliced: Stage) -> None:
    sliced.account.is_active = False
    sliced.account.save()

    sliced.run()

    assert sliced.writes == []


def test_slices_sign_in_once(sliced: Stage) -> None:
    sliced.run()

    assert [one.path for one in sliced.world.journal.requests if one.path == SIGN_IN] == []


def test_the_bearer_is_sealed(sliced: Stage) -> None:
    row = SealedCredential.objects.get()

    assert row.sealed_bearer and "eyJ" not in row.sealed_bearer
    assert row.bearer_until is not None


def test_a_bearer_that_is_over_is_exchanged_anew(sliced: Stage) -> None:
    SealedCredential.objects.update(bearer_until=F("bearer_until") - timedelta(minutes=11))

    sliced.run()

    assert [one.path for one in sliced.world.journal.requests if one.path == SIGN_IN] == [SIGN_IN]

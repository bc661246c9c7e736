"""Schools take turns, clicks come first, what is stuck rests, and nothing that is committed is forgotten."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from hubsync import tasks
from hubsync.models import CallBlock, HubAccount, HubBudget, OrganizationSync, SyncRun
from hubsync.sync import lease, stopping, turns, worker
from hubsync.sync.asked_plans import ask_for_plan
from hubsync.sync.schedule import AT_ONCE, Settlement, due, find_due, next_due, request_reconcile, settle
from hubsync.sync.turns import giving_way, wait_for_room
from tests.hubsync.stage import Stage
from tests.hubsync.sync.test_schedule import make_account, row

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR, settings.HUB_CALLS_PER_MINUTE = tmp_path, 60


def one_slice(account_id: int, **ending: Any) -> None:
    held = lease.claim(account_id)
    assert held is not None
    settle(held, Settlement(again_in=AT_ONCE, **ending))


def test_nobody_waits_for_a_second_slice_of_another_school() -> None:
    endless = make_account("endless")
    others = [make_account(f"other{number}") for number in range(4)]
    for account in (endless, *others):
        request_reconcile(account)
    served: list[int] = []

    for _ in range(15):
        one = next_due()
        assert one is not None
        served.append(one.account_id)
        one_slice(one.account_id)

    rounds = [set(served[start : start + 5]) for start in (0, 5, 10)]
    assert rounds == [{endless.pk, *(other.pk for other in others)}] * 3


def test_a_regular_look_waits_behind_those_who_waited_longer_and_before_those_who_did_not() -> None:
    early, regular, late = make_account("early"), make_account("regular"), make_account("late")
    OrganizationSync.objects.filter(account=early).update(due_at=Now() - timedelta(minutes=3))
    OrganizationSync.objects.filter(account=regular).update(next_look_at=Now() - timedelta(minutes=2))
    OrganizationSync.objects.filter(account=late).update(due_at=Now() - timedelta(minutes=1))

    assert [one.account_id for one in due()] == [early.pk, regular.pk, late.pk]


def test_a_long_plan_is_a_click_for_its_first_slice_only() -> None:
    account = make_account()
    request_reconcile(account, urgent=True)

    one_slice(account.pk)

    assert not row(account).is_urgent
    assert find_due(account.pk)


def test_a_click_that_comes_during_a_slice_stays_a_click() -> None:
    account = make_account()
    request_reconcile(account)
    held = lease.claim(account.pk)
    assert held is not None
    request_reconcile(account, urgent=True)

    settle(held, Settlement(again_in=AT_ONCE))

    assert row(account).is_urgent


def killed(account: HubAccount, times: int) -> None:
    """So many workers died at it, each long enough ago that its lease is over."""
    for _ in range(times):
        assert lease.claim(account.pk, even_if_not_due=True)
        OrganizationSync.objects.update(lease_expires_at=Now() - timedelta(seconds=1))


def test_what_kills_its_worker_once_is_tried_again_as_soon_as_the_lease_is_over() -> None:
    account = make_account()
    request_reconcile(account)

    killed(account, 1)

    assert find_due(account.pk)


def test_what_kills_every_worker_rests_longer_and_longer() -> None:
    account = make_account()
    request_reconcile(account)
    rests = []

    for times in (lease.STUCK_AFTER + 1, 3, 20):
        killed(account, times)
        at = row(account).due_at
        assert at is not None and not find_due(account.pk)
        rests.append(at - timezone.now())

    assert rests[0] <= timedelta(seconds=10) < rests[1] < rests[2] <= timedelta(hours=1)


def test_a_new_wish_tries_at_once_what_was_stuck() -> None:
    account = make_account()
    killed(account, lease.STUCK_AFTER + 5)

    request_reconcile(account)

    assert find_due(account.pk)


def spend(calls: int) -> None:
    budget = HubBudget.objects.create(egress=turns.egress())
    now = timezone.now()
    CallBlock.objects.create(budget=budget, calls=calls, taken_at=now, closed_at=now)


def test_who_gets_no_room_keeps_its_place_and_its_attempts(
    stage: Stage, settings: Any, monkeypatch: Any
) -> None:
    settings.HUB_CALLS_PER_MINUTE = 60
    monkeypatch.setattr(turns, "LONGEST_WAIT_SECONDS", 0.0)
    spend(45)
    stage.wish()
    before = stage.sync.due_at

    worker.sweep()

    assert (stage.sync.due_at, stage.sync.attempts) == (before, 0)
    assert stage.world.requests == []


def test_a_click_is_done_although_background_work_has_no_room(
    stage: Stage, settings: Any, monkeypatch: Any
) -> None:
    settings.HUB_CALLS_PER_MINUTE = 300
    monkeypatch.setattr(turns, "LONGEST_WAIT_SECONDS", 0.0)
    spend(240)
    request_reconcile(stage.account, urgent=True)

    assert worker.sweep(clicks_only=True) == 1
    assert stage.invited() == ["bruno"]


def test_room_is_asked_for_as_much_as_the_last_run_took(monkeypatch: Any) -> None:
    monkeypatch.setattr(turns, "LONGEST_WAIT_SECONDS", 0.0)
    small, large = make_account("small"), make_account("large")
    for account, calls in ((small, 5), (large, 40)):
        SyncRun.objects.create(account=account, generation=1, calls=calls)
    spend(30)

    assert (wait_for_room(small.pk), wait_for_room(large.pk)) == (True, False)


def test_nobody_waits_for_room_while_docker_hub_asked_for_a_pause(monkeypatch: Any) -> None:
    monkeypatch.setattr(turns, "LONGEST_WAIT_SECONDS", 0.0)
    account = make_account()
    HubBudget.objects.create(egress=turns.egress(), blocked_until=timezone.now() + timedelta(minutes=1))

    assert not wait_for_room(account.pk)


def test_a_click_that_takes_long_lets_another_click_go_first(monkeypatch: Any) -> None:
    monkeypatch.setattr(turns, "CLICK_SECONDS", 0.0)
    monkeypatch.setattr(turns, "ASK_EVERY_SECONDS", 0.0)
    mine, other = make_account("mine"), make_account("other")
    is_enough = giving_way(mine.pk, lambda: False)
    request_reconcile(mine, urgent=True)
    alone = is_enough()

    request_reconcile(other, urgent=True)

    assert (alone, is_enough()) == (False, True)


@pytest.fixture
def bells(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """What is rung for: (queue of the bell, account)."""
    rung: list[tuple[str, int]] = []
    monkeypatch.setattr(
        tasks, "ring", lambda pk, is_urgent: rung.append(("hub_now" if is_urgent else "hub", pk))
    )
    monkeypatch.setattr(tasks, "ring_for_plan", lambda pk: rung.append(("plan", pk)))
    monkeypatch.setattr(tasks.refresh_catalogue, "apply_async", lambda **facts: None)
    return rung


def test_the_sweep_rings_for_every_wish_and_plan_whatever_the_broker_lost(
    bells: list[tuple[str, int]],
) -> None:
    slow, clicked, asked = make_account("slow"), make_account("clicked"), make_account("asked")
    request_reconcile(slow)
    request_reconcile(clicked, urgent=True)
    ask_for_plan(asked)

    tasks.sweep()

    assert bells == [("plan", asked.pk), ("hub_now", clicked.pk), ("hub", slow.pk)]


def test_two_beats_do_no_harm(bells: list[tuple[str, int]], stage: Stage) -> None:
    stage.wish()

    tasks.sweep()
    tasks.sweep()
    for _, account_id in bells:
        tasks.reconcile_organization(account_id)

    assert len(bells) == 2
    assert stage.account.runs.count() == 1


def test_a_sweep_rings_for_no_more_than_can_be_heard(
    bells: list[tuple[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "RUNG_AT_ONCE", 3)
    accounts = [make_account(f"school{number}") for number in range(5)]
    for account in accounts:
        request_reconcile(account)
    request_reconcile(accounts[4], urgent=True)

    tasks.sweep()

    assert [account_id for _, account_id in bells] == [accounts[4].pk, accounts[0].pk, accounts[1].pk]


def test_a_bell_for_what_is_not_due_does_nothing(stage: Stage) -> None:
    OrganizationSync.objects.update(due_at=None, next_look_at=None)

    tasks.reconcile_organization(stage.account.pk)

    assert stage.world.requests == []


def test_a_celery_worker_that_is_told_to_stop_ends_after_the_write_under_way(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    flag = bytearray(1)
    monkeypatch.setattr(stopping, "_flag", flag)
    stage.wish()

    stopping.note()
    tasks.reconcile_organization(stage.account.pk)

    assert stage.writes == []
    assert find_due(stage.account.pk)


def asked_by(stage: Stage) -> int:
    """How many calls a run makes."""
    stage.forget_requests()
    stage.run()
    return len(stage.world.requests)


def test_after_three_runs_that_met_a_firewall_nobody_asks_and_nobody_is_to_blame(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hubsync.sync.budget.LONGEST_WAIT_SECONDS", 0.0)
    stage.world.faults.add("firewall")

    asked = [asked_by(stage) for _ in range(5)]

    assert asked[:3] == [1, 1, 1]
    assert asked[3:] == [0, 0]
    assert stage.account.runs.latest("pk").result == "interrupted"
    assert stage.sync.attempts == 3


def test_once_docker_hub_answers_again_everything_goes_on(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hubsync.sync.budget.LONGEST_WAIT_SECONDS", 0.0)
    stage.world.faults.add("firewall")
    for _ in range(4):
        stage.run()
    stage.world.faults.clear()
    HubBudget.objects.update(blocked_until=timezone.now() - timedelta(seconds=1))

    stage.settle()

    assert HubBudget.objects.get().silences == 0


def test_a_refusal_of_the_limiter_pauses_all_schools_until_the_time_that_was_told(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hubsync.sync.budget.LONGEST_WAIT_SECONDS", 0.0)
    stage.world.faults.add("too many", path="/v2/orgs/*", seconds=300.0, times=1)

    stage.run()

    blocked = HubBudget.objects.get().blocked_until
    assert blocked is not None
    assert timedelta(seconds=295) < blocked - timezone.now() < timedelta(seconds=306)
    assert stage.sync.due_at == blocked
    assert asked_by(stage) == 0

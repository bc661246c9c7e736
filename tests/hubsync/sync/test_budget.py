"""One budget of calls for everybody behind an address."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db.models import F, Sum

from hubsync.hub.errors import BudgetUsedUp, HubThrottled, PauseAsked
from hubsync.hub.headers import BudgetHeaders
from hubsync.models import CallBlock, HubBudget
from hubsync.sync.budget import Budget
from hubsync.sync.circuit import OPENS_AFTER

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def sixty_a_minute(settings: Any) -> None:
    settings.HUB_CALLS_PER_MINUTE = 60


def take(budget: Budget, most: int = 400) -> int:
    """How many calls are given, and answered at once, before waiting for more would take too long."""
    taken = 0
    try:
        while taken < most:
            budget.before_call()
            budget.after_call()
            taken += 1
    except HubThrottled:
        pass
    budget.give_back()
    return taken


def impatient(**facts: Any) -> Budget:
    return Budget(sleep=lambda seconds: None, longest_wait=0.0, **facts)


def let_pass(**time: float) -> None:
    """What was taken was taken that much longer ago."""
    ago = timedelta(**time)
    CallBlock.objects.update(taken_at=F("taken_at") - ago, closed_at=F("closed_at") - ago)
    HubBudget.objects.filter(blocked_until__isnull=False).update(blocked_until=F("blocked_until") - ago)


def told(limit: int = 180, remaining: int = 100) -> BudgetHeaders:
    return BudgetHeaders(limit, remaining, datetime.now(UTC) + MINUTE)


def test_two_workers_share_what_there_is() -> None:
    first, second = impatient(is_urgent=True), impatient(is_urgent=True)

    assert take(first) + take(second) == 60


def test_background_work_leaves_a_share_for_clicks() -> None:
    background = take(impatient())
    click = take(impatient(is_urgent=True))

    assert (background, click) == (48, 12)


def test_clicks_do_not_use_up_the_share_of_background_work() -> None:
    """Two thirds are its own while people click; the rest is for the clicks that follow."""
    take(impatient(is_urgent=True), most=12)

    assert take(impatient()) == 40
    assert take(impatient(is_urgent=True)) == 8


def test_nothing_is_free_again_before_a_minute_has_passed() -> None:
    take(impatient(is_urgent=True))
    let_pass(seconds=59)
    early = take(impatient(is_urgent=True))
    let_pass(seconds=2)

    assert (early, take(impatient(is_urgent=True))) == (0, 60)


def test_a_long_rest_gives_no_more_than_a_minute_holds() -> None:
    take(impatient(is_urgent=True))
    let_pass(hours=10)

    assert take(impatient(is_urgent=True)) == 60


def test_who_is_refused_hears_when_to_come_again() -> None:
    take(impatient(is_urgent=True))

    with pytest.raises(BudgetUsedUp) as refusal:
        impatient(is_urgent=True).before_call()
    assert MINUTE - timedelta(seconds=5) < refusal.value.not_before - datetime.now(UTC) <= MINUTE


def test_a_call_without_its_answer_counts_on() -> None:
    slow = impatient(is_urgent=True)
    for _ in range(10):
        slow.before_call()

    slow.before_call()

    assert CallBlock.objects.filter(closed_at=None).count() == 2


def test_what_a_dead_worker_took_is_free_again_after_its_answers_and_a_minute() -> None:
    impatient(is_urgent=True).before_call()
    CallBlock.objects.update(calls=60)
    let_pass(seconds=90)
    early = take(impatient(is_urgent=True))
    let_pass(seconds=6)

    assert (early, take(impatient(is_urgent=True))) == (0, 60)


def test_before_docker_hub_tells_its_limit_it_is_taken_to_be_120(settings: Any) -> None:
    settings.HUB_CALLS_PER_MINUTE = 0

    assert take(impatient(is_urgent=True)) == 120


def test_of_the_limit_that_docker_hub_tells_a_twentieth_is_left(settings: Any) -> None:
    settings.HUB_CALLS_PER_MINUTE = 0
    impatient().hear(told(limit=180))

    assert take(impatient(is_urgent=True)) == 171


def test_of_two_limits_that_are_told_the_smaller_counts(settings: Any) -> None:
    settings.HUB_CALLS_PER_MINUTE = 0
    budget = impatient(is_urgent=True)
    budget.hear(told(limit=180))
    budget.hear(told(limit=600))

    assert take(impatient(is_urgent=True)) == 171


def test_a_limit_that_nobody_was_told_for_long_makes_room_for_a_larger(settings: Any) -> None:
    settings.HUB_CALLS_PER_MINUTE = 0
    impatient().hear(told(limit=20))
    HubBudget.objects.update(told_at=F("told_at") - timedelta(hours=1))
    budget = impatient(is_urgent=True)
    budget.before_call()

    budget.hear(told(limit=180))

    assert HubBudget.objects.get().limit_told == 180


def test_what_docker_hub_says_is_left_counts_where_it_is_less() -> None:
    budget = impatient(is_urgent=True)
    budget.hear(told(remaining=6))

    assert take(budget) == 5


def test_what_is_left_of_one_credential_does_not_stop_the_others() -> None:
    impatient(is_urgent=True).hear(told(remaining=0))

    assert take(impatient(is_urgent=True)) == 60


def test_after_a_refusal_of_docker_hub_nobody_asks() -> None:
    until = impatient().block_until(datetime.now(UTC) + 2 * MINUTE)

    with pytest.raises(PauseAsked) as refusal:
        impatient(is_urgent=True).before_call()
    assert refusal.value.not_before == until
    assert 2 * MINUTE - timedelta(seconds=1) < until - datetime.now(UTC) < 2 * MINUTE + timedelta(seconds=6)


def test_no_refusal_lasts_longer_than_a_quarter_of_an_hour() -> None:
    until = impatient().block_until(datetime.now(UTC) + timedelta(days=365 * 55))

    assert until - datetime.now(UTC) < timedelta(minutes=15, seconds=10)


def test_what_was_not_used_is_given_back() -> None:
    budget = impatient(is_urgent=True)
    budget.before_call()

    budget.give_back()

    assert CallBlock.objects.aggregate(calls=Sum("calls"))["calls"] == 1


def test_a_call_that_is_free_in_a_moment_is_waited_for() -> None:
    take(impatient(is_urgent=True))
    let_pass(seconds=58)
    naps: list[float] = []

    def nap(seconds: float) -> None:
        naps.append(seconds)
        let_pass(seconds=seconds)

    Budget(is_urgent=True, sleep=nap).before_call()

    assert 1 < sum(naps) <= 2.5


def silent(times: int) -> None:
    for _ in range(times):
        impatient().met_silence()


def test_two_silences_stop_nobody() -> None:
    silent(OPENS_AFTER - 1)

    assert take(impatient(is_urgent=True)) == 60


def test_after_the_third_silence_nobody_asks_and_the_reason_is_told() -> None:
    silent(OPENS_AFTER)

    with pytest.raises(PauseAsked) as refusal:
        impatient(is_urgent=True).before_call()
    assert refusal.value.is_silence


def test_after_the_rest_one_tries_and_the_others_wait_for_what_it_finds() -> None:
    silent(OPENS_AFTER)
    let_pass(seconds=31)
    one = impatient()

    one.before_call()

    assert take(impatient(is_urgent=True)) == 0
    one.met_answer()
    assert take(impatient(is_urgent=True)) > 0


def test_each_further_silence_makes_the_rest_longer_up_to_a_quarter_of_an_hour() -> None:
    rests = []
    for number in range(12):
        silent(OPENS_AFTER if not number else 1)
        until = HubBudget.objects.get().blocked_until
        assert until
        rests.append(until - datetime.now(UTC))

    assert timedelta(seconds=28) < rests[0] <= timedelta(seconds=30)
    assert timedelta(seconds=58) < rests[1] <= MINUTE
    assert max(rests) <= timedelta(minutes=15)

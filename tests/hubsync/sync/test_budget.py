"""One budget of calls for everybody behind an address."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db.models import F

from hubsync.hub.errors import HubThrottled
from hubsync.hub.headers import BudgetHeaders
from hubsync.models import HubBudget
from hubsync.sync.budget import Budget

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sixty_a_minute(settings: Any) -> None:
    settings.HUB_CALLS_PER_MINUTE = 60


def take(budget: Budget, most: int = 200) -> int:
    """How many calls are given before waiting for more would take too long."""
    for taken in range(most):
        try:
            budget.before_call()
        except HubThrottled:
            return taken
    return most


def impatient(**facts: Any) -> Budget:
    return Budget(sleep=lambda seconds: None, **facts)


def test_two_workers_share_what_there_is() -> None:
    first, second = impatient(is_urgent=True), impatient(is_urgent=True)

    assert 20 <= take(first) + take(second) <= 22


def test_background_work_leaves_a_share_for_clicks() -> None:
    background = take(impatient())
    click = take(impatient(is_urgent=True))

    assert background <= 17
    assert click >= 3


def test_the_bucket_fills_again_with_time() -> None:
    take(impatient(is_urgent=True))
    HubBudget.objects.update(refilled_at=F("refilled_at") - timedelta(seconds=10))

    assert 9 <= take(impatient(is_urgent=True)) <= 12


def test_a_long_rest_gives_no_more_than_a_full_bucket() -> None:
    take(impatient(is_urgent=True))
    HubBudget.objects.update(refilled_at=F("refilled_at") - timedelta(hours=10))

    assert take(impatient(is_urgent=True)) <= 22


def test_after_a_refusal_of_docker_hub_nobody_asks() -> None:
    later = datetime.now(UTC) + timedelta(minutes=2)
    impatient().block_until(later)

    with pytest.raises(HubThrottled) as refusal:
        impatient(is_urgent=True).before_call()
    assert refusal.value.not_before == later


def test_docker_hubs_own_count_is_heard() -> None:
    later = datetime.now(UTC) + timedelta(minutes=2)

    impatient().hear(BudgetHeaders(limit=180, remaining=0, reset_at=later))

    assert take(impatient(is_urgent=True)) == 0


def test_what_was_not_used_is_given_back() -> None:
    budget = impatient(is_urgent=True)
    budget.before_call()

    budget.give_back()

    assert HubBudget.objects.get().available > 18

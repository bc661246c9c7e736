"""What pages ask of Docker Hub comes out of the common budget, and a spent budget is a sentence."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import Sum
from django.test import Client
from django.utils import timezone

from classrooms.models import School, User
from hubsync.account.catalogue import read_catalogue
from hubsync.account.name_check import look_at_name
from hubsync.hub.errors import BudgetUsedUp
from hubsync.models import CallBlock, HubBudget
from hubsync.words.troubles import trouble_sentence
from tests.hubsync.connecting import Page
from tests.hubsync.stage import Stage

pytestmark = pytest.mark.usefixtures("hub")


@pytest.fixture
def spend(db: None, hub: object, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Leaves this many calls of a minute; the others were answered just now."""
    monkeypatch.setattr("hubsync.account.connections.BUDGET_SECONDS", 0.0)

    def spend(left: int, per_minute: int = 60, *, is_urgent: bool = True) -> None:
        settings.HUB_CALLS_PER_MINUTE = per_minute
        budget = HubBudget.objects.create(egress=settings.HUB_URL[:80])
        # Docker Hub has told more than we allow ourselves.
        HubBudget.objects.update(limit_told=100_000, told_at=timezone.now())
        now = timezone.now()
        CallBlock.objects.create(
            budget=budget, calls=per_minute - left, is_urgent=is_urgent, taken_at=now, closed_at=now
        )

    return spend


def test_a_look_of_a_page_is_counted_and_what_was_not_used_is_given_back(spend: Any) -> None:
    spend(20)

    assert look_at_name("iestriana").state == "organization"
    taken = CallBlock.objects.aggregate(calls=Sum("calls"))["calls"]
    assert taken == 60 - 20 + 1
    assert not CallBlock.objects.filter(closed_at=None).exists()


def test_a_spent_budget_asks_nothing_and_is_said(spend: Any, stage: Stage, client: Client) -> None:
    spend(0, per_minute=1)
    stage.forget_requests()
    client.cookies["django_language"] = "en"
    ana = User.objects.get(first_name="Ana")
    shown = Page(client, ana, stage.school).get("name/check/?name=iesnueva&kind=organization")

    assert "as often as it allows itself" in shown
    assert stage.world.requests == []


def test_testing_the_account_with_a_spent_budget_is_a_sentence_and_keeps_the_token(
    spend: Any, stage: Stage, client: Client
) -> None:
    client.cookies["django_language"] = "en"
    spend(0, per_minute=1)
    shown = Page(client, User.objects.get(first_name="Ana"), stage.school).post("check/")

    assert "Try again in a minute" in shown
    stage.account.credential.refresh_from_db()
    assert stage.account.credential.refused_at is None


def test_clicks_have_a_share_that_background_work_leaves(spend: Any, stage: Stage) -> None:
    spend(12, is_urgent=False)
    with pytest.raises(BudgetUsedUp):
        read_catalogue(stage.account, is_urgent=False)

    assert read_catalogue(stage.account) == 2


def test_a_spent_budget_has_words_of_its_own(school: School) -> None:
    assert "allows itself" in str(trouble_sentence(BudgetUsedUp(school.created_at)))

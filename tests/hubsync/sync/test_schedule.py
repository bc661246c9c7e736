"""Who is due and when: columns, not messages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db.models.functions import Now
from django.test import TestCase

from hubsync.credentials import keep_credential
from hubsync.models import HubAccount, OrganizationSync
from hubsync.sync import lease
from hubsync.sync.lease import LONGEST_BACK_OFF, back_off
from hubsync.sync.rings import ring, ring_file
from hubsync.sync.schedule import (
    Settlement,
    activate,
    due,
    next_look,
    request_reconcile,
    settle,
    sync_of,
)
from tests.factories import make_school

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path


def make_account(name: str = "iestriana") -> HubAccount:
    account = HubAccount.objects.create(school=make_school(name, namespace=name), name=name, is_active=True)
    keep_credential(account, "dckr_oat_something")
    sync_of(account)
    return account


@pytest.fixture
def account() -> HubAccount:
    return make_account()


def row(account: HubAccount) -> OrganizationSync:
    return OrganizationSync.objects.get(account=account)


def due_accounts() -> list[int]:
    return [one.account_id for one in due()]


def test_a_wish_makes_the_account_due(account: HubAccount) -> None:
    before = due_accounts()

    request_reconcile(account)

    assert before == []
    assert due_accounts() == [account.pk]
    assert row(account).generation == 2


def test_the_bell_rings_only_once_the_wish_is_saved(account: HubAccount) -> None:
    with TestCase.captureOnCommitCallbacks() as callbacks:
        request_reconcile(account)

    assert not ring_file().exists()
    callbacks[0]()
    assert ring_file().exists()


def test_a_broker_that_is_away_keeps_nobody_from_saving(account: HubAccount, settings: Any) -> None:
    settings.DATA_DIR = "/nowhere/at/all"

    ring(account.pk)

    assert row(account).generation == 1


def test_clicks_come_first_and_then_who_waits_longest() -> None:
    first, second, clicked = make_account("first"), make_account("second"), make_account("clicked")
    for account in (first, second):
        request_reconcile(account)
    OrganizationSync.objects.filter(account=second).update(due_at=Now() - HOUR)
    request_reconcile(clicked, urgent=True)

    assert due_accounts() == [clicked.pk, second.pk, first.pk]


def test_a_regular_look_is_due_at_its_time(account: HubAccount) -> None:
    OrganizationSync.objects.update(next_look_at=Now() - timedelta(seconds=1))

    assert due_accounts() == [account.pk]


def test_whose_lease_is_held_is_not_due_until_it_expires(account: HubAccount) -> None:
    request_reconcile(account)
    lease.claim(account.pk)
    while_held = due_accounts()
    OrganizationSync.objects.update(lease_expires_at=Now() - timedelta(seconds=1))

    assert while_held == []
    assert due_accounts() == [account.pk]


def test_only_one_of_two_workers_gets_the_lease(account: HubAccount) -> None:
    request_reconcile(account)

    claims = [lease.claim(account.pk), lease.claim(account.pk)]

    assert [claim is not None for claim in claims] == [True, False]


def test_nothing_is_claimed_that_is_not_due(account: HubAccount) -> None:
    assert lease.claim(account.pk) is None


def test_the_attempt_is_counted_before_the_work(account: HubAccount) -> None:
    request_reconcile(account)

    lease.claim(account.pk)

    assert row(account).attempts == 1


def test_a_lease_that_another_took_cannot_be_renewed(account: HubAccount) -> None:
    held = lease.claim(account.pk, even_if_not_due=True)
    assert held is not None
    OrganizationSync.objects.update(lease_expires_at=Now() - timedelta(seconds=1))
    lease.claim(account.pk, even_if_not_due=True)

    with pytest.raises(lease.LeaseLost):
        lease.renew(held)


def settled(account: HubAccount, settlement: Settlement) -> OrganizationSync:
    held = lease.claim(account.pk, even_if_not_due=True)
    assert held is not None
    settle(held, settlement)
    return row(account)


def test_a_handled_wish_is_no_longer_due(account: HubAccount) -> None:
    request_reconcile(account)
    at = datetime.now(UTC)

    after = settled(account, Settlement(is_handled=True, proven_at=at, in_sync_at=at))

    assert (after.handled_generation, after.due_at, after.attempts, after.lease_token) == (2, None, 0, "")
    assert after.next_look_at is not None


def test_a_wish_that_came_meanwhile_stays_due(account: HubAccount) -> None:
    held = lease.claim(account.pk, even_if_not_due=True)
    assert held is not None
    request_reconcile(account)

    settle(held, Settlement(is_handled=True))

    assert due_accounts() == [account.pk]
    assert row(account).handled_generation == 1


def test_waiting_for_the_budget_counts_as_no_attempt(account: HubAccount) -> None:
    later = datetime.now(UTC) + HOUR

    after = settled(account, Settlement(not_before=later, is_backing_off=True, counts_as_attempt=False))

    assert (after.attempts, after.due_at) == (0, later)


def test_a_look_that_failed_does_not_end_being_in_sync(account: HubAccount) -> None:
    at = datetime.now(UTC)
    settled(account, Settlement(is_handled=True, proven_at=at, in_sync_at=at))

    after = settled(account, Settlement(failure="unavailable", again_in=HOUR, is_backing_off=True))

    assert after.in_sync_at == at
    assert after.failure == "unavailable"


def test_a_look_that_found_something_to_do_ends_being_in_sync(account: HubAccount) -> None:
    at = datetime.now(UTC)
    settled(account, Settlement(is_handled=True, proven_at=at, in_sync_at=at))

    assert settled(account, Settlement(proven_at=at + HOUR)).in_sync_at is None


def test_waiting_doubles_with_each_failure_up_to_an_hour() -> None:
    assert timedelta(seconds=5) <= back_off(1) <= timedelta(seconds=10)
    assert timedelta(seconds=40) <= back_off(4) <= timedelta(seconds=80)
    assert LONGEST_BACK_OFF / 2 <= back_off(500) <= LONGEST_BACK_OFF


def test_each_account_has_its_own_minute_of_the_hour() -> None:
    now = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)

    looks = {next_look(account_id, now, has_pending_invites=False).minute for account_id in range(1, 61)}

    assert len(looks) == 60
    assert now < next_look(1, now, has_pending_invites=False) <= now + HOUR


def test_switching_on_is_a_wish_at_once(account: HubAccount) -> None:
    account.is_active = False
    account.save()

    activate(account)

    account.refresh_from_db()
    assert account.is_active
    assert row(account).is_urgent

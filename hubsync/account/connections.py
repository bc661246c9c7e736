"""Ways to Docker Hub for a person who waits at a page: short patience, and the share of the calls kept for clicks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings

from hubsync.credentials import open_credential
from hubsync.hub.headers import BudgetHeaders
from hubsync.hub.reader import HubReader
from hubsync.hub.transport import HubConnection, user_agent_with
from hubsync.models import HubAccount
from hubsync.sync.budget import Budget
from hubsync.sync.call_counts import CallCounter

# A page that does not answer within this is worse than a sentence that says so.
PATIENCE_SECONDS = 8.0
# How long a page waits for the portal's own budget, which fills again within the minute.
BUDGET_SECONDS = 1.0


@contextmanager
def anonymous_reader(
    *, is_urgent: bool = True, budget_seconds: float = BUDGET_SECONDS
) -> Iterator[HubReader]:
    """Reads what is public, without anybody's token. Its calls raise BudgetUsedUp where the portal's own are spent."""
    with _connected(is_urgent=is_urgent, budget_seconds=budget_seconds) as reader:
        yield reader


@contextmanager
def reader_for(
    account: HubAccount,
    *,
    on_budget: Callable[[BudgetHeaders], None] | None = None,
    is_urgent: bool = True,
    budget_seconds: float = BUDGET_SECONDS,
) -> Iterator[HubReader]:
    """Reads with the account's token. Raises NoCredential or CredentialUnreadable, and its calls BudgetUsedUp.

    `is_urgent` False is for background work, which leaves the share for clicks alone and may wait longer for its own.
    """
    credential = open_credential(account)
    with _connected(
        credential.identifier,
        credential.secret,
        on_budget=on_budget,
        is_urgent=is_urgent,
        budget_seconds=budget_seconds,
    ) as reader:
        yield reader


@contextmanager
def _connected(
    identifier: str = "",
    secret: str = "",
    *,
    on_budget: Callable[[BudgetHeaders], None] | None = None,
    is_urgent: bool = True,
    budget_seconds: float = BUDGET_SECONDS,
) -> Iterator[HubReader]:
    budget, counted = Budget(is_urgent=is_urgent, longest_wait=budget_seconds), CallCounter()

    def hear(told: BudgetHeaders) -> None:
        budget.hear(told)
        if on_budget:
            on_budget(told)

    def count(method: str, path: str, status: int) -> None:
        budget.after_call()
        counted.count(method, path, status)

    connection = HubConnection(
        settings.HUB_URL,
        identifier,
        secret,
        registry_url=settings.REGISTRY_URL,
        user_agent=user_agent_with(settings.BASE_URL),
        answer_seconds=PATIENCE_SECONDS,
        before_call=budget.before_call,
        on_call=count,
        on_budget=hear,
    )
    budget.whose = connection.caller
    try:
        yield HubReader(connection)
    finally:
        connection.close()
        budget.give_back()
        counted.keep()

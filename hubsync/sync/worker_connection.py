"""A worker's way to Docker Hub: within the common budget, keeping its lease, counting its calls."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from django.conf import settings
from django.utils import timezone

from hubsync.credentials import OpenBearer, keep_bearer, open_bearer, open_credential
from hubsync.hub.client import HubConnection, user_agent_with
from hubsync.models import HubAccount
from hubsync.sync.budget import Budget
from hubsync.sync.call_counts import CallCounter
from hubsync.sync.database_clock import clock_for
from hubsync.sync.lease import Lease, renew

RENEW_EVERY_SECONDS = 5.0


class WorkerConnection:
    """A connection, and how many calls went through it."""

    def __init__(self, account: HubAccount, budget: Budget, lease: Lease | None) -> None:
        self.account, self.budget, self.lease, self.calls = account, budget, lease, 0
        self._renewed_at = monotonic()
        self._counted = CallCounter()
        credential = open_credential(account)
        self.connection = HubConnection(
            settings.HUB_URL,
            credential.identifier,
            credential.secret,
            registry_url=settings.REGISTRY_URL,
            user_agent=user_agent_with(settings.BASE_URL),
            before_call=self.before_call,
            on_call=self.count,
            on_budget=budget.hear,
            # What this run takes for now decides about days of grace, announcements and waits: all workers agree on it.
            now=clock_for(account),
        )
        budget.whose = self.connection.caller
        self._opened_at = timezone.now()
        bearer = open_bearer(account)
        if bearer:
            self.connection.take_bearer(bearer.token, bearer.seconds)
        # Whoever waits for calls keeps the lease meanwhile.
        budget.on_pause = self.keep_lease

    def before_call(self) -> None:
        self.keep_lease()
        self.budget.before_call()

    def keep_lease(self) -> None:
        """Renew the lease now and then. Raises LeaseLost where another worker has it."""
        if self.lease and monotonic() - self._renewed_at > RENEW_EVERY_SECONDS:
            renew(self.lease)
            self._renewed_at = monotonic()

    def count(self, method: str, path: str, status: int) -> None:
        self.calls += 1
        self.budget.after_call()
        self._counted.count(method, path, status)

    def keep_bearer(self) -> None:
        """Leave the bearer to the next run: signing in is a call, and one more that could be refused."""
        kept = self.connection.kept_bearer()
        keep_bearer(self.account, OpenBearer(*kept) if kept else None, self._opened_at)

    def keep_counts(self) -> None:
        """Write down how the calls were answered."""
        self._counted.keep()


@contextmanager
def worker_connection(
    account: HubAccount, budget: Budget, lease: Lease | None = None
) -> Iterator[WorkerConnection]:
    """Open for one run. Raises NoCredential or CredentialUnreadable; its calls raise LeaseLost and HubThrottled."""
    hub = WorkerConnection(account, budget, lease)
    try:
        yield hub
    finally:
        hub.keep_bearer()
        hub.connection.close()
        budget.give_back()
        hub.keep_counts()

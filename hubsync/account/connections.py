"""Ways to Docker Hub for a person who waits at a page: short patience, no queue."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from hubsync.credentials import open_credential
from hubsync.hub.reader import HubReader
from hubsync.hub.transport import HubConnection, user_agent_with
from hubsync.models import HubAccount

# A page that does not answer within this is worse than a sentence that says so.
PATIENCE_SECONDS = 8.0


@contextmanager
def anonymous_reader() -> Iterator[HubReader]:
    """Reads what is public, without anybody's token."""
    connection = _connect()
    try:
        yield HubReader(connection)
    finally:
        connection.close()


@contextmanager
def reader_for(account: HubAccount) -> Iterator[HubReader]:
    """Reads with the account's token. Raises NoCredential or CredentialUnreadable."""
    credential = open_credential(account)
    connection = _connect(credential.identifier, credential.secret)
    try:
        yield HubReader(connection)
    finally:
        connection.close()


def _connect(identifier: str = "", secret: str = "") -> HubConnection:
    return HubConnection(
        settings.HUB_URL,
        identifier,
        secret,
        registry_url=settings.REGISTRY_URL,
        user_agent=user_agent_with(settings.BASE_URL),
        answer_seconds=PATIENCE_SECONDS,
    )

"""What an account's token can be shown to do, as rows to store: {"scope": …, "held": true, false or null}."""

from __future__ import annotations

from hubsync.hub.errors import HubForbidden, HubNotFound
from hubsync.hub.reader import HubReader
from hubsync.hub.scope_probe import probe_scopes
from hubsync.models import HubAccount


def probe_account(reader: HubReader, account: HubAccount) -> tuple[str, list[dict[str, object]]]:
    """The account's uuid on Docker Hub and what its token may do.

    Raises HubNotFound where the account is not there, HubAuthLost where it does not take the token, HubUnavailable.
    """
    if account.kind == HubAccount.Kind.PERSONAL:
        return _probe_person(reader, account.name)
    uuid = reader.get_organization(account.name).uuid
    return uuid, [
        {"scope": str(found.scope), "held": found.held} for found in probe_scopes(reader, account.name)
    ]


def _probe_person(reader: HubReader, name: str) -> tuple[str, list[dict[str, object]]]:
    """A personal token has no scopes to try one by one: signing in and listing is all that can be shown."""
    user = reader.find_user(name)
    if user is None:
        raise HubNotFound(status=404)
    try:
        reader.list_repositories(name)
    except HubForbidden:
        return user.uuid, [{"scope": "personal", "held": False}]
    return user.uuid, [{"scope": "personal", "held": True}]

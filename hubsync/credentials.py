"""Docker Hub's tokens: sealed at rest, opened only here, never shown.

What is stored opens only with one of CREDENTIAL_KEYS and only for the account row that it was sealed for, so a copied
row or a swapped column opens nothing. The first key seals, all of them open: that is how keys are rotated.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import NoReturn

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from hubsync.hub.errors import HubAuthLost
from hubsync.models import HubAccount, SealedCredential


class NoCredential(HubAuthLost):
    """Nobody has given an access token for this account yet."""


class CredentialUnreadable(HubAuthLost):
    """The sealed token does not open with the keys of this installation, or was sealed for another account."""


@dataclass(frozen=True, repr=False)
class OpenCredential:
    """What Docker Hub is asked with. Lives as long as one piece of work; cannot be printed or put into a message."""

    identifier: str
    secret: str

    def __repr__(self) -> str:
        return f"OpenCredential({self.identifier!r}, secret hidden)"

    __str__ = __repr__

    def __reduce__(self) -> NoReturn:
        raise TypeError("An open credential is not put into messages, caches or sessions.")


@transaction.atomic
def keep_credential(account: HubAccount, secret: str, expires_on: date | None = None) -> SealedCredential:
    """Seal the token of an account. A second one takes the place of the first, which is gone."""
    credential, _ = SealedCredential.objects.update_or_create(
        account=account,
        defaults={
            "sealed": _seal(account, secret),
            "expires_on": expires_on,
            "refused_at": None,
            "set_at": timezone.now(),
        },
    )
    account.credential = credential
    return credential


def open_credential(account: HubAccount) -> OpenCredential:
    """The token of an account. Raises NoCredential or CredentialUnreadable."""
    credential = SealedCredential.objects.filter(account=account).first()
    if credential is None:
        raise NoCredential()
    return OpenCredential(account.name, _open(account, credential.sealed))


@transaction.atomic
def reseal_all() -> int:
    """Seal every credential anew with the first key; how many there were. Raises CredentialUnreadable and changes none.

    Afterwards the older keys can be taken out of CREDENTIAL_KEYS.
    """
    credentials = list(SealedCredential.objects.select_for_update().select_related("account"))
    for credential in credentials:
        secret = _open(credential.account, credential.sealed)
        credential.sealed = _seal(credential.account, secret)
        credential.save(update_fields=["sealed"])
    return len(credentials)


def _keys() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.CREDENTIAL_KEYS])


def _seal(account: HubAccount, secret: str) -> str:
    payload = {"account": account.pk, "name": account.name, "secret": secret}
    return _keys().encrypt(json.dumps(payload).encode()).decode()


def _open(account: HubAccount, sealed: str) -> str:
    try:
        payload = json.loads(_keys().decrypt(sealed.encode()))
    except InvalidToken:
        # Nothing of the cause is passed on: a traceback would carry the payload.
        raise CredentialUnreadable() from None
    if payload["account"] != account.pk or payload["name"] != account.name:
        raise CredentialUnreadable()
    secret: str = payload["secret"]
    return secret

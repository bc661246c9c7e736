"""Docker Hub's tokens: sealed at rest, opened only here, never shown.

What is stored opens only with one of CREDENTIAL_KEYS and only for the account row that it was sealed for, so a copied
row or a swapped column opens nothing. The first key seals, all of them open: that is how keys are rotated.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NoReturn

from cryptography.fernet import InvalidToken
from django.db import transaction
from django.utils import timezone

from classrooms.sealing import sealing_keys
from hubsync.hub.bearer import Concealed
from hubsync.hub.errors import HubAuthLost
from hubsync.models import HubAccount, SealedCredential

# What a sealed text holds: a bearer in the column of the credential opens as nothing.
_SECRET, _BEARER = "secret", "bearer"


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
            "sealed_bearer": "",
            "bearer_until": None,
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


@dataclass(frozen=True, repr=False)
class OpenBearer:
    """A token of ten minutes that a credential was exchanged for, and for how many seconds it is still good."""

    token: Concealed
    seconds: float


def open_bearer(account: HubAccount) -> OpenBearer | None:
    """The bearer that an earlier piece of work left; None where there is none that is still good."""
    now = timezone.now()
    row = SealedCredential.objects.filter(account=account, refused_at=None, bearer_until__gt=now).first()
    if row is None or row.bearer_until is None:
        return None
    try:
        token = _open(account, row.sealed_bearer, _BEARER)
    except CredentialUnreadable:
        return None
    return OpenBearer(Concealed(token), (row.bearer_until - now).total_seconds())


def keep_bearer(account: HubAccount, bearer: OpenBearer | None, opened_at: datetime) -> None:
    """Leave this bearer to the next piece of work, sealed. None, or a credential set since `opened_at`: none is left."""
    rows = SealedCredential.objects.filter(account=account, set_at__lte=opened_at)
    if bearer is None:
        rows.update(sealed_bearer="", bearer_until=None)
        return
    until = timezone.now() + timedelta(seconds=bearer.seconds)
    rows.update(sealed_bearer=_seal(account, bearer.token.reveal(), _BEARER), bearer_until=until)


@transaction.atomic
def reseal_all() -> int:
    """Seal every credential anew with the first key; how many there were. Raises CredentialUnreadable and changes none.

    Afterwards the older keys can be taken out of CREDENTIAL_KEYS.
    """
    credentials = list(SealedCredential.objects.select_for_update().select_related("account"))
    for credential in credentials:
        secret = _open(credential.account, credential.sealed)
        credential.sealed = _seal(credential.account, secret)
        credential.sealed_bearer, credential.bearer_until = "", None
        credential.save(update_fields=["sealed", "sealed_bearer", "bearer_until"])
    return len(credentials)


def _seal(account: HubAccount, secret: str, what: str = _SECRET) -> str:
    payload = {"account": account.pk, "name": account.name, what: secret}
    return sealing_keys().encrypt(json.dumps(payload).encode()).decode()


def _open(account: HubAccount, sealed: str, what: str = _SECRET) -> str:
    try:
        payload = json.loads(sealing_keys().decrypt(sealed.encode()))
    except InvalidToken:
        # Nothing of the cause is passed on: a traceback would carry the payload.
        raise CredentialUnreadable() from None
    if payload["account"] != account.pk or payload["name"] != account.name or what not in payload:
        raise CredentialUnreadable()
    secret: str = payload[what]
    return secret

"""Texts that must come back but must not lie open: sealed with CREDENTIAL_KEYS, each for one purpose.

The first key seals, all of them open: that is how keys are rotated.
"""

import json

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class NotOpened(Exception):
    """What was sealed does not open with the keys of this installation, or was sealed for something else."""


def seal(text: str, purpose: str) -> str:
    """The text sealed for `purpose`, for example "join-code:12": a copied row opens nothing."""
    return sealing_keys().encrypt(json.dumps({"for": purpose, "text": text}).encode()).decode()


def unseal(sealed: str, purpose: str) -> str:
    """The text as it was. Raises NotOpened."""
    try:
        payload = json.loads(sealing_keys().decrypt(sealed.encode()))
    except InvalidToken:
        # Nothing of the cause is passed on: a traceback would carry the payload.
        raise NotOpened() from None
    if payload["for"] != purpose:
        raise NotOpened()
    return str(payload["text"])


def sealing_keys() -> MultiFernet:
    """Seals with the first of CREDENTIAL_KEYS and opens with any of them."""
    return MultiFernet([Fernet(key) for key in settings.CREDENTIAL_KEYS])

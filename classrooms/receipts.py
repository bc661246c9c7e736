"""Receipts of hand-ins: a number, and a signature that shows that the portal said exactly this.

The signature covers what a student would want to prove and nothing else: which practice, which image by its digest, when.
"""

from __future__ import annotations

from datetime import UTC

from django.core.signing import BadSignature, Signer

from classrooms.identity import plain_code, readable_code
from classrooms.models import HandIn

LENGTH = 16
_SALT = "classrooms.receipts"


def new_number() -> str:
    """A receipt's number: nobody can guess another one."""
    return readable_code(LENGTH)


def plain_number(typed: str) -> str:
    """A number as it is kept, however it was typed."""
    return plain_code(typed)


def signed_text(hand_in: HandIn) -> str:
    """What is signed, a line each, as it stands on the receipt: without the student's name."""
    at = hand_in.handed_in_at.astimezone(UTC).isoformat(timespec="seconds")
    what = hand_in.reference or "docker save"
    return "\n".join(
        [hand_in.receipt, f"practice {hand_in.class_practice.practice_id}", what, hand_in.digest, at]
    )


def signature_of(hand_in: HandIn) -> str:
    """The signature to print on the receipt: URL-safe letters, digits, "-" and "_"."""
    return Signer(salt=_SALT).signature(signed_text(hand_in))


def is_genuine(hand_in: HandIn, signature: str) -> bool:
    """Whether the portal signed this hand-in so, with a key that it still knows."""
    text = signed_text(hand_in)
    try:
        return Signer(salt=_SALT).unsign(f"{text}:{signature.strip()}") == text
    except BadSignature:
        return False

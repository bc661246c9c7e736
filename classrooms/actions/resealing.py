"""Seals everything of the classrooms anew with the first of CREDENTIAL_KEYS."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction

from classrooms.models import JoinCode, SchoolSignIn
from classrooms.sealing import seal, unseal

SECOND_FACTOR = "second-factor"
_SEALED_PARTS = ("secret", "seed")


def purpose_of(row: JoinCode | SchoolSignIn) -> str:
    """What a row's secret is sealed for: the row itself, so that a copied column opens nothing."""
    return f"{type(row).__name__}:{row.code_hash if isinstance(row, JoinCode) else row.school_id}"


@transaction.atomic
def reseal_all() -> int:
    """How many secrets there were: class codes, sign-ins of schools, second factors. Raises NotOpened, changes none."""
    codes = list(JoinCode.objects.exclude(sealed_code="").select_for_update())
    sign_ins = list(SchoolSignIn.objects.select_for_update())
    factors = [one for one in Authenticator.objects.select_for_update() if _parts(one.data)]
    for code in codes:
        code.sealed_code = _anew(code.sealed_code, purpose_of(code))
        code.save(update_fields=["sealed_code"])
    for sign_in in sign_ins:
        sign_in.sealed_secret = _anew(sign_in.sealed_secret, purpose_of(sign_in))
        sign_in.save(update_fields=["sealed_secret"])
    for factor in factors:
        factor.data |= {part: _anew(factor.data[part], SECOND_FACTOR) for part in _parts(factor.data)}
        factor.save(update_fields=["data"])
    return len(codes) + len(sign_ins) + len(factors)


def _anew(sealed: str, purpose: str) -> str:
    return seal(unseal(sealed, purpose), purpose)


def _parts(data: dict[str, Any]) -> list[str]:
    return [part for part in _SEALED_PARTS if data.get(part)]

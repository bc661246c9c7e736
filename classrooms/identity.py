"""Who is who without keeping what must not be kept: keyed hashes, names to sort by, readable codes."""

import hashlib
import hmac
import secrets
import unicodedata

from django.conf import settings

# Without 0 O, 1 I L, U V: codes are read from paper and typed by hand.
READABLE = "23456789ABCDEFGHJKMNPQRSTWXYZ"
_N_WITH_TILDE = "n\N{COMBINING TILDE}"


def external_id_hash(school_pk: int, external_id: str) -> str:
    """The school's number of a person as HMAC-SHA256, hexadecimal; each school has its own."""
    return _keyed(f"student:{school_pk}:{external_id.strip()}")


def code_hash(code: str) -> str:
    """The hash under which a one-time code is kept. Dashes, spaces and letter case make no difference."""
    return _keyed(f"code:{plain_code(code)}")


def plain_code(code: str) -> str:
    """The letters and digits alone, in upper case."""
    return "".join(letter for letter in code.upper() if letter.isalnum())


def join_code_hash(code: str, *, is_for_staff: bool) -> str:
    """The hash of a class's code. The same letters are another code for staff: a student's never becomes one."""
    kind = "staff" if is_for_staff else "student"
    return _keyed(f"join:{kind}:{plain_code(code)}")


def token_hash(token: str) -> str:
    """The hash under which the token of a link is kept."""
    return _keyed(f"token:{token}")


def readable_code(length: int) -> str:
    return "".join(secrets.choice(READABLE) for _ in range(length))


def grouped(code: str) -> str:
    """As it is printed: "K7WP-3MXQ"."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


def sort_name(*, first_surname: str, second_surname: str, given_name: str) -> str:
    """What sorts a class list by surname and what a search looks into: see `plain_letters`.

    Two spaces between the parts, so that "García, Zoe" stands before "García Alba, Ana".
    """
    return "  ".join(plain_letters(part) for part in (first_surname, second_surname, given_name))


def plain_letters(text: str) -> str:
    """Lower case, without accents, letters and digits only. "ñ" becomes "n~": it sorts after every n."""
    decomposed = unicodedata.normalize("NFD", text.casefold()).replace(_N_WITH_TILDE, "n~")
    letters = "".join(" " if letter in "-–_" or letter.isspace() else letter for letter in decomposed)
    kept = "".join(letter for letter in letters if letter.isalnum() or letter in " ~")
    return " ".join(kept.split())


def _keyed(text: str) -> str:
    return hmac.new(settings.IDENTITY_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()

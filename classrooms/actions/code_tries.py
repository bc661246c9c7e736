"""Slows down the guessing of personal codes: per code, never per address, since a room of students shares one.

The first half of a code says whose it is, the second half is the secret. Whoever tries many second halves makes that one
code rest for a while; nobody else in the room notices, and the teacher can print another one at once.
"""

from django.core.cache import cache

from classrooms.identity import plain_code, token_hash

MOST_TRIES = 10
RESTS_FOR_SECONDS = 15 * 60
_WHOSE = 4  # letters


def rests(code: str) -> bool:
    """Whether too many wrong codes with the same beginning were typed lately."""
    return int(cache.get(_key(code), 0)) >= MOST_TRIES


def count_wrong(code: str) -> None:
    """One more wrong code with this beginning; the time begins anew with each."""
    key = _key(code)
    if not cache.add(key, 1, RESTS_FOR_SECONDS):
        try:
            cache.incr(key)
            # A cache of files gives what is counted on its own usual five minutes.
            cache.touch(key, RESTS_FOR_SECONDS)
        except ValueError:
            cache.set(key, 1, RESTS_FOR_SECONDS)


def _key(code: str) -> str:
    return f"code-tries:{token_hash(plain_code(code)[:_WHOSE])}"

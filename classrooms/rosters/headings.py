"""Headings: compared by what they say, never by where they stand."""

import re
import unicodedata
from functools import lru_cache

_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")
_ORDINALS = str.maketrans("", "", "ºª°")


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """For comparing: without accents, case, spaces, punctuation and "º": "nidescolar"."""
    plain = unicodedata.normalize("NFKD", text.translate(_ORDINALS)).casefold()
    without_accents = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _NOT_A_LETTER.sub("", without_accents)

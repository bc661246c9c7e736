"""The course of a class: a programme (ciclo) and a year of it, read from what schools write. Pure."""

import re
from dataclasses import dataclass

# "1º SMR", "1SMR", "SMR1", "1R CFS ASIX", "2º F.P.I.G.S. (Desarrollo de Aplicaciones Web)"
_YEAR_FIRST = re.compile(r"^\s*([1-6])\s*(?:[.ºª°]+|er|do|r|n|t)?\s*(?:de\s+)?(?=\D)", re.IGNORECASE)
_YEAR_LAST = re.compile(r"^([A-ZÑ]{2,6})\s*-?\s*([1-6])\s*[A-Z]?$", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\(([^()]{4,})\)")
_GROUP_LETTER = re.compile(r"[\s-]+[A-Z]$")


@dataclass(frozen=True, order=True)
class Course:
    """`year` is None for a specialisation course, which has no number, and where nothing tells it."""

    programme: str
    year: int | None


def read_course(name: str, course: str = "") -> Course:
    """From the name of a class and, where there is one, its official course, which says the programme better.

    "1º SMR A" is year 1 of SMR; "1º F.P.I.G.S. (Desarrollo de Aplicaciones Web)" is year 1 of what the brackets say.
    """
    year = _year_of(course) or _year_of(name)
    if found := _IN_BRACKETS.search(course):
        return Course(found[1].strip(), year)
    return Course(_programme_of(course or name), year)


def _year_of(text: str) -> int | None:
    if found := _YEAR_FIRST.match(text):
        return int(found[1])
    found = _YEAR_LAST.match(text.strip())
    return int(found[2]) if found else None


def _programme_of(text: str) -> str:
    if found := _YEAR_LAST.match(text.strip()):
        return found[1]
    rest = _YEAR_FIRST.sub("", text).strip()
    return _GROUP_LETTER.sub("", rest).strip() or text.strip()

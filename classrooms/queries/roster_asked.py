"""Of what a class list leaves open, as much as one page asks."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from classrooms.queries.roster_decisions import ClassQuestion

# Each question is a field or three and a choice among all classes: a form has at most
# DATA_UPLOAD_MAX_NUMBER_FIELDS, and nobody answers more than these.
MOST_ASKED = 200

Q = TypeVar("Q")


@dataclass(frozen=True)
class Asked(Generic[Q]):
    """The questions that the page shows, and how many `more` there are, which stay without an answer."""

    shown: tuple[Q, ...]
    more: int


def asked(questions: Iterable[Q]) -> Asked[Q]:
    """The first ones."""
    found = tuple(questions)
    return Asked(found[:MOST_ASKED], max(0, len(found) - MOST_ASKED))


def asked_classes(questions: Iterable[ClassQuestion]) -> Asked[ClassQuestion]:
    """Those that may have been renamed first: nothing is done with them without an answer."""
    return asked(sorted(questions, key=lambda one: (one.likely is None, one.place)))

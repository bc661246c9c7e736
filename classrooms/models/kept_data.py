"""What is kept of people, field by field: why, until when, and what of it goes to Docker.

Pages and documents are made from this. A test fails when a model has a field that stands in no row, so whoever adds one
says here what it is for. `"*"` is for tables that say nothing about a person.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

Text = Any  # a lazy translation


@dataclass(frozen=True)
class Kept:
    """`model` is "classrooms.Student"; `docker` is what goes to Docker, "" where nothing does."""

    model: str
    fields: tuple[str, ...]
    what: Text
    why: Text
    until: Text
    docker: Text = ""
    is_personal: bool = field(default=True, kw_only=True)


RUNS_SCHOOL = _("to run the school’s space")
WITH_SCHOOL = _("until the school is deleted")
WITH_CLASS = _("until the class goes: archived classes are deleted after the school’s number of years")
WITH_STUDENT = _(
    "until the student is erased: by hand, or after the school’s number of months without a class"
)
WITH_ACCOUNT = _("until the account is deleted")
THIRTY_DAYS = _("thirty days")


def nothing_personal(model: str, what: Text) -> Kept:
    return Kept(model, ("*",), what, RUNS_SCHOOL, WITH_SCHOOL, is_personal=False)


DECLARED: list[Kept] = []


def declare(*rows: Kept) -> None:
    """Add rows; every package does it for its own models when they are loaded."""
    DECLARED.extend(rows)


def personal_rows() -> list[Kept]:
    """The rows of the page, in the order in which they were declared; what several tables keep alike is one row."""
    seen: dict[tuple[str, ...], Kept] = {}
    for row in DECLARED:
        if row.is_personal:
            seen.setdefault(tuple(str(text) for text in (row.what, row.why, row.until, row.docker)), row)
    return list(seen.values())

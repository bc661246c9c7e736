"""Marks for who keeps them by the school's numbers, which the portal knows as hashes only: a list brings them along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from classrooms.grading_sheets.sheet import decimal_comma
from classrooms.identity import external_id_hash
from classrooms.models import ClassGroup, School, Student
from classrooms.queries.hand_ins import ClassWork, Work
from classrooms.rosters.numbered import Numbered

# What a person may take along of everybody, and of everybody in each practice.
OF_EVERYBODY = {
    "surnames": gettext_lazy("Surnames"),
    "given_name": gettext_lazy("Given name"),
    "class": gettext_lazy("Class"),
    "alias": gettext_lazy("Alias"),
}
OF_EACH_PRACTICE = {
    "mark": gettext_lazy("Mark"),
    "state": gettext_lazy("State"),
    "handed_in": gettext_lazy("Handed in"),
    "comment": gettext_lazy("Comment"),
}
_STATES = {
    "in time": gettext_lazy("in time"),
    "late": gettext_lazy("late"),
    "missing": gettext_lazy("not handed in"),
    "open": gettext_lazy("not yet handed in"),
}


@dataclass(frozen=True)
class Found:
    """A student of the class, and how the list writes them."""

    listed: Numbered
    student: Student


@dataclass(frozen=True)
class WhoIsWho:
    """`found` in the order of the list. `strangers` are nobody whom the school knows; `elsewhere` counts those of other
    classes. `lacking` are not in the list, and `without_number` cannot be in one: they were added by hand."""

    found: tuple[Found, ...]
    strangers: tuple[Numbered, ...]
    elsewhere: int
    lacking: tuple[Student, ...]
    without_number: tuple[Student, ...]


def who_is_who(school: School, works: Sequence[ClassWork], listed: Sequence[Numbered]) -> WhoIsWho:
    """Each number is hashed as class lists do it, and compared with those of the class. One query."""
    students = {row.student.pk: row.student for work in works for row in work.rows}
    by_hash = {one.external_id_hash: one for one in students.values() if one.external_id_hash}
    hashes = {one.identity: external_id_hash(school.pk, one.identity) for one in listed}
    known = set(school.students.exclude(external_id_hash="").values_list("external_id_hash", flat=True))
    found = [Found(one, by_hash[hashes[one.identity]]) for one in listed if hashes[one.identity] in by_hash]
    others = [one for one in listed if hashes[one.identity] not in by_hash]
    strangers = [one for one in others if hashes[one.identity] not in known]
    there = {one.student.pk for one in found}
    absent = sorted((one for pk, one in students.items() if pk not in there), key=lambda one: one.sort_name)
    return WhoIsWho(
        tuple(found),
        tuple(strangers),
        len(others) - len(strangers),
        tuple(one for one in absent if one.external_id_hash),
        tuple(one for one in absent if not one.external_id_hash),
    )


def school_marks(
    class_group: ClassGroup, works: Sequence[ClassWork], found: Sequence[Found], columns: Sequence[str]
) -> list[list[str]]:
    """The headings and a row for everybody who was found; `columns` are keys of OF_EVERYBODY and OF_EACH_PRACTICE."""
    first = [name for name in OF_EVERYBODY if name in columns]
    each = [name for name in OF_EACH_PRACTICE if name in columns]
    heading = [_("Number"), *(str(OF_EVERYBODY[name]) for name in first)]
    heading += [_heading(work, name, is_alone=len(works) == 1) for work in works for name in each]
    rows = [{row.student.pk: row for row in work.rows} for work in works]
    return [heading, *(_row(class_group, one, rows, first, each) for one in found)]


def _heading(work: ClassWork, name: str, *, is_alone: bool) -> str:
    label = str(OF_EACH_PRACTICE[name])
    return label if is_alone else f"{work.given.practice}: {label}"


def _row(
    class_group: ClassGroup,
    one: Found,
    works: Sequence[Mapping[int, Work]],
    first: Sequence[str],
    each: Sequence[str],
) -> list[str]:
    """The name as the list writes it; a pasted number may come without one."""
    has_name = bool(one.listed.surnames or one.listed.given_name)
    said = {
        "surnames": one.listed.surnames if has_name else one.student.surnames,
        "given_name": one.listed.given_name if has_name else one.student.given_name,
        "class": str(class_group),
        "alias": one.student.alias,
    }
    cells = [one.listed.written, *(said[name] for name in first)]
    for rows in works:
        facts = _facts(rows.get(one.student.pk))
        cells += [facts.get(name, "") for name in each]
    return cells


def _facts(work: Work | None) -> dict[str, str]:
    """Nothing where the practice is not for this student."""
    if work is None:
        return {}
    mark = work.assessment.mark if work.assessment else None
    at = work.counted.handed_in_at if work.counted else None
    return {
        "mark": decimal_comma(mark) if mark is not None else "",
        "state": str(_STATES[work.state]),
        "handed_in": timezone.localtime(at).strftime("%d/%m/%Y %H:%M") if at else "",
        "comment": work.assessment.comment if work.assessment else "",
    }

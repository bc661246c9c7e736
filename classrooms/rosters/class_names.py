"""What a list calls a class, and what the school calls it: "1SMR" and "1º SMR" are one."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from classrooms.rosters.comparison import ClassPlace
from classrooms.rosters.headings import folded
from classrooms.rosters.rows import RosterRow

# What the school said before: a class by its own name, None to leave its lines out.
Meanings = Mapping[ClassPlace, ClassPlace | None]


def with_school_names(
    rows: Iterable[RosterRow], classes: Collection[ClassPlace], meanings: Meanings
) -> list[RosterRow]:
    """The rows, each class as the school calls it. Lines that the school leaves out are not among them.

    A class that the school has under exactly this name is that class, whatever was said before.
    """
    rows = list(rows)
    known = {place: _meant(place, rows, classes, meanings) for place in places_of(rows)}
    named = [
        (row, known.get(ClassPlace(row.unit, row.course), ClassPlace(row.unit, row.course))) for row in rows
    ]
    return [replace(row, unit=place.unit, course=place.course) for row, place in named if place is not None]


def places_of(rows: Iterable[RosterRow]) -> set[ClassPlace]:
    """The classes that a list names."""
    return {ClassPlace(row.unit, row.course) for row in rows if row.unit}


def _meant(
    place: ClassPlace, rows: list[RosterRow], classes: Collection[ClassPlace], meanings: Meanings
) -> ClassPlace | None:
    if place in classes:
        return place
    if place in meanings:
        return meanings[place]
    return _same_but_for_spelling(place, rows, classes) or place


def _same_but_for_spelling(
    place: ClassPlace, rows: list[RosterRow], classes: Collection[ClassPlace]
) -> ClassPlace | None:
    """The one class that differs in accents, spaces, "º" and dashes only. Two courses of one name stay two."""
    alike = [one for one in classes if folded(one.unit) == folded(place.unit)]
    same_course = [one for one in alike if folded(one.course) == folded(place.course)]
    if len(same_course) == 1:
        return same_course[0]
    courses = {folded(other.course) for other in places_of(rows) if folded(other.unit) == folded(place.unit)}
    one_can_be_meant = len(alike) == len(courses) == 1 and not (alike[0].course and place.course)
    return alike[0] if one_can_be_meant else None


def likely_renamed(
    rows: Iterable[RosterRow], unknown: Collection[ClassPlace], classes_of: Mapping[str, set[ClassPlace]]
) -> dict[ClassPlace, ClassPlace]:
    """Unknown classes most of whose people are in one class that the list does not name: that may be it, renamed.

    `classes_of` says where each person, by key, is now.
    """
    rows = list(rows)
    named, people = places_of(rows), defaultdict(set)
    for row in rows:
        people[ClassPlace(row.unit, row.course)].add(row.external_id)
    found = {}
    for place in unknown:
        counts: dict[ClassPlace, int] = defaultdict(int)
        for key in people[place]:
            for before in classes_of.get(key, set()) - named:
                counts[before] += 1
        best = max(sorted(counts), key=lambda one: counts[one], default=None)
        if best is not None and counts[best] * 2 > len(people[place]):
            found[place] = best
    return found

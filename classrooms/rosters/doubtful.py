"""What a list says twice, perhaps by mistake: a name without a number, a class in two spellings."""

from collections import defaultdict
from collections.abc import Iterable

from classrooms.rosters.comparison import ClassPlace
from classrooms.rosters.headings import folded
from classrooms.rosters.rows import RosterRow


def named_twice(rows: Iterable[RosterRow]) -> tuple[str, ...]:
    """Names that several lines without a number have: "García López, María", as the first of them writes it.

    Accents, capitals and spaces make no difference.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if not row.external_id:
            surnames = f"{row.first_surname} {row.second_surname}".strip()
            name = f"{surnames}, {row.given_name}"
            found[folded(name)].append(name)
    return tuple(names[0] for names in found.values() if len(names) > 1)


def spelt_twice(places: Iterable[ClassPlace]) -> tuple[tuple[str, ...], ...]:
    """Classes whose names differ in accents, spaces, "º" and dashes only: ("1DAW", "1º DAW")."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for place in places:
        found[folded(place.unit), folded(place.course)].add(place.unit)
    return tuple(tuple(sorted(names)) for names in found.values() if len(names) > 1)

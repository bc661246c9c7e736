"""Class lists that are tables: which field stands under which heading. One file per administration."""

from collections.abc import Mapping
from dataclasses import dataclass

from classrooms.rosters.headings import folded


@dataclass(frozen=True)
class TableFormat:
    """A table with headings; `headings` are the names of each field's column, the usual one first.

    Fields are external_id, list_name ("Surnames, Given name"), given_name, first_surname, second_surname, unit,
    course, state and school_year. A column that stands for none of them is dropped while the lines are split.

    `needed` are alternatives that must be there: each entry is a set of fields of which all, or of the next
    in the same entry all, are needed.
    """

    name: str
    headings: Mapping[str, tuple[str, ...]]
    needed: tuple[tuple[frozenset[str], ...], ...]

    def field_of(self, heading: str) -> str | None:
        """The field that a heading stands for, None for a column to drop."""
        word = folded(heading)
        return next((name for name, words in self.headings.items() if word in map(folded, words)), None)

    def missing(self, found: set[str]) -> list[str]:
        """Usual headings of what is needed and not there."""
        lacking = [ways for ways in self.needed if not any(way <= found for way in ways)]
        return [self.headings[name][0] for ways in lacking for name in sorted(ways[0] - found)]

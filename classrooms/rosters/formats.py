"""Class lists that are tables: which field stands under which heading. One file per administration."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from classrooms.rosters.headings import folded

IdentifiedBy = Literal["number", "account", "portal", "nothing"]


def as_it_is(cells: dict[str, str]) -> dict[str, str]:
    """Cells that need no translation."""
    return cells


@dataclass(frozen=True)
class TableFormat:
    """A table with headings; `headings` are the names of each field's column, the usual one first.

    Fields are those of `fields.FIELDS` and what `adapt` needs besides. A column that stands for none of them is
    dropped while the lines are split. `adapt` makes of a line's cells those that all formats share, None of a line
    that is no student.

    `needed` are alternatives that must be there: each entry is a set of fields of which all, or of the next
    in the same entry all, are needed. `identified_by` says what `external_id` is: the school's "number" for a person,
    an "account" of another system, or what the "portal" calls the person in lists that it wrote itself. `refused_as` is
    the reason why such a table is no class list.
    """

    name: str
    headings: Mapping[str, tuple[str, ...]]
    needed: tuple[tuple[frozenset[str], ...], ...]
    adapt: Callable[[dict[str, str]], dict[str, str] | None] = as_it_is
    identified_by: IdentifiedBy = "number"
    refused_as: str = ""

    def field_of(self, heading: str) -> str | None:
        """The field that a heading stands for, None for a column to drop."""
        return self._field_of_word.get(folded(heading))

    @cached_property
    def _field_of_word(self) -> dict[str, str]:
        return {folded(word): name for name, words in self.headings.items() for word in words}

    def missing(self, found: set[str]) -> list[str]:
        """Usual headings of what is needed and not there."""
        lacking = [ways for ways in self.needed if not any(way <= found for way in ways)]
        return [self.headings[name][0] for ways in lacking for name in sorted(ways[0] - found)]


def all_of(*fields: str) -> tuple[tuple[frozenset[str], ...], ...]:
    """`needed` of a format that has no alternatives."""
    return tuple((frozenset({name}),) for name in fields)

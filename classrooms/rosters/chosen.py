"""Which of the changes that a class list would make a person wants."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from classrooms.rosters.comparison import (
    ClassPlace,
    KnownEnrolment,
    MovedStudent,
    NewEnrolment,
    PersonName,
    RosterComparison,
)
from classrooms.rosters.rows import RosterRow

# Groups that change something without a question: all of each unless somebody says otherwise.
GROUPS = ("new", "moved", "returning", "corrected", "left")


@dataclass(frozen=True)
class Chosen:
    """By group, the numbers of what is not wanted, None where nothing of the group is. Everything else is wanted, also
    what comes into a group only by an answer that is given in the same moment.

    A number is the line of the list; of those who left it is the id of their enrolment.
    """

    left_out: Mapping[str, frozenset[int] | None] = field(default_factory=dict)

    def takes(self, group: str, number: int) -> bool:
        without = self.left_out.get(group, frozenset())
        return without is not None and number not in without


EVERYTHING = Chosen()


def only_chosen(
    found: RosterComparison, chosen: Chosen, enrolment_ids: Mapping[tuple[str, ClassPlace], int]
) -> RosterComparison:
    """The same comparison without the changes that nobody wants.

    Who keeps the old name keeps it in another class too.
    """
    old_names = {
        one.student_key: one.before for one in found.corrected if not chosen.takes("corrected", one.line)
    }
    return replace(
        found,
        new=[_new(one, old_names) for one in found.new if chosen.takes("new", one.row.line)],
        moved=[_moved(one, old_names) for one in found.moved if chosen.takes("moved", one.row.line)],
        returning=[_named(row, old_names) for row in found.returning if chosen.takes("returning", row.line)],
        corrected=[one for one in found.corrected if chosen.takes("corrected", one.line)],
        left=[one for one in found.left if chosen.takes("left", _id(one, enrolment_ids))],
    )


def _id(one: KnownEnrolment, ids: Mapping[tuple[str, ClassPlace], int]) -> int:
    return ids[one.student_key, one.place]


def _new(one: NewEnrolment, old_names: Mapping[str, PersonName]) -> NewEnrolment:
    return replace(one, row=_named(one.row, old_names))


def _moved(one: MovedStudent, old_names: Mapping[str, PersonName]) -> MovedStudent:
    return replace(one, row=_named(one.row, old_names))


def _named(row: RosterRow, old_names: Mapping[str, PersonName]) -> RosterRow:
    name = old_names.get(row.external_id)
    if name is None:
        return row
    return replace(
        row,
        given_name=name.given_name,
        first_surname=name.first_surname,
        second_surname=name.second_surname,
    )

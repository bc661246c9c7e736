"""Lines of a class list that did not go in, as a person may correct them on the page."""

from dataclasses import dataclass

from classrooms.models import RosterImport, User
from classrooms.queries.roster import classes_to_choose
from classrooms.rosters.comparison import ClassPlace
from classrooms.rosters.rows import RefusedLine

# Whoever has more of them corrects the list itself.
MOST_CORRECTED = 50


@dataclass(frozen=True)
class LineToCorrect:
    """What could be read of a line. `needs_number`: the one of the list will not do, or is missing."""

    read: RefusedLine
    needs_number: bool

    @property
    def place(self) -> ClassPlace:
        return ClassPlace(self.read.unit, self.read.course)


def lines_to_correct(roster_import: RosterImport) -> dict[int, LineToCorrect]:
    """By line; only of those that are among the errors still."""
    wrong = {error["line"] for error in roster_import.errors}
    lines = [RefusedLine(**one) for one in roster_import.refused if one["line"] in wrong]
    has_numbers = roster_import.summary.get("identified_by", "number") in ("number", "account")
    return {
        one.line: LineToCorrect(one, has_numbers and not one.external_id) for one in lines[:MOST_CORRECTED]
    }


def places_to_choose(roster_import: RosterImport, by: User | None) -> list[ClassPlace]:
    """Classes of the school that this person may fill, and those that the list makes."""
    classes = {ClassPlace(one.name, one.course) for one in classes_to_choose(roster_import, by)}
    lines = [*roster_import.rows, *roster_import.refused]
    listed = {ClassPlace(row["unit"], row["course"]) for row in lines if row["unit"]}
    return sorted(classes | listed)

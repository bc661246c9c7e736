"""A line that did not go in, as a person has corrected it: checked as any other line."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from classrooms.rosters.check import Checker
from classrooms.rosters.formats import IdentifiedBy
from classrooms.rosters.records import Record
from classrooms.rosters.rows import EnrolmentState, RosterError, RosterRow


@dataclass(frozen=True)
class Correction:
    """What a person wrote for one line. `external_id` is blank where the line had a good one."""

    line: int
    external_id: str = field(repr=False)
    given_name: str
    first_surname: str
    second_surname: str
    unit: str
    course: str
    state: str = ""


@dataclass(frozen=True)
class Corrected:
    """The row, with what has still to be asked about it; or why it is none."""

    row: RosterRow | None
    error: RosterError | None


def corrected(
    correction: Correction,
    *,
    identified_by: IdentifiedBy,
    school_year: int,
    answers: Mapping[str, EnrolmentState],
) -> Corrected:
    """`identified_by` is "nothing" where the line's own number is good."""
    checker = Checker(
        names={},
        default_year=school_year,
        latest_year=school_year,
        answers=answers,
        identified_by=identified_by,
    )
    cells = {
        "external_id": correction.external_id,
        "given_name": correction.given_name,
        "first_surname": correction.first_surname,
        "second_surname": correction.second_surname,
        "unit": correction.unit,
        "course": correction.course,
        "state": correction.state,
    }
    record = Record(correction.line, cells)
    checked = checker.check(record)
    if isinstance(checked, RosterError):
        return Corrected(None, checked)
    return Corrected(checked, checker.question_of(checked, record))

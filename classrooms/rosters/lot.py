"""What the records of a file came to, all academic years together."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from classrooms.academic_years import find_academic_year
from classrooms.rosters.check import Checker, clean
from classrooms.rosters.records import NO_STUDENT, Record
from classrooms.rosters.rows import RefusedLine, RosterError, RosterRow


@dataclass(frozen=True)
class Refused:
    """A line that is no row, with what could be read of it."""

    error: RosterError
    line: RefusedLine
    school_year: int | None


@dataclass
class Lot:
    """Rows, refused lines, and the questions about rows by their line."""

    rows: list[RosterRow] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    questions: dict[int, RosterError] = field(default_factory=dict)
    skipped: int = 0

    def rows_of(self, year: int) -> list[RosterRow]:
        return [row for row in self.rows if row.school_year == year]

    def refused_of(self, year: int) -> list[Refused]:
        """Those of the year, and those that do not say theirs. Nobody asks about errors of years ago."""
        return [one for one in self.refused if one.school_year in (year, None)]

    def questions_about(self, rows: Iterable[RosterRow]) -> list[RosterError]:
        return [self.questions[row.line] for row in rows if row.line in self.questions]


def check_all(records: Iterable[Record], checker: Checker) -> Lot:
    """Each record checked, those that are no students counted."""
    lot = Lot()
    for record in records:
        if record.trouble == NO_STUDENT:
            lot.skipped += 1
        else:
            _put(lot, record, checker)
    return lot


def _put(lot: Lot, record: Record, checker: Checker) -> None:
    checked = checker.check(record)
    if isinstance(checked, RosterError):
        lot.refused.append(_refused(checked, record, checker))
        return
    lot.rows.append(checked)
    if question := checker.question_of(checked, record):
        lot.questions[checked.line] = question


def _refused(error: RosterError, record: Record, checker: Checker) -> Refused:
    year = find_academic_year(clean(record.cells.get("school_year", "")))
    return Refused(error, checker.refused(record), None if error.reason == "odd_year" else year)

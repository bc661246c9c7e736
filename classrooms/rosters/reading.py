"""From the bytes of a file to a class list: encoding, separator, heading line and format are found out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from classrooms.academic_years import academic_year_of, find_academic_year, label
from classrooms.rosters.check import Checker, clean
from classrooms.rosters.encodings import decode
from classrooms.rosters.newest import ids_with_two_names, one_for_each_enrolment, with_one_spelling, years_of
from classrooms.rosters.rows import (
    EnrolmentState,
    RosterError,
    RosterReading,
    RosterRow,
    RosterWarning,
    UnreadableRoster,
)
from classrooms.rosters.seneca import REG_ALUM
from classrooms.rosters.signatures import refuse_what_is_no_text
from classrooms.rosters.tables import NO_STUDENT, Heading, Record, find_heading, lines_of, records_of

TABLE_FORMATS = (REG_ALUM,)
_WITHOUT = {"state": "no_state_column", "school_year": "no_year_column", "course": "no_course_column"}


def read_roster(
    data: bytes,
    *,
    today: date,
    encoding: str | None = None,
    separator: str | None = None,
    school_year: int | None = None,
    answers: Mapping[str, EnrolmentState] | None = None,
) -> RosterReading:
    """A class list as it was understood. Nothing is written, and what must not be kept is already gone.

    `encoding` (a key of `encodings.DECODERS`) and `separator` are a person's choice, None finds out.
    `school_year` None takes the newest in the list. `answers` says what a school's own words for the state of
    an enrolment mean. Raises UnreadableRoster with a reason where the file as a whole is no class list.
    """
    refuse_what_is_no_text(data)
    decoded = decode(data, encoding)
    lines = lines_of(decoded.text)
    heading = _heading(lines, separator, is_spoilt=decoded.warning == "spoilt_letters")
    checker = Checker(heading.names, academic_year_of(today), academic_year_of(today) + 1, answers or {})
    lot = _check(records_of(lines, heading), checker)
    years = years_of(lot.rows)
    year = school_year if school_year is not None else max(years, default=checker.default_year)
    of_year = [row for row in lot.rows if row.school_year == year]
    enrolments = one_for_each_enrolment(of_year)
    rows, clashes = _without_clashes(enrolments, checker)
    repeated = len(of_year) - len(enrolments)
    refused = [one for one in lot.refused if one.school_year in (year, None)]
    errors = [*(one.error for one in refused), *_questions(rows, lot), *clashes]
    named = {one.external_id for one in refused if one.external_id} | {row.external_id for row in enrolments}
    return RosterReading(
        format_name=heading.table_format.name,
        encoding=decoded.encoding,
        separator=heading.separator,
        heading_line=heading.line,
        school_year=year,
        years=tuple(sorted(years)),
        rows=tuple(rows),
        errors=tuple(sorted(errors, key=lambda error: error.line)),
        warnings=tuple(_warnings(lot, heading, year=year, of_letters=decoded.warning, repeated=repeated)),
        dropped_columns=heading.dropped,
        unread_ids=frozenset(named - {row.external_id for row in rows}),
    )


def _heading(lines: Sequence[str], separator: str | None, *, is_spoilt: bool) -> Heading:
    try:
        return find_heading(lines, TABLE_FORMATS, separator)
    except UnreadableRoster as trouble:
        if is_spoilt:  # "NÂº Id. Escolar" is there, only nobody recognizes it
            raise UnreadableRoster("spoilt_headings") from trouble
        raise


@dataclass(frozen=True)
class _Refused:
    """A line that is no row, with what could be read of it."""

    error: RosterError
    external_id: str
    school_year: int | None


@dataclass
class _Lot:
    """What the records of a file came to, all years together."""

    rows: list[RosterRow] = field(default_factory=list)
    refused: list[_Refused] = field(default_factory=list)
    questions: dict[int, RosterError] = field(default_factory=dict)
    skipped: int = 0


def _check(records: Iterable[Record], checker: Checker) -> _Lot:
    lot = _Lot()
    for record in records:
        if record.trouble == NO_STUDENT:
            lot.skipped += 1
            continue
        checked = checker.check(record)
        if isinstance(checked, RosterError):
            lot.refused.append(_refused(checked, record))
            continue
        lot.rows.append(checked)
        if question := checker.question_of(checked, record):
            lot.questions[checked.line] = question
    return lot


def _refused(error: RosterError, record: Record) -> _Refused:
    cells = {name: clean(record.cells.get(name, "")) for name in ("external_id", "school_year")}
    year = None if error.reason == "odd_year" else find_academic_year(cells["school_year"])
    return _Refused(error, cells["external_id"], year)


def _questions(rows: Iterable[RosterRow], lot: _Lot) -> list[RosterError]:
    return [lot.questions[row.line] for row in rows if row.line in lot.questions]


def _without_clashes(
    rows: Sequence[RosterRow], checker: Checker
) -> tuple[list[RosterRow], list[RosterError]]:
    clashing = ids_with_two_names(rows)
    column = checker.names["external_id"]
    errors = [
        RosterError(row.line, column, "", "id_with_two_names") for row in rows if row.external_id in clashing
    ]
    return with_one_spelling([row for row in rows if row.external_id not in clashing]), errors


def _warnings(
    lot: _Lot, heading: Heading, *, year: int, of_letters: str, repeated: int
) -> list[RosterWarning]:
    found = [RosterWarning(of_letters)] if of_letters else []
    others = {other: count for other, count in years_of(lot.rows).items() if other != year}
    if others:
        years = ", ".join(label(other) for other in sorted(others))
        found.append(RosterWarning("other_years_left_out", sum(others.values()), years))
    if repeated:
        found.append(RosterWarning("repeated_lines", repeated))
    if lot.skipped:
        found.append(RosterWarning("lines_skipped", lot.skipped))
    absent = [reason for name, reason in _WITHOUT.items() if name not in heading.columns]
    return found + [RosterWarning(reason, years=label(year)) for reason in absent]

"""From the bytes of a file to a class list: encoding, separator, heading line and format are found out."""

from collections.abc import Mapping
from datetime import date

from classrooms.academic_years import academic_year_of, label
from classrooms.rosters.check import Checker
from classrooms.rosters.choices import FIND_OUT, Choices
from classrooms.rosters.lot import Lot, check_all
from classrooms.rosters.newest import (
    ids_with_two_names,
    one_for_each_enrolment,
    one_for_each_name,
    with_one_spelling,
    years_of,
)
from classrooms.rosters.opening import open_source
from classrooms.rosters.records import Source
from classrooms.rosters.rows import (
    EnrolmentState,
    RefusedLine,
    RosterError,
    RosterReading,
    RosterRow,
    RosterWarning,
    UnreadableRoster,
)

# The largest schools have some 150. Each is made by itself while others wait for the database.
MOST_CLASSES = 1000
_WITHOUT = {"state": "no_state_column", "school_year": "no_year_column", "course": "no_course_column"}
_WORDS = {EnrolmentState.ACTIVE: "", EnrolmentState.LEFT: "Baja", EnrolmentState.UNCLEAR: ""}
_NOT_BY_NUMBER = {"nothing": "nobody_has_a_number", "account": "only_accounts"}


def read_roster(
    data: bytes,
    *,
    today: date,
    choices: Choices = FIND_OUT,
    school_year: int | None = None,
    answers: Mapping[str, EnrolmentState] | None = None,
) -> RosterReading:
    """A class list as it was understood. Nothing is written, and what must not be kept is already gone.

    `choices` are a person's. `school_year` None takes the newest in the list. `answers` says what a school's own words
    for the state of an enrolment mean. Raises UnreadableRoster with a reason where the file as a whole is no class
    list.
    """
    source = open_source(data, choices)
    this_year = academic_year_of(today)
    lot = check_all(source.records, _checker(source, choices, this_year, answers or {}))
    year = school_year if school_year is not None else max(years_of(lot.rows), default=this_year)
    return _reading_of(source, lot, year)


def _checker(
    source: Source, choices: Choices, this_year: int, answers: Mapping[str, EnrolmentState]
) -> Checker:
    return Checker(
        names=source.names,
        default_year=this_year,
        latest_year=this_year + 1,
        answers=answers,
        identified_by=source.identified_by,
        unit=" ".join(choices.unit.split()),
        course=" ".join(choices.course.split()),
    )


def _reading_of(source: Source, lot: Lot, year: int) -> RosterReading:
    of_year, refused = lot.rows_of(year), lot.refused_of(year)
    enrolments = one_for_each_enrolment(of_year)
    if len({(row.unit, row.course) for row in enrolments}) > MOST_CLASSES:
        raise UnreadableRoster("too_many_classes", classes=MOST_CLASSES)
    in_doubt = ids_with_two_names([row for row in of_year if row.state is not EnrolmentState.LEFT])
    in_doubt |= ids_with_two_names(enrolments)
    clashing = one_for_each_name(row for row in of_year if row.external_id in in_doubt)
    rows = with_one_spelling([row for row in enrolments if row.external_id not in in_doubt])
    lines = [*(one.line for one in refused), *(_to_correct(row, lot) for row in clashing)]
    column = source.names.get("external_id", source.names.get("email", ""))
    clashes = [RosterError(row.line, column, "", "id_with_two_names") for row in clashing]
    errors = [*(one.error for one in refused), *lot.questions_about(rows), *clashes]
    named = {one.external_id for one in lines if one.external_id} | {row.external_id for row in enrolments}
    return RosterReading(
        format_name=source.format_name,
        encoding=source.encoding,
        separator=source.separator,
        heading_line=source.heading_line,
        school_year=year,
        years=tuple(sorted(years_of(lot.rows))),
        rows=tuple(rows),
        errors=tuple(sorted(errors, key=lambda error: error.line)),
        warnings=tuple(_warnings(source, lot, year=year, repeated=len(of_year) - len(enrolments))),
        dropped_columns=source.dropped_columns,
        unread_ids=frozenset(named - {row.external_id for row in rows}),
        identified_by=source.identified_by,
        sheet=source.sheet,
        refused=tuple(sorted(lines, key=lambda one: one.line)),
    )


def _to_correct(row: RosterRow, lot: Lot) -> RefusedLine:
    """Of two people with one number nobody knows whose it is: it has to be written again."""
    question = lot.questions.get(row.line)
    word = question.value if question else _WORDS[row.state]
    names = (row.given_name, row.first_surname, row.second_surname)
    return RefusedLine(row.line, "", *names, row.unit, row.course, word)


def _warnings(source: Source, lot: Lot, *, year: int, repeated: int) -> list[RosterWarning]:
    found = [RosterWarning(source.warning)] if source.warning else []
    others = {other: count for other, count in years_of(lot.rows).items() if other != year}
    if others:
        years = ", ".join(label(other) for other in sorted(others))
        found.append(RosterWarning("other_years_left_out", sum(others.values()), years))
    if repeated:
        found.append(RosterWarning("repeated_lines", repeated))
    if lot.skipped:
        found.append(RosterWarning("lines_skipped", lot.skipped))
    absent = [reason for name, reason in _WITHOUT.items() if name not in source.names]
    found += [RosterWarning(reason, years=label(year)) for reason in absent]
    if "full_name" in source.names:
        found.append(RosterWarning("names_were_parted", len(lot.rows)))
    weak = _NOT_BY_NUMBER.get(source.identified_by)
    return [*found, RosterWarning(weak)] if weak else found

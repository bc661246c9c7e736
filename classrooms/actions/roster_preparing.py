"""Class lists as they come in: read, without what this person may not change, and kept as a question."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from classrooms.academic_years import first_day
from classrooms.aliases import number_of
from classrooms.identity import external_id_hash
from classrooms.models import ClassGroup, RosterImport, School, User
from classrooms.queries.roster import class_markers, closed_classes, stored
from classrooms.queries.roster_decisions import key_of_student
from classrooms.queries.roster_meanings import class_meanings, kept_columns
from classrooms.rosters.choices import FIND_OUT, Choices
from classrooms.rosters.class_names import with_school_names
from classrooms.rosters.comparison import ClassPlace
from classrooms.rosters.courses import with_known_courses
from classrooms.rosters.reading import read_roster
from classrooms.rosters.rows import EnrolmentState, RefusedLine, RosterReading, RosterRow

# A list that nobody confirms is not kept for ever: it holds names.
WAITS = timedelta(days=7)
# What stands before the portal's own word for a person.
_SIGN = "portal:"


def prepare_import(
    *,
    school: School,
    data: bytes,
    file_name: str = "",
    by: User | None,
    academic_year: int | None = None,
    choices: Choices = FIND_OUT,
) -> RosterImport:
    """The list as it was understood, waiting for confirmation. Nothing else is written, the file is not kept.

    `academic_year` None takes the newest of the list, `choices` are what a person says about the file.
    Without `by` any class may be brought in.
    Raises UnreadableRoster.
    """
    # Before the transaction: a large list takes seconds to read, and with SQLite nobody else would write meanwhile.
    reading = read_roster(
        data,
        today=first_day(academic_year) if academic_year else timezone.localdate(),
        choices=replace(choices, kept=kept_columns(school)),
        school_year=academic_year,
        answers={word: EnrolmentState(state) for word, state in school.enrolment_words.items()},
    )
    return _keep(reading, school=school, by=by, file_name=file_name)


@transaction.atomic
def _keep(reading: RosterReading, *, school: School, by: User | None, file_name: str) -> RosterImport:
    waiting = school.roster_imports.filter(state=RosterImport.State.WAITING)
    waiting.filter(created_at__lt=timezone.now() - WAITS).delete()
    closed = closed_classes(school, reading.school_year, by)
    reading = _as_the_school_calls_it(reading, school)
    rows = [row for row in reading.rows if (row.unit, row.course) not in closed]
    keys = _keys(reading, school)
    return RosterImport.objects.create(
        school=school,
        file_name=file_name[:200],
        format_name=reading.format_name,
        encoding=reading.encoding,
        academic_year=reading.school_year,
        rows=[stored(replace(row, external_id=keys.get(row.external_id, ""))) for row in rows],
        errors=[asdict(error) for error in reading.errors],
        refused=[
            asdict(replace(line, external_id=keys.get(line.external_id, "")))
            for line in reading.refused
            if (line.unit, line.course) not in closed
        ],
        summary=_summary(reading, keys, closed),
        uploaded_by=by,
    )


def _as_the_school_calls_it(reading: RosterReading, school: School) -> RosterReading:
    """Before classes are left out: a list that writes a class otherwise, or without its course, means the one there is.

    People of classes that the school leaves out are in the list all the same, so they are not missing.
    """
    classes = school.class_groups.filter(academic_year=reading.school_year)
    rows = _named(reading.rows, school, classes)
    refused = {line.line: line for line in reading.refused}
    # Beside the others, for their courses say which class is meant, but without a say in what the others mean.
    beside = [*reading.rows, *(_as_a_row(line, reading.school_year) for line in reading.refused)]
    lines = [
        replace(refused[row.line], unit=row.unit, course=row.course)
        for row in (_named(beside, school, classes) if refused else ())
        if row.line in refused
    ]
    left_out = {row.external_id for row in reading.rows} - {row.external_id for row in rows} - {""}
    return replace(reading, rows=tuple(rows), refused=tuple(lines), unread_ids=reading.unread_ids | left_out)


def _named(rows: Sequence[RosterRow], school: School, classes: QuerySet[ClassGroup]) -> list[RosterRow]:
    """The rows with the school's names of its classes, without those of classes that it leaves out."""
    places = {ClassPlace(one.name, one.course) for one in classes}
    return with_known_courses(with_school_names(rows, places, class_meanings(school)), class_markers(classes))


def _as_a_row(line: RefusedLine, year: int) -> RosterRow:
    """So that its class is named as those of the others."""
    names = (line.given_name, line.first_surname, line.second_surname)
    return RosterRow(
        line.line, line.external_id, *names, line.unit, line.course, EnrolmentState.UNCLEAR, year
    )


def _keys(reading: RosterReading, school: School) -> dict[str, str]:
    """By each number of the list the key under which its person is kept; a sign of the portal that is nobody's has none."""
    numbers = {row.external_id for row in reading.rows} | {line.external_id for line in reading.refused}
    numbers |= reading.unread_ids
    keys = {number: external_id_hash(school.pk, number) for number in numbers if not number.startswith(_SIGN)}
    signs = [number.removeprefix(_SIGN) for number in numbers if number.startswith(_SIGN)]
    ids = {found for sign in signs if (found := number_of(sign)) is not None}
    known = school.students.filter(pk__in=ids) if ids else ()
    return keys | {_SIGN + one.alias: key_of_student(one) for one in known} | {"": ""}


def _summary(
    reading: RosterReading, keys: dict[str, str], closed: dict[tuple[str, str], str]
) -> dict[str, Any]:
    left_out = {(row.unit, row.course) for row in reading.rows} & set(closed)
    return {
        "separator": reading.separator,
        "sheet": reading.sheet,
        "identified_by": reading.identified_by,
        "heading_line": reading.heading_line,
        "years": list(reading.years),
        "warnings": [asdict(warning) for warning in reading.warnings],
        "dropped_columns": list(reading.dropped_columns),
        "unread_ids": sorted({keys.get(number, "") for number in reading.unread_ids} - {""}),
        "left_out": [[*place, closed[place]] for place in sorted(left_out)],
    }

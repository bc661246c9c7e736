"""Class lists: read and kept as a question, carried out in one transaction, or dropped."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from classrooms import signals
from classrooms.academic_years import first_day
from classrooms.actions import audit
from classrooms.actions.enrolling import Enroller
from classrooms.actions.refusals import ImportNotWaiting
from classrooms.actions.schools import explain_enrolment_words
from classrooms.identity import external_id_hash
from classrooms.models import ClassGroup, RosterImport, School, User
from classrooms.queries.roster import (
    Answers,
    class_markers,
    classes_to_choose,
    compare_import,
    questions_of,
    rows_without_class,
    stored,
)
from classrooms.rosters.comparison import ClassPlace
from classrooms.rosters.courses import with_known_courses
from classrooms.rosters.reading import read_roster
from classrooms.rosters.rows import EnrolmentState, RosterReading, RosterRow

# A list that nobody confirms is not kept for ever: it holds names.
WAITS = timedelta(days=7)


@dataclass(frozen=True)
class RosterOutcome:
    """How many enrolments (`corrected`: people) were changed, and how many rows were not understood."""

    new: int = 0
    unchanged: int = 0
    corrected: int = 0
    moved: int = 0
    returning: int = 0
    left: int = 0
    bad: int = 0

    @property
    def changed(self) -> int:
        return self.new + self.corrected + self.moved + self.returning + self.left


@transaction.atomic
def prepare_import(
    *,
    school: School,
    data: bytes,
    file_name: str = "",
    by: User | None,
    academic_year: int | None = None,
    encoding: str | None = None,
) -> RosterImport:
    """The list as it was understood, waiting for confirmation. Nothing else is written, the file is not kept.

    `academic_year` None takes the newest of the list. Without `by` any class may be brought in.
    Raises UnreadableRoster.
    """
    reading = read_roster(
        data,
        today=first_day(academic_year) if academic_year else timezone.localdate(),
        encoding=encoding,
        school_year=academic_year,
        answers={word: EnrolmentState(state) for word, state in school.enrolment_words.items()},
    )
    waiting = school.roster_imports.filter(state=RosterImport.State.WAITING)
    waiting.filter(created_at__lt=timezone.now() - WAITS).delete()
    closed = _closed_classes(school, reading.school_year, by)
    reading = _with_known_courses(reading, school)
    rows = [row for row in reading.rows if (row.unit, row.course) not in closed]
    return RosterImport.objects.create(
        school=school,
        file_name=file_name[:200],
        format_name=reading.format_name,
        encoding=reading.encoding,
        academic_year=reading.school_year,
        rows=[stored(_without_number(row, school)) for row in rows],
        errors=[asdict(error) for error in reading.errors],
        summary=_summary(reading, school, closed),
        uploaded_by=by,
    )


@transaction.atomic
def carry_out(
    *,
    roster_import: RosterImport,
    by: User | None,
    leavers: Collection[int] = (),
    answers: Answers | None = None,
    placements: Mapping[int, int] | None = None,
) -> RosterOutcome:
    """Bring the list in, all of it or nothing. A second call changes nothing and gives the same outcome.

    `leavers` are enrolments apparently missing that a person says have left; `answers` explain words;
    `placements` give lines without a class the class with that id, and take nobody out of another one.
    Raises ImportNotWaiting when the list was dropped.
    """
    school = School.objects.select_for_update().get(pk=roster_import.school_id)
    roster_import.refresh_from_db()
    if roster_import.state == RosterImport.State.DONE:
        return RosterOutcome(**roster_import.summary["outcome"])
    if roster_import.state != RosterImport.State.WAITING:
        raise ImportNotWaiting(_("This class list was dropped. Upload it again."))
    answers = _only_asked(roster_import, answers or {})
    explain_enrolment_words(school=school, words=answers)
    outcome = _enrol(
        roster_import,
        school=school,
        by=by,
        leavers=leavers,
        answers=answers,
        placements=placements or {},
    )
    _finish(roster_import, RosterImport.State.DONE, outcome=asdict(outcome))
    audit.record(
        school=school, actor=by, verb="roster.imported", about=roster_import.file_name, facts=asdict(outcome)
    )
    if outcome.changed:
        signals.roster_changed.send(sender=RosterImport, school=school, class_group=None)
    return outcome


@transaction.atomic
def drop_import(*, roster_import: RosterImport, by: User | None) -> None:
    """Forget a list that waits. Dropping twice, or after it was carried out, changes nothing."""
    roster_import.refresh_from_db()
    if roster_import.state != RosterImport.State.WAITING:
        return
    roster_import.errors = []
    _finish(roster_import, RosterImport.State.DROPPED)
    audit.record(school=roster_import.school, actor=by, verb="roster.dropped", about=roster_import.file_name)


def _enrol(
    roster_import: RosterImport,
    *,
    school: School,
    by: User | None,
    leavers: Collection[int],
    answers: Answers,
    placements: Mapping[int, int],
) -> RosterOutcome:
    compared = compare_import(roster_import, answers)
    found = compared.comparison
    enroller = Enroller(school, roster_import.academic_year, by)
    enroller.correct_names(found.corrected)
    enroller.enrol([*(one.row for one in found.new), *(one.row for one in found.moved), *found.returning])
    placed = _placed(roster_import, by, placements)
    already = {
        key
        for row in placed
        if (key := (row.external_id, ClassPlace(row.unit, row.course))) in compared.active
    }
    enroller.enrol(placed)
    roster_import.errors = [
        one for one in roster_import.errors if one["line"] not in {row.line for row in placed}
    ]
    gone = [compared.enrolment_id(one) for one in found.left]
    gone += [pk for one in found.missing if (pk := compared.enrolment_id(one)) in leavers]
    moved = [compared.enrolment_ids[one.row.external_id, one.from_class] for one in found.moved]
    enroller.withdraw([*gone, *moved])
    return RosterOutcome(
        new=len(found.new) + len(placed) - len(already),
        unchanged=len(found.unchanged) + len(already),
        corrected=len(found.corrected),
        moved=len(found.moved),
        returning=len(found.returning),
        left=len(gone),
        bad=len(roster_import.errors),
    )


def _placed(roster_import: RosterImport, by: User | None, placements: Mapping[int, int]) -> list[RosterRow]:
    """Rows without a class, with the one that a person chose for them; who was left out is not among them."""
    classes = classes_to_choose(roster_import, by).in_bulk(set(placements.values()))
    chosen = [(row, classes.get(placements.get(row.line, 0))) for row in rows_without_class(roster_import)]
    return [replace(row, unit=found.name, course=found.course) for row, found in chosen if found]


def _only_asked(roster_import: RosterImport, answers: Answers) -> Answers:
    """Answers to what this list asks: they are kept for the whole school, so no other words get in with them."""
    asked = {error["value"] for error in questions_of(roster_import)}
    return {word: state for word, state in answers.items() if word in asked}


def _finish(roster_import: RosterImport, state: str, **facts: Any) -> None:
    """The rows are people by now, so the list itself is forgotten."""
    roster_import.state, roster_import.rows = state, []
    roster_import.summary = {**roster_import.summary, **facts, "unread_ids": []}
    roster_import.finished_at = timezone.now()
    roster_import.save(update_fields=["state", "rows", "errors", "summary", "finished_at"])


def _closed_classes(school: School, year: int, by: User | None) -> dict[tuple[str, str], str]:
    """Classes that this person's list does not touch, and why: "archived", or "not_taught" by a teacher."""
    classes = school.class_groups.filter(academic_year=year)
    closed = {(one.name, one.course): "archived" for one in classes.filter(archived_at__isnull=False)}
    if by is not None:
        taught = ClassGroup.objects.taught_by(by).values("pk")
        others = classes.filter(archived_at__isnull=True).exclude(pk__in=taught)
        closed |= {(one.name, one.course): "not_taught" for one in others}
    return closed


def _with_known_courses(reading: RosterReading, school: School) -> RosterReading:
    """Before classes are left out: a list without courses means the class that is there."""
    classes = school.class_groups.filter(academic_year=reading.school_year)
    return replace(reading, rows=tuple(with_known_courses(reading.rows, class_markers(classes))))


def _without_number(row: RosterRow, school: School) -> RosterRow:
    return replace(row, external_id=external_id_hash(school.pk, row.external_id))


def _summary(reading: RosterReading, school: School, closed: dict[tuple[str, str], str]) -> dict[str, Any]:
    left_out = {(row.unit, row.course) for row in reading.rows} & set(closed)
    return {
        "separator": reading.separator,
        "heading_line": reading.heading_line,
        "years": list(reading.years),
        "warnings": [asdict(warning) for warning in reading.warnings],
        "dropped_columns": list(reading.dropped_columns),
        "unread_ids": sorted(external_id_hash(school.pk, number) for number in reading.unread_ids),
        "left_out": [[*place, closed[place]] for place in sorted(left_out)],
    }

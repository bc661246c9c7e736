"""Class lists that wait: carried out in one transaction, or dropped."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from classrooms import signals
from classrooms.actions import audit
from classrooms.actions.enrolling import Enroller
from classrooms.actions.refusals import ImportNotWaiting
from classrooms.actions.roster_meanings import remember_classes
from classrooms.actions.schools import explain_enrolment_words
from classrooms.models import Enrolment, RosterImport, School, User
from classrooms.queries.roster import (
    Answers,
    classes_to_choose,
    compare_import,
    decided_rows,
    questions_of,
    rows_without_class,
)
from classrooms.queries.roster_confirmed import Confirmed
from classrooms.queries.roster_decisions import UNDECIDED, Decisions
from classrooms.rosters.chosen import EVERYTHING, Chosen, only_chosen
from classrooms.rosters.comparison import ClassPlace
from classrooms.rosters.rows import RosterRow

_FINISHED = ["state", "rows", "errors", "refused", "summary", "confirmed", "claimed_until", "finished_at"]


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
def carry_out(
    *,
    roster_import: RosterImport,
    by: User | None,
    leavers: Collection[int] = (),
    answers: Answers | None = None,
    placements: Mapping[int, int] | None = None,
    decisions: Decisions = UNDECIDED,
    chosen: Chosen = EVERYTHING,
) -> RosterOutcome:
    """Bring the list in, all of it or nothing. A second call changes nothing and gives the same outcome.

    What a person may answer is explained at `Confirmed`. A chosen class takes nobody out of another one, and the school
    remembers what its classes are called in lists. Raises ImportNotWaiting when the list was dropped.
    """
    school = School.objects.select_for_update().get(pk=roster_import.school_id)
    roster_import.refresh_from_db()
    if roster_import.state == RosterImport.State.DONE:
        return RosterOutcome(**roster_import.summary["outcome"])
    if roster_import.state == RosterImport.State.DROPPED:
        raise ImportNotWaiting(_("This class list was dropped. Upload it again."))
    answers = _only_asked(roster_import, answers or {})
    explain_enrolment_words(school=school, words=answers)
    confirmed = Confirmed(leavers, answers, placements or {}, decisions, chosen)
    outcome, withdrawn = _enrol(roster_import, confirmed, school=school, by=by)
    _finish(roster_import, RosterImport.State.DONE, outcome=asdict(outcome))
    audit.record(
        school=school, actor=by, verb="roster.imported", about=roster_import.file_name, facts=asdict(outcome)
    )
    if outcome.changed:
        announced = _said(by, withdrawn) if withdrawn else None
        signals.roster_changed.send(sender=RosterImport, school=school, class_group=None, announced=announced)
    return outcome


def _said(by: User | None, withdrawn: Collection[int]) -> signals.Announced:
    """Whoever carried the list out has seen who leaves which class by it."""
    rows = Enrolment.objects.filter(pk__in=withdrawn).values_list("class_group", "student")
    groups, students = {group for group, _student in rows}, {student for _group, student in rows}
    return signals.Announced(
        "roster.imported",
        by.pk if by else None,
        class_group_ids=tuple(sorted(groups)),
        student_ids=tuple(sorted(students)),
    )


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
    roster_import: RosterImport, confirmed: Confirmed, *, school: School, by: User | None
) -> tuple[RosterOutcome, list[int]]:
    """How much was changed, and the enrolments that ended."""
    compared = compare_import(roster_import, dict(confirmed.answers), confirmed.decisions, by)
    remember_classes(roster_import, confirmed.decisions, by)
    found = only_chosen(compared.comparison, confirmed.chosen, compared.enrolment_ids)
    enroller = Enroller(school, roster_import.academic_year, by)
    enroller.correct_names(found.corrected)
    enroller.enrol([*(one.row for one in found.new), *(one.row for one in found.moved), *found.returning])
    placed = _placed(roster_import, by, confirmed.placements, confirmed.decisions)
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
    gone += [pk for one in found.missing if (pk := compared.enrolment_id(one)) in confirmed.leavers]
    moved = [compared.enrolment_ids[one.row.external_id, one.from_class] for one in found.moved]
    enroller.withdraw([*gone, *moved])
    outcome = RosterOutcome(
        new=len(found.new) + len(placed) - len(already),
        unchanged=len(found.unchanged) + len(already),
        corrected=len(found.corrected),
        moved=len(found.moved),
        returning=len(found.returning),
        left=len(gone),
        bad=len(roster_import.errors),
    )
    return outcome, [*gone, *moved]


def _placed(
    roster_import: RosterImport, by: User | None, placements: Mapping[int, int], decisions: Decisions
) -> list[RosterRow]:
    """Rows without a class, with the one that a person chose for them; who was left out is not among them."""
    classes = classes_to_choose(roster_import, by).in_bulk(set(placements.values()))
    rows = decided_rows(roster_import, rows_without_class(roster_import), decisions, by).rows
    chosen = [(row, classes.get(placements.get(row.line, 0))) for row in rows]
    return [replace(row, unit=found.name, course=found.course) for row, found in chosen if found]


def _only_asked(roster_import: RosterImport, answers: Answers) -> Answers:
    """Answers to what this list asks: they are kept for the whole school, so no other words get in with them."""
    asked = {error["value"] for error in questions_of(roster_import)}
    return {word: state for word, state in answers.items() if word in asked}


def _finish(roster_import: RosterImport, state: str, **facts: Any) -> None:
    """The rows are people by now, so the list itself is forgotten."""
    roster_import.state, roster_import.rows = state, []
    roster_import.refused, roster_import.confirmed, roster_import.claimed_until = [], {}, None
    roster_import.summary = {**roster_import.summary, **facts, "unread_ids": []}
    roster_import.finished_at = timezone.now()
    roster_import.save(update_fields=_FINISHED)

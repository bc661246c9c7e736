"""A class list that waits, beside what the school has."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import QuerySet

from classrooms.models import ClassGroup, Enrolment, RosterImport, School, User
from classrooms.queries.roster_decisions import (
    UNDECIDED,
    DecidedRows,
    Decisions,
    decide,
    is_by_number,
    is_of_the_portal,
    key_of_student,
)
from classrooms.rosters.compare import compare_roster
from classrooms.rosters.comparison import ClassPlace, KnownEnrolment, RosterComparison
from classrooms.rosters.rows import EnrolmentState, RosterRow

Answers = dict[str, str]


@dataclass(frozen=True)
class ComparedImport:
    """`enrolment_ids` finds the row of ours behind a known enrolment; `active` are those that have not ended."""

    comparison: RosterComparison
    enrolment_ids: dict[tuple[str, ClassPlace], int]
    active: frozenset[tuple[str, ClassPlace]]

    def enrolment_id(self, known: KnownEnrolment) -> int:
        return self.enrolment_ids[known.student_key, known.place]


def compare_import(
    roster_import: RosterImport,
    answers: Answers | None = None,
    decisions: Decisions = UNDECIDED,
    by: User | None = None,
) -> ComparedImport:
    """The stored rows beside today's enrolments of that year; `answers` explain words ("active", "left").

    Who was added by hand has no number of the school, so no list but the portal's own can say that they are missing;
    a list without numbers can say it of nobody. `by` may choose among the classes that are theirs.
    """
    by_number = is_by_number(roster_import)
    enrolments = Enrolment.objects.filter(
        class_group__school_id=roster_import.school_id,
        class_group__academic_year=roster_import.academic_year,
        class_group__archived_at__isnull=True,
    ).select_related("student", "class_group")
    if by_number:
        enrolments = enrolments.exclude(student__external_id_hash="")
    known = {one.pk: _known(one) for one in enrolments}
    decided = decided_rows(roster_import, rows_of(roster_import, answers or {}), decisions, by)
    # Since the list was read a class may have been archived, or be no longer this person's.
    closed = closed_classes(roster_import.school, roster_import.academic_year, by)
    rows = [row for row in decided.rows if (row.unit, row.course) not in closed]
    not_theirs = {row.external_id for row in decided.rows} - {row.external_id for row in rows}
    comparison = compare_roster(
        rows,
        [*known.values(), *class_markers(open_classes(roster_import))],
        unread_ids={*roster_import.summary.get("unread_ids", ()), *decided.left_alone, *not_theirs},
    )
    if not by_number and not is_of_the_portal(roster_import):
        comparison.missing.clear()
    return ComparedImport(
        comparison,
        {(one.student_key, one.place): pk for pk, one in known.items()},
        frozenset((one.student_key, one.place) for one in known.values() if one.is_active),
    )


def decided_rows(
    roster_import: RosterImport, rows: list[RosterRow], decisions: Decisions, by: User | None
) -> DecidedRows:
    """The rows with the answers about people and classes put in: see `decide`."""
    return decide(roster_import, rows, decisions, list(classes_to_choose(roster_import, by)))


def class_markers(classes: Iterable[ClassGroup]) -> list[KnownEnrolment]:
    """Nobody's enrolments: a class without students is known too, and a list without courses may mean it."""
    return [KnownEnrolment("", "", "", "", one.name, one.course, is_active=False) for one in classes]


def rows_of(roster_import: RosterImport, answers: Answers) -> list[RosterRow]:
    """The rows as they were stored (numbers already hashed), unclear ones with the answers put in."""
    words = {error["line"]: error["value"] for error in questions_of(roster_import)}
    rows = []
    for stored in roster_import.rows:
        state = EnrolmentState(stored["state"])
        if state is EnrolmentState.UNCLEAR:
            state = EnrolmentState(answers.get(words.get(stored["line"], ""), state))
        rows.append(RosterRow(**{**stored, "state": state}))
    return rows


def stored(row: RosterRow) -> dict[str, Any]:
    return asdict(row)


def questions_of(roster_import: RosterImport) -> list[dict[str, Any]]:
    return [error for error in roster_import.errors if error["reason"] == "unknown_state"]


def rows_without_class(roster_import: RosterImport) -> list[RosterRow]:
    """People in the list, in no class of it: a person may choose one."""
    rows = rows_of(roster_import, {})
    return [row for row in rows if row.state is EnrolmentState.ACTIVE and not row.unit]


def closed_classes(school: School, year: int, by: User | None) -> dict[tuple[str, str], str]:
    """Classes that this person's list does not touch, and why: "archived", or "not_taught" by a teacher."""
    classes = school.class_groups.filter(academic_year=year)
    closed = {(one.name, one.course): "archived" for one in classes.filter(archived_at__isnull=False)}
    if by is not None:
        taught = ClassGroup.objects.taught_by(by).values("pk")
        others = classes.filter(archived_at__isnull=True).exclude(pk__in=taught)
        closed |= {(one.name, one.course): "not_taught" for one in others}
    return closed


def classes_to_choose(roster_import: RosterImport, by: User | None) -> QuerySet[ClassGroup]:
    """Classes of the list's year that this person may fill; without `by` all."""
    classes = open_classes(roster_import)
    if by is None:
        return classes
    return classes.filter(pk__in=ClassGroup.objects.taught_by(by).values("pk"))


def _known(enrolment: Enrolment) -> KnownEnrolment:
    student, class_group = enrolment.student, enrolment.class_group
    return KnownEnrolment(
        student_key=key_of_student(student),
        given_name=student.given_name,
        first_surname=student.first_surname,
        second_surname=student.second_surname,
        unit=class_group.name,
        course=class_group.course,
        is_active=enrolment.left_on is None,
    )


def open_classes(roster_import: RosterImport) -> QuerySet[ClassGroup]:
    of_year = ClassGroup.objects.filter(academic_year=roster_import.academic_year)
    return of_year.filter(school_id=roster_import.school_id, archived_at__isnull=True)

"""A class list that waits, beside what the school has: what would change, and what has to be asked."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from classrooms.models import ClassGroup, Enrolment, RosterImport
from classrooms.rosters.compare import compare_roster
from classrooms.rosters.comparison import ClassPlace, KnownEnrolment, RosterComparison
from classrooms.rosters.reasons import REASONS
from classrooms.rosters.rows import EnrolmentState, RosterError, RosterRow, RosterWarning

Answers = dict[str, str]


@dataclass(frozen=True)
class ComparedImport:
    """`enrolment_ids` finds the row of ours behind a known enrolment."""

    comparison: RosterComparison
    enrolment_ids: dict[tuple[str, ClassPlace], int]

    def enrolment_id(self, known: KnownEnrolment) -> int:
        return self.enrolment_ids[known.student_key, known.place]


@dataclass(frozen=True)
class PlaceCounts:
    """What would become of one class. `is_new`: the list makes it."""

    unit: str
    course: str
    is_new: bool
    new: int
    unchanged: int
    moved: int
    returning: int
    left: int
    missing: int


@dataclass(frozen=True)
class BadRow:
    line: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True)
class Question:
    """A word of the column Estado Matrícula that nobody has explained yet."""

    word: str
    rows: int


@dataclass(frozen=True)
class RosterPreview:
    """Everything that the page before the confirmation shows."""

    comparison: RosterComparison
    places: tuple[PlaceCounts, ...]
    missing: tuple[tuple[int, KnownEnrolment], ...]
    questions: tuple[Question, ...]
    bad_rows: tuple[BadRow, ...]
    first_rows: tuple[RosterRow, ...]
    warnings: tuple[str, ...]
    coming: int
    is_one_class: bool

    @property
    def changes_nothing(self) -> bool:
        return not self.comparison.has_changes and not self.comparison.has_questions


def compare_import(roster_import: RosterImport, answers: Answers | None = None) -> ComparedImport:
    """The stored rows beside today's enrolments of that year; `answers` explain words ("active", "left").

    Who was added by hand has no number of the school, so no list can say that they are missing.
    """
    enrolments = (
        Enrolment.objects.filter(
            class_group__school_id=roster_import.school_id,
            class_group__academic_year=roster_import.academic_year,
            class_group__archived_at__isnull=True,
        )
        .exclude(student__external_id_hash="")
        .select_related("student", "class_group")
    )
    known = {one.pk: _known(one) for one in enrolments}
    comparison = compare_roster(
        rows_of(roster_import, answers or {}),
        [*known.values(), *class_markers(_open_classes(roster_import))],
        unread_ids=roster_import.summary.get("unread_ids", ()),
    )
    return ComparedImport(comparison, {(one.student_key, one.place): pk for pk, one in known.items()})


def class_markers(classes: Iterable[ClassGroup]) -> list[KnownEnrolment]:
    """Nobody's enrolments: a class without students is known too, and a list without courses may mean it."""
    return [KnownEnrolment("", "", "", "", one.name, one.course, is_active=False) for one in classes]


def rows_of(roster_import: RosterImport, answers: Answers) -> list[RosterRow]:
    """The rows as they were stored (numbers already hashed), unclear ones with the answers put in."""
    words = {error["line"]: error["value"] for error in _questions(roster_import)}
    rows = []
    for stored in roster_import.rows:
        state = EnrolmentState(stored["state"])
        if state is EnrolmentState.UNCLEAR:
            state = EnrolmentState(answers.get(words.get(stored["line"], ""), state))
        rows.append(RosterRow(**{**stored, "state": state}))
    return rows


def roster_preview(roster_import: RosterImport) -> RosterPreview:
    compared = compare_import(roster_import)
    comparison, errors = compared.comparison, roster_import.errors
    rows = rows_of(roster_import, {})
    words = Counter(error["value"] for error in _questions(roster_import))
    return RosterPreview(
        comparison=comparison,
        places=_places(
            comparison, {ClassPlace(one.name, one.course) for one in _open_classes(roster_import)}
        ),
        missing=tuple((compared.enrolment_id(one), one) for one in comparison.missing),
        questions=tuple(Question(word, count) for word, count in sorted(words.items())),
        bad_rows=bad_rows(errors),
        first_rows=tuple(rows[:5]),
        warnings=warning_sentences(roster_import.summary.get("warnings", [])),
        coming=len(comparison.new) + len(comparison.moved) + len(comparison.returning),
        is_one_class=len({row.unit for row in rows if row.unit}) == 1,
    )


def bad_rows(errors: list[dict[str, Any]]) -> tuple[BadRow, ...]:
    """Errors with their reason in the reader's language; questions about words are asked elsewhere."""
    found = [RosterError(**error) for error in errors]
    return tuple(
        BadRow(error.line, error.column, error.value, _(REASONS[error.reason]) % error.facts)
        for error in found
        if error.reason != "unknown_state"
    )


def warning_sentences(warnings: list[dict[str, Any]]) -> tuple[str, ...]:
    found = [RosterWarning(**warning) for warning in warnings]
    return tuple(_(REASONS[warning.reason]) % warning.facts for warning in found)


def stored(row: RosterRow) -> dict[str, Any]:
    return asdict(row)


def _questions(roster_import: RosterImport) -> list[dict[str, Any]]:
    return [error for error in roster_import.errors if error["reason"] == "unknown_state"]


def _known(enrolment: Enrolment) -> KnownEnrolment:
    student, class_group = enrolment.student, enrolment.class_group
    return KnownEnrolment(
        student_key=student.external_id_hash,
        given_name=student.given_name,
        first_surname=student.first_surname,
        second_surname=student.second_surname,
        unit=class_group.name,
        course=class_group.course,
        is_active=enrolment.left_on is None,
    )


def _open_classes(roster_import: RosterImport) -> QuerySet[ClassGroup]:
    of_year = ClassGroup.objects.filter(academic_year=roster_import.academic_year)
    return of_year.filter(school_id=roster_import.school_id, archived_at__isnull=True)


def _places(comparison: RosterComparison, existing: set[ClassPlace]) -> tuple[PlaceCounts, ...]:
    new = Counter(ClassPlace(one.row.unit, one.row.course) for one in comparison.new)
    unchanged = Counter(ClassPlace(row.unit, row.course) for row in comparison.unchanged)
    moved = Counter(ClassPlace(one.row.unit, one.row.course) for one in comparison.moved)
    returning = Counter(ClassPlace(row.unit, row.course) for row in comparison.returning)
    left = Counter(one.place for one in comparison.left)
    missing = Counter(one.place for one in comparison.missing)
    return tuple(
        PlaceCounts(
            unit=place.unit,
            course=place.course,
            is_new=place not in existing,
            new=new[place],
            unchanged=unchanged[place],
            moved=moved[place],
            returning=returning[place],
            left=left[place],
            missing=missing[place],
        )
        for place in sorted({*new, *unchanged, *moved, *returning, *left, *missing})
    )

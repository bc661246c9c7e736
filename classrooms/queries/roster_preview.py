"""The page between reading a class list and bringing it in: everything it shows."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from classrooms.models import ClassGroup, RosterImport, User
from classrooms.queries.roster import (
    classes_to_choose,
    compare_import,
    open_classes,
    questions_of,
    rows_of,
    rows_without_class,
)
from classrooms.queries.roster_asked import Asked, asked, asked_classes
from classrooms.queries.roster_corrections import LineToCorrect, lines_to_correct, places_to_choose
from classrooms.queries.roster_decisions import (
    ClassQuestion,
    PersonQuestion,
    class_questions,
    person_questions,
)
from classrooms.queries.roster_groups import Coverage, PreviewGroup, coverage_of, preview_groups
from classrooms.rosters.comparison import ClassPlace, KnownEnrolment, RosterComparison
from classrooms.rosters.doubtful import named_twice, spelt_twice
from classrooms.rosters.reasons import REASONS
from classrooms.rosters.rows import RosterError, RosterRow, RosterWarning

_MOST_NAMES = 10


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
    """Why a line does not go in; `to_correct` where a person may correct it here."""

    line: int
    column: str
    value: str
    reason: str
    to_correct: LineToCorrect | None = None


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
    without_class: tuple[RosterRow, ...]
    classes: tuple[ClassGroup, ...]
    bad_rows: tuple[BadRow, ...]
    first_rows: tuple[RosterRow, ...]
    warnings: tuple[str, ...]
    coming: int
    groups: tuple[PreviewGroup, ...]
    coverage: Coverage
    who_is_it: tuple[PersonQuestion, ...] = ()
    which_class: tuple[ClassQuestion, ...] = ()
    places_to_correct: tuple[ClassPlace, ...] = ()

    @property
    def changes_nothing(self) -> bool:
        is_asked = self.comparison.has_questions or self.who_is_it or self.which_class
        return not self.comparison.has_changes and not is_asked

    @property
    def asked_words(self) -> Asked[Question]:
        return asked(self.questions)

    @property
    def asked_classes(self) -> Asked[ClassQuestion]:
        return asked_classes(self.which_class)

    @property
    def asked_people(self) -> Asked[PersonQuestion]:
        return asked(self.who_is_it)

    @property
    def asked_without_class(self) -> Asked[RosterRow]:
        return asked(self.without_class)

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many people each group has, those that nobody is in too."""
        found = {group.name: group.count for group in self.groups}
        names = ("new", "unchanged", "corrected", "moved", "returning", "left", "missing")
        return [*((name, found.get(name, 0)) for name in names), ("unclear", self.unclear)]

    @property
    def unclear(self) -> int:
        """How many people wait for an answer."""
        likely = sum(one.rows for one in self.which_class if one.likely)
        return len(self.comparison.unclear) + len(self.who_is_it) + likely


def roster_preview(roster_import: RosterImport, by: User | None = None) -> RosterPreview:
    """`by` may put people whose line names no class into the classes that are theirs."""
    compared = compare_import(roster_import, by=by)
    comparison = compared.comparison
    classes = tuple(classes_to_choose(roster_import, by).order_by("name", "course"))
    without_class = tuple(rows_without_class(roster_import)) if classes else ()
    asked = {row.line for row in without_class}
    errors = [error for error in roster_import.errors if error["line"] not in asked]
    rows = rows_of(roster_import, {})
    of_year = list(open_classes(roster_import))
    words = Counter(error["value"] for error in questions_of(roster_import))
    new_lines = {one.row.line for one in comparison.new}
    places = _places(comparison, {ClassPlace(one.name, one.course) for one in of_year})
    return RosterPreview(
        comparison=comparison,
        places=places,
        missing=tuple((compared.enrolment_id(one), one) for one in comparison.missing),
        questions=tuple(Question(word, count) for word, count in sorted(words.items())),
        without_class=without_class,
        classes=classes,
        bad_rows=bad_rows(errors, lines_to_correct(roster_import)),
        places_to_correct=tuple(places_to_choose(roster_import, by)),
        first_rows=tuple(rows[:5]),
        warnings=(
            *warning_sentences(roster_import.summary.get("warnings", [])),
            *_said_twice([row for row in rows if row.line in new_lines], places),
        ),
        coming=len(comparison.new) + len(comparison.moved) + len(comparison.returning),
        groups=preview_groups(compared),
        coverage=coverage_of(compared, of_year),
        who_is_it=tuple(person_questions(roster_import, rows)),
        which_class=tuple(class_questions(roster_import, rows, classes)),
    )


def bad_rows(
    errors: list[dict[str, Any]], correctable: Mapping[int, LineToCorrect] | None = None
) -> tuple[BadRow, ...]:
    """Errors with their reason in the reader's language; questions about words are asked elsewhere."""
    found = [RosterError(**error) for error in errors]
    return tuple(
        BadRow(
            error.line,
            error.column,
            error.value,
            _(REASONS[error.reason]) % error.facts,
            (correctable or {}).get(error.line),
        )
        for error in found
        if error.reason != "unknown_state"
    )


def warning_sentences(warnings: list[dict[str, Any]]) -> tuple[str, ...]:
    found = [RosterWarning(**warning) for warning in warnings]
    return tuple(_(REASONS[warning.reason]) % warning.facts for warning in found)


def _said_twice(rows: list[RosterRow], places: tuple[PlaceCounts, ...]) -> list[str]:
    """Nobody is taken for somebody else by name, so that the same person in two lines would come in twice."""
    names = named_twice(rows)
    shown = "; ".join(names[:_MOST_NAMES]) + ("; …" if len(names) > _MOST_NAMES else "")
    people = _(
        "Names that are in the list more than once: %(names)s. If it is one person, take the line that is too much out "
        "of the new ones below."
    )
    in_two_spellings = _(
        "The list writes a class in more than one way: %(names)s. They become classes of their own. If they are one, "
        "write it alike in the list and upload it again."
    )
    new = {one.unit for one in places if one.is_new}
    spelt = [one for one in spelt_twice(ClassPlace(one.unit, one.course) for one in places) if new & {*one}]
    return [
        *([people % {"names": shown}] if names else []),
        *(in_two_spellings % {"names": ", ".join(one)} for one in spelt),
    ]


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

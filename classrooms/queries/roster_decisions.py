"""What a class list leaves open: who somebody is whom it knows by name only, and which class it means."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from classrooms.models import ClassGroup, Enrolment, RosterImport, Student
from classrooms.rosters.class_names import likely_renamed, places_of
from classrooms.rosters.comparison import ClassPlace
from classrooms.rosters.headings import folded
from classrooms.rosters.rows import RosterRow

NEW, LEFT_OUT = "new", "out"


@dataclass(frozen=True)
class Decisions:
    """A person's answers.

    `people`: by line, `NEW` or the id of a student. `classes`: by the name in the list, `NEW`, `LEFT_OUT` or the id of
    a class group; without an answer a class is new, unless it may be one that was renamed.
    """

    people: Mapping[int, str] = field(default_factory=dict)
    classes: Mapping[ClassPlace, str] = field(default_factory=dict)


UNDECIDED = Decisions()


@dataclass(frozen=True)
class PersonQuestion:
    """Somebody in the list is called as `students` of the school are. Is it one of them?"""

    row: RosterRow
    students: tuple[Student, ...]


@dataclass(frozen=True)
class ClassQuestion:
    """A class that the school does not have. `likely`: most of its people are in that one now."""

    place: ClassPlace
    rows: int
    likely: ClassGroup | None


@dataclass(frozen=True)
class DecidedRows:
    """Rows that can be compared, and the keys of people whose rows are left as they are."""

    rows: list[RosterRow]
    left_alone: frozenset[str]


def is_by_number(roster_import: RosterImport) -> bool:
    """Whether the list tells people apart by the school's own number."""
    return bool(roster_import.summary.get("identified_by", "number") == "number")


def is_of_the_portal(roster_import: RosterImport) -> bool:
    """Whether the list is one that the portal wrote: it knows everybody, those added by hand as well."""
    return bool(roster_import.summary.get("identified_by") == "portal")


def key_of_student(student: Student) -> str:
    """By which rows and enrolments find a student: the hash of a number, or the id of one who has none."""
    return student.external_id_hash or f"student:{student.pk}"


def person_questions(roster_import: RosterImport, rows: Sequence[RosterRow]) -> list[PersonQuestion]:
    """People of a list without the school's numbers whose name is known here. A name alone identifies nobody."""
    if is_by_number(roster_import):
        return []
    students = list(roster_import.school.students.prefetch_related("enrolments__class_group"))
    known = {key_of_student(student) for student in students}
    by_name = defaultdict(list)
    for student in students:
        by_name[folded(student.list_name)].append(student)
    asked = [row for row in rows if row.external_id not in known and by_name[folded(row.list_name)]]
    return [PersonQuestion(row, tuple(by_name[folded(row.list_name)])) for row in asked]


def class_questions(
    roster_import: RosterImport, rows: Sequence[RosterRow], classes: Iterable[ClassGroup]
) -> list[ClassQuestion]:
    """Classes of the list that are none of `classes`: the same under a new name, new, or to be left out."""
    by_place = {ClassPlace(one.name, one.course): one for one in classes}
    unknown = places_of(rows) - set(by_place)
    if not unknown or not by_place:
        return []
    likely = likely_renamed(rows, unknown, _places_now(roster_import, by_place))
    counts = Counter(ClassPlace(row.unit, row.course) for row in rows)
    return [
        ClassQuestion(place, counts[place], by_place[likely[place]] if place in likely else None)
        for place in sorted(unknown)
    ]


def decide(
    roster_import: RosterImport,
    rows: list[RosterRow],
    decisions: Decisions,
    classes: Sequence[ClassGroup],
) -> DecidedRows:
    """The rows with a person's answers put in. What was not answered is left as it is. `classes` may be chosen."""
    all_keys = {row.external_id for row in rows}
    rows = _with_people(rows, person_questions(roster_import, rows), decisions)
    rows = _with_classes(rows, class_questions(roster_import, rows, classes), decisions, classes)
    return DecidedRows(rows, frozenset(all_keys - {row.external_id for row in rows} - {""}))


def chosen_class(
    question: ClassQuestion, decisions: Decisions, classes: Iterable[ClassGroup]
) -> ClassPlace | None:
    """The class that is meant; None where its lines stay out, because somebody said so or nobody said anything."""
    answer = decisions.classes.get(question.place, "" if question.likely else NEW)
    if answer == NEW:
        return question.place
    found = next((one for one in classes if str(one.pk) == answer), None)
    return ClassPlace(found.name, found.course) if found else None


def _with_people(
    rows: list[RosterRow], questions: Iterable[PersonQuestion], decisions: Decisions
) -> list[RosterRow]:
    asked = {question.row.line: question for question in questions}
    decided = [_person(row, asked.get(row.line), decisions.people.get(row.line, "")) for row in rows]
    return [row for row in decided if row is not None]


def _person(row: RosterRow, question: PersonQuestion | None, answer: str) -> RosterRow | None:
    """The row with the key of whom it means; a known student keeps the name that is known."""
    if question is None or answer == NEW:
        return replace(row, external_id=row.external_id or f"new:{row.line}")
    student = next((one for one in question.students if str(one.pk) == answer), None)
    if student is None:
        return None
    return replace(
        row,
        external_id=key_of_student(student),
        given_name=student.given_name,
        first_surname=student.first_surname,
        second_surname=student.second_surname,
    )


def _with_classes(
    rows: list[RosterRow],
    questions: Iterable[ClassQuestion],
    decisions: Decisions,
    classes: Iterable[ClassGroup],
) -> list[RosterRow]:
    meant = {question.place: chosen_class(question, decisions, classes) for question in questions}
    named = [
        (row, meant.get(ClassPlace(row.unit, row.course), ClassPlace(row.unit, row.course))) for row in rows
    ]
    return [replace(row, unit=place.unit, course=place.course) for row, place in named if place is not None]


def _places_now(
    roster_import: RosterImport, by_place: Mapping[ClassPlace, ClassGroup]
) -> dict[str, set[ClassPlace]]:
    enrolments = Enrolment.objects.current().filter(class_group__in=by_place.values())
    places = defaultdict(set)
    for one in enrolments.select_related("student", "class_group"):
        places[key_of_student(one.student)].add(ClassPlace(one.class_group.name, one.class_group.course))
    return dict(places)

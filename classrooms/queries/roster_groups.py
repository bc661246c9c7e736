"""What a class list would change, in groups of people to be ticked, and what of the school it is about."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from classrooms.models import ClassGroup
from classrooms.queries.roster import ComparedImport
from classrooms.rosters.comparison import (
    ClassPlace,
    CorrectedName,
    KnownEnrolment,
    MovedStudent,
    NewEnrolment,
    PersonName,
)
from classrooms.rosters.rows import RosterRow

# A form has at most DATA_UPLOAD_MAX_NUMBER_FIELDS fields, and nobody ticks more than these one by one.
MOST_BOXES = 2000
SHOWN_WITHOUT_BOXES = 100


@dataclass(frozen=True)
class GroupRow:
    """One person and what happens; `number` is what the box sends, `also_in` the classes in which somebody stays too."""

    number: int
    text: str
    also_in: str = ""


@dataclass(frozen=True)
class PreviewGroup:
    """Everybody to whom the same would happen; `count` of them, of whom `rows` are shown.

    `is_taken`: it happens unless somebody unticks it. `has_boxes`: each can be chosen alone. What is unchanged, or
    waits for an answer, has nothing to tick at all.
    """

    name: str
    count: int
    rows: tuple[GroupRow, ...]
    has_boxes: bool
    is_taken: bool = True

    @property
    def numbers(self) -> str:
        """Of all boxes, in one field: what is not ticked is not sent, and has to be told from what was not shown."""
        return " ".join(str(row.number) for row in self.rows)

    @property
    def hidden(self) -> int:
        return self.count - len(self.rows)


@dataclass(frozen=True)
class Coverage:
    """How many classes the list is of, how many others the school has that year, and of which it has only a part."""

    listed: int
    others: int
    parts: tuple[ClassPlace, ...]

    @property
    def is_partial(self) -> bool:
        return self.others > 0


def preview_groups(compared: ComparedImport) -> tuple[PreviewGroup, ...]:
    """New, moved, back again, corrected, left, apparently gone, unchanged; those that nobody is in are left out."""
    found = compared.comparison
    changes = [
        ("new", [_new(one) for one in found.new]),
        ("moved", [_moved(one) for one in found.moved]),
        ("returning", [_of_row(row) for row in found.returning]),
        ("corrected", [_corrected(one) for one in found.corrected]),
        ("left", [_known(one, compared.enrolment_id(one)) for one in found.left]),
        ("missing", [_known(one, compared.enrolment_id(one)) for one in found.missing]),
    ]
    room, groups = MOST_BOXES, {}
    for name, rows in sorted(
        changes, key=lambda change: len(change[1])
    ):  # small ones first, so that they have boxes
        has_boxes = len(rows) <= room
        room -= len(rows) if has_boxes else 0
        shown = rows if has_boxes else rows[:SHOWN_WITHOUT_BOXES]
        groups[name] = PreviewGroup(name, len(rows), tuple(shown), has_boxes, name != "missing")
    still = [_of_row(row) for row in found.unchanged]
    unchanged = PreviewGroup("unchanged", len(still), tuple(still[:SHOWN_WITHOUT_BOXES]), has_boxes=False)
    return tuple(one for one in [*(groups[name] for name, _ in changes), unchanged] if one.count)


def coverage_of(compared: ComparedImport, classes: Iterable[ClassGroup]) -> Coverage:
    """`classes` are those of the school that the list's year has."""
    found = compared.comparison
    here = [
        *found.unchanged,
        *found.returning,
        *(one.row for one in found.new),
        *(one.row for one in found.moved),
    ]
    listed = {ClassPlace(row.unit, row.course) for row in (*here, *found.already_left)}
    listed |= {one.place for one in (*found.left, *found.missing)}
    known = {ClassPlace(one.name, one.course) for one in classes}
    there = Counter(ClassPlace(row.unit, row.course) for row in here)
    missing = Counter(one.place for one in found.missing)
    # More are missing than there: half a class (a desdoble, a module), not half a class gone.
    parts = [place for place in sorted(missing) if missing[place] > there[place]]
    return Coverage(len(listed), len(known - listed), tuple(parts))


def _new(one: NewEnrolment) -> GroupRow:
    return _of_row(one.row, ", ".join(place.unit for place in one.also_in))


def _of_row(row: RosterRow, also_in: str = "") -> GroupRow:
    return GroupRow(row.line, f"{row.list_name}, {row.unit}", also_in)


def _moved(one: MovedStudent) -> GroupRow:
    return GroupRow(one.row.line, f"{one.row.list_name}: {one.from_class.unit} → {one.row.unit}")


def _corrected(one: CorrectedName) -> GroupRow:
    return GroupRow(one.line, f"{one.before.list_name} → {one.after.list_name}")


def _known(one: KnownEnrolment, enrolment_id: int) -> GroupRow:
    name = PersonName(one.given_name, one.first_surname, one.second_surname)
    return GroupRow(enrolment_id, f"{name.list_name}, {one.unit}")

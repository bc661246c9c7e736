"""The words in which a comparison of a class list with what is known is said."""

from dataclasses import dataclass, field, fields
from typing import NamedTuple

from classrooms.rosters.rows import RosterRow


class ClassPlace(NamedTuple):
    """A class of the academic year: one Unidad may stand under two courses."""

    unit: str
    course: str


@dataclass(frozen=True)
class KnownEnrolment:
    """An enrolment as it is kept. `student_key` is what `key_of` makes of the number in the list."""

    student_key: str = field(repr=False)
    given_name: str
    first_surname: str
    second_surname: str
    unit: str
    course: str
    is_active: bool

    @property
    def place(self) -> ClassPlace:
        return ClassPlace(self.unit, self.course)


@dataclass(frozen=True)
class PersonName:
    given_name: str
    first_surname: str
    second_surname: str

    @property
    def list_name(self) -> str:
        return f"{self.first_surname} {self.second_surname}".strip() + f", {self.given_name}"


@dataclass(frozen=True)
class CorrectedName:
    """The same person, written differently; `line` is the first one that writes the name so."""

    student_key: str = field(repr=False)
    before: PersonName
    after: PersonName
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class MovedStudent:
    """Enrolled in the class of `row` and no longer in `from_class`."""

    row: RosterRow
    from_class: ClassPlace


@dataclass(frozen=True)
class NewEnrolment:
    """To be enrolled. `also_in` are classes that a known person stays in."""

    row: RosterRow
    also_in: tuple[ClassPlace, ...] = ()


@dataclass
class RosterComparison:
    """What a class list would change.

    `corrected` is about people and stands beside what becomes of their enrolments. `missing` and `unclear`
    are questions for a person, never actions. `already_left` are rows that say "left" of enrolments that
    nobody has. Rows carry the course as the known class writes it.
    """

    new: list[NewEnrolment] = field(default_factory=list)
    unchanged: list[RosterRow] = field(default_factory=list)
    corrected: list[CorrectedName] = field(default_factory=list)
    moved: list[MovedStudent] = field(default_factory=list)
    returning: list[RosterRow] = field(default_factory=list)
    missing: list[KnownEnrolment] = field(default_factory=list)
    left: list[KnownEnrolment] = field(default_factory=list)
    already_left: list[RosterRow] = field(default_factory=list)
    unclear: list[RosterRow] = field(default_factory=list)

    @property
    def has_changes(self) -> bool:
        """Something would be written if a person confirms without answering anything."""
        return any((self.new, self.corrected, self.moved, self.returning, self.left))

    @property
    def has_questions(self) -> bool:
        return any((self.missing, self.unclear))

    def sort(self) -> None:
        """Into an order that does not depend on the order of the list: by what each says, then by line."""
        for one in fields(self):
            getattr(self, one.name).sort(key=_order)


def _order(item: object) -> tuple[str, str, str, str, int]:
    match item:
        case MovedStudent(row=row) | NewEnrolment(row=row) | (RosterRow() as row):
            return (row.unit, row.course, row.list_name, row.external_id, row.line)
        case CorrectedName(student_key=key, after=after):
            return ("", "", after.list_name, key, 0)
        case KnownEnrolment() as one:
            return (
                *one.place,
                f"{one.first_surname} {one.second_surname}, {one.given_name}",
                one.student_key,
                0,
            )
    raise TypeError(item)

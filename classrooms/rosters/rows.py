"""What comes out of a class list: rows, what is wrong with a row, and why a file cannot be read at all."""

from dataclasses import dataclass, field
from enum import StrEnum

from classrooms.rosters.formats import IdentifiedBy
from classrooms.rosters.reasons import REASONS


class EnrolmentState(StrEnum):
    """Whether a row of a class list means that the student is in the class."""

    ACTIVE = "active"
    LEFT = "left"
    UNCLEAR = "unclear"  # the list uses a word that nobody has explained yet: ask


@dataclass(frozen=True)
class RosterRow:
    """One enrolment: a person in a class (unidad) of a course. The same person may have several.

    `line` is the line of the original file, counted from 1. `school_year` 2026 means 2026/27. `unit` is blank
    where the list names no class, `second_surname` where there is one surname, `external_id` where the list tells
    people apart by their names only. `docker_id` is what a school's own table says, in lower case. There is no field
    for anything that must not be kept (identity cards, birth dates, addresses, telephones, guardians, e-mail): it
    cannot leave the parser.
    """

    line: int
    external_id: str = field(repr=False)
    given_name: str
    first_surname: str
    second_surname: str
    unit: str
    course: str
    state: EnrolmentState
    school_year: int
    docker_id: str = ""

    @property
    def is_unclear(self) -> bool:
        """A person has to say what is meant before anything is done with this row."""
        return self.state is EnrolmentState.UNCLEAR or (self.state is EnrolmentState.ACTIVE and not self.unit)

    @property
    def list_name(self) -> str:
        """Surnames first: "García López, Ana"."""
        return f"{self.first_surname} {self.second_surname}".strip() + f", {self.given_name}"


@dataclass(frozen=True)
class RosterError:
    """Why one line does not go in, or what has to be answered first.

    `column` is the heading as the file writes it, blank when the whole line is meant. `value` is blank when
    showing or keeping it would give away what must not be kept. `reason` is a key of `REASONS`.
    """

    line: int
    column: str
    value: str
    reason: str

    @property
    def facts(self) -> dict[str, object]:
        """What the text of the reason may name."""
        return {"line": self.line, "column": self.column, "value": self.value}

    def __str__(self) -> str:
        return REASONS[self.reason] % self.facts


@dataclass(frozen=True)
class RefusedLine:
    """A line that does not go in, as far as it could be read and may be kept: what is blank, a person fills in.

    `external_id` is blank where the line has none that will do, `state` is the word of the list.
    """

    line: int
    external_id: str = field(repr=False)
    given_name: str
    first_surname: str
    second_surname: str
    unit: str
    course: str
    state: str = ""


@dataclass(frozen=True)
class RosterWarning:
    """Something about the whole file that whoever uploads it should know; `reason` is a key of `REASONS`."""

    reason: str
    count: int = 0
    years: str = ""

    @property
    def facts(self) -> dict[str, object]:
        return {"count": self.count, "years": self.years}

    def __str__(self) -> str:
        return REASONS[self.reason] % self.facts


class UnreadableRoster(Exception):
    """The file is no class list. `reason` is a key of `REASONS`, `facts` what its text names."""

    def __init__(self, reason: str, **facts: object) -> None:
        self.reason = reason
        self.facts = facts
        super().__init__(REASONS[reason] % facts)


@dataclass(frozen=True)
class RosterReading:
    """A class list as it was understood; nothing has been written anywhere.

    `rows` are the enrolments of `school_year` only, one for each person, class and course; those that
    `is_unclear` have an entry in `errors` as well. `years` are all academic years found. `unread_ids` are the
    numbers of people whose line is in `errors` and not in `rows`: they are in the list, so they are not
    missing. `identified_by` says what their numbers are: see `formats.TableFormat`. `refused` is what could be read of
    the lines of the other errors.
    """

    format_name: str
    encoding: str
    separator: str
    heading_line: int
    school_year: int
    years: tuple[int, ...]
    rows: tuple[RosterRow, ...]
    errors: tuple[RosterError, ...]
    warnings: tuple[RosterWarning, ...]
    dropped_columns: tuple[str, ...]
    unread_ids: frozenset[str] = field(repr=False)
    identified_by: IdentifiedBy = "number"
    sheet: str = ""
    refused: tuple[RefusedLine, ...] = ()

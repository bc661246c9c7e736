"""What every format hands over: the needed cells of each record, and where they come from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from classrooms.rosters.formats import IdentifiedBy

NO_STUDENT = "no_student"  # the trouble of a record that is to be skipped


@dataclass(frozen=True)
class Record:
    """The needed cells of one record; `line` is where it begins. `trouble` is the key of a reason, or ""."""

    line: int
    cells: Mapping[str, str] = field(repr=False)
    trouble: str = ""


@dataclass(frozen=True)
class Source:
    """A file as one format understands it, read while `records` is gone through.

    `names` says for each field that is there (see `TableFormat`) how the file calls its column. `warning` is the key of
    a reason, or "". `identified_by` says what tells people apart: see `TableFormat`; "nothing" where there are names
    only. `separator` and `sheet` are "" where the file has none.
    """

    format_name: str
    encoding: str
    separator: str
    heading_line: int
    names: Mapping[str, str]
    dropped_columns: tuple[str, ...]
    records: Iterable[Record]
    identified_by: IdentifiedBy = "number"
    sheet: str = ""
    warning: str = ""

"""Which known class a row means where one side does not say the course."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from classrooms.rosters.comparison import KnownEnrolment
from classrooms.rosters.rows import RosterRow


def with_known_courses(rows: Iterable[RosterRow], known: Iterable[KnownEnrolment]) -> list[RosterRow]:
    """The rows, with the course written as the known class of that name has it where only one can be meant.

    That is so when the list has no course and one class of the name is known, or when the known class has
    none (made by hand) and the list puts all of that name under one course. One Unidad under two Cursos stays
    two classes.
    """
    rows = list(rows)
    in_list, in_known = defaultdict(set), defaultdict(set)
    for row in rows:
        in_list[row.unit].add(row.course)
    for one in known:
        in_known[one.unit].add(one.course)
    return [_settled(row, in_list[row.unit], in_known[row.unit]) for row in rows]


def _settled(row: RosterRow, in_list: set[str], in_known: set[str]) -> RosterRow:
    one_can_be_meant = len(in_list) == len(in_known) == 1 and "" in in_list | in_known
    return replace(row, course=next(iter(in_known))) if row.unit and one_can_be_meant else row

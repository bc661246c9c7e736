"""A class list beside what is known: who is new, moved, back, gone, or needs an answer. Decides nothing."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence

from classrooms.rosters.comparison import (
    ClassPlace,
    CorrectedName,
    KnownEnrolment,
    MovedStudent,
    NewEnrolment,
    PersonName,
    RosterComparison,
)
from classrooms.rosters.courses import with_known_courses
from classrooms.rosters.rows import EnrolmentState, RosterRow


def compare_roster(
    rows: Iterable[RosterRow],
    known: Iterable[KnownEnrolment],
    *,
    key_of: Callable[[str], str] = str,
    unread_ids: Collection[str] = (),
) -> RosterComparison:
    """What a class list would change. `rows` and `known` are of one school and one academic year.

    `key_of` makes the key by which a person is known from the number in the list. `unread_ids` are people
    whose line could not be read: they are in the list, so they are not missing. Only classes that appear in
    the list are compared: a list of one class says nothing about the others. The order of rows makes no
    difference. Each person has one spelling, as `read_roster` gives it.
    """
    known = list(known)
    rows = with_known_courses(rows, known)
    present = {_place(row) for row in rows if row.unit}
    listed, enrolled = defaultdict(list), defaultdict(list)
    for row in rows:
        listed[key_of(row.external_id)].append(row)
    for one in known:
        enrolled[one.student_key].append(one)
    found = RosterComparison()
    for key, own in listed.items():
        _compare_person(found, key, own, enrolled[key], present)
    silent = set(enrolled) - set(listed) - {key_of(external_id) for external_id in unread_ids}
    for key in silent:
        found.missing += [one for one in enrolled[key] if one.is_active and one.place in present]
    found.sort()
    return found


def _place(row: RosterRow) -> ClassPlace:
    return ClassPlace(row.unit, row.course)


def _compare_person(
    found: RosterComparison,
    key: str,
    rows: Sequence[RosterRow],
    known: Sequence[KnownEnrolment],
    present: Collection[ClassPlace],
) -> None:
    _compare_name(found, key, rows, known)
    unclear = [row for row in rows if row.is_unclear]
    active = {_place(row): row for row in rows if row.state is EnrolmentState.ACTIVE and not row.is_unclear}
    left = {_place(row): row for row in rows if row.state is EnrolmentState.LEFT}
    was_in = {one.place: one for one in known if one.is_active}
    ended = [one for place, one in was_in.items() if place in left and place not in active]
    # While a row of theirs waits for an answer, where else somebody is cannot be told.
    if not unclear:
        ended += [one for place, one in was_in.items() if place in present and place not in active | left]
    begun = [row for place, row in active.items() if place not in was_in]
    found.unclear += unclear
    found.unchanged += [row for place, row in active.items() if place in was_in]
    found.already_left += [row for place, row in left.items() if place not in was_in and place not in active]
    _pair(found, sorted(begun, key=_place), sorted(ended, key=lambda one: one.place), known, set(left))


def _pair(
    found: RosterComparison,
    begun: Sequence[RosterRow],
    ended: Sequence[KnownEnrolment],
    known: Sequence[KnownEnrolment],
    left: Collection[ClassPlace],
) -> None:
    """One class ended and another begun is a move; what has no partner is new, back, left or missing."""
    pairs = min(len(begun), len(ended))
    found.moved += [MovedStudent(row, one.place) for row, one in zip(begun, ended, strict=False)]
    had_left = {one.place for one in known if not one.is_active}
    stays = tuple(sorted({one.place for one in known if one.is_active} - {one.place for one in ended}))
    alone = begun[pairs:]
    found.returning += [row for row in alone if _place(row) in had_left]
    found.new += [NewEnrolment(row, stays) for row in alone if _place(row) not in had_left]
    found.left += [one for one in ended[pairs:] if one.place in left]
    found.missing += [one for one in ended[pairs:] if one.place not in left]


def _compare_name(
    found: RosterComparison, key: str, rows: Sequence[RosterRow], known: Sequence[KnownEnrolment]
) -> None:
    """Surnames are compared in one piece: in how many columns they came says nothing about the person."""
    if not known:
        return
    row = min(rows, key=lambda row: row.line)
    before = PersonName(known[0].given_name, known[0].first_surname, known[0].second_surname)
    after = PersonName(row.given_name, row.first_surname, row.second_surname)
    if before.list_name != after.list_name:
        found.corrected.append(CorrectedName(key, before, after, row.line))

"""What a class list would change: questions stay questions, and a list of one class says nothing about others."""

from collections.abc import Iterable
from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from classrooms.rosters.compare import compare_roster
from classrooms.rosters.comparison import ClassPlace, KnownEnrolment, PersonName, RosterComparison
from classrooms.rosters.rows import EnrolmentState, RosterRow

ACTIVE, LEFT, UNCLEAR = EnrolmentState.ACTIVE, EnrolmentState.LEFT, EnrolmentState.UNCLEAR
COURSE = "1º F.P."
Rows = list[RosterRow]
Known = list[KnownEnrolment]


def row(
    number: str,
    unit: str = "1SMR",
    state: EnrolmentState = ACTIVE,
    *,
    surname: str = "",
    course: str = COURSE,
    line: int = 2,
) -> RosterRow:
    return RosterRow(2, number, "Noa", surname or f"Mora{number}", "", unit, course, state, 2026)


def known(
    number: str,
    unit: str = "1SMR",
    *,
    active: bool = True,
    first: str = "",
    second: str = "",
    course: str = COURSE,
) -> KnownEnrolment:
    return KnownEnrolment(number, "Noa", first or f"Mora{number}", second, unit, course, active)


def test_who_is_not_known_is_new() -> None:
    (new,) = compare_roster([row("1")], []).new

    assert (new.row.external_id, new.also_in) == ("1", ())


def test_who_is_there_is_unchanged() -> None:
    found = compare_roster([row("1")], [known("1")])

    assert (found.unchanged, found.has_changes, found.has_questions) == ([row("1")], False, False)


def test_a_corrected_name_is_the_same_person() -> None:
    found = compare_roster([row("1", surname="Núñez")], [known("1", first="Nuñez")])

    assert [(one.before, one.after) for one in found.corrected] == [
        (PersonName("Noa", "Nuñez", ""), PersonName("Noa", "Núñez", ""))
    ]
    assert found.new == []


def test_surnames_that_come_parted_differently_are_no_correction() -> None:
    found = compare_roster([row("1", surname="Mora Gil")], [known("1", first="Mora", second="Gil")])

    assert found.corrected == []


def test_who_changes_class_within_the_list_moves() -> None:
    found = compare_roster([row("1", "1B"), row("2", "1A")], [known("1", "1A"), known("2", "1A")])

    assert [(one.row.unit, one.from_class) for one in found.moved] == [("1B", ClassPlace("1A", COURSE))]
    assert (found.new, found.missing, found.left) == ([], [], [])


def test_a_list_that_says_left_here_and_active_there_moves() -> None:
    found = compare_roster([row("1", "1B"), row("1", "1A", LEFT)], [known("1", "1A")])

    assert (len(found.moved), found.left) == (1, [])


def test_a_list_of_one_class_does_not_take_anybody_out_of_another() -> None:
    found = compare_roster([row("1", "1B")], [known("1", "1A"), known("2", "1A"), known("3", "1C")])

    assert [one.also_in for one in found.new] == [(ClassPlace("1A", COURSE),)]
    assert (found.moved, found.missing, found.left) == ([], [], [])


def test_who_is_no_longer_in_a_class_of_the_list_is_a_question() -> None:
    found = compare_roster([row("1")], [known("1"), known("2")])

    assert (found.missing, found.has_changes, found.has_questions) == ([known("2")], False, True)


def test_who_stands_on_a_line_that_could_not_be_read_is_not_missing() -> None:
    assert compare_roster([row("1")], [known("1"), known("2")], unread_ids={"2"}).missing == []


def test_who_has_an_open_question_is_unclear_and_neither_missing_nor_left() -> None:
    found = compare_roster(
        [row("1", state=UNCLEAR), row("2", ""), row("3")], [known("1"), known("2"), known("3")]
    )

    assert found.unclear == [row("2", ""), row("1", state=UNCLEAR)]
    assert (found.missing, found.left, found.has_changes) == ([], [], False)


def test_who_the_list_says_left_has_left() -> None:
    assert compare_roster([row("1", state=LEFT)], [known("1")]).left == [known("1")]


def test_who_left_before_is_not_taken_out_again() -> None:
    found = compare_roster([row("1", state=LEFT), row("2", state=LEFT)], [known("1", active=False)])

    assert ([one.external_id for one in found.already_left], found.has_changes) == (["1", "2"], False)


def test_who_had_left_and_is_in_the_list_comes_back() -> None:
    assert compare_roster([row("1")], [known("1", active=False)]).returning == [row("1")]


def test_one_unit_under_two_courses_is_two_classes() -> None:
    found = compare_roster(
        [row("1", course="A"), row("2", course="B")], [known("1", course="A"), known("2", course="A")]
    )

    assert [(one.row.course, one.from_class.course) for one in found.moved] == [("B", "A")]


def test_a_class_that_was_made_by_hand_without_a_course_is_recognized() -> None:
    assert compare_roster([row("1")], [known("1", course="")]).unchanged == [row("1", course="")]


def test_a_list_without_courses_means_the_only_class_of_that_name() -> None:
    assert compare_roster([row("1", course="")], [known("1")]).unchanged == [row("1")]


def test_two_people_with_one_name_stay_two() -> None:
    found = compare_roster(
        [row("1", surname="García"), row("2", surname="García")], [known("1", first="García")]
    )

    assert ([one.external_id for one in found.unchanged], [one.row.external_id for one in found.new]) == (
        ["1"],
        ["2"],
    )


def test_people_are_known_by_the_key_and_not_by_the_number() -> None:
    found = compare_roster([row("1")], [known("key-1", first="Mora1")], key_of=lambda number: f"key-{number}")

    assert found.unchanged == [row("1")]


NUMBERS = st.sampled_from("12345")
UNITS = st.sampled_from(["1A", "1B", "2A", ""])
COURSES = st.sampled_from(["", "A", "B"])
STATES = st.sampled_from([ACTIVE, ACTIVE, ACTIVE, LEFT, UNCLEAR])
ROWS = st.builds(
    lambda rows, spelling: [
        replace(one, line=line, first_surname=f"{spelling}{one.external_id}")
        for line, one in enumerate(rows, start=2)
    ],
    st.lists(
        st.builds(
            lambda number, unit, state, course: row(number, unit, state, course=course),
            NUMBERS,
            UNITS,
            STATES,
            COURSES,
        ),
        max_size=8,
        unique_by=lambda one: (one.external_id, one.unit, one.course),
    ),
    st.sampled_from(["Mora", "Morá"]),
)
KNOWN = st.lists(
    st.builds(
        lambda number, unit, course, active: known(number, unit, course=course, active=active),
        NUMBERS,
        st.sampled_from(["1A", "1B", "2A"]),
        COURSES,
        st.booleans(),
    ),
    max_size=8,
    unique_by=lambda one: (one.student_key, one.unit, one.course),
)


def carried_out(found: RosterComparison, before: Iterable[KnownEnrolment]) -> list[KnownEnrolment]:
    """What is known after everything that needs no answer was done."""
    after = {(one.student_key, one.place): one.is_active for one in before}
    begun = [*(one.row for one in (*found.new, *found.moved)), *found.returning]
    after |= {(one.student_key, one.place): False for one in found.left}
    after |= {(one.row.external_id, one.from_class): False for one in found.moved}
    after |= {(one.external_id, ClassPlace(one.unit, one.course)): True for one in begun}
    names = {one.student_key: one.first_surname for one in before}
    names |= {one.external_id: one.first_surname for one in begun}
    names |= {one.student_key: one.after.first_surname for one in found.corrected}
    return [
        known(key, place.unit, active=active, first=names[key], course=place.course)
        for (key, place), active in after.items()
    ]


@given(ROWS, KNOWN)
def test_the_same_list_twice_changes_nothing_the_second_time(rows: Rows, before: Known) -> None:
    after = carried_out(compare_roster(rows, before), before)

    assert not compare_roster(rows, after).has_changes


@given(ROWS, KNOWN, st.randoms(use_true_random=False))
def test_the_order_of_a_list_makes_no_difference(rows: Rows, before: Known, chance: Random) -> None:
    shuffled, known_shuffled = rows.copy(), before.copy()
    chance.shuffle(shuffled)
    chance.shuffle(known_shuffled)

    assert compare_roster(shuffled, known_shuffled) == compare_roster(rows, before)


@given(ROWS, KNOWN)
def test_nobody_outside_the_classes_of_a_list_is_missing_left_or_moved(rows: Rows, before: Known) -> None:
    found = compare_roster(rows, before)
    units = {one.unit for one in rows}
    ended = [*found.missing, *found.left]

    assert {one.unit for one in ended} | {one.from_class.unit for one in found.moved} <= units


@given(ROWS, KNOWN)
def test_every_row_that_means_being_in_a_class_is_told_once(rows: Rows, before: Known) -> None:
    found = compare_roster(rows, before)
    told = [
        *found.unchanged,
        *found.returning,
        *(one.row for one in (*found.new, *found.moved)),
        *found.unclear,
    ]

    assert sorted(one.line for one in told) == [one.line for one in rows if one.state is not LEFT]

"""Numbers as a list writes them, whatever its format, and as somebody pastes them."""

import pytest

from classrooms.rosters.choices import FIND_OUT, Choices
from classrooms.rosters.numbered import NumberedList, read_numbered, read_pasted
from classrooms.rosters.rows import UnreadableRoster
from tests.classrooms.rosters.every_format import KINDS, PEOPLE, SECRETS, Kind
from tests.classrooms.rosters.lists import SHORT, TODAY


def lines(*rows: str, headings: str = SHORT) -> NumberedList:
    data = "\r\n".join([headings, *rows, ""]).encode()
    return read_numbered(data, today=TODAY, choices=FIND_OUT)


def said(listed: NumberedList) -> list[tuple[str, str, str, str]]:
    return [(one.identity, one.written, one.surnames, one.given_name) for one in listed.people]


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
def test_every_format_of_class_lists_gives_its_numbers_or_says_that_it_has_none(kind: Kind) -> None:
    data = kind.make(PEOPLE)
    if kind.identified_by == "nothing":
        with pytest.raises(UnreadableRoster) as refused:
            read_numbered(data, today=TODAY, choices=kind.choices)
        assert refused.value.reason == "list_without_numbers"
        return

    listed = read_numbered(data, today=TODAY, choices=kind.choices)

    wanted = {one.account if kind.identified_by == "account" else one.number for one in PEOPLE}
    assert {one.written.removesuffix("@alu.example") for one in listed.people} == wanted
    assert not [secret for secret in SECRETS.values() if secret in repr(listed)]


def test_zeros_before_a_number_are_written_as_they_were_and_make_no_other_person() -> None:
    assert said(lines("Mora Gil, Noa;0012345;1º FP;1SMR;2026;")) == [("12345", "0012345", "Mora Gil", "Noa")]


def test_of_several_years_the_newest_name_counts_and_everybody_stands_once() -> None:
    listed = lines("Mora, Noah;9000001;1º FP;1SMR;2025;", "Mora, Noa;9000001;2º FP;2SMR;2026;")

    assert said(listed) == [("9000001", "9000001", "Mora", "Noa")]


def test_a_line_that_is_wrong_otherwise_still_says_whose_number_it_is() -> None:
    assert said(lines("Mora, Noa;9000001;1º FP;1SMR;nunca;")) == [("9000001", "9000001", "Mora", "Noa")]


def test_a_table_of_the_schools_own_without_classes_will_do_since_the_class_is_known() -> None:
    table = "Código;Quién\r\n9000001;Mora, Noa\r\n".encode()

    listed = read_numbered(
        table, today=TODAY, choices=Choices(columns=("external_id", "list_name"), heading_line=1)
    )

    assert said(listed) == [("9000001", "9000001", "Mora", "Noa")]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Mora, Noa;;1º FP;1SMR;2026;", "no_id"),
        ("Mora, Noa;9.0E+6;1º FP;1SMR;2026;", "id_damaged"),
        ("Mora, Noa;12345678Z;1º FP;1SMR;2026;", "id_is_identity_card"),
    ],
)
def test_a_number_that_will_not_do_is_named_with_its_line(row: str, reason: str) -> None:
    listed = lines(row, "Cano, Leo;9000002;1º FP;1SMR;2026;")

    assert [(error.line, error.reason, error.value) for error in listed.errors] == [(2, reason, "")]
    assert [one.written for one in listed.people] == ["9000002"]


def test_a_number_beside_two_names_is_nobodys() -> None:
    listed = lines("Mora, Noa;9000001;1º FP;1SMR;2026;", "Cano, Leo;9000001;1º FP;1SMR;2026;")

    assert listed.people == ()
    assert [error.reason for error in listed.errors] == ["id_with_two_names"] * 2


def test_a_pasted_column_may_have_a_heading_names_and_empty_lines() -> None:
    listed = read_pasted("NIA\tAlumno/a\n0012345\tMora Gil, Noa\n\n9000002;Cano, Leo\n12345\n")

    assert said(listed) == [
        ("12345", "0012345", "Mora Gil, Noa", ""),
        ("9000002", "9000002", "Cano, Leo", ""),
    ]


def test_of_what_was_pasted_each_bad_number_is_named_and_nothing_at_all_is_said() -> None:
    listed = read_pasted("9000001\n12345678Z\n9.0E+6")
    with pytest.raises(UnreadableRoster) as refused:
        read_pasted("NIA\n")

    assert [(error.line, error.reason) for error in listed.errors] == [
        (2, "id_is_identity_card"),
        (3, "id_damaged"),
    ]
    assert refused.value.reason == "no_numbers_pasted"

"""Academic years: from a date, as a label, from what people write."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classrooms.academic_years import (
    academic_year_of,
    find_academic_year,
    first_day,
    label,
    last_day,
    short_label,
)

YEARS = st.integers(min_value=1950, max_value=2098)


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 8, 31), 2025),
        (date(2026, 9, 1), 2026),
        (date(2027, 1, 7), 2026),
        (date(2027, 8, 31), 2026),
    ],
)
def test_an_academic_year_begins_on_the_first_of_september(day: date, year: int) -> None:
    assert academic_year_of(day) == year


@pytest.mark.parametrize(("year", "words"), [(2026, ("2026/27", "2627")), (1999, ("1999/00", "9900"))])
def test_a_year_has_a_long_and_a_short_label(year: int, words: tuple[str, str]) -> None:
    assert (label(year), short_label(year)) == words


@given(YEARS)
def test_the_day_after_the_last_day_is_the_first_of_the_next_year(year: int) -> None:
    assert last_day(year) + timedelta(days=1) == first_day(year + 1)


@given(YEARS)
def test_both_ends_of_a_year_belong_to_it(year: int) -> None:
    assert academic_year_of(first_day(year)) == academic_year_of(last_day(year)) == year


@pytest.mark.parametrize(
    "text",
    ["2026", "2026/27", "2026/2027", "2026-2027", "2026-27", "2026–27", " curso 2026/27 ", "26/27", "2627"],
)
def test_a_year_is_understood_however_it_is_written(text: str) -> None:
    assert find_academic_year(text) == 2026


@pytest.mark.parametrize(
    "text", ["", "1SMR", "2026/28", "2026/2037", "2028/27", "26", "3344", "1026", "2026.0", "2026/7"]
)
def test_what_is_no_academic_year_is_not_guessed(text: str) -> None:
    assert find_academic_year(text) is None


@given(YEARS)
def test_a_label_is_read_back(year: int) -> None:
    assert find_academic_year(label(year)) == year

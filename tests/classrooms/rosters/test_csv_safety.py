"""Cells that a spreadsheet would run are written as text and come back as they were."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classrooms.rosters.csv_safety import neutralize, restore


@pytest.mark.parametrize("cell", ["=1+1", "+34", "-5", "@SUM(A1)", "\tx", "\r=1", " =1+1", "＝1+1", "'=1"])
def test_what_would_run_is_written_as_text(cell: str) -> None:
    assert neutralize(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "García", "O'Connor-Ruiz", "'t Hooft", "1º SMR", "a=b"])
def test_what_would_not_run_stays_as_it_is(cell: str) -> None:
    assert neutralize(cell) == cell


@given(st.text(max_size=20) | st.text(alphabet="'=+-@ \t\r\na", max_size=8))
def test_a_cell_comes_back_as_it_was(cell: str) -> None:
    assert restore(neutralize(cell)) == cell

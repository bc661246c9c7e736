"""Tests that take minutes begin a run, so that both workers are busy to its end."""

from types import SimpleNamespace
from typing import Any

from tests.plugins.long_first import in_order


def item(nodeid: str, *, takes_minutes: bool = False) -> Any:
    def get_closest_marker(name: str) -> object:
        return (takes_minutes and name == "takes_minutes") or None

    return SimpleNamespace(nodeid=nodeid, get_closest_marker=get_closest_marker)


def test_modules_that_take_minutes_come_first_then_those_with_most_tests() -> None:
    small, large = [item("a.py::one")], [item("b.py::two"), item("b.py::one")]
    long = [item("y.py::chaos", takes_minutes=True), item("z.py::chaos", takes_minutes=True)]

    ordered = in_order([*small, *large, *long])

    assert [one.nodeid for one in ordered] == [
        "y.py::chaos",
        "z.py::chaos",
        "b.py::two",
        "b.py::one",
        "a.py::one",
    ]

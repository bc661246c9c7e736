"""A row of any list dropped, doubled or in another place: nobody is removed, nobody mailed again, nothing made twice."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.hubsync.laws import school_edits
from tests.hubsync.laws.futures import Futures
from tests.hubsync.laws.ground import Ground
from tests.hubsync.laws.picture import picture
from tests.hubsync.laws.scenarios import accept_all

LISTS = ("results", "data", "logs")
Rows = list[Any]


def drop(rows: Rows, place: int) -> None:
    del rows[place]


def double(rows: Rows, place: int) -> None:
    rows.insert(place, rows[place])


def reorder(rows: Rows, place: int) -> None:
    rows.append(rows.pop(place))


def swap_for_another(rows: Rows, place: int) -> None:
    """One is missing and another stands there twice, so that the count is right."""
    rows[place] = rows[place - 1]


def rows_of(content: bytes) -> tuple[Any, Rows]:
    """(the answer, its rows): changing the rows changes the answer."""
    try:
        said = json.loads(content)
    except ValueError:
        return None, []
    rows = said if isinstance(said, list) else next((said[name] for name in LISTS if name in said), None)
    return said, rows if isinstance(rows, list) else []


def pages(ground: Ground) -> dict[str, int]:
    """Every page of every list that a run reads, and how many rows it has."""
    seen: dict[str, int] = {}

    def note(path: str, content: bytes) -> bytes:
        seen[path] = len(rows_of(content)[1])
        return content

    ground.wire.lie = note
    ground.run()
    return {path: rows for path, rows in seen.items() if rows}


def lying(path: str, place: int, how: Callable[[Rows, int], None]) -> Callable[[str, bytes], bytes]:
    def lie(asked: str, content: bytes) -> bytes:
        if asked != path:
            return content
        said, rows = rows_of(content)
        if place < len(rows):
            how(rows, place)
        return json.dumps(said).encode()

    return lie


@pytest.fixture(params=["as it should be", "with work to do"])
def school(request: pytest.FixtureRequest, ground: Ground) -> Ground:
    """A settled class of four on pages of two rows; once with nothing to do, once with somebody to invite."""
    ground.world.limits.largest_page = 3
    for docker_id in ("hugo", "irene", "jorge"):
        school_edits.enrol(ground, docker_id, ground.smr)
    ground.settle()
    accept_all(ground)
    school_edits.enrol(ground, "nerea", ground.smr)
    ground.settle()
    if request.param == "with work to do":
        school_edits.enrol(ground, "olga", ground.smr)
        school_edits.want(ground, "nginx")
    return ground


def lies(ground: Ground, futures: Futures, how: Callable[[Rows, int], None]) -> Iterator[str]:
    """One future for each row of each page; the caller looks at what one run made of the lie."""
    with futures.another():
        seen = pages(ground)
    for path, rows in seen.items():
        for place in range(rows):
            with futures.another():
                ground.wire.lie = lying(path, place, how)
                ground.run()
                yield f"row {place} of {path}"


@pytest.mark.parametrize("how", [drop, double, reorder, swap_for_another])
def test_a_row_that_is_not_as_it_should_be_takes_nobody_away_and_makes_nothing_twice(
    school: Ground, how: Callable[[Rows, int], None]
) -> None:
    before, futures, tried = picture(school.world), Futures(school), 0
    with futures.another():
        school.settle()
        wanted = picture(school.world)

    for which in lies(school, futures, how):
        now = picture(school.world)
        tried += 1
        assert now["members"] == before["members"], which
        assert set(now["teams"]) == set(before["teams"]), which
        assert all(now["mails"][name] <= wanted["mails"][name] for name in now["mails"]), which
        assert set(now["repositories"]) <= set(wanted["repositories"]), which
        for name, (_, people, levels) in before["teams"].items():
            assert set(people) <= set(now["teams"][name][1]), which
            assert levels.items() <= now["teams"][name][2].items(), which
        assert not [one for one in school.wire.writes if one.status in (400, 409)], which

    assert tried > 10

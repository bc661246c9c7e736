"""The arithmetic of the budget: no stretch of sixty seconds ever holds more calls than the limit."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from hubsync.sync.pacing import (
    WINDOW_SECONDS,
    Taken,
    background_limit,
    free_at,
    free_calls,
    limit_of,
)

# What a worker does: (seconds since the last one did something, how many calls it wants, is it a click,
# how long each answer takes, does it die before it closes its block)
steps = st.lists(
    st.tuples(
        st.floats(0, 20),
        st.integers(1, 12),
        st.booleans(),
        st.floats(0.001, 3),
        st.sampled_from([False] * 5 + [True]),
    ),
    max_size=60,
)
OPEN_SECONDS = 40.0


@dataclass
class World:
    """Blocks as the database has them, and when each call reached Docker Hub."""

    limit: int
    now: float = 1000.0
    blocks: list[Taken] = field(default_factory=list)
    arrived: list[tuple[float, bool]] = field(default_factory=list)

    def work(self, pause: float, wanted: int, is_urgent: bool, answer: float, dies: bool) -> None:
        self.now += pause
        calls = min(wanted, free_calls(self.blocks, self.now, self.limit, is_urgent=is_urgent))
        # One call after the other; where within it the call reached Docker Hub is anywhere, here at its very end.
        ends = [self.now + answer * (number + 1) for number in range(calls)]
        self.arrived += [(at, is_urgent) for at in ends]
        closed = max(ends, default=self.now) if not dies else self.now + OPEN_SECONDS
        if calls:
            self.blocks.append(Taken(calls, is_urgent, closed + WINDOW_SECONDS))

    def most_in_a_minute(self, *, background_only: bool = False) -> int:
        moments = sorted(at for at, is_urgent in self.arrived if not (background_only and is_urgent))
        return max((sum(at <= one < at + WINDOW_SECONDS for one in moments) for at in moments), default=0)


@given(steps, st.integers(1, 40))
def test_no_minute_holds_more_calls_than_the_limit_whoever_asks_and_whoever_dies(
    done: list[tuple[float, int, bool, float, bool]], limit: int
) -> None:
    world = World(limit)
    for step in done:
        world.work(*step)

    assert world.most_in_a_minute() <= limit


@given(steps, st.integers(5, 40))
def test_background_work_never_takes_what_is_kept_for_clicks(
    done: list[tuple[float, int, bool, float, bool]], limit: int
) -> None:
    world = World(limit)
    for pause, wanted, _, answer, dies in done:
        world.work(pause, wanted, is_urgent=False, answer=answer, dies=dies)

    assert world.most_in_a_minute(background_only=True) <= background_limit(limit)
    assert free_calls(world.blocks, world.now, limit, is_urgent=True) >= limit - background_limit(limit)


@given(steps, st.integers(2, 40), st.integers(1, 50))
def test_who_waits_until_the_moment_that_was_told_gets_the_calls(
    done: list[tuple[float, int, bool, float, bool]], limit: int, wanted: int
) -> None:
    world = World(limit)
    for step in done:
        world.work(*step)

    at = free_at(world.blocks, world.now, limit, is_urgent=True, wanted=wanted)

    assert free_calls(world.blocks, at, limit, is_urgent=True) >= min(wanted, limit)


def test_each_click_finds_what_a_school_of_usual_size_needs_also_the_third_in_a_minute() -> None:
    """Background work takes whatever it may each second; somebody clicks every twenty-five."""
    world, found = World(171), list[int]()
    for second in range(600):
        if second % 25 == 12:
            found.append(free_calls(world.blocks, world.now, 171, is_urgent=True))
            world.work(0, 15, is_urgent=True, answer=0.1, dies=False)
        world.work(1, 12, is_urgent=False, answer=0.1, dies=False)

    # In the minute in which the clicking began, background work still has what it took before.
    assert len(found) == 24 and min(found[3:]) >= 15


def test_an_idle_minute_lets_everything_go_at_once() -> None:
    assert free_calls([], 0.0, 171, is_urgent=True) == 171
    assert free_calls([], 0.0, 171, is_urgent=False) == 136


def test_the_limit_is_what_docker_hub_told_less_a_twentieth_and_never_more_than_our_own() -> None:
    assert limit_of(None, None, 120) == 120
    assert limit_of(None, 500, 120) == 500
    assert limit_of(180, None, 120) == 171
    assert limit_of(600, 180, 120) == 180
    assert limit_of(60, 180, 120) == 57
    assert limit_of(1, None, 120) == 1

"""Reads side by side: four at once and never five, their hooks in one thread, an error of one the end of all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Barrier, Lock, get_ident

import pytest

from hubsync.hub.side_by_side import AT_ONCE, SideBySide


@pytest.fixture
def threads() -> Iterator[SideBySide]:
    threads = SideBySide()
    yield threads
    threads.close()


def test_four_reads_are_under_way_at_once(threads: SideBySide) -> None:
    # Each waits for three others: with fewer at once none of them would ever end.
    barrier = Barrier(AT_ONCE)

    passed = threads.run([lambda: barrier.wait(timeout=10)] * AT_ONCE * 2)

    assert sorted(passed) == sorted([*range(AT_ONCE)] * 2)


def test_never_five(threads: SideBySide) -> None:
    lock, under_way, most = Lock(), 0, 0
    barrier = Barrier(AT_ONCE)

    def read() -> None:
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        barrier.wait(timeout=10)
        with lock:
            under_way -= 1

    threads.run([read] * AT_ONCE * 3)

    assert most == AT_ONCE


def test_answers_come_in_the_order_of_the_questions(threads: SideBySide) -> None:
    reads: list[Callable[[], int]] = [lambda number=number: number for number in range(50)]  # type: ignore[misc]

    assert threads.run(reads) == list(range(50))


def test_what_is_done_at_home_is_done_by_the_thread_that_began(threads: SideBySide) -> None:
    def read() -> tuple[int, int, int]:
        return get_ident(), threads.at_home(get_ident), threads.at_home(threads.caller)

    seen = threads.run([read] * 12)

    assert {home for _, home, _ in seen} == {get_ident()}
    assert all(mine == caller != get_ident() for mine, _, caller in seen)


def test_an_error_at_home_belongs_to_the_read_that_asked(threads: SideBySide) -> None:
    def refuse() -> None:
        raise LookupError("no budget")

    def read() -> str:
        try:
            threads.at_home(refuse)
        except LookupError as problem:
            return str(problem)
        return ""

    assert threads.run([read, read]) == ["no budget", "no budget"]


def test_an_error_of_one_ends_all_and_is_raised(threads: SideBySide) -> None:
    begun: list[int] = []

    def read(number: int) -> None:
        threads.at_home(lambda: begun.append(number), may_refuse=True)
        if number == 0:
            raise ConnectionError("the first one failed")

    with pytest.raises(ConnectionError, match="the first one failed"):
        threads.run([lambda number=number: read(number) for number in range(400)])  # type: ignore[misc]

    assert len(begun) < 400


def test_after_an_error_it_reads_again(threads: SideBySide) -> None:
    def fail() -> int:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        threads.run([fail, lambda: 1])

    assert threads.run([lambda: 1, lambda: 2]) == [1, 2]


def test_a_thread_that_waits_at_home_is_let_go_when_the_worker_is_stopped(threads: SideBySide) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        threads.run([lambda: threads.at_home(stop)] * 6)

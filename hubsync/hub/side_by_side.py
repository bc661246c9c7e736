"""Several reads under way at once, at most four. Whoever listens to the calls hears of them in one thread only.

The hooks of a connection keep rows of a database (the budget, the lease). They run in the thread that began the reads,
which serves them while it waits, so no other thread ever opens a connection to the database.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from threading import get_ident
from typing import Any, TypeVar

T = TypeVar("T")
AT_ONCE = 4


class GivenUp(Exception):
    """Another of these reads has failed, so this one asks no further."""


class _Errand:
    """Something that a thread wants done at home, for whom, and what became of it."""

    def __init__(self, work: Callable[[], Any], *, may_refuse: bool) -> None:
        self.work, self.may_refuse, self.caller = work, may_refuse, get_ident()
        self.answer: Future[Any] = Future()

    def do(self) -> None:
        try:
            self.answer.set_result(self.work())
        except Exception as problem:  # it belongs to the thread that asked
            self.answer.set_exception(problem)


class SideBySide:
    """The threads of one connection."""

    def __init__(self) -> None:
        self._pool: ThreadPoolExecutor | None = None
        self._inbox: SimpleQueue[_Errand | None] | None = None
        self._home = 0
        self._caller: int | None = None

    def caller(self) -> int:
        """The thread whose call is spoken of."""
        return self._caller or get_ident()

    def at_home(self, work: Callable[[], T], *, may_refuse: bool = False) -> T:
        """Have this done by the thread that began the reads. `may_refuse`: raises GivenUp once another one failed."""
        inbox = self._inbox
        if inbox is None or get_ident() == self._home:
            return work()
        errand = _Errand(work, may_refuse=may_refuse)
        inbox.put(errand)
        answer: T = errand.answer.result()
        return answer

    def run(self, reads: Sequence[Callable[[], T]]) -> list[T]:
        """What each of them gives, in their order. The first error ends them all and is raised."""
        if len(reads) < 2:
            return [read() for read in reads]
        self._inbox, self._home = SimpleQueue(), get_ident()
        self._pool = self._pool or ThreadPoolExecutor(AT_ONCE, thread_name_prefix="hub-read")
        futures = [self._pool.submit(read) for read in reads]
        for future in futures:
            future.add_done_callback(self._tell_done)
        try:
            self._serve(futures, len(futures))
        finally:
            self._inbox = None
        # What had to give up did so because of another one: that one's error is the reason.
        problems = [problem for one in futures if not one.cancelled() and (problem := one.exception())]
        for problem in sorted(problems, key=lambda problem: isinstance(problem, GivenUp)):
            raise problem
        return [future.result() for future in futures]

    def close(self) -> None:
        """Let go of the threads."""
        if self._pool:
            self._pool.shutdown()
            self._pool = None

    def _tell_done(self, _: Future[Any]) -> None:
        if self._inbox:
            self._inbox.put(None)

    def _serve(self, futures: Sequence[Future[Any]], left: int) -> None:
        is_over = False
        while left:
            try:
                left -= self._serve_one(is_over=is_over)
            except BaseException:
                # The worker is being stopped: the threads are let go before it leaves.
                for future in futures:
                    future.cancel()
                self._let_go(futures)
                raise
            if not is_over and any(
                future.done() and (future.cancelled() or future.exception()) for future in futures
            ):
                is_over = True
                for future in futures:
                    future.cancel()

    def _let_go(self, futures: Sequence[Future[Any]]) -> None:
        """Answer every thread that waits without doing what it asks: that could stop this one a second time."""
        assert self._inbox is not None
        while not all(future.done() for future in futures):
            if errand := self._inbox.get():
                errand.answer.set_exception(GivenUp())

    def _serve_one(self, *, is_over: bool) -> int:
        """Do the next errand, or hear that a read is done: 1 for that."""
        assert self._inbox is not None
        errand = self._inbox.get()
        if errand is None:
            return 1
        if is_over and errand.may_refuse:
            errand.answer.set_exception(GivenUp())
            return 0
        self._caller = errand.caller
        try:
            errand.do()
        finally:
            self._caller = None
            if not errand.answer.done():
                errand.answer.set_exception(GivenUp())
        return 0

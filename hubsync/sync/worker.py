"""The worker without a broker: the same rows, swept by one process, woken by a file that the pages touch."""

from __future__ import annotations

import fcntl
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

from django.conf import settings
from django.db import DatabaseError, close_old_connections

from hubsync.sync.asked_plans import make_asked_plan, open_plans
from hubsync.sync.heartbeat import beat
from hubsync.sync.reconcile import reconcile_organization
from hubsync.sync.rings import ring_file
from hubsync.sync.schedule import next_due
from hubsync.sync.turns import wait_for_room

logger = logging.getLogger(__name__)
SWEEP_SECONDS = 2.0
PAUSE_SECONDS = 0.2


class WorkerIsRunning(Exception):
    """Another worker serves this database already."""


@contextmanager
def only_worker() -> Iterator[None]:
    """One process only, by a lock on a file beside the data: it goes with the process, whatever ends that."""
    path = Path(settings.DATA_DIR) / "worker.lock"
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            raise WorkerIsRunning() from problem
        yield


@contextmanager
def serving_clicks(is_over: Callable[[], bool], also: Callable[[], object] = lambda: None) -> Iterator[None]:
    """Meanwhile a second thread does what people at pages wait for, `also` too, so that no long run keeps them
    waiting."""
    thread = Thread(target=work, args=(is_over, also), kwargs={"clicks_only": True}, name="clicks")
    thread.start()
    try:
        yield
    finally:
        thread.join()


@contextmanager
def beside(
    do: Callable[[Callable[[], bool]], object], is_over: Callable[[], bool], *, name: str
) -> Iterator[None]:
    """Meanwhile a thread of its own does again and again what may take minutes and nobody waits for."""
    thread = Thread(target=_repeat, args=(do, is_over), name=name)
    thread.start()
    try:
        yield
    finally:
        thread.join()


def _repeat(do: Callable[[Callable[[], bool]], object], is_over: Callable[[], bool]) -> None:
    while not is_over():
        try:
            do(is_over)
        except DatabaseError:
            logger.exception("What is done beside could not read or write the database; it is tried again.")
        close_old_connections()
        _wait(_rung_at(), is_over)


def work(
    is_over: Callable[[], bool],
    when_idle: Callable[[], object] = lambda: None,
    *,
    clicks_only: bool = False,
) -> None:
    """Sweep every two seconds, or at once when rung, until it is over; `when_idle` is called when nobody waited."""
    while not is_over():
        rung_at = _rung_at()
        try:
            # What is due comes first; old facts about images are read when nobody waits.
            if not sweep(is_over, clicks_only=clicks_only):
                when_idle()
        except DatabaseError:
            # The database may be restarted or locked for a while; the rows wait.
            logger.exception("The sweep could not read or write the database; it is tried again.")
        close_old_connections()
        _wait(rung_at, is_over)


def sweep(is_over: Callable[[], bool] = lambda: False, *, clicks_only: bool = False) -> int:
    """Reconcile everything that is due, each once, as far as the budget reaches; how many runs there were."""
    runs, tried = 0, set[int]()
    for account_id in open_plans():
        make_asked_plan(account_id)
    while not is_over():
        if not clicks_only:
            beat()
        one = next_due(besides=tried, clicks_only=clicks_only)
        if one is None or not (one.is_urgent or wait_for_room(one.account_id, is_over)):
            break
        tried.add(one.account_id)
        runs += reconcile_organization(one.account_id, is_over=is_over) is not None
    return runs


def _rung_at() -> int:
    path = ring_file()
    return path.stat().st_mtime_ns if path.exists() else 0


def _wait(rung_at: int, is_over: Callable[[], bool]) -> None:
    until = monotonic() + SWEEP_SECONDS
    while monotonic() < until and _rung_at() == rung_at and not is_over():
        sleep(PAUSE_SECONDS)

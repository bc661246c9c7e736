"""Tells the processes of a Celery worker that it has been told to stop: a run then ends after the write under way."""

from __future__ import annotations

from mmap import mmap
from typing import Any

from celery.signals import worker_shutting_down

# Anonymous memory is shared with the children that Celery forks, which do not hear of the signal themselves.
_flag = mmap(-1, 1)


def is_stopping() -> bool:
    """Whether this worker has been told to stop."""
    return _flag[0] == 1


@worker_shutting_down.connect
def note(**facts: Any) -> None:
    """The worker was told to stop."""
    _flag[0] = 1

"""One measured figure, beside what it is measured against."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """`limit` is what it may not pass, or has to reach where `more_is_better`.

    `peer` is the same work done otherwise in the same run, in the same unit.
    """

    name: str
    value: float
    unit: str
    limit: float | None = None
    peer: float | None = None
    more_is_better: bool = False

    @property
    def is_within(self) -> bool:
        if self.limit is None:
            return True
        return self.value >= self.limit if self.more_is_better else self.value <= self.limit

    def as_line(self) -> str:
        known = {"name": self.name, "value": round(self.value, 4), "unit": self.unit}
        beside = {"limit": self.limit, "peer": self.peer and round(self.peer, 4)}
        return json.dumps(known | {key: number for key, number in beside.items() if number is not None})


def best_of(times: int, work: Callable[[], object]) -> float:
    """Seconds of the fastest run: on a busy machine the one that others disturbed least."""
    return min(_seconds(work) for _ in range(times))


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun

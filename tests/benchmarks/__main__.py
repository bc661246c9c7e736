"""`python3 manage.py bench [NAME…]`: one JSON object a line on standard output, and nothing else there.

Each module of BENCHMARKS has `measure()`, which yields its figures. Exit status 1 where a figure passes its limit.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout

from tests.benchmarks import (
    calls,
    class_lists,
    class_pages,
    hand_in_rush,
    hub_sandbox,
    planning,
    practice_check,
    starting,
    sweep,
    teacher_pages,
)
from tests.benchmarks.figure import Figure

BENCHMARKS: dict[str, Callable[[], Iterator[Figure]]] = {
    "calls": calls.measure,
    "class_lists": class_lists.measure,
    "class_pages": class_pages.measure,
    "hand_in": hand_in_rush.measure,
    "planning": planning.measure,
    "practice_check": practice_check.measure,
    "hub_sandbox": hub_sandbox.measure,
    "starting": starting.measure,
    "sweep": sweep.measure,
    "teacher_pages": teacher_pages.measure,
}


def main(names: list[str]) -> int:
    unknown = set(names) - set(BENCHMARKS)
    if unknown:
        sys.stderr.write(
            f"No such benchmark: {', '.join(sorted(unknown))}. There are {', '.join(BENCHMARKS)}.\n"
        )
        return 2
    output, is_within = sys.stdout, True
    with redirect_stdout(sys.stderr):
        for name in names or BENCHMARKS:
            for figure in BENCHMARKS[name]():
                output.write(figure.as_line() + "\n")
                output.flush()
                is_within &= figure.is_within
    return 0 if is_within else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

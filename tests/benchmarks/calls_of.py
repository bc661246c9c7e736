"""The calls of one size, measured in this process: `python -m tests.benchmarks.calls_of calls|ratio SIZE`."""

import json
import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.conf import settings
from django.core.management import call_command

from hubsync.sandbox.server import serve

AS_FAST_AS_IT_GOES = 1_000_000
# Calls a minute, so few that a first sync has to wait three or four times. B runs at what Docker Hub allows.
PACED = {"A": 45, "B": 180}
# Four fifths of the limit are for work in the background, which makes 1.25; the rest is the engine's own work.
MOST_RATIO = 1.3


def main(what: str, name: str) -> None:
    django.setup()
    logging.disable(logging.WARNING)
    call_command("migrate", verbosity=0)
    for figure in _calls(name) if what == "calls" else _ratio(name):
        sys.stdout.write(json.dumps(figure) + "\n")


def _calls(name: str) -> Iterator[dict[str, object]]:
    from hubsync.sync import turns_of_reading  # noqa: PLC0415  models are there only after the set-up

    # At night a look reads more; what is measured is a look by day, whenever it is measured.
    turns_of_reading.is_night = lambda: False
    with _counted(name, AS_FAST_AS_IT_GOES) as counted:
        size = counted.size
        yield _figure(f"calls.first.{name}", counted.first_sync(), size.first_floor * 1.02)
        counted.settle()
        yield _figure(f"calls.noop.{name}", counted.noop(), size.noop_floor + 2)
        if name == "B":
            counted.by_repository()
            mean = sum(counted.noop() for _ in range(turns_of_reading.SHARE)) / turns_of_reading.SHARE
            floor = size.lists + size.repositories / turns_of_reading.SHARE
            yield _figure(f"calls.noop.rotated.{name}", mean, floor + 2)


def _ratio(name: str) -> Iterator[dict[str, object]]:
    limit = PACED[name]
    with _counted(name, limit) as counted:
        begun = time.perf_counter()
        counted.first_sync()
        seconds = time.perf_counter() - begun
        ratio = seconds / (counted.total / limit * 60)
        yield {"name": f"first_sync.limit_ratio.{name}", "value": ratio, "unit": "ratio", "limit": MOST_RATIO}


@contextmanager
def _counted(name, limit):  # type: ignore[no-untyped-def]
    from tests.hubsync.calls_stage import SIZES, Counted, make_organization, make_wishes  # noqa: PLC0415

    size = SIZES[name]
    world, secret = make_organization(size)
    with serve(world) as hub:
        settings.HUB_URL = settings.REGISTRY_URL = hub.url
        settings.HUB_CALLS_PER_MINUTE = limit
        yield Counted(size, world, make_wishes(size, secret))


def _figure(name: str, value: float, limit: float) -> dict[str, object]:
    return {"name": name, "value": value, "unit": "calls", "limit": limit}


if __name__ == "__main__":
    main(*sys.argv[1:])

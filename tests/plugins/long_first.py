"""Modules that take minutes begin the run, each on a worker of its own; then come the others, those with most tests first.

pytest-xdist hands out module by module. It would keep modules of one test for the end, where one of minutes leaves the
other worker idle, and a test that measures times would share the machine with whatever runs then.
"""

from collections import Counter
from collections.abc import Sequence

import pytest


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "takes_minutes: begins the run, on a worker of its own")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items[:] = in_order(items)


def in_order(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """The same tests; within a module they stay in their order."""
    sizes = Counter(map(_module, items))
    long = {_module(one) for one in items if one.get_closest_marker("takes_minutes")}
    return sorted(items, key=lambda one: (_module(one) not in long, -sizes[_module(one)], _module(one)))


def _module(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0]

"""All twenty laws are looked at somewhere that is there."""

from __future__ import annotations

from functools import reduce
from importlib import import_module

import pytest

from tests.hubsync.laws import run_laws, standing_laws
from tests.hubsync.laws.test_failure_catalogue import names_in
from tests.hubsync.laws.twenty import TWENTY, Law


def test_there_are_twenty_laws() -> None:
    assert [law.number for law in TWENTY] == list(range(1, 21))


@pytest.mark.parametrize("law", TWENTY, ids=lambda law: str(law.number))
def test_each_law_is_looked_at_by_the_machine_or_by_a_test(law: Law) -> None:
    assert law.function or law.test
    if law.function:
        module, _, rest = law.function.partition(".")
        assert callable(
            reduce(getattr, rest.split("."), import_module(f"tests.hubsync.laws.{module}"))  # type: ignore[arg-type]
        )
    if law.test:
        file, _, name = law.test.partition("::")
        assert name in names_in(f"hubsync/{file}")


def test_every_law_that_is_written_is_looked_at_after_each_step_or_run() -> None:
    for module in (run_laws, standing_laws):
        written = {name for name in vars(module) if name.startswith("law_")}
        assert {law.__name__ for law in module.LAWS} == written

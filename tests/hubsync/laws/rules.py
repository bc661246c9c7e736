"""Rules of a machine that may find that there is nothing to do just now: then nothing happens, and the walk goes on."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any

from hypothesis.stateful import rule


class NotNow(Exception):
    """What this rule does cannot be done at the moment."""


def need(is_so: object) -> None:
    """Go on only where it is so. Hypothesis' own `assume` would throw the whole walk away."""
    if not is_so:
        raise NotNow


def happens(**strategies: Any) -> Callable[[Callable[..., None]], Any]:
    """As `rule`, for functions that may say `need`."""

    def decorate(function: Callable[..., None]) -> Any:
        @wraps(function)
        def tried(*args: Any, **values: Any) -> None:
            with suppress(NotNow):
                function(*args, **values)

        return rule(**strategies)(tried)

    return decorate

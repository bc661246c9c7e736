"""What can go wrong with Docker Hub, said in the terms of what to do next. Pure.

`HubUnavailable` may work later. `HubRejected`, `HubConflict` and `HubNotFound` are about one object,
`HubForbidden` is about one area, `HubAuthLost` about the whole account, `IncompleteObservation` about one
look. None of them ever holds a secret: sentences of Docker Hub go through `conceal` before they get here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime


class HubError(Exception):
    """Anything that kept a call to Docker Hub from giving its answer.

    `sentence` is Docker Hub's own text, or "" where it gave none. `status` is the HTTP status, 0 without an
    answer.
    """

    def __init__(self, sentence: str = "", *, status: int = 0) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status

    def __str__(self) -> str:
        return (
            " ".join(part for part in (str(self.status or ""), self.sentence) if part) or type(self).__name__
        )


class HubUnavailable(HubError):
    """No usable answer: it may work later. What was asked for may or may not have been done."""


class HubThrottled(HubUnavailable):
    """Asked too much: nothing was done, and nothing more may be asked before `not_before`."""

    def __init__(self, not_before: datetime, sentence: str = "", *, status: int = 429) -> None:
        super().__init__(sentence, status=status)
        self.not_before = not_before


class BudgetUsedUp(HubThrottled):
    """Docker Hub was not asked: the calls that the portal allows itself are spent for the moment."""

    def __init__(self, not_before: datetime) -> None:
        super().__init__(not_before, "the portal's own budget of calls is used up", status=0)


class PauseAsked(BudgetUsedUp):
    """Docker Hub was not asked: it refused another worker a moment ago, or (`is_silence`) answers nobody."""

    def __init__(self, not_before: datetime, *, is_silence: bool = False) -> None:
        super().__init__(not_before)
        self.is_silence = is_silence


class HubRejected(HubError):
    """This object was refused and will be again. `fields` tells which field was refused with which text."""

    def __init__(
        self, sentence: str = "", *, status: int = 400, fields: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(sentence, status=status)
        self.fields = dict(fields or {})

    def __str__(self) -> str:
        details = "; ".join(f"{name}: {text}" for name, text in self.fields.items())
        return (
            f"{super().__str__()} ({details})"
            if details and details not in self.sentence
            else super().__str__()
        )


class HubConflict(HubRejected):
    """Something of the kind is already there: look, then decide."""


class HubNotFound(HubError):
    """Docker Hub itself says that this is not there."""


class HubForbidden(HubError):
    """This credential may not do this.

    `area` is what stays unseen, `scope` what the token would need ("" unknown).
    """

    def __init__(self, sentence: str = "", *, status: int = 403, area: str = "", scope: str = "") -> None:
        super().__init__(sentence, status=status)
        self.area = area
        self.scope = scope


class HubAuthLost(HubError):
    """Docker Hub no longer takes this credential. Stop until a person gives another one."""


class IncompleteObservation(HubError):
    """A list could not be read whole or cannot be trusted, so nothing may be concluded from it."""


class NotSupportedHere(HubError):
    """No route for this answers on this Docker Hub. It is not an answer about the object."""

"""Stored findings of the token's test, as rows of a page."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hubsync.hub.scopes import Scope, finding
from hubsync.models import HubAccount
from hubsync.words.scopes import sentence_mend, sentence_what_for


@dataclass(frozen=True)
class FindingRow:
    """One permission of the token: `held` is True, False, or None where it could not be told."""

    name: str
    held: bool | None
    what_for: str | Promise
    mend: str | Promise


_PERSONAL: dict[str, Promise] = {"personal": _("To read your repositories and to create new ones.")}


def finding_rows(account: HubAccount) -> list[FindingRow]:
    """What is missing first, then what could not be told, then what is held."""
    rows = [_row(stored) for stored in account.scope_findings]
    return sorted(rows, key=lambda row: {False: 0, None: 1, True: 2}[row.held])


def _row(stored: dict[str, object]) -> FindingRow:
    name, held = str(stored["scope"]), stored.get("held")
    held = held if isinstance(held, bool) else None
    if name not in Scope.__members__.values():
        return FindingRow(name, held, _PERSONAL.get(name, ""), "")
    found = finding(Scope(name), held=held)
    return FindingRow(name, held, sentence_what_for(found), sentence_mend(found))

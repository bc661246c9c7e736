"""Whether a name on Docker Hub is free, and whether the account of a school is there yet. Asks without a token."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from hubsync.account.connections import anonymous_reader
from hubsync.hub.errors import BudgetUsedUp, HubUnavailable
from hubsync.hub.names import organization_name_trouble
from hubsync.models import HubAccount

State = Literal["free", "person", "organization", "bad", "unknown"]
# Hub: older accounts have other characters than a new one may have; these can stand in a route.
_MAY_EXIST = re.compile(r"[a-z0-9][a-z0-9_.-]{0,63}")


@dataclass(frozen=True)
class NameFinding:
    """What a look at a name gave. `trouble` is a code of `organization_name_trouble` where `state` is "bad".

    With "unknown" it is "busy" where the portal's own calls are spent for the moment.
    """

    name: str
    state: State
    trouble: str = ""
    full_name: str = ""


def look_at_name(name: str) -> NameFinding:
    """Free, a person's, an organization, or not a name. "unknown" where Docker Hub gave no usable answer.

    Hub: organizations and people share their names, so both are asked. A name that was given up looks free here but
    may still be refused: Docker IDs are never given out again.
    """
    name = name.strip().lower()
    trouble = organization_name_trouble(name)
    if not _MAY_EXIST.fullmatch(name):
        return NameFinding(name, "bad", trouble or "characters")
    try:
        found = _find(name)
    except BudgetUsedUp:
        return NameFinding(name, "unknown", "busy")
    except HubUnavailable:
        return NameFinding(name, "unknown")
    return NameFinding(name, "bad", trouble) if found.state == "free" and trouble else found


def is_there(account: HubAccount) -> bool:
    """Whether an account of this kind and name exists on Docker Hub. Raises HubUnavailable."""
    with anonymous_reader() as reader:
        if account.kind == HubAccount.Kind.PERSONAL:
            return reader.find_user(account.name) is not None
        return reader.find_organization(account.name) is not None


def _find(name: str) -> NameFinding:
    with anonymous_reader() as reader:
        if organization := reader.find_organization(name):
            return NameFinding(name, "organization", full_name=organization.full_name)
        if user := reader.find_user(name):
            return NameFinding(name, "person", full_name=user.full_name)
    return NameFinding(name, "free")

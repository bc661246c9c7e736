"""A plan as plain data that can be kept, and compared with a later one. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from hubsync.planning.changes import Change, from_facts
from hubsync.planning.plan import HeldChanges, Plan, digest_of


class NoPlan(Exception):
    """What was read is no plan of this portal."""


@dataclass(frozen=True)
class Difference:
    """What a plan has that the one before had not, and the other way round, each in its plan's order."""

    new: tuple[Change, ...]
    gone: tuple[Change, ...]

    @property
    def is_none(self) -> bool:
        return not self.new and not self.gone


def plan_as_data(plan: Plan, account: str) -> dict[str, Any]:
    """The plan for scripts and for later; `digest` is equal for equal plans."""
    return {
        "account": account,
        "digest": plan.digest,
        "changes": _rows(plan.changes),
        "holds": [
            {"kind": hold.kind, "reason": hold.reason, "changes": _rows(hold.changes)} for hold in plan.holds
        ],
        "notes": [{"code": note.code, **note.as_dict()} for note in plan.notes],
    }


def read_plan(data: object, account: str) -> Plan:
    """The plan that was kept, without its notes. Raises NoPlan for anything else, and for another account's."""
    if not isinstance(data, dict) or data.get("account") != account:
        raise NoPlan(f"this is no plan for {account}")
    try:
        holds = tuple(
            HeldChanges(hold["kind"], _changes(hold["changes"]), hold["reason"]) for hold in data["holds"]
        )
        plan = Plan(_changes(data["changes"]), holds)
    except (KeyError, TypeError, AttributeError) as problem:
        raise NoPlan("the file is not a whole plan of this version") from problem
    if data.get("digest") != plan.digest:
        raise NoPlan("the file was changed after it was made")
    return plan


def difference(before: Plan, after: Plan) -> Difference:
    """What is new and what is gone, held or not."""
    old, new = _all(before), _all(after)
    olds, news = ({_mark(change) for change in changes} for changes in (old, new))
    return Difference(
        tuple(change for change in new if _mark(change) not in olds),
        tuple(change for change in old if _mark(change) not in news),
    )


def _all(plan: Plan) -> list[Change]:
    return [*plan.changes, *(change for hold in plan.holds for change in hold.changes)]


def _mark(change: Change) -> str:
    return digest_of([change])


def _rows(changes: Iterable[Change]) -> list[dict[str, Any]]:
    return [{"kind": change.kind, "facts": change.facts()} for change in changes]


def _changes(rows: Iterable[dict[str, Any]]) -> tuple[Change, ...]:
    return tuple(from_facts(row["kind"], row["facts"]) for row in rows)

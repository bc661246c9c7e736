"""In which order changes are carried out: what others need comes first, what takes away comes last. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from hubsync.planning.changes import Change, ChangePermission

# "lower_permission" is a change of permission to less.
_ORDER = (
    "cancel_invite",
    "create_repository",
    "describe_repository",
    "change_visibility",
    "set_immutable_tags",
    "create_team",
    "rename_team",
    "describe_team",
    "invite",
    "resend_invite",
    "add_to_team",
    "assign_permission",
    "change_permission",
    "add_collaborator",
    "lower_permission",
    "remove_permission",
    "remove_collaborator",
    "remove_from_team",
    "delete_team",
    "remove_member",
)
_PLACES = {kind: place for place, kind in enumerate(_ORDER)}


def in_order(changes: Iterable[Change], *, seats_are_short: bool = False) -> tuple[Change, ...]:
    """The changes as they are carried out. Where seats are short, people leave before others are invited."""
    return tuple(sorted(changes, key=lambda change: (_place(change, seats_are_short), repr(change))))


def _place(change: Change, seats_are_short: bool) -> float:
    if seats_are_short and change.kind == "remove_member":
        return _PLACES["invite"] - 0.5
    if isinstance(change, ChangePermission) and change.takes_away:
        return _PLACES["lower_permission"]
    return _PLACES[change.kind]

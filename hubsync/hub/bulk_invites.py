"""The one call that invites many people: what is sent, and what its answer says of each. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hubsync.hub.account_answers import InviteOutcome
from hubsync.hub.errors import HubUnavailable
from hubsync.hub.json_fields import row_of


def bulk_invite(
    organization: str, invitees: Sequence[str], *, team: str, role: str, dry_run: bool
) -> dict[str, Any]:
    """The body of a bulk invitation."""
    body: dict[str, Any] = {"org": organization, "invitees": list(invitees), "role": role}
    if team:
        body["team"] = team
    if dry_run:
        body["dry_run"] = True
    return body


def read_outcomes(answer: object) -> tuple[InviteOutcome, ...]:
    """One outcome for each row of the answer to a bulk invitation.

    Hub: the answer is 202 also where nobody could be invited. The description of 2025 wraps the rows twice.
    """
    rows = row_of(answer, "list of invitees").get("invitees")
    if isinstance(rows, dict):
        rows = rows.get("invitees")
    if not isinstance(rows, list):
        raise HubUnavailable("the answer holds no list of invitees")
    return tuple(InviteOutcome.from_row(row_of(row, "invitee")) for row in rows)

"""What Docker Hub would answer if these people were invited, asked while somebody still types. Nobody is invited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from hubsync.account.connections import reader_for
from hubsync.hub.account_answers import InviteOutcome
from hubsync.hub.errors import HubError
from hubsync.models import HubAccount

# Hub: the site takes 1000 at a time. A class list of a whole school is looked at in parts by whoever brings it in.
MOST_AT_A_TIME = 1000


class Verdict(StrEnum):
    """What an invitation would come to."""

    INVITABLE = "invitable"
    MEMBER = "member"
    WAITING = "waiting"
    NOBODY = "nobody"
    NO_SEAT = "no_seat"
    ATTENTION = "attention"
    NOT_CHECKED = "not_checked"


# Hub: the set of words is open; one that is not here needs a person's eyes.
_VERDICTS = {
    "invited": Verdict.INVITABLE,
    "existing_org_member": Verdict.MEMBER,
    "existing_invite": Verdict.WAITING,
    "invalid_email_or_docker_id": Verdict.NOBODY,
    "no_seats_available": Verdict.NO_SEAT,
}


@dataclass(frozen=True)
class InviteeFinding:
    """One invitee as typed, in lower case; `hub_text` is Docker Hub's own word."""

    invitee: str
    verdict: Verdict
    hub_text: str = ""


def check_invitees(account: HubAccount, invitees: Iterable[str]) -> dict[str, InviteeFinding]:
    """A finding for each invitee (Docker ID or e-mail), by its text in lower case; one call for all of them.

    What could not be asked (no connection, no budget, no permission, a personal account) is `not_checked`: typing goes
    on, and the invitation itself tells later.
    """
    wanted = sorted({one.strip().lower() for one in invitees if one.strip()})[:MOST_AT_A_TIME]
    if not wanted or not account.has_teams:
        return {one: InviteeFinding(one, Verdict.NOT_CHECKED) for one in wanted}
    try:
        with reader_for(account) as reader:
            outcomes = reader.check_invitees(account.name, wanted)
    except HubError:
        outcomes = ()
    found = {one.invitee.lower(): _finding(one) for one in outcomes}
    return {one: found.get(one, InviteeFinding(one, Verdict.NOT_CHECKED)) for one in wanted}


def _finding(outcome: InviteOutcome) -> InviteeFinding:
    verdict = _VERDICTS.get(outcome.status, Verdict.ATTENTION)
    return InviteeFinding(outcome.invitee.lower(), verdict, outcome.status)

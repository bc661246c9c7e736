"""Who is missing on Docker Hub and why, and what others changed there: for the page of the people."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from classrooms.models import User
from hubsync.account.inviting import MAY_BE_ASKED_AGAIN, may_invite_again
from hubsync.models import Drift, HubAccount, HubPerson
from hubsync.words.drift import drift_sentence
from hubsync.words.who import WhoIsWho

SHOWN_DRIFT = 20
State = HubPerson.State

WHY: dict[str, Promise] = {
    State.NO_SEAT: _("No seat is free: buy one or free one, and write the new number."),
    State.SENT: _(
        "Docker has sent the e-mail; the person has to accept it. It is sent again before its link lapses."
    ),
    State.EXPIRED: _("Docker’s e-mail was not answered in time, and the seat is free again."),
    State.DECLINED: _("The person said no to Docker’s e-mail."),
    State.CANCELLED: _("Somebody cancelled the invitation on Docker Hub."),
    State.INVALID: _("Nobody on Docker Hub has this Docker ID or address: put it right."),
    State.LOST: _("Was a member and is no longer one: left, was removed, or deleted the account."),
}


@dataclass(frozen=True)
class PersonRow:
    """One person who is not in the organization as wanted. `who` is who cancelled, where that is known."""

    row: HubPerson
    name: str
    why: str | Promise
    may_invite: bool


def who_is_missing(account: HubAccount, who: WhoIsWho, user: User) -> list[PersonRow]:
    """Everybody who was planned for and is no member yet, or any more."""
    rows = HubPerson.objects.filter(account=account).exclude(state=State.MEMBER)
    return [
        PersonRow(
            row,
            who.person(row.key),
            WHY.get(row.state, ""),
            row.state in MAY_BE_ASKED_AGAIN and may_invite_again(user, account.school, row.key),
        )
        for row in rows
    ]


def assumed_people(account: HubAccount, who: WhoIsWho) -> list[tuple[str, str]]:
    """(whom the school invited, the account that came), where nothing but their being alone tells that they are one."""
    rows = HubPerson.objects.filter(account=account, state=State.MEMBER, is_assumed=True)
    return [(who.person(row.key), row.docker_id) for row in rows]


def last_drift(account: HubAccount, who: WhoIsWho, most: int = SHOWN_DRIFT) -> list[str]:
    """What others changed lately and who it was, where the activity log tells; the newest first."""
    return [drift_sentence(row, who) for row in Drift.objects.filter(account=account)[:most]]

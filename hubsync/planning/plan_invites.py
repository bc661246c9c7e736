"""Whom to invite, whose invitation to send again and which to cancel. Pure.

Each invitation is an e-mail to a person and takes a seat: nobody is invited who is a member, is waiting, was invited
before, or may have been invited by a request whose answer was lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from hubsync.planning.changes import CancelInvite, Change, Invite, ResendInvite
from hubsync.planning.match import People
from hubsync.planning.owned import Owned, OwnedMember
from hubsync.planning.plan_notes import Note
from hubsync.planning.state import InviteState, OrganizationState, Person, TeamState

# Hub: the link in the e-mail lapses after 14 days; the notification on the site does not.
LINK_LASTS = timedelta(days=14)
# Sent again while it still counts as waiting: an invitation that has lapsed could not be.
RESEND_AFTER = LINK_LASTS - timedelta(days=1)
MOST_RESENDS = 2
ROLE = "member"


@dataclass(frozen=True)
class InvitesPlan:
    changes: tuple[Change, ...] = ()
    notes: tuple[Note, ...] = ()
    seats_are_short: bool = False


def plan_invites(
    teams: Sequence[TeamState],
    desired: OrganizationState,
    observed: OrganizationState,
    owned: Owned,
    people: People,
) -> InvitesPlan:
    """Invitations into these teams (each person once, with the first of their teams), resends and cancellations."""
    ours = {member.key: member for member in owned.members}
    # One without an id was just made and does not show yet: nothing can be done about it.
    waiting = [invite for invite in observed.invites if invite.invite_id]
    everybody_by_key = {key for person in everybody(desired) for key in (person.docker_id, person.email)}
    cancels = [
        CancelInvite(invite.invite_id, invite.invitee)
        for invite in waiting
        if invite.invitee in ours and invite.invitee not in everybody_by_key
    ]
    resends, unanswered = _lapsing(waiting, observed, ours, {cancel.invitee for cancel in cancels})
    wanted, notes = _newcomers(teams, owned, people, set(ours))
    freed = len(cancels) + len(unanswered) - len(_perhaps_waiting(observed, owned))
    invited, left_out = _within_seats(wanted, desired, observed, freed)
    notes += [Note("unanswered", (("invitee", cancel.invitee),)) for cancel in unanswered]
    notes += [Note("no_seat", (("invitee", person.key),)) for person in left_out]
    return InvitesPlan((*cancels, *unanswered, *_bulk(invited), *resends), tuple(notes), bool(left_out))


def _newcomers(
    teams: Sequence[TeamState], owned: Owned, people: People, invited_before: set[str]
) -> tuple[dict[Person, str], list[Note]]:
    """Who is to be invited, with the team to enter by; and who is not, with the reason."""
    wanted: dict[str, tuple[Person, str]] = {}
    notes: set[Note] = set()
    ended = dict(owned.not_again)
    for team in sorted(teams, key=lambda team: team.key):
        for person in sorted(team.people, key=lambda person: person.key):
            if people.find_member(person) or people.find_invite(person):
                continue
            if {person.docker_id, person.email} & owned.uncertain:
                notes.add(Note("answer_lost", (("invitee", person.key),)))
            elif reason := ended.get(person.docker_id) or ended.get(person.email):
                notes.add(Note(reason, (("invitee", person.key),)))
            elif {person.docker_id, person.email} & invited_before:
                notes.add(Note("invited_before", (("invitee", person.key),)))
            else:
                wanted.setdefault(person.key, (person, team.name))
    return dict(wanted.values()), sorted(notes)


def _perhaps_waiting(observed: OrganizationState, owned: Owned) -> frozenset[str]:
    """Whose invitation was perhaps sent a moment ago and does not show: perhaps they have a seat."""
    members = {key for one in observed.members for key in (one.person.docker_id, one.person.email)}
    return owned.uncertain - members - {one.invitee for one in observed.invites}


def _within_seats(
    wanted: dict[Person, str], desired: OrganizationState, observed: OrganizationState, freed: int
) -> tuple[dict[Person, str], list[Person]]:
    if desired.seats is None:
        return wanted, []
    # Hub: an invitation that waits takes a seat as a member does.
    free = max(0, desired.seats - len(observed.members) - len(observed.invites) + freed)
    return dict(list(wanted.items())[:free]), list(wanted)[free:]


def _bulk(wanted: dict[Person, str]) -> Iterator[Change]:
    invitees: dict[str, list[str]] = {}
    for person, team in wanted.items():
        invitees.setdefault(team, []).append(person.key)
    yield from (Invite(team, ROLE, tuple(sorted(keys))) for team, keys in invitees.items())


def everybody(desired: OrganizationState) -> Iterable[Person]:
    return (person for team in desired.teams for person in team.people)


def _lapsing(
    waiting: Iterable[InviteState],
    observed: OrganizationState,
    ours: dict[str, OwnedMember],
    cancelled: set[str],
) -> tuple[list[ResendInvite], list[CancelInvite]]:
    """Our invitations that are about to lapse and are sent again, and those that were sent often enough."""
    resends: list[ResendInvite] = []
    unanswered: list[CancelInvite] = []
    for invite in sorted(waiting, key=lambda invite: invite.invitee):
        member = ours.get(invite.invitee)
        if member is None or invite.invitee in cancelled:
            continue
        age = _age(invite, member, observed)
        if member.resends < MOST_RESENDS and age >= RESEND_AFTER:
            resends.append(ResendInvite(invite.invite_id, invite.invitee))
        elif age >= LINK_LASTS:
            unanswered.append(CancelInvite(invite.invite_id, invite.invitee, "unanswered"))
    return resends, unanswered


def _age(invite: InviteState, member: OwnedMember, observed: OrganizationState) -> timedelta:
    """How long ago the last e-mail left; nothing where that is not known."""
    sent = max((at for at in (invite.created_at, member.last_sent_at) if at), default=None)
    return observed.seen_at - sent if sent and observed.seen_at else timedelta()

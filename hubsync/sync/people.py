"""How far each person's invitation came, and under which account they are a member: rows that a proven look renews.

wanted → no_seat → sent → member; an invitation also ends as expired, declined, cancelled or invalid, a membership as
lost. Who ended is not invited again before somebody clicks: an invitation is an e-mail and a seat.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from classrooms.actions.audit import record
from classrooms.actions.docker_id_proof import prove_docker_id
from classrooms.models import Student
from hubsync.hub.account_answers import InviteOutcome
from hubsync.hub.scopes import Area
from hubsync.models import HubAccount, HubPerson, RemoteObject
from hubsync.planning.match import People
from hubsync.planning.plan_invites import LINK_LASTS, everybody
from hubsync.planning.plan_notes import Note
from hubsync.planning.state import MemberState, OrganizationState, Person
from hubsync.sync.assumed import find_only_match
from hubsync.sync.renames import rename_people

State = HubPerson.State
# Hub: a bulk invitation that was just sent may not be in the list yet.
INVITES_MAY_LAG = timedelta(minutes=2)
# A Docker ID that nobody had yesterday may have been made by now; trying costs nobody an e-mail.
TRY_INVALID_AFTER = timedelta(days=1)


def aliases_of(account: HubAccount) -> tuple[tuple[str, str], ...]:
    """(what the school calls them, Docker ID), for members who are not called by their Docker ID."""
    rows = HubPerson.objects.filter(account=account, state=State.MEMBER).exclude(docker_id="")
    return tuple(rows.exclude(key=F("docker_id")).order_by("key").values_list("key", "docker_id"))


def not_again(account: HubAccount, at: datetime) -> tuple[tuple[str, str], ...]:
    """(what the school calls them, why), for whom only a click invites again."""
    ended = Q(state__in=HubPerson.ENDED)
    ended |= Q(state=State.INVALID, changed_at__gt=at - TRY_INVALID_AFTER)
    rows = HubPerson.objects.filter(ended, account=account).order_by("key")
    return tuple((key, str(state)) for key, state in rows.values_list("key", "state"))


def note_outcomes(account: HubAccount, team: str, outcomes: Iterable[InviteOutcome]) -> None:
    """Keep what a bulk invitation answered for each person."""
    for one in outcomes:
        state = State.SENT if one.is_invited else _REFUSALS.get(one.status)
        if state:
            _set(
                account, one.invitee.lower(), state, team=team, hub_text="" if one.is_invited else one.status
            )


_REFUSALS = {
    "invalid_email_or_docker_id": State.INVALID,
    "no_seats_available": State.NO_SEAT,
    "existing_invite": State.SENT,
}


def note_resent(account: HubAccount, invitee: str) -> None:
    """Docker's e-mail left once more: its link lasts from now."""
    HubPerson.objects.filter(account=account, key=invitee.lower()).update(changed_at=timezone.now())


def note_unanswered(account: HubAccount, invitee: str) -> None:
    """The invitation was cancelled to free its seat, because nobody answered three e-mails."""
    _set(account, invitee.lower(), State.EXPIRED)


def note_declined(account: HubAccount, invitee: str, team: str) -> None:
    """The invitation reached them, its answer did not reach us, and it is gone already: nobody is asked twice."""
    _set(account, invitee.lower(), State.DECLINED, team=team)


def note_seats(account: HubAccount, notes: Iterable[Note]) -> None:
    """Who cannot be invited for want of a seat, by this plan; who can be by now is no longer said to lack one."""
    keys = {one.as_dict()["invitee"] for one in notes if one.code == "no_seat"}
    HubPerson.objects.filter(account=account, state=State.NO_SEAT).exclude(key__in=keys).delete()
    for key in keys:
        _set(account, key, State.NO_SEAT)


def forget_person(account: HubAccount, docker_id: str) -> None:
    """They left by our own doing: a new wish invites them anew."""
    rows = HubPerson.objects.filter(Q(key=docker_id) | Q(docker_id=docker_id), account=account)
    keys = {*rows.values_list("key", flat=True), docker_id}
    RemoteObject.objects.filter(account=account, kind=RemoteObject.Kind.MEMBER, name__in=keys).delete()
    rows.delete()


@transaction.atomic
def follow_people(account: HubAccount, observed: OrganizationState) -> dict[str, str]:
    """Renew everybody's state by a proven look. Called before the look is remembered: it needs the one before.

    Returns who chose another Docker ID since: the new by the old.
    """
    if not account.has_teams or not observed.sees(Area.MEMBERS, Area.INVITES):
        return {}
    followed = _Followed(account, observed)
    followed.follow()
    return followed.renamed


@transaction.atomic
def meet_people(account: HubAccount, observed: OrganizationState, wanted: OrganizationState) -> None:
    """Begin a row for everybody who is wanted and already a member or invited, so that their uuid is known from now on."""
    if account.has_teams and observed.sees(Area.MEMBERS, Area.INVITES):
        _Followed(account, observed).recognize(everybody(wanted))


def _person(key: str) -> Person:
    return Person(email=key) if "@" in key else Person(key)


class _Followed:
    def __init__(self, account: HubAccount, observed: OrganizationState) -> None:
        self.account, self.observed = account, observed
        self.now = observed.seen_at or timezone.now()
        self.renamed: dict[str, str] = {}
        self.by_uuid = {member.uuid: member for member in observed.members if member.uuid}
        self.by_docker_id = {member.person.docker_id: member for member in observed.members}
        self.waiting = {invite.invitee for invite in observed.invites}
        claims = RemoteObject.objects.filter(account=account, kind=RemoteObject.Kind.MEMBER)
        self.ours = {name.lower() for name in claims.values_list("name", flat=True)}
        self.rows = {row.key: row for row in HubPerson.objects.filter(account=account)}

    def follow(self) -> None:
        self._follow_names()
        for row in list(self.rows.values()):
            self._follow_account(row)
        self.recognize(_person(key) for key in sorted(self.ours | self.rows.keys()))
        gone = [row for row in self.rows.values() if self._went_without_a_trace(row)]
        self._assume(gone)
        for row in gone:
            if row.state == State.SENT:
                self._ended(row)

    def recognize(self, people: Iterable[Person]) -> None:
        """Note who of these is a member, and who waits."""
        seen = People(self.observed, [(row.key, row.docker_id) for row in self.rows.values()])
        for person in people:
            if member := seen.find_member(person):
                self._is_member(person.key, member)
            elif invite := seen.find_invite(person):
                self._is_waiting(person.key, invite.team)

    def _follow_names(self) -> None:
        """The same uuid is the same person, whatever Docker ID they chose since."""
        known = [
            (row, self.by_uuid.get(row.uuid)) for row in self.rows.values() if row.uuid and row.docker_id
        ]
        now = {row.docker_id: member.person.docker_id for row, member in known if member}
        self.renamed = {was: name for was, name in now.items() if was != name}
        if self.renamed:
            rename_people(self.account, self.renamed)
            self.rows = {row.key: row for row in HubPerson.objects.filter(account=self.account)}
            self.ours = {self.renamed.get(name, name) for name in self.ours}

    def _follow_account(self, row: HubPerson) -> None:
        member = self.by_uuid.get(row.uuid) if row.uuid else None
        if row.state == State.MEMBER and member is None and row.docker_id not in self.by_docker_id:
            self._is_lost(row)

    def _is_lost(self, row: HubPerson) -> None:
        """Whom the portal has mailed before is not mailed again by itself; whom it has not may be invited."""
        if {row.key, row.docker_id} & self.ours:
            self._keep(row, State.LOST)
        else:
            del self.rows[row.key]
            row.delete()

    def _is_member(self, key: str, member: MemberState) -> None:
        row = self.rows.get(key)
        if row is not None and row.state == State.SENT:
            _is_proven(self.account, member.person.docker_id, self.now)
        facts = (State.MEMBER, member.person.docker_id, member.uuid)
        if row is None or (row.state, row.docker_id, row.uuid) != facts:
            row = self.rows[key] = _set(
                self.account, key, State.MEMBER, docker_id=member.person.docker_id, uuid=member.uuid
            )
        if row.is_assumed and member.person.email == key:
            row.is_assumed = False
            row.save(update_fields=["is_assumed"])

    def _is_waiting(self, key: str, team: str) -> None:
        row = self.rows.get(key)
        if row is None or row.state != State.SENT:
            self.rows[key] = _set(self.account, key, State.SENT, team=team)

    def _went_without_a_trace(self, row: HubPerson) -> bool:
        """Sent, long enough ago to show, and neither waiting nor a member."""
        is_fresh = self.now - row.changed_at < INVITES_MAY_LAG
        return row.state == State.SENT and row.key not in self.waiting and not is_fresh

    def _assume(self, gone: list[HubPerson]) -> None:
        known = {row.docker_id for row in self.rows.values()} | self.rows.keys()
        if match := find_only_match(self.account, self.observed, gone, known):
            row, member = match
            row.docker_id, row.uuid, row.is_assumed = member.person.docker_id, member.uuid, True
            self._keep(row, State.MEMBER)
            about = {"docker_id": row.docker_id}
            record(
                school=self.account.school, actor=None, verb="hub.person_assumed", about=row.key, facts=about
            )

    def _ended(self, row: HubPerson) -> None:
        # Hub: nothing tells a declined invitation from a cancelled one but the activity log, which `audit_trail` asks.
        # `changed_at` is when the last e-mail left.
        is_old = self.now - row.changed_at >= LINK_LASTS
        self._keep(row, State.EXPIRED if is_old else State.DECLINED)

    def _keep(self, row: HubPerson, state: HubPerson.State) -> None:
        row.state, row.changed_at = state, self.now
        row.save()


def _is_proven(account: HubAccount, docker_id: str, at: datetime) -> None:
    """Who accepted the invitation of a Docker ID can sign in there."""
    prove_docker_id(school=account.school, docker_id=docker_id, proof=Student.Proof.INVITATION, at=at)


def _set(account: HubAccount, key: str, state: HubPerson.State, **facts: str) -> HubPerson:
    row, is_new = HubPerson.objects.get_or_create(
        account=account, key=key, defaults={"state": state, **facts}
    )
    if not is_new and (
        row.state != state or any(getattr(row, name) != value for name, value in facts.items())
    ):
        row.state, row.changed_at = state, timezone.now()
        for name, value in facts.items():
            setattr(row, name, value)
        row.save()
    return row

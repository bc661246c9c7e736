"""Where a school and its classes stand with Docker Hub, in a few queries: what the pages say in one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from classrooms.models import ClassGroup, Enrolment, School, Teaching
from hubsync.models import (
    Hold,
    HubAccount,
    HubPerson,
    ObservedPerson,
    ObservedTeam,
    OrganizationSync,
    SealedCredential,
)
from hubsync.sync.lease import STUCK_AFTER
from hubsync.words.who import team_of

# Troubles after which the rest was done all the same, so that a class may well be there.
IN_PART = frozenset({"rejected", "missing_scope"})
WARN_BEFORE_EXPIRY = timedelta(days=30)
# A look is due each hour: after this some were missed, and what was proven then may no longer be so.
PROOF_LASTS = timedelta(hours=3)


@dataclass(frozen=True)
class SchoolStanding:
    """`state` is one of: not_connected, connecting, not_started, refused, trouble, unknown, held, waiting, in_sync.

    It is unknown until a look has proven it, and again when the last proof is old.
    """

    state: str
    account: HubAccount | None = None
    credential: SealedCredential | None = None
    sync: OrganizationSync | None = None
    holds: int = 0
    pending_invites: int = 0
    seats_used: int = 0
    missing_scopes: int = 0

    @property
    def is_connected(self) -> bool:
        return self.state not in ("not_connected", "connecting")

    @property
    def expires_soon(self) -> bool:
        return self.expires_on is not None and self.expires_on <= timezone.localdate() + WARN_BEFORE_EXPIRY

    @property
    def has_expired(self) -> bool:
        return self.expires_on is not None and self.expires_on < timezone.localdate()

    @property
    def expires_on(self) -> date | None:
        return self.credential.expires_on if self.credential else None

    @property
    def failure(self) -> str:
        """The code of what went wrong at the last look, "" for nothing."""
        return self.sync.failure if self.sync else ""

    @property
    def in_sync_at(self) -> datetime | None:
        return self.sync.in_sync_at if self.sync else None

    @property
    def proven_at(self) -> datetime | None:
        """When everything on Docker Hub was last seen whole."""
        return self.sync.proven_at if self.sync else None

    @property
    def is_stuck(self) -> bool:
        """Whether it was tried again and again without coming to an end."""
        return self.sync is not None and self.sync.attempts >= STUCK_AFTER

    @property
    def tried_again_at(self) -> datetime | None:
        """When the portal looks next, by itself."""
        times = [at for at in (self.sync.due_at, self.sync.next_look_at) if at] if self.sync else []
        return min(times, default=None)

    @property
    def lacks_seats(self) -> bool:
        """Whether nobody can be invited before a seat is free or bought."""
        return self.seats_free is not None and self.seats_free <= 0

    @property
    def seats_free(self) -> int | None:
        seats = self.account.seats if self.account else None
        return None if seats is None else seats - self.seats_used


def school_standing(school: School) -> SchoolStanding:
    """How the school stands with Docker Hub: at most five queries; none but one where it is not connected."""
    account = HubAccount.objects.select_related("credential", "sync").filter(school=school).first()
    if account is None:
        return SchoolStanding("not_connected")
    credential = getattr(account, "credential", None)
    sync = getattr(account, "sync", None)
    people = list(ObservedPerson.objects.filter(account=account).values_list("is_invitee", flat=True))
    holds = Hold.objects.filter(account=account, closed_at=None, approved_at=None, refused_at=None).count()
    return SchoolStanding(
        state=state_of(account, credential, sync, holds),
        account=account,
        credential=credential,
        sync=sync,
        holds=holds,
        pending_invites=sum(people),
        seats_used=len(people),
        missing_scopes=sum(row.get("held") is False for row in account.scope_findings),
    )


def state_of(
    account: HubAccount, credential: SealedCredential | None, sync: OrganizationSync | None, holds: int
) -> str:
    """How an account stands, in one word."""
    if credential is None or not (account.uuid or account.is_active):
        return "connecting"
    if credential.refused_at:
        return "refused"
    if not account.is_active or sync is None:
        return "not_started"
    return "trouble" if sync.failure else _state_without_trouble(sync, holds)


def _state_without_trouble(sync: OrganizationSync, holds: int) -> str:
    if sync.proven_at is None or timezone.now() - sync.proven_at > PROOF_LASTS:
        return "unknown"
    if holds:
        return "held"
    return "in_sync" if sync.in_sync_at and sync.handled_generation >= sync.generation else "waiting"


@dataclass(frozen=True)
class MissingPerson:
    """Someone of the class who is not in its team. `why` is no_docker_id, invited, no_seat, no_scope, not_yet,

    or how the invitation ended: expired, declined, cancelled, invalid, lost.
    """

    name: str
    why: str


@dataclass(frozen=True)
class ClassStanding:
    """`state` is a school's state, or archived, nothing_needed, reached, partly."""

    state: str
    team: str = ""
    as_of: datetime | None = None
    failure: str = ""
    missing: tuple[MissingPerson, ...] = ()
    # Removals of the school wait until somebody approves them.
    waits_for_yes: bool = False


def class_standing(class_group: ClassGroup) -> ClassStanding:
    """Whether a class group has reached Docker Hub, and who of it is missing there."""
    school = school_standing(class_group.school)
    account = school.account
    if class_group.is_archived:
        return ClassStanding("archived")
    if account is None or not school.is_connected:
        return ClassStanding(school.state)
    if account.kind == HubAccount.Kind.PERSONAL or not needs_team(class_group):
        return ClassStanding("nothing_needed")
    team = team_of(class_group, account)
    if school.state in ("not_started", "refused") or (school.failure and school.failure not in IN_PART):
        return ClassStanding(school.state, team, school.proven_at, failure=school.failure)
    observed = ObservedTeam.objects.filter(account=account, name=team).first()
    if observed is None or school.state in ("waiting", "unknown"):
        return ClassStanding("waiting", team, school.proven_at)
    there = {str(key).lower() for key in observed.members}
    missing = tuple(_missing(class_group, school, there))
    state = "partly" if missing else "reached"
    return ClassStanding(
        state, team, observed.seen_at, school.failure, missing, waits_for_yes=bool(school.holds)
    )


def needs_team(class_group: ClassGroup) -> bool:
    """A team is made only where somebody must be let in: private images of our own, or students as members."""
    if class_group.students_are_members:
        return True
    used = class_group.assigned_images.filter(withdrawn_at__isnull=True)
    return used.filter(image__is_own=True, image__is_private=True).exists()


def _missing(class_group: ClassGroup, school: SchoolStanding, there: set[str]) -> list[MissingPerson]:
    people = dict(ObservedPerson.objects.filter(account=school.account).values_list("key", "is_invitee"))
    invited, members = ({key for key, waits in people.items() if waits is one} for one in (True, False))
    # Who is a member already needs no further seat to get into the team.
    is_full = school.seats_free is not None and school.seats_free <= 0
    ends = (*HubPerson.ENDED, HubPerson.State.INVALID)
    known = HubPerson.objects.filter(account=school.account, state__in=ends)
    # Under another account than they were invited by, somebody is a member all the same.
    known_as = HubPerson.objects.filter(account=school.account).exclude(docker_id="")
    accounts = dict(known_as.values_list("key", "docker_id"))
    states = dict(known.values_list("key", "state"))
    missing = []
    for name, called in _wanted(class_group):
        keys = called | {accounts[key] for key in called if key in accounts}
        if not keys:
            missing.append(MissingPerson(name, "no_docker_id"))
        elif not keys & there:
            later = "no_scope" if school.failure == "missing_scope" else "not_yet"
            later = "no_seat" if is_full and not keys & members else later
            ended = next((states[key] for key in sorted(keys) if key in states), "")
            missing.append(MissingPerson(name, "invited" if keys & invited else ended or later))
    return missing


def _wanted(class_group: ClassGroup) -> list[tuple[str, set[str]]]:
    """Name and keys of everyone who belongs into the class's team; no key means that no Docker ID is known."""
    people = []
    teachings = Teaching.objects.filter(class_group=class_group).select_related("teacher_role__user")
    for role in (teaching.teacher_role for teaching in teachings):
        keys = {key.lower() for key in (role.docker_id, role.invite_email) if key}
        # A teacher without Docker ID or address was left out on purpose: a seat costs money.
        people += [(str(role.user), keys)] if keys else []
    if class_group.students_are_members:
        current = Enrolment.objects.current().filter(class_group=class_group).select_related("student")
        students = (enrolment.student for enrolment in current)
        people += [(str(s), {s.docker_id.lower()} if s.docker_id else set()) for s in students]
    return people

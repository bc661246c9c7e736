"""Holds back dangerous removals until a person has looked, while everything else goes on. Pure.

Each kind of removal may take away, unannounced and in one run, up to the larger of a floor and a share of what is ours.
More than that holds the whole kind. Removals that a person announced or approved pass exactly as they were named.
Losing the membership of the organization cannot be undone without the person, so it waits a day besides. What a person
refused, what others undo each time, the deletion of a team that no longer bears the portal's mark, and the leaving of
somebody who is only assumed to be whom the portal invited wait as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from hubsync.hub.names import RESERVED_TEAMS
from hubsync.planning.changes import (
    Change,
    DeleteTeam,
    Invite,
    RemoveCollaborator,
    RemoveFromTeam,
    RemoveMember,
)
from hubsync.planning.fights import Done, fought
from hubsync.planning.held_with import followers
from hubsync.planning.limits import LIMITS, by_kind, guarded_kind, sizes_of
from hubsync.planning.match import People
from hubsync.planning.order import in_order
from hubsync.planning.owned import Owned, is_marked
from hubsync.planning.plan import HeldChanges, Plan
from hubsync.planning.state import OrganizationState, Person
from hubsync.planning.vanished import NOTHING, Vanished, apart

# How long a person is left in the organization after nothing keeps them there any more.
GRACE = timedelta(hours=24)
# A hold of these keeps nobody waiting for an answer: time passes, or the answer was no.
QUIET = frozenset({"grace", "refused"})


@dataclass(frozen=True)
class Consent:
    """What people have said about removals: announced beforehand, approved or refused after a hold, due since when.

    An announcement may name a person by the e-mail of the invitation. `first_planned` tells when a removal from the
    organization was first planned after a proven observation; one that is not in it is planned for the first time.
    `past` is what was done lately, oldest first or not. `lately` are permissions that were taken away, unannounced, since
    every one had its turn to be read, and `permissions` is how many of ours are known, read now or earlier.
    """

    announced: frozenset[Change] = frozenset()
    approved: frozenset[Change] = frozenset()
    refused: frozenset[Change] = frozenset()
    first_planned: dict[Change, datetime] = field(default_factory=dict)
    past: tuple[Done, ...] = ()
    lately: frozenset[Change] = frozenset()
    permissions: int = 0


def hold_unsafe(
    plan: Plan,
    observed: OrganizationState,
    owned: Owned,
    consent: Consent,
    vanished: Vanished = NOTHING,
) -> Plan:
    """The same plan with what has to wait moved to its holds."""
    guard = _Guard(_without_the_untouchable(plan, observed, owned), observed, owned, consent, vanished)
    for rule in guard.rules:
        guard.hold(rule)
    return replace(plan, changes=tuple(guard.left), holds=tuple(guard.holds))


class _Guard:
    """One rule after the other; what a rule holds, the next one no longer sees."""

    def __init__(
        self,
        plan: Plan,
        observed: OrganizationState,
        owned: Owned,
        consent: Consent,
        vanished: Vanished,
    ) -> None:
        self.left: list[Change] = list(apart(plan.changes, vanished.people | _not_to_invite(consent)))
        self.holds: list[HeldChanges] = []
        self.observed, self.owned, self.consent, self.vanished = observed, owned, consent, vanished
        self.is_whole = plan.is_whole
        self.announced = _with_docker_ids(consent.announced, People(observed, owned.aliases))
        self.rules = (
            self.refused,
            self.shrunk,
            self.fights,
            self.mark_missing,
            self.assumed,
            self.too_many,
            self.grace,
        )

    def hold(self, rule: Callable[[], Iterable[HeldChanges]]) -> None:
        for hold in list(rule()):
            self._move(hold)
            # What may not be a way around a hold, or needs what is held, waits with it.
            if also := followers(hold.changes, self.left, self.observed):
                reason = hold.reason if hold.reason == "refused" else "follows"
                for kind, changes in by_kind(also):
                    self._move(HeldChanges(kind, changes, reason))

    def _move(self, hold: HeldChanges) -> None:
        held = set(hold.changes)
        self.holds.append(hold)
        self.left = [change for change in self.left if change not in held]

    def refused(self) -> Iterator[HeldChanges]:
        said_no = [change for change in self.left if change in self.consent.refused]
        for kind, changes in by_kind(said_no):
            yield HeldChanges(kind, changes, "refused")

    def shrunk(self) -> Iterator[HeldChanges]:
        """One question for all of it: whoever answers knows what happened on Docker Hub."""
        if again := self.vanished.remade_by(self.left, self.observed):
            yield HeldChanges("shrunk", again, "shrunk")

    def fights(self) -> Iterator[HeldChanges]:
        """Each object is a question of its own, because another person is behind it."""
        planned = [change for change in self.left if change not in self.consent.approved]
        for change in in_order(fought(planned, self.consent.past)):
            yield HeldChanges("fights", (change,), "fight")

    def mark_missing(self) -> Iterator[HeldChanges]:
        """Also where it was announced: whoever announced it did not know that somebody had described the team anew."""
        unmarked = {team.key for team in self.observed.teams if not is_marked(team)}
        doubtful = tuple(
            change
            for change in self.left
            if isinstance(change, DeleteTeam)
            and change.team.lower() in unmarked
            and change not in self.consent.approved
        )
        if doubtful:
            yield HeldChanges("teams", doubtful, "mark_missing")

    def assumed(self) -> Iterator[HeldChanges]:
        """Also where it was announced: that names the person, and whether the account is theirs is what nobody knows."""
        doubtful = tuple(
            change
            for change in self.left
            if isinstance(change, RemoveMember)
            and change.docker_id in self.owned.assumed
            and change not in self.consent.approved
        )
        if doubtful:
            yield HeldChanges("members", doubtful, "assumed")

    def too_many(self) -> Iterator[HeldChanges]:
        sizes = sizes_of(self.observed, self.owned, self.consent.permissions)
        said = self.announced | self.consent.approved
        for kind, limit in LIMITS.items():
            unannounced = [one for one in self.left if guarded_kind(one) == kind and one not in said]
            before = self._before(kind) - set(unannounced)
            if unannounced and len(unannounced) + len(before) > limit.of(sizes[kind]):
                yield HeldChanges(kind, in_order(unannounced))

    def _before(self, kind: str) -> frozenset[Change]:
        """What counts besides. Where permissions take turns, a wrong set of them would else pass piece by piece."""
        return self.consent.lately if kind == "permissions" and not self.is_whole else frozenset()

    def grace(self) -> Iterator[HeldChanges]:
        waiting = tuple(
            change
            for change in self.left
            if isinstance(change, RemoveMember)
            and change not in self.consent.approved
            and not _has_waited(self.consent.first_planned.get(change), self.observed.seen_at)
        )
        if waiting:
            yield HeldChanges("members", waiting, "grace")


def _not_to_invite(consent: Consent) -> frozenset[str]:
    refused = (change for change in consent.refused if isinstance(change, Invite))
    return frozenset(invitee for change in refused for invitee in change.invitees)


def _without_the_untouchable(plan: Plan, observed: OrganizationState, owned: Owned) -> Plan:
    """The planner never touches owners, reserved teams or the portal itself; this says so a second time.

    All owners stay, so two always do, whatever the limits and whoever approved: to remove one is for another owner.
    """
    owners = {member.person.docker_id for member in observed.members if member.is_owner}

    def may(change: Change) -> bool:
        if change.team_name.lower() in RESERVED_TEAMS:
            return False
        leaver = (
            change.docker_id
            if isinstance(change, RemoveMember | RemoveFromTeam | RemoveCollaborator)
            else None
        )
        return leaver is None or (leaver != owned.identity and leaver not in owners)

    return replace(plan, changes=tuple(change for change in plan.changes if may(change)))


def _with_docker_ids(announced: Iterable[Change], people: People) -> frozenset[Change]:
    """Who was announced by e-mail, by the Docker ID with which they are a member."""

    def named(change: Change) -> Change:
        key = getattr(change, "docker_id", "")
        member = people.find_member(Person(email=key) if "@" in key else Person(key)) if key else None
        return replace(change, docker_id=member.person.docker_id) if member else change  # type: ignore[call-arg]

    return frozenset(map(named, announced))


def _has_waited(first_planned: datetime | None, seen_at: datetime | None) -> bool:
    return first_planned is not None and seen_at is not None and seen_at - first_planned >= GRACE

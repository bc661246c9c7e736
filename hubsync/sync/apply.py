"""Carries a plan out on Docker Hub, one change after the other, each journalled before it is sent.

One refused change does not stop the rest. "Already so" is success. A POST is never sent again without a look. What
stops a run (no answer, no budget, no credential, another worker, another wish) is raised; the rows tell how far it came.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import monotonic

from hubsync.hub.errors import (
    HubAuthLost,
    HubConflict,
    HubError,
    HubForbidden,
    HubNotFound,
    HubRejected,
    HubThrottled,
    HubUnavailable,
)
from hubsync.models import SyncChange, SyncRun
from hubsync.planning.changes import AddToTeam, Change, Invite, from_facts
from hubsync.sync import journal
from hubsync.sync.apply_hub import HubSide
from hubsync.sync.apply_look import Look
from hubsync.sync.just_made import appearances
from hubsync.sync.lease import Lease
from hubsync.sync.splitting import Splitting

State = SyncChange.State
NO_SEAT = "a seat did not become free"
SLICE_SECONDS = 45.0
SLICE_WRITES = 60
# Reading counts too: a task of Celery is stopped after 75 seconds.
RUN_SECONDS = 60.0


@dataclass
class Outcome:
    """How far a run came. `missing_scopes` are what the credential lacked, as Docker Hub's refusals name them."""

    sent: int = 0
    rejected: int = 0
    unknown: int = 0
    left: int = 0
    # Something is not as the plan took it to be: what is left may not be done without another look.
    needs_look: bool = False
    missing_scopes: set[str] = field(default_factory=set)

    @property
    def may_go_on(self) -> bool:
        """Whether the next slice may go on with what is left."""
        return not (self.needs_look or self.unknown)


class Applier:
    """Carries out the rows of one run."""

    def __init__(
        self,
        run: SyncRun,
        lease: Lease,
        hub: HubSide,
        look: Look,
        *,
        run_began: float | None = None,
        is_over: Callable[[], bool] = lambda: False,
    ) -> None:
        self.run, self.lease, self.hub, self.look = run, lease, hub, look
        # The worker was told to stop: the next change is left to the next run.
        self.is_over = is_over
        self.outcome = Outcome()
        self._missing_teams: set[str] = set()
        # How invitations that were not taken back are ("gone", or "unknown"): their seats are not free for those to whom
        # the plan gives them.
        self._still_waiting: set[str] = set()
        self._splitting = Splitting()
        self._began = monotonic()
        self._run_began = run_began if run_began is not None else self._began

    def apply(self, rows: Sequence[SyncChange]) -> Outcome:
        """Carry out the changes in their order, until done or until the slice is spent."""
        waiting = list(rows)
        while waiting:
            if self._is_spent():
                self.outcome.left += len(waiting)
                break
            row = waiting.pop(0)
            change = from_facts(row.kind, row.facts)
            if reason := self._may_not_be_tried(change):
                self._leave(row, reason)
                continue
            waiting = [*self._carry_out(row, change), *waiting]
        return self.outcome

    def _may_not_be_tried(self, change: Change) -> str:
        """Why what the plan counted on before this change is not so, "" where it may be done."""
        if change.team_name.lower() in self._missing_teams:
            return "its team could not be made"
        if isinstance(change, Invite) and self._still_waiting and self.hub.account.seats is not None:
            return NO_SEAT
        return ""

    def _leave(self, row: SyncChange, reason: str) -> None:
        journal.note(row, State.REJECTED, f"not tried: {reason}")
        if reason == NO_SEAT and self._still_waiting == {"gone"}:
            # Who was to be taken back has answered: a look at once finds who has a seat now.
            self.outcome.left += 1
        else:
            self.outcome.rejected += 1

    def _is_spent(self) -> bool:
        if self.is_over():
            return True
        if not self.outcome.sent:
            return False
        now = monotonic()
        is_late = now - self._began > SLICE_SECONDS or now - self._run_began > RUN_SECONDS
        return is_late or self.outcome.sent >= SLICE_WRITES

    def _carry_out(self, row: SyncChange, change: Change) -> list[SyncChange]:
        """Do one change and note what became of it; the rows that it made necessary besides."""
        try:
            self.hub.prepare(change)
        except HubConflict as problem:
            self.outcome.needs_look = True
            return self._reject(row, change, problem)
        journal.send(row, self.lease)
        self.outcome.sent += 1
        try:
            if isinstance(change, Invite):
                return self._invite(row, change)
            text = self._do(row, change)
        except (HubThrottled, HubAuthLost):
            journal.take_back(row)
            raise
        except HubUnavailable as problem:
            self._look_after(row, change, problem)
        except HubError as problem:
            return self._refused(row, change, problem)
        else:
            self._confirm(row, change, text)
        return []

    def _do(self, row: SyncChange, change: Change) -> str:
        """Do it; where something that was made a moment ago is not found, once more as soon as it is."""
        try:
            return self.hub.carry_out(change)
        except HubNotFound:
            if not any(appearances(self.hub.account, self.hub.reader, change)):
                raise
        journal.send(row, self.lease)
        return self.hub.carry_out(change)

    def _confirm(self, row: SyncChange, change: Change, text: str) -> None:
        self.hub.claim(change)
        journal.note(row, State.CONFIRMED, text)

    def _look_after(self, row: SyncChange, change: Change, problem: HubUnavailable) -> None:
        """The answer was lost: look at that object. Raises where looking does not work either."""
        journal.note(row, State.UNKNOWN, str(problem), is_settled=False)
        if self.look.is_so(change):
            self._confirm(row, change, "the answer was lost; seen to be done")
            return
        # Reads lag behind writes: the next look settles it, and knows what it made, or took away, as our own doing.
        self.outcome.unknown += 1
        self._miss(change, problem)

    def _refused(self, row: SyncChange, change: Change, problem: HubError) -> list[SyncChange]:
        """Refused: either it is so already, or it is noted and the rest goes on."""
        if isinstance(change, Invite) and isinstance(problem, HubRejected):
            return self._split(row, change, problem)
        if not isinstance(problem, HubForbidden) and self.look.is_so(change):
            self._confirm(row, change, "was so already")
            return []
        self.outcome.needs_look |= isinstance(problem, HubConflict | HubNotFound)
        if isinstance(problem, HubForbidden):
            self.outcome.missing_scopes.add(problem.scope or problem.sentence)
        return self._reject(row, change, problem)

    def _reject(self, row: SyncChange, change: Change, problem: HubError) -> list[SyncChange]:
        journal.note(row, State.REJECTED, str(problem))
        self.outcome.rejected += 1
        self._miss(change, problem)
        return []

    def _miss(self, change: Change, problem: HubError) -> None:
        """What comes later in the plan may count on this change."""
        if change.kind == "create_team":
            self._missing_teams.add(str(change.facts()["team"]).lower())
        elif change.kind == "cancel_invite":
            self._still_waiting.add("gone" if isinstance(problem, HubNotFound) else "unknown")
            self.outcome.needs_look = True

    def _invite(self, row: SyncChange, change: Invite) -> list[SyncChange]:
        """One request for many people: each row of the answer counts for itself."""
        outcomes = {one.invitee.lower(): one for one in self.hub.invite(change)}
        unanswered = [invitee for invitee in change.invitees if invitee not in outcomes]
        members = [invitee for invitee, one in outcomes.items() if one.is_member_already]
        refused = [
            f"{invitee}: {one.status}"
            for invitee, one in outcomes.items()
            if not one.is_invited and not one.is_member_already
        ]
        self.hub.claim_invited([invitee for invitee, one in outcomes.items() if one.is_invited])
        if unanswered:
            self.outcome.unknown += 1
            journal.note(row, State.UNKNOWN, f"no answer for {', '.join(unanswered)}", is_settled=False)
        elif refused:
            self.outcome.rejected += 1
            journal.note(row, State.REJECTED, "; ".join(refused))
        else:
            journal.note(row, State.CONFIRMED)
        # Hub: who is a member already is not put into the team by the invitation.
        return [
            self._add(change.team, docker_id) for docker_id in members if "@" not in docker_id and change.team
        ]

    def _split(self, row: SyncChange, change: Invite, problem: HubRejected) -> list[SyncChange]:
        """Refused as a whole: who waits all the same is ours, and the others are asked for again in halves."""
        # Should looking not work, the answer counts as lost.
        journal.note(row, State.UNKNOWN, str(problem), is_settled=False)
        waiting = self.look.who_waits(change.invitees)
        if waiting is None:
            self.outcome.unknown += 1
            return []
        self.hub.claim_invited(waiting)
        if waiting == set(change.invitees):
            journal.note(row, State.CONFIRMED, "was so already")
            return []
        # What others do on Docker Hub meanwhile may be the reason.
        self.outcome.needs_look = True
        halves = [journal.append(self.run, half) for half in self._splitting.halves(row, change, waiting)]
        if not halves:
            return self._reject(row, change, problem)
        journal.note(row, State.REJECTED, f"{problem}; asked again in halves")
        for half in halves:
            self._splitting.follow(row, half)
        return halves

    def _add(self, team: str, docker_id: str) -> SyncChange:
        return journal.append(self.run, AddToTeam(team, docker_id))

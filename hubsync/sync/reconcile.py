"""The whole story of a run: claim, look, want, plan, guard, write down, carry out, settle."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from time import monotonic

from django.utils import timezone

from classrooms.actions.practice_images import want_begun_exams
from hubsync.hub.client import HubReader, HubWriter
from hubsync.hub.errors import HubAuthLost, HubThrottled, IncompleteObservation
from hubsync.models import HubAccount, SealedCredential, SyncChange, SyncRun
from hubsync.planning.guard import hold_unsafe
from hubsync.planning.plan import Plan, plan_changes
from hubsync.planning.state import OrganizationState
from hubsync.sync import journal
from hubsync.sync.apply import Applier, Outcome
from hubsync.sync.apply_hub import HubSide
from hubsync.sync.apply_look import Look
from hubsync.sync.audit_trail import SentByTheLog
from hubsync.sync.budget import LONGEST_WAIT_UNDER_WAY_SECONDS, Budget
from hubsync.sync.consent import keep_holds, read_consent
from hubsync.sync.desired import Desired, desired_state
from hubsync.sync.drift import keep_permission_drift, settle_drift
from hubsync.sync.fighters import name_fighters
from hubsync.sync.lease import GenerationMoved, Lease, LeaseLost, claim
from hubsync.sync.looking import look, note_plan
from hubsync.sync.ownership import link_classes, read_owned
from hubsync.sync.people import meet_people, note_seats
from hubsync.sync.remembered import known_teams
from hubsync.sync.schedule import settle, sync_of
from hubsync.sync.settlement import (
    Ending,
    ending_after,
    ending_of,
    ending_of_slice,
    is_silence,
    waits_for_yes,
)
from hubsync.sync.shrunk import forget_what_nobody_wants, read_vanished
from hubsync.sync.slices import go_on
from hubsync.sync.turns import giving_way
from hubsync.sync.unproven import missing_from
from hubsync.sync.withdrawn import withdraw_what_is_wanted
from hubsync.sync.worker_connection import WorkerConnection, worker_connection

logger = logging.getLogger(__name__)


def reconcile_organization(
    account_id: int, *, even_if_not_due: bool = False, is_over: Callable[[], bool] = lambda: False
) -> SyncRun | None:
    """Make an organization as its school wants it, if it is due and nobody else is at it; else None.

    Safe to call twice, late, or never: what is due is a row. Nothing is written before the account is active.
    `is_over` is asked before each change: a worker that has to stop leaves the rest to the next run.
    """
    lease = claim(account_id, even_if_not_due=even_if_not_due)
    if lease is None:
        return None
    account = HubAccount.objects.select_related("school").get(pk=account_id)
    story = Reconciliation(account, lease, journal.begin(account, lease), is_over)
    return story.run_to_its_end()


def plan_organization(account: HubAccount) -> Plan:
    """What a run would do now. Looks with a client that cannot write; raises what keeps it from looking."""
    sync_of(account)
    with worker_connection(account, Budget(is_urgent=True)) as hub:
        observed = look(account, HubReader(hub.connection), {}).observed
        today = timezone.localdate(hub.connection.now())
    return decide(account, desired_state(account, today), observed)


class Reconciliation:
    """One run of one account under one lease."""

    def __init__(self, account: HubAccount, lease: Lease, run: SyncRun, is_over: Callable[[], bool]) -> None:
        self.account, self.lease, self.run = account, lease, run
        self.is_over = giving_way(account.pk, is_over) if lease.is_urgent else is_over
        self.budget = Budget(
            is_urgent=lease.is_urgent,
            longest_wait_under_way=LONGEST_WAIT_UNDER_WAY_SECONDS,
            is_over=is_over,
        )
        self.calls = 0
        self.began = monotonic()

    def run_to_its_end(self) -> SyncRun:
        """The run with its result; whatever stopped it is in there."""
        try:
            ending = self._carry_through()
        except LeaseLost:
            self._finish(SyncRun.Result.INTERRUPTED, "lease_lost")
            return self.run
        except Exception as problem:  # the queue has to know of everything that stops a run
            ending = self._after(problem)
        self._finish(ending.result, ending.settlement.failure, ending.settlement.failure_detail)
        settle(self.lease, ending.settlement)
        return self.run

    def _carry_through(self) -> Ending:
        with worker_connection(self.account, self.budget, self.lease) as hub:
            try:
                return self._with(hub)
            finally:
                self.calls = hub.calls

    def _with(self, hub: WorkerConnection) -> Ending:
        reader = HubReader(hub.connection)
        if self.account.is_active and (rows := go_on(self.run, self.lease)):
            return self._go_on(hub, reader, rows)
        # Who waits at a page is told the whole truth; a regular look takes turns with what costs most.
        seen = look(self.account, reader, self.run.proof, everything=self.lease.is_urgent)
        observed = seen.observed
        self.budget.met_answer()
        was_sent = SentByTheLog(self.account, reader)
        journal.settle_lost_answers(self.account, observed, self.lease.claimed_at, was_sent)
        want_begun_exams(school=self.account.school)
        # Wanted is read last: the look may have told which repositories are private, and what is newest counts.
        desired = desired_state(self.account, timezone.localdate(hub.connection.now()))
        self.lease = replace(self.lease, generation=desired.generation)
        plan = decide(self.account, desired, observed)
        readings = note_plan(self.account, seen, desired.state, plan)
        self.run.proof["hidden"] = len(seen.hidden)
        self.run.proof["notes"] = [{"code": note.code, **note.as_dict()} for note in plan.notes]
        self.run.observed_at = observed.seen_at
        rows = journal.store(self.run, plan)
        if not self.account.is_active:
            return waits_for_yes(observed)
        keep_permission_drift(self.account, plan, desired.generation)
        settle_drift(self.run, plan, read_owned(self.account), reader)
        keep_holds(self.account, plan, observed.seen_at or timezone.now())
        forget_what_nobody_wants(self.account, plan)
        name_fighters(self.account, reader)
        side = HubSide(self.account, HubWriter(hub.connection), reader, observed, desired.state)
        outcome = self._apply(side, rows)
        owned = read_owned(self.account)
        return ending_of(plan, outcome, observed, owned, readings, is_lagging=bool(seen.hidden))

    def _go_on(self, hub: WorkerConnection, reader: HubReader, rows: list[SyncChange]) -> Ending:
        """Carry out what an earlier slice left of its plan, without another look."""
        desired = desired_state(self.account, timezone.localdate(hub.connection.now()))
        if desired.generation != self.lease.generation:
            raise GenerationMoved()
        seen = known_teams(self.account)
        side = HubSide(self.account, HubWriter(hub.connection), reader, seen, desired.state)
        return ending_of_slice(self._apply(side, rows), read_owned(self.account))

    def _apply(self, side: HubSide, rows: list[SyncChange]) -> Outcome:
        """Carry them out. Whatever ends it, the run says whether the next slice may go on with the rest."""
        applier = Applier(self.run, self.lease, side, Look(side), run_began=self.began, is_over=self.is_over)
        try:
            outcome = applier.apply(rows)
            self.run.may_go_on = bool(outcome.left) and outcome.may_go_on
        except HubThrottled:
            self.run.may_go_on = applier.outcome.may_go_on
            raise
        return outcome

    def _after(self, problem: Exception) -> Ending:
        ending = ending_after(problem, self.lease.attempts)
        if isinstance(problem, IncompleteObservation):
            self.run.proof["missing"] = missing_from(problem)
        if isinstance(problem, HubThrottled) and problem.status:
            not_before = self.budget.block_until(problem.not_before)
            ending = replace(ending, settlement=replace(ending.settlement, not_before=not_before))
        elif is_silence(problem):
            self.budget.met_silence()
        if isinstance(problem, HubAuthLost):
            # Hub: a refused token that is tried again and again locks the account.
            # One that was typed in meanwhile was not the one that was refused.
            tried = SealedCredential.objects.filter(account=self.account, set_at__lte=self.run.started_at)
            tried.update(refused_at=timezone.now())
        if ending.settlement.failure == "unexpected":
            logger.exception("The run %s of account %s stopped.", self.run.pk, self.account.pk)
        return ending

    def _finish(self, result: SyncRun.Result, trouble: str, detail: str = "") -> None:
        self.run.result, self.run.trouble, self.run.detail = result, trouble[:60], detail
        self.run.generation, self.run.calls = self.lease.generation, self.calls
        self.run.finished_at = timezone.now()
        self.run.save()


def decide(account: HubAccount, desired: Desired, observed: OrganizationState) -> Plan:
    """The plan behind its guards."""
    link_classes(account, desired.state)
    meet_people(account, observed, desired.state)
    owned = read_owned(account)
    plan = plan_changes(desired.state, observed, owned)
    note_seats(account, plan.notes)
    withdraw_what_is_wanted(account, desired.state)
    consent = read_consent(account, observed.seen_at or timezone.now())
    return hold_unsafe(plan, observed, owned, consent, read_vanished(account))

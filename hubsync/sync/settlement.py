"""How a run ended: its result for the journal, and what follows for the queue."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from hubsync.credentials import CredentialUnreadable, NoCredential
from hubsync.hub.errors import (
    BudgetUsedUp,
    HubAuthLost,
    HubForbidden,
    HubThrottled,
    HubUnavailable,
    IncompleteObservation,
    PauseAsked,
)
from hubsync.hub.scopes import Area
from hubsync.models import SyncRun
from hubsync.planning.guard import QUIET
from hubsync.planning.owned import Owned
from hubsync.planning.plan import Plan
from hubsync.planning.state import OrganizationState
from hubsync.sync.apply import Outcome
from hubsync.sync.desired import EmptyClassList
from hubsync.sync.lease import GenerationMoved, back_off
from hubsync.sync.schedule import AFTER_UNPROVEN, AT_ONCE, VERIFY_AFTER, WHILE_IT_LAGS, Settlement
from hubsync.sync.turns_of_reading import ReadingsNow

Result = SyncRun.Result
NOTHING_UNREAD = ReadingsNow()


@dataclass(frozen=True)
class Ending:
    result: SyncRun.Result
    settlement: Settlement


def waits_for_yes(observed: OrganizationState) -> Ending:
    """Planned for an account that nobody has switched on yet."""
    return Ending(Result.PLANNED, Settlement(proven_at=observed.seen_at))


def ending_of(
    plan: Plan,
    outcome: Outcome,
    observed: OrganizationState,
    owned: Owned,
    readings: ReadingsNow = NOTHING_UNREAD,
    *,
    is_lagging: bool = False,
) -> Ending:
    """After a proven look. "In sync" is said only of a look that found nothing to do: answers are not proof.

    It is said as of the oldest reading that it rests on, and not before each permission was read as it is wished now.
    `is_lagging`: Docker Hub does not show yet what it confirmed, so that the look rests on the journal.
    """
    ours = {member.key for member in owned.members}
    settlement = Settlement(
        proven_at=observed.seen_at,
        has_pending_invites=any(invite.invitee in ours for invite in observed.invites),
    )
    if outcome.left:
        return Ending(Result.INTERRUPTED, replace(settlement, again_in=AT_ONCE))
    if outcome.unknown or owned.uncertain:
        return Ending(Result.INTERRUPTED, replace(settlement, again_in=AFTER_UNPROVEN))
    if trouble := _trouble(outcome, observed):
        again = VERIFY_AFTER if outcome.sent > outcome.rejected else None
        return Ending(
            Result.PARTLY, replace(settlement, again_in=again, failure=trouble[0], failure_detail=trouble[1])
        )
    if outcome.sent:
        return Ending(Result.SETTLED, replace(settlement, again_in=VERIFY_AFTER))
    if is_lagging:
        return Ending(Result.INTERRUPTED, replace(settlement, again_in=WHILE_IT_LAGS))
    return _nothing_to_do(plan, observed, settlement, readings)


def ending_of_slice(outcome: Outcome, owned: Owned) -> Ending:
    """After a slice that went on with a plan. It looked at nothing, so it proves nothing: a look follows."""
    if outcome.left:
        return Ending(Result.INTERRUPTED, Settlement(again_in=AT_ONCE))
    if outcome.unknown or owned.uncertain:
        return Ending(Result.INTERRUPTED, Settlement(again_in=AFTER_UNPROVEN))
    if outcome.missing_scopes:
        scopes = ", ".join(sorted(outcome.missing_scopes))
        verify = Settlement(again_in=VERIFY_AFTER, failure="missing_scope", failure_detail=scopes)
        return Ending(Result.PARTLY, verify)
    if outcome.rejected:
        verify = Settlement(again_in=VERIFY_AFTER, failure="rejected", failure_detail=f"{outcome.rejected}")
        return Ending(Result.PARTLY, verify)
    return Ending(Result.SETTLED, Settlement(again_in=VERIFY_AFTER))


def _nothing_to_do(
    plan: Plan, observed: OrganizationState, settlement: Settlement, readings: ReadingsNow
) -> Ending:
    if any(hold.reason not in QUIET for hold in plan.holds):
        return Ending(Result.PARTLY, settlement)
    if readings.unproven:
        return Ending(Result.INTERRUPTED, replace(settlement, again_in=AT_ONCE))
    as_of = min((at for at in (observed.seen_at, readings.oldest) if at), default=None)
    return Ending(Result.SETTLED, replace(settlement, is_handled=True, in_sync_at=as_of))


def _trouble(outcome: Outcome, observed: OrganizationState) -> tuple[str, str] | None:
    if observed.unseen == {Area.COLLABORATORS} and not outcome.missing_scopes:
        return "collaborators_unseen", ""
    if observed.unseen or outcome.missing_scopes:
        return "missing_scope", ", ".join(sorted({*outcome.missing_scopes, *map(str, observed.unseen)}))
    return ("rejected", f"{outcome.rejected}") if outcome.rejected else None


def ending_after(problem: Exception, attempts: int) -> Ending:
    """After something that stopped the run."""
    if isinstance(problem, HubThrottled):
        waits = Settlement(not_before=problem.not_before, is_backing_off=True, counts_as_attempt=False)
        return Ending(Result.INTERRUPTED, waits)
    if isinstance(problem, GenerationMoved):
        return Ending(Result.INTERRUPTED, Settlement(again_in=AT_ONCE))
    if isinstance(problem, IncompleteObservation):
        again = max(AFTER_UNPROVEN, back_off(attempts))
        return replace(_failed("unproven", problem, again), result=Result.UNPROVEN)
    code = code_of(problem)
    # What only a person can mend is looked at again at the regular time.
    return _failed(code, problem, back_off(attempts) if code in ("unavailable", "unexpected") else None)


def is_silence(problem: Exception) -> bool:
    """Whether no Docker Hub was met: no answer, or one of the firewall in front of it."""
    return (
        isinstance(problem, HubUnavailable)
        and not isinstance(problem, HubThrottled)
        and problem.status in (0, 403)
    )


_CODES: tuple[tuple[type[Exception], str], ...] = (
    (NoCredential, "no_credential"),
    (CredentialUnreadable, "unreadable_credential"),
    (HubAuthLost, "refused"),
    (HubForbidden, "missing_scope"),
    (EmptyClassList, "empty_class_list"),
    (PauseAsked, "pause"),
    (BudgetUsedUp, "budget"),
    (HubThrottled, "throttled"),
    (HubUnavailable, "unavailable"),
    (IncompleteObservation, "unproven"),
)


def code_of(problem: Exception) -> str:
    """What went wrong, as a word that `words.troubles` has a sentence for."""
    return next((code for kind, code in _CODES if isinstance(problem, kind)), "unexpected")


def _failed(code: str, problem: Exception, again: timedelta | None) -> Ending:
    # Only Docker Hub's errors have a text that is known to hold no secret.
    detail = getattr(problem, "sentence", type(problem).__name__)
    return Ending(
        Result.FAILED,
        Settlement(
            again_in=again, failure=code, failure_detail=str(detail)[:1000], is_backing_off=again is not None
        ),
    )

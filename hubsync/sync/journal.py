"""The journal of a run: each change is written down before its request leaves, with the lease checked in one go.

After a crash the rows say what may have reached Docker Hub: what is `sent` or `unknown` without a time of settling.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Now
from django.utils import timezone

from hubsync.models import HubAccount, SyncChange, SyncRun
from hubsync.planning.changes import Change, from_facts
from hubsync.planning.plan import Plan
from hubsync.planning.state import Collaboration, OrganizationState
from hubsync.sync.gone import forget_if_gone
from hubsync.sync.lease import Lease, renew_for_writing
from hubsync.sync.ownership import claim_collaborator, claim_member, claim_repository, claim_team, unsettled
from hubsync.sync.people import note_declined

State = SyncChange.State
# Reads of Docker Hub can lag behind its writes: only after this does "not there" mean that nobody was invited.
INVITES_SHOW_AFTER = timedelta(seconds=60)


def begin(account: HubAccount, lease: Lease) -> SyncRun:
    """A run that has begun. One that another worker left unfinished is closed as interrupted."""
    SyncRun.objects.filter(account=account, result=SyncRun.Result.RUNNING).update(
        result=SyncRun.Result.INTERRUPTED, finished_at=timezone.now()
    )
    return SyncRun.objects.create(account=account, generation=lease.generation, lease_token=lease.token)


def store(run: SyncRun, plan: Plan) -> list[SyncChange]:
    """Write the plan down, its holds after its changes. The rows of the changes, in their order."""
    held = [change for hold in plan.holds for change in hold.changes]
    rows = [_row(run, position, change) for position, change in enumerate(plan.changes)]
    rows += [_row(run, len(rows) + n, change, State.HELD) for n, change in enumerate(held)]
    run.plan_digest = plan.digest
    with transaction.atomic():
        run.save(update_fields=["plan_digest"])
        SyncChange.objects.bulk_create(rows)
    return rows[: len(plan.changes)]


def append(run: SyncRun, change: Change) -> SyncChange:
    """One more change, which an answer made necessary."""
    last = SyncChange.objects.filter(run=run).aggregate(last=Max("position"))["last"]
    row = _row(run, 0 if last is None else last + 1, change)
    row.save()
    return row


@transaction.atomic
def send(row: SyncChange, lease: Lease) -> None:
    """Note that the request leaves now. Raises LeaseLost or GenerationMoved, and then it may not leave."""
    renew_for_writing(lease)
    row.state, row.lease_token = State.SENT, lease.token
    # The database's clock, because this time decides later whether an invitation would show by now.
    SyncChange.objects.filter(pk=row.pk).update(state=row.state, lease_token=row.lease_token, sent_at=Now())


def note(row: SyncChange, state: SyncChange.State, text: str = "", *, is_settled: bool = True) -> None:
    """Note what became of it, with Docker Hub's own words."""
    row.state, row.hub_text = state, text[:500]
    row.settled_at = timezone.now() if is_settled else None
    row.save(update_fields=["state", "hub_text", "settled_at"])


def take_back(row: SyncChange) -> None:
    """Docker Hub said that nothing was done: planned as before."""
    row.state, row.sent_at = State.PLANNED, None
    row.save(update_fields=["state", "sent_at"])


def settle_lost_answers(
    account: HubAccount,
    observed: OrganizationState,
    at: datetime,
    was_sent: Callable[[str, datetime], bool],
) -> None:
    """Find out by what was seen what became of changes whose answer was lost, and claim what they made.

    `was_sent` tells whether an invitation that does not show was sent since: who declined it already is not asked again.
    """
    for row in unsettled(account):
        with transaction.atomic():
            _settle(account, row, observed, at, was_sent)


def _settle(
    account: HubAccount,
    row: SyncChange,
    observed: OrganizationState,
    at: datetime,
    was_sent: Callable[[str, datetime], bool],
) -> None:
    change = from_facts(row.kind, row.facts)
    if row.kind == "invite":
        _settle_invite(account, row, observed, at, was_sent)
    elif claim_if_made(account, change, observed) or forget_if_gone(account, change, observed):
        note(row, State.CONFIRMED, "seen at a later look")
    else:
        # The plan decides anew from what was seen, so that nothing has to be known of the others.
        note(row, State.UNKNOWN, "the answer was lost; a later look decides")


def _settle_invite(
    account: HubAccount,
    row: SyncChange,
    observed: OrganizationState,
    at: datetime,
    was_sent: Callable[[str, datetime], bool],
) -> None:
    waiting = {invite.invitee for invite in observed.invites}
    members = {key for member in observed.members for key in (member.person.docker_id, member.person.email)}
    invitees = set(row.facts["invitees"])
    for invitee in invitees & waiting:
        claim_member(account, invitee)
    if invitees <= waiting | members:
        note(row, State.CONFIRMED, "seen at a later look")
    elif row.sent_at is None or at - row.sent_at >= INVITES_SHOW_AFTER:
        for invitee in sorted(invitees - waiting - members):
            if row.sent_at and was_sent(invitee, row.sent_at):
                claim_member(account, invitee)
                note_declined(account, invitee, row.facts["team"])
        note(row, State.UNKNOWN, "the answer was lost, and not all of them were invited")


def claim_if_made(account: HubAccount, change: Change, observed: OrganizationState) -> bool:
    """Claim the team, repository or collaborator that this change made, if it is there as it would have made it."""
    facts = change.facts()
    if change.kind == "create_team":
        made = [team for team in observed.teams if team.key == facts["team"].lower()]
        if made and made[0].description == facts["description"]:
            claim_team(account, made[0].name, uuid=made[0].uuid)
            return True
    if change.kind == "create_repository" and facts["repository"] in {
        one.key for one in observed.repositories
    }:
        claim_repository(account, facts["repository"])
        return True
    if change.kind == "add_collaborator" and Collaboration(**facts) in observed.collaborations:
        claim_collaborator(account, facts["repository"], facts["docker_id"])
        return True
    return False


def _row(run: SyncRun, position: int, change: Change, state: SyncChange.State = State.PLANNED) -> SyncChange:
    return SyncChange(run=run, position=position, kind=change.kind, facts=change.facts(), state=state)

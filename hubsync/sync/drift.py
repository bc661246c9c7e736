"""Keeps what another hand changed on Docker Hub: found by two looks, decided by the run's plan, named by the log."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from hubsync.hub.reader import HubReader
from hubsync.hub.scopes import Area
from hubsync.models import (
    Drift,
    HubAccount,
    HubPerson,
    ObservedPerson,
    ObservedTeam,
    OrganizationSync,
    RemoteObject,
    SyncChange,
    SyncRun,
)
from hubsync.planning.changes import Change, from_facts
from hubsync.planning.drift import DriftFound, SeenTeam, drift_between, outcome_of, permission_drift
from hubsync.planning.owned import Owned
from hubsync.planning.plan import Plan
from hubsync.planning.state import OrganizationState
from hubsync.sync.audit_trail import Trail, read_trail
from hubsync.sync.ownership import MAY_BE_DONE, READS_MAY_LAG

State = SyncChange.State
# Hub: nothing says how late the log is. So long a look asks it again who did what it has found.
LOG_MAY_LAG = timedelta(hours=2)


@transaction.atomic
def find_drift(account: HubAccount, observed: OrganizationState, renamed: dict[str, str]) -> None:
    """Keep what differs from the last look without our doing. Called before this look is remembered.

    `renamed` are people who chose another Docker ID: the same people.
    """
    last = ObservedTeam.objects.filter(account=account).order_by("-seen_at").first()
    if last is None or not observed.sees(Area.TEAMS, Area.MEMBERS):
        return
    before = _teams_before(account, renamed)
    ours = set(HubPerson.objects.filter(account=account).values_list("docker_id", flat=True)) - {""}
    members = ObservedPerson.objects.filter(account=account, is_invitee=False).values_list("key", flat=True)
    members_before = {renamed.get(key, key) for key in members}
    that_matter = members_before & (ours | {one for team in before for one in team.people})
    own = _own_changes(account, last.seen_at - READS_MAY_LAG)
    _keep(account, drift_between(before, that_matter, observed, own, ours - members_before))


@transaction.atomic
def keep_permission_drift(account: HubAccount, plan: Plan, generation: int) -> None:
    """Permissions that were as wanted until now, and were ours before: somebody else changed them."""
    sync = OrganizationSync.objects.get(account=account)
    if sync.in_sync_at is None or sync.handled_generation != generation:
        return
    given = SyncChange.objects.filter(
        run__account=account, kind__in=("assign_permission", "change_permission"), state=State.CONFIRMED
    )
    once = {(facts["team"], facts["repository"]) for facts in given.values_list("facts", flat=True)}

    def is_by_others(found: DriftFound) -> bool:
        facts = found.as_dict()
        was_ours = (facts["team"], facts["repository"]) in once
        return was_ours != (found.kind == "permission_given")

    _keep(account, [found for found in permission_drift(plan) if is_by_others(found)])


def settle_drift(run: SyncRun, plan: Plan, owned: Owned, reader: HubReader) -> None:
    """Say of everything found since the last run what becomes of it, and who did it.

    The log is read by one call, and by none where nothing is to be asked of it.
    """
    for row in Drift.objects.filter(account=run.account, run=None).order_by("pk"):
        row.run, row.outcome = run, outcome_of(row.kind, row.facts, plan, owned.teams)
        row.save(update_fields=["run", "outcome"])
    lately = timezone.now() - LOG_MAY_LAG
    unnamed = list(Drift.objects.filter(account=run.account, actor="", seen_at__gte=lately))
    declined = list(
        HubPerson.objects.filter(account=run.account, state=HubPerson.State.DECLINED, changed_at__gte=lately)
    )
    if unnamed or declined:
        _name(unnamed, declined, read_trail(run.account, reader, _since(run)))


def _name(unnamed: list[Drift], declined: list[HubPerson], trail: Trail) -> None:
    for row in unnamed:
        deed = trail.who(row.kind, row.facts)
        if deed.actor:
            row.actor, row.happened_at = deed.actor, deed.at
            row.save(update_fields=["actor", "happened_at"])
    for person in declined:
        # Hub: an invitation that was declined and one that an owner cancelled both just go; the log knows the latter.
        deed = trail.who("invite_cancelled", {"invitee": person.key})
        if deed.actor:
            person.state, person.hub_text = HubPerson.State.CANCELLED, deed.actor
            person.save(update_fields=["state", "hub_text"])


def _since(run: SyncRun) -> datetime:
    """The proven look before this run; the log lags behind, so a little more is asked for."""
    proven = OrganizationSync.objects.values_list("proven_at", flat=True).get(account=run.account)
    return (proven or run.started_at) - LOG_MAY_LAG


def _teams_before(account: HubAccount, renamed: dict[str, str]) -> list[SeenTeam]:
    claims = RemoteObject.objects.filter(account=account, kind=RemoteObject.Kind.TEAM).exclude(uuid="")
    ours = set(claims.values_list("uuid", flat=True))
    return [
        SeenTeam(
            row.uuid,
            row.name,
            row.description,
            frozenset(renamed.get(key, key) for key in row.members if "@" not in key),
        )
        for row in ObservedTeam.objects.filter(account=account, uuid__in=ours)
    ]


def _own_changes(account: HubAccount, since: datetime) -> list[Change]:
    """What the portal did, or may have done."""
    rows = SyncChange.objects.filter(run__account=account, state__in=MAY_BE_DONE, sent_at__gte=since)
    return [from_facts(row.kind, row.facts) for row in rows]


def _keep(account: HubAccount, found: list[DriftFound]) -> None:
    Drift.objects.bulk_create(Drift(account=account, kind=one.kind, facts=one.as_dict()) for one in found)

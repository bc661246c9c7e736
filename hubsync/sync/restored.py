"""Taking back what a run removed: rows that the next plan reads as a wish, so that it stays as well.

Memberships, permissions and collaborators come back as they were. Who is no longer a member has to accept a new
invitation, and a deleted team is made anew: both only where the person asks for it, since one costs a seat and an e-mail,
the other makes something.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction

from classrooms.actions.audit import record
from classrooms.models import User
from hubsync.models import HubAccount, ObservedPerson, RemoteObject, RestoredRemoval, SyncChange, SyncRun
from hubsync.planning.changes import Change, from_facts
from hubsync.planning.owned import Restored
from hubsync.planning.state import Grant, Permission, Person, TeamState
from hubsync.sync.schedule import request_reconcile

# After that a removal is history: what was true of the class then is not worth bringing back.
CAN_BE_TAKEN_BACK_FOR = timedelta(days=7)
AS_THEY_WERE = ("remove_from_team", "remove_permission", "change_permission", "remove_collaborator")


@dataclass
class TakingBack:
    """What of a run can be taken back, as rows of its journal, and what has been taken back already.

    `needs_invitation` are memberships of people who are in the organization no longer.
    """

    as_it_was: list[SyncChange] = field(default_factory=list)
    needs_invitation: list[SyncChange] = field(default_factory=list)
    teams: list[SyncChange] = field(default_factory=list)
    # Left the organization, and the journal knows of no team of theirs to invite them into.
    lost: list[SyncChange] = field(default_factory=list)
    done: list[RestoredRemoval] = field(default_factory=list)

    def rows(self, part: str) -> list[SyncChange]:
        """The rows of one part that a person may choose: "as_it_was", "invite" or "teams"."""
        parts = {"as_it_was": self.as_it_was, "invite": self.needs_invitation, "teams": self.teams}
        return parts.get(part, [])


def what_can_come_back(run: SyncRun, now: datetime) -> TakingBack:
    """Nothing of a run that is older than a week."""
    found = TakingBack(done=list(RestoredRemoval.objects.filter(run=run, ended_at=None)))
    if now - run.started_at > CAN_BE_TAKEN_BACK_FOR:
        return found
    taken = {from_facts(one.kind, one.facts) for one in RestoredRemoval.objects.filter(run=run)}
    members = _members(run.account)
    for row in run.changes.filter(state=SyncChange.State.CONFIRMED):
        _sort_in(found, row, members, taken)
    return found


def _members(account: HubAccount) -> set[str]:
    people = ObservedPerson.objects.filter(account=account, is_invitee=False)
    return set(people.values_list("key", flat=True))


def _sort_in(found: TakingBack, row: SyncChange, members: set[str], taken: set[Change]) -> None:
    has_left = row.facts.get("docker_id", "") not in members
    if row.kind == "remove_member":
        _sort_leaver_in(found, row, has_left, taken)
    elif from_facts(row.kind, row.facts) in taken:
        return
    elif row.kind == "delete_team":
        found.teams.append(row)
    elif row.kind == "remove_from_team":
        (found.needs_invitation if has_left else found.as_it_was).append(row)
    elif row.kind in AS_THEY_WERE and getattr(from_facts(row.kind, row.facts), "takes_away", True):
        found.as_it_was.append(row)


def _sort_leaver_in(found: TakingBack, row: SyncChange, has_left: bool, taken: set[Change]) -> None:
    last = _last_team_of(row)
    if not has_left or (last and from_facts(last.kind, last.facts) in taken):
        return
    if last is None:
        found.lost.append(row)
    elif last not in found.needs_invitation:
        found.needs_invitation.append(last)


def _last_team_of(row: SyncChange) -> SyncChange | None:
    """The last time that who left was taken out of a team: into that one they can be invited again."""
    earlier = SyncChange.objects.filter(
        run__account=row.run.account,
        kind="remove_from_team",
        state=SyncChange.State.CONFIRMED,
        facts__docker_id=row.facts["docker_id"],
    )
    return earlier.order_by("-settled_at", "-pk").first()


@transaction.atomic
def take_back(*, run: SyncRun, part: str, by: User, now: datetime) -> int:
    """Bring back what the run removed: "as_it_was", "invite" (an e-mail and a seat each) or "teams". How many.

    A second call changes nothing.
    """
    SyncRun.objects.select_for_update().get(pk=run.pk)
    rows = what_can_come_back(run, now).rows(part)
    RestoredRemoval.objects.bulk_create(_restored(run, row, by, may_invite=part == "invite") for row in rows)
    if rows:
        facts = {"part": part, "number": len(rows)}
        record(
            school=run.account.school,
            actor=by,
            verb="hub.removals_undone",
            about=run.account.name,
            facts=facts,
        )
        request_reconcile(run.account, urgent=True)
    return len(rows)


@transaction.atomic
def let_the_portal_decide(*, restored: RestoredRemoval, by: User, now: datetime) -> None:
    """What was brought back is as anything else again. Twice changes nothing."""
    if RestoredRemoval.objects.filter(pk=restored.pk, ended_at=None).update(ended_at=now):
        account = restored.account
        record(school=account.school, actor=by, verb="hub.removal_let_go", about=account.name)
        request_reconcile(account, urgent=True)


def read_restored(account: HubAccount) -> frozenset[Restored]:
    """What stays because a person took its removal back."""
    return frozenset(map(_as_value, RestoredRemoval.objects.filter(account=account, ended_at=None)))


def _restored(run: SyncRun, row: SyncChange, by: User, *, may_invite: bool) -> RestoredRemoval:
    team = row.facts.get("team", "")
    claim = RemoteObject.objects.filter(
        account=run.account, kind=RemoteObject.Kind.TEAM, name__iexact=team
    ).first()
    return RestoredRemoval(
        account=run.account,
        run=run,
        kind=row.kind,
        facts=row.facts,
        class_group_id=claim.class_group_id if claim else None,
        may_invite=may_invite,
        restored_by=by,
    )


def _as_value(row: RestoredRemoval) -> Restored:
    team = _team(row.facts) if row.kind == "delete_team" else None
    return Restored(from_facts(row.kind, row.facts), row.class_group_id, team, row.may_invite, row.pk)


def _team(facts: dict[str, object]) -> TeamState:
    people, grants = facts.get("people", ()), facts.get("grants", ())
    assert isinstance(people, Iterable) and isinstance(grants, Iterable)
    return TeamState(
        str(facts["team"]),
        str(facts.get("description", "")),
        frozenset(Person(docker_id) for docker_id in people),
        frozenset(Grant(repository, Permission(level)) for repository, level in grants),
    )

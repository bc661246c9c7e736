"""A look: read, proven, remembered, and what earlier looks left for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from hubsync.hub.client import HubReader
from hubsync.models import HubAccount, LastLook
from hubsync.planning.changes import Change, RenameTeam
from hubsync.planning.plan import Plan
from hubsync.planning.state import OrganizationState
from hubsync.planning.wishes import key_of, touched_repositories, touched_teams, wishes_of
from hubsync.sync.desired import EmptyClassList, desired_state
from hubsync.sync.drift import find_drift
from hubsync.sync.lagging import believe_journal
from hubsync.sync.observed import Observer
from hubsync.sync.ownership import follow_names, forget_gone_collaborators, read_owned
from hubsync.sync.people import follow_people
from hubsync.sync.remembered import known_private_repositories, remember, shared_repositories
from hubsync.sync.shrunk import prove_size
from hubsync.sync.turns_of_reading import Kind, ReadingsNow, Turns, note_readings, read_turns


@dataclass(frozen=True)
class Seen:
    """The account, proven, and whose permissions were read of it.

    `hidden` are changes of ours that it was given although Docker Hub does not show them yet.
    """

    observed: OrganizationState
    turns: Turns
    hidden: tuple[Change, ...] = ()


def look(
    account: HubAccount, reader: HubReader, proof: dict[str, object], *, everything: bool = True
) -> Seen:
    """Docker Hub as it is, proven; the proof is written into `proof`, and the pages' rows are renewed.

    `everything`: all permissions are read, as a person expects who asks; else those whose turn it is.
    """
    turns = read_turns(account, everything=everything)
    routes = _Routes(account, reader, turns)
    observer = Observer(
        account,
        reader,
        read_owned(account),
        known_private_repositories(account),
        shared_repositories(account),
        _wanted(account, timezone.localdate(reader.connection.now())),
        turns,
        proof,
    )
    found = believe_journal(account, observer.observe())
    observed = found.observed
    routes.keep()
    prove_size(account, observed)
    find_drift(account, observed, follow_people(account, observed))
    remember(account, observed, timezone.now())
    follow_names(account, observed)
    forget_gone_collaborators(account, observed)
    return Seen(observed, turns, found.hidden)


def note_plan(account: HubAccount, seen: Seen, desired: OrganizationState, plan: Plan) -> ReadingsNow:
    """Keep which permissions were read as wished: those that nothing is planned for, and that show what we did."""
    held = (change for hold in plan.holds for change in hold.changes)
    changes = [*plan.changes, *held, *seen.hidden]
    wishes = wishes_of(desired, seen.observed, read_owned(account))
    by_team = seen.turns.kind == Kind.TEAM
    touched = _teams_touched(seen.observed, changes) if by_team else touched_repositories(changes)
    at = seen.observed.seen_at or timezone.now()
    return note_readings(account, seen.turns, wishes, touched, at)


def _teams_touched(observed: OrganizationState, changes: list[Change]) -> frozenset[str]:
    names = touched_teams(changes)
    # Changes of a renamed team name it as it will be called.
    was = {one.new_name.lower(): one.team.lower() for one in changes if isinstance(one, RenameTeam)}
    names |= {was[name] for name in names if name in was}
    return frozenset(key_of(team) for team in observed.teams if team.key in names)


def _wanted(account: HubAccount, today: date) -> OrganizationState:
    """What is wished, to see whose wish changed. What speaks against believing it is said after the look."""
    try:
        return desired_state(account, today).state
    except EmptyClassList:
        return OrganizationState()


class _Routes:
    """Which route answered an earlier look, so that the others are not tried each time."""

    def __init__(self, account: HubAccount, reader: HubReader, turns: Turns) -> None:
        self.account, self.routes = account, reader.connection.working_routes
        self.before: dict[str, str] = {}
        # A look at everything asks anew: Docker Hub may have learnt another route meanwhile.
        if not (turns.everything or turns.is_night):
            row = LastLook.objects.filter(account=account).first()
            self.before = dict(row.working_routes) if row else {}
            self.routes.update({**self.before, **self.routes})

    def keep(self) -> None:
        if self.routes != self.before:
            LastLook.objects.update_or_create(
                account=self.account, defaults={"working_routes": dict(self.routes)}
            )

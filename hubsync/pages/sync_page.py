"""What the page of the synchronization shows, in a known number of queries."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, QuerySet

from hubsync.models import HubAccount, ObservedPerson, OrganizationSync, SyncChange, SyncRun
from hubsync.words.notes import note_sentence
from hubsync.words.noticing import noticed_lines
from hubsync.words.plans import Group, Line, counted_sentences, groups_of, lines_of, rows_of
from hubsync.words.seats import Seats, seat_sentences, seats_of
from hubsync.words.who import WhoIsWho

# More than this is not read on one screen; the page of the run has them all.
SHOWN_CHANGES = 60
LAST_RUNS = 10
SETTLED = (SyncChange.State.CONFIRMED, SyncChange.State.REJECTED, SyncChange.State.UNKNOWN)


@dataclass(frozen=True)
class ShownPlan:
    """A plan that waits to be read: its groups, what was found and left alone, what it costs and who will notice it.

    `held_count` is the number of changes that `held` tells of.
    """

    run: SyncRun
    groups: list[Group]
    held: list[str]
    held_count: int
    notes: list[str]
    cost: list[str]
    noticed: list[str]
    seats: Seats

    @property
    def count(self) -> int:
        return sum(group.count for group in self.groups)

    @property
    def seats_lacking(self) -> int:
        return max(0, self.seats.after - self.seats.bought) if self.seats.bought is not None else 0


@dataclass(frozen=True)
class Progress:
    """The run that is under way, or the last one that changed something."""

    run: SyncRun | None
    lines: list[Line] = field(default_factory=list)
    done: int = 0
    total: int = 0
    is_working: bool = False

    @property
    def hidden(self) -> int:
        return self.total - len(self.lines)


def shown_plan(account: HubAccount, who: WhoIsWho) -> ShownPlan | None:
    """The plan that was computed last, if nothing ran since."""
    run = SyncRun.objects.filter(account=account).first()
    if run is None or run.result != SyncRun.Result.PLANNED:
        return None
    changes = list(run.changes.all())
    planned = rows_of(change for change in changes if change.state != SyncChange.State.HELD)
    held = rows_of(change for change in changes if change.state == SyncChange.State.HELD)
    taken = ObservedPerson.objects.filter(account=account).count()
    seats = seats_of(planned, bought=account.seats, taken=taken)
    return ShownPlan(
        run=run,
        groups=groups_of(planned, who),
        held=counted_sentences(held, who),
        held_count=len(held),
        notes=notes_of(run, who),
        cost=seat_sentences(seats) if account.has_teams else [],
        noticed=noticed_lines(planned, who) if account.has_teams else [],
        seats=seats,
    )


def notes_of(run: SyncRun, who: WhoIsWho) -> list[str]:
    """What the run found and left alone, in words."""
    return [note_sentence(note["code"], note, who) for note in run.proof.get("notes", ())]


def progress_of(account: HubAccount, who: WhoIsWho) -> Progress:
    """What is being done now, or was done last."""
    sync = OrganizationSync.objects.filter(account=account).first()
    runs = SyncRun.objects.filter(account=account).exclude(result=SyncRun.Result.PLANNED)
    run = runs.filter(Exists(SyncChange.objects.filter(run=OuterRef("pk")))).first()
    is_working = is_under_way(account, sync) or runs.filter(result=SyncRun.Result.RUNNING).exists()
    if run is None:
        return Progress(None, is_working=is_working)
    changes = list(run.changes.exclude(state=SyncChange.State.HELD))
    done = sum(change.state in SETTLED for change in changes)
    return Progress(run, lines_of(_shown(changes), who), done, len(changes), is_working)


def _shown(changes: list[SyncChange]) -> list[SyncChange]:
    """All of a short list; of a long one what happens now: the last that are done and the next that are planned."""
    if len(changes) <= SHOWN_CHANGES:
        return changes
    at = next((place for place, change in enumerate(changes) if change.state not in SETTLED), len(changes))
    first = max(0, min(at - SHOWN_CHANGES // 2, len(changes) - SHOWN_CHANGES))
    return changes[first : first + SHOWN_CHANGES]


def is_under_way(account: HubAccount, sync: OrganizationSync | None) -> bool:
    """Whether a worker is at it or will be in a moment. A trouble that waits for a person is not under way."""
    if sync is None or not account.is_active:
        return False
    return bool(sync.lease_token) or (sync.handled_generation < sync.generation and not sync.failure)


def last_runs(account: HubAccount) -> QuerySet[SyncRun]:
    """The last runs, the newest first, with the number of their changes."""
    runs = SyncRun.objects.filter(account=account).exclude(result=SyncRun.Result.PLANNED)
    # Named again: a query that groups takes no order from its model.
    return runs.annotate(number_of_changes=Count("changes")).order_by("-started_at", "-pk")[:LAST_RUNS]

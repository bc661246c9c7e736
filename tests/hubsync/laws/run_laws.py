"""What holds of each single run, by what was before it, what it sent and how Docker Hub is afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from hubsync.models import SyncChange, SyncRun
from tests.hubsync.laws import snapshot
from tests.hubsync.laws.ground import Ground
from tests.hubsync.laws.oracle import what_is_wrong
from tests.hubsync.laws.snapshot import Snapshot, written
from tests.hubsync.laws.wire import Sent
from tests.hubsync.stage import ORGANIZATION

State = SyncChange.State
# What may go unannounced in one run: so many, or such a share of what is ours.
GUARDS = {"members": (3, 0.10), "teams": (1, 0.10), "memberships": (5, 0.20), "permissions": (5, 0.20)}
GUARDED = {
    "remove_member": "members",
    "delete_team": "teams",
    "remove_from_team": "memberships",
    "remove_permission": "permissions",
    "remove_collaborator": "permissions",
}
LEVELS = ("read", "write", "admin")
REFUSED_BEFORE_WORK = (401, 429)
SIGN_IN = "/v2/auth/token"


@dataclass(frozen=True)
class Told:
    """One run as the laws look at it. `run` is None where the worker died; `was_disturbed` where a read was a lie."""

    ground: Ground
    before: Snapshot
    run: SyncRun | None
    was_disturbed: bool = False

    @property
    def sent(self) -> list[Sent]:
        return self.ground.wire.sent[self.before.sent :]

    @property
    def writes(self) -> list[Sent]:
        return [one for one in self.sent if one.is_write]

    @property
    def rows(self) -> list[SyncChange]:
        return list(SyncRun.objects.filter(account=self.ground.account).latest("pk").changes.all())

    @property
    def done(self) -> list[SyncChange]:
        """What was sent, whether it was carried out or not."""
        return [row for row in self.rows if row.sent_at is not None]


def law_2_unproven_writes_nothing(told: Told) -> None:
    if told.run is not None and told.run.result == SyncRun.Result.UNPROVEN:
        assert told.writes == []


def law_3_foreign_is_left_alone(told: Told) -> None:
    now = snapshot.take(told.ground)
    made = now.repositories - told.before.repositories
    teams, members, repositories, invited = now.foreign
    without_new = {name: facts for name, facts in repositories.items() if name not in made}
    assert (teams, members, without_new, invited) == told.before.foreign


def law_4_owners_stay(told: Told) -> None:
    assert told.before.owners <= set(told.ground.world.owners[ORGANIZATION])


def law_8_no_post_twice(told: Told) -> None:
    """A request that was refused before any work counts as not sent."""
    counted = [one for one in told.sent if one.status not in REFUSED_BEFORE_WORK]
    twice = [two for one, two in pairwise(counted) if two.is_write and two.method == "POST" and one == two]
    assert twice == []


def law_10_guards_hold(told: Told) -> None:
    for kind, (floor, share) in GUARDS.items():
        removed = [row for row in told.done if _guarded(row) == kind]
        unannounced = [row for row in removed if written(row.kind, row.facts) not in told.before.allowed]
        assert len(unannounced) <= max(floor, int(share * told.before.sizes[kind])), unannounced


def law_11_held_is_not_done(told: Told) -> None:
    held = [row for row in told.rows if row.state == State.HELD]
    assert not {written(row.kind, row.facts) for row in held} & {
        written(row.kind, row.facts) for row in told.done
    }
    kept = {row.facts["docker_id"] for row in held if row.kind == "remove_from_team"}
    left = {row.facts["docker_id"] for row in told.done if row.kind == "remove_member"}
    assert not kept & left


def law_12_refusals_stop_nothing_else(told: Told) -> None:
    """A run that says it came to its end has left nothing undone that it planned."""
    if told.run is not None and told.run.result in (SyncRun.Result.SETTLED, SyncRun.Result.PARTLY):
        assert [row for row in told.rows if row.state in (State.PLANNED, State.SENT)] == []


def law_14_teams_keep_their_identity(told: Told) -> None:
    """A class whose team was there has the same team, or none any more."""
    now = snapshot.take(told.ground).uuid_of_class
    changed = {pk for pk, uuid in told.before.uuid_of_class.items() if pk in now and now[pk] != uuid}
    assert changed == set()


def law_15_a_look_is_cheap(told: Told) -> None:
    if told.run is None or told.writes or told.was_disturbed or told.run.result != SyncRun.Result.SETTLED:
        return
    world = told.ground.world
    lists = (world.members, world.teams, world.repositories)
    pages = sum(max(1, ceil(len(one[ORGANIZATION]) / world.limits.largest_page)) for one in lists)
    organization, invites, spare = 1, 1, 2
    teams = len([one for one in told.ground.claims() if told.ground.find_team(one.uuid)])
    permissions = min(teams, len(world.repositories[ORGANIZATION]))
    # What was refused before any work, because a bearer had expired, is asked again after another sign-in.
    answered = [one for one in told.sent if one.status not in REFUSED_BEFORE_WORK and one.path != SIGN_IN]
    assert len(answered) <= organization + pages + invites + permissions + spare


def law_20_in_sync_is_true(told: Told) -> None:
    """Whoever reads "in sync" and looks at Docker Hub finds it so."""
    sync = told.ground.sync
    if sync.in_sync_at is not None:
        assert sync.proven_at is not None
        assert sync.in_sync_at <= sync.proven_at
    # As the page does: a run that ended in trouble says that, whatever was so before.
    is_handled = sync.handled_generation == sync.generation
    says_so = sync.in_sync_at is not None and is_handled and not sync.failure
    if told.run is not None and says_so and not told.was_disturbed and not told.writes:
        wrong = what_is_wrong(told.ground)
        assert not wrong, f"{wrong} {told.ground.told(told.run)}"


LAWS = (
    law_2_unproven_writes_nothing,
    law_3_foreign_is_left_alone,
    law_4_owners_stay,
    law_8_no_post_twice,
    law_10_guards_hold,
    law_11_held_is_not_done,
    law_12_refusals_stop_nothing_else,
    law_14_teams_keep_their_identity,
    law_15_a_look_is_cheap,
    law_20_in_sync_is_true,
)


def check(told: Told) -> None:
    for law in LAWS:
        law(told)


def _guarded(row: SyncChange) -> str | None:
    if row.kind == "change_permission":
        lost = LEVELS.index(row.facts["permission"]) < LEVELS.index(row.facts["was"])
        return "permissions" if lost else None
    return GUARDED.get(row.kind)

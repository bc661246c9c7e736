"""The laws of a personal account: nobody is mailed, whom another hand let in stays, and so does the account itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from classrooms.models import AssignedImage, Image, TeacherRole
from hubsync.models import AnnouncedRemoval, Hold, RemoteObject, SyncChange, SyncRun
from hubsync.planning.changes import Change
from tests.hubsync.laws import run_laws
from tests.hubsync.laws.ground import Ground
from tests.hubsync.laws.oracle import held_facts, taken_back
from tests.hubsync.laws.personal import ANA
from tests.hubsync.laws.run_laws import Told
from tests.hubsync.laws.snapshot import allowed_in
from tests.hubsync.laws.standing_laws import (
    ANSWERED,
    law_9_one_writer,
    law_17_wishes_are_not_forgotten,
    law_19_no_secret_is_written,
)

Pair = tuple[str, str]


@dataclass(frozen=True)
class Before:
    """What the laws of a run compare with. `strangers` are in by another hand: (repository, Docker ID).

    Whom a write of ours let in is none, also where the worker died before it could claim them.
    """

    strangers: frozenset[Pair]
    repositories: dict[str, tuple[bool, str]]
    sizes: dict[str, int]
    allowed: frozenset[Change]
    sent: int
    # The personal account as it was left, once the school uses an organization.
    left_behind: Any = None


def take(ground: Ground, left_behind: Any = None) -> Before:
    claims = len(ground.claims(RemoteObject.Kind.COLLABORATOR))
    return Before(
        strangers=frozenset(people_in(ground) - claimed(ground) - unclaimed_yet(ground)),
        repositories=_repositories(ground),
        sizes={"members": 0, "teams": 0, "memberships": 0, "permissions": claims},
        allowed=frozenset(allowed_in(ground)),
        sent=len(ground.wire.sent),
        left_behind=left_behind,
    )


def as_it_stands(ground: Ground) -> Any:
    """The personal account: who may push where, and its repositories."""
    return people_in(ground), _repositories(ground)


def people_in(ground: Ground) -> set[Pair]:
    """Everybody who may push: (repository, Docker ID)."""
    world = ground.world
    return {
        (one.name, who) for one in world.repositories[ANA].values() for who in world.collaborators[one.id]
    }


def claimed(ground: Ground) -> set[Pair]:
    names = (one.name.split("/", 1) for one in ground.claims(RemoteObject.Kind.COLLABORATOR))
    return {(repository, who) for repository, who in names}


def unclaimed_yet(ground: Ground) -> set[Pair]:
    """Whom the portal asked to let in, and that request reached Docker Hub, while the journal has no answer."""
    rows = SyncChange.objects.filter(kind="add_collaborator", sent_at__isnull=False, settled_at=None)
    asked = {(row.facts["repository"], row.facts["docker_id"]) for row in rows}
    return {
        (name, who)
        for name, who in asked
        for one in ground.wire.writes
        if one.method == "POST" and one.path.rstrip("/").endswith(f"/{name}/collaborators")
        if one.body == {"user": who} and one.status < 300
    }


def wanted(ground: Ground) -> set[Pair]:
    """Everybody who teaches, on every repository of the account that a class uses and that is there."""
    if not ground.account.teachers_push:
        return set()
    used = AssignedImage.objects.current().filter(class_group__archived_at=None, image__is_own=True)
    names = {one.partition("/")[2] for one in used.values_list("image__repository", flat=True)}
    roles = TeacherRole.objects.current().filter(school=ground.school).exclude(role="read_only")
    people = {one.lower() for one in roles.values_list("docker_id", flat=True)} - {"", ANA}
    return {(name, who) for name in names & _repositories(ground).keys() for who in people}


def what_is_wrong(ground: Ground) -> list[str]:
    """Everything that is not as the school wants it, and that no person is the reason of."""
    return [*_wrong_people(ground), *_missing_repositories(ground)]


def _wrong_people(ground: Ground) -> Iterator[str]:
    there, wish, asked = people_in(ground), wanted(ground), {two for _, two in held_facts(ground)}
    spared = {(name, who) for name, who in there | wish if {name, who} & (asked | taken_back(ground))}
    if missing := wish - there - spared:
        yield f"{missing} may not push"
    if extra := (there & claimed(ground)) - wish - spared:
        yield f"{extra} may push still"


def _missing_repositories(ground: Ground) -> Iterator[str]:
    world = ground.world
    most, there = world.limits.personal_private_repositories, _repositories(ground)
    is_full = most is not None and sum(is_private for is_private, _ in there.values()) >= most
    held = {two for _, two in held_facts(ground)}
    for image in Image.objects.filter(school=ground.school, is_wanted=True):
        name = image.repository.removeprefix(f"{ANA}/")
        if name not in there and name not in held and not (is_full and image.is_private is not False):
            yield f"{name} was not made"


def _repositories(ground: Ground) -> dict[str, tuple[bool, str]]:
    return {one.name: (one.is_private, one.description) for one in ground.world.repositories[ANA].values()}


def law_3_what_was_there_stays(told: Told) -> None:
    before: Any = told.before
    now = take(told.ground)
    assert before.strangers <= people_in(told.ground)
    assert before.repositories.items() <= now.repositories.items()


def law_4_the_account_is_never_let_in_or_out(told: Told) -> None:
    assert not [row for row in told.rows if row.facts.get("docker_id") == ANA]


def law_7_nobody_is_mailed(told: Told) -> None:
    assert not +told.ground.world.mails


def law_15_a_look_is_cheap(told: Told) -> None:
    if told.run is None or told.writes or told.was_disturbed or told.run.result != SyncRun.Result.SETTLED:
        return
    sign_in, user, page, spare = 1, 1, 1, 2
    assert len(told.sent) <= sign_in + user + page + len(told.before.repositories) + spare


def law_20_in_sync_is_true(told: Told) -> None:
    sync = told.ground.sync
    says_so = sync.in_sync_at is not None and sync.handled_generation == sync.generation
    if told.run is not None and says_so and not told.was_disturbed and not told.writes:
        assert not what_is_wrong(told.ground), told.ground.told(told.run)


def law_10_nothing_wanted_is_announced(ground: Ground) -> None:
    announced = AnnouncedRemoval.objects.filter(expires_at__gt=ground.clock.now())
    rows = [*announced, *Hold.objects.filter(ANSWERED, closed_at=None)]
    facts = [one["facts"] for row in rows for one in row.changes if one["kind"] == "remove_collaborator"]
    assert not {(one["repository"], one["docker_id"]) for one in facts} & wanted(ground)


RUN = (
    run_laws.law_2_unproven_writes_nothing,
    law_3_what_was_there_stays,
    law_4_the_account_is_never_let_in_or_out,
    law_7_nobody_is_mailed,
    run_laws.law_8_no_post_twice,
    run_laws.law_10_guards_hold,
    run_laws.law_11_held_is_not_done,
    run_laws.law_12_refusals_stop_nothing_else,
    law_15_a_look_is_cheap,
    law_20_in_sync_is_true,
)
STANDING = (
    law_9_one_writer,
    law_10_nothing_wanted_is_announced,
    law_17_wishes_are_not_forgotten,
    law_19_no_secret_is_written,
)


def check_run(told: Told) -> None:
    before: Any = told.before
    if before.left_behind is None:
        for law in RUN:
            law(told)
    else:
        # The school uses an organization by now: what it used before is nobody's business of the portal.
        assert as_it_stands(told.ground) == before.left_behind
        run_laws.law_8_no_post_twice(told)
        run_laws.law_12_refusals_stop_nothing_else(told)


def check_standing(ground: Ground) -> None:
    for law in STANDING:
        law(ground)

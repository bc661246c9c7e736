"""Docker Hub is asked again by itself: soon for what nobody could look at, and once for everybody at the deadline."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from classrooms import receipts
from classrooms.actions.handing_in import HandedIn, grant_extension
from classrooms.models import ClassPractice, HandIn, Student
from classrooms.queries.later_looks import DUE_FOR, UNSEEN_AGAIN
from classrooms.queries.run_works import runnable
from hubsync import tasks
from hubsync.account import later_versions
from hubsync.account.later_versions import look_again
from hubsync.management.commands import worker
from hubsync.models import CallBlock, HubBudget
from hubsync.sandbox.world import World
from hubsync.sync.blocks import egress
from tests.classrooms.hand_ins.given import give, hand
from tests.factories import make_student
from tests.hubsync.stage import Stage

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
UNSEEN = HandedIn(reference="omar1/web:v1", findings=({"code": "unreachable", "facts": {}},))
COMPOSE = "services:\n  web: {image: 'omar1/web:v1'}\n  db: {image: 'mariadb:11'}\n"


@pytest.fixture(autouse=True)
def rounds_follow_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each call is a round, as if the pause between two were over."""
    cache.clear()
    monkeypatch.setattr(cache, "add", lambda *_, **__: True)


@pytest.fixture
def given(stage: Stage) -> ClassPractice:
    return give(stage.smr)


@pytest.fixture
def bruno(stage: Stage) -> Student:
    return Student.objects.get(given_name="Bruno")


@pytest.fixture
def omar(world: World) -> World:
    world.add_user("omar1")
    world.add_repository("omar1", "web", is_private=False, actor="omar1")
    world.push_tag("omar1", "web", "v1", pushed_by="omar1")
    return world


def push(world: World, tag: str = "v1") -> str:
    """Another version of the same tag; its digest."""
    world.push_tag(
        "omar1", "web", tag, pushed_by="omar1", config={"Env": [f"N={timezone.now().isoformat()}"]}
    )
    return digest_of(world)


def digest_of(world: World) -> str:
    """Of what was pushed last."""
    return next(iter(reversed(world.manifests[world.get_repository("omar1", "web").id])))


def seen(world: World) -> HandedIn:
    return HandedIn(reference="omar1/web:v1", digest=digest_of(world), platforms=("linux/amd64",))


def the_time_is_over(given: ClassPractice, ago: timedelta = MINUTE) -> None:
    given.due_at = timezone.now() - ago
    given.save()


def test_what_nobody_could_look_at_is_seen_soon_after_and_the_receipt_stays(
    given: ClassPractice, bruno: Student, omar: World
) -> None:
    row = hand(given, bruno, UNSEEN)
    before = receipts.signed_text(row)

    looked = look_again()

    row = HandIn.objects.get()
    assert (looked, row.digest, row.later_digest, row.is_unseen) == (1, "", digest_of(omar), False)
    assert receipts.signed_text(row) == before
    assert look_again() == 0


def test_at_the_deadline_everybodys_tag_is_looked_at_once_and_what_counts_stays(
    given: ClassPractice, bruno: Student, omar: World
) -> None:
    handed_in = seen(omar)
    hand(given, bruno, handed_in)
    open_still = look_again()
    pushed = push(omar)
    the_time_is_over(given)

    rounds = [look_again(), look_again()]

    row = HandIn.objects.get()
    assert (open_still, rounds) == (0, [1, 0])
    assert (row.digest, row.later_digest) == (handed_in.digest, pushed)
    (found,) = runnable([row])
    assert found.work is not None and found.work.services[0].image == f"omar1/web@{handed_in.digest}"


def test_what_is_pushed_after_that_look_is_nobodys_business(
    given: ClassPractice, bruno: Student, omar: World
) -> None:
    hand(given, bruno, seen(omar))
    the_time_is_over(given)
    look_again()

    push(omar)

    assert look_again() == 0
    assert HandIn.objects.get().later_digest == ""


def test_who_has_more_time_is_looked_at_when_that_is_over(
    given: ClassPractice, bruno: Student, omar: World
) -> None:
    hand(given, bruno, seen(omar))
    the_time_is_over(given)
    grant_extension(class_practice=given, student=bruno, due_at=timezone.now() + HOUR, by=None)
    meanwhile = look_again()
    given.extensions.update(due_at=timezone.now() - MINUTE)

    assert (meanwhile, look_again()) == (0, 1)


def test_of_several_attempts_the_one_that_counts_is_looked_at(
    given: ClassPractice, bruno: Student, omar: World
) -> None:
    for _ in range(2):
        hand(given, bruno, seen(omar))
    the_time_is_over(given)
    hand(given, bruno, seen(omar))

    assert look_again() == 1
    assert HandIn.objects.get(looked_again_at__isnull=False).attempt == 2


@pytest.mark.parametrize("state", ["withdrawn", "archived", "long over", "by digest", "a file"])
def test_what_is_closed_or_cannot_change_is_not_asked_about(
    stage: Stage, given: ClassPractice, bruno: Student, omar: World, state: str
) -> None:
    handed_in = seen(omar)
    if state == "by digest":
        handed_in = replace(handed_in, reference=f"omar1/web@{handed_in.digest}")
    if state == "a file":
        handed_in = HandedIn(digest=handed_in.digest, archive="a.tar")
    hand(given, bruno, handed_in)
    the_time_is_over(given, DUE_FOR + MINUTE if state == "long over" else MINUTE)
    if state == "withdrawn":
        ClassPractice.objects.update(withdrawn_at=timezone.now())
    if state == "archived":
        stage.smr.archived_at = timezone.now()
        stage.smr.save()

    assert look_again() == 0


def test_while_docker_hub_is_silent_few_calls_are_made_and_then_it_has_a_pause(
    stage: Stage, given: ClassPractice, omar: World
) -> None:
    for number in range(10):
        hand(given, make_student(stage.smr, f"N{number}"), UNSEEN)
    omar.faults.add("error", status=503)
    before = len(omar.journal.requests)

    first, second = look_again(), look_again()

    assert (first, second) == (0, 0)
    assert len(omar.journal.requests) - before <= 3 * later_versions_tries()
    assert HandIn.objects.filter(is_unseen=True, looked_again_at=None).count() == 10
    omar.faults.clear()
    cache.clear()
    assert look_again() == 10


def later_versions_tries() -> int:
    """Requests that one look may take: the question, the token, the question again."""
    return 3


def test_what_is_not_there_is_looked_for_again_in_an_hour(
    given: ClassPractice, bruno: Student, omar: World
) -> None:
    hand(given, bruno, replace(UNSEEN, reference="omar1/web:v9"))
    first, at_once = look_again(), look_again()
    HandIn.objects.update(looked_again_at=timezone.now() - UNSEEN_AGAIN - MINUTE)
    pushed = push(omar, "v9")

    later = look_again()

    assert (first, at_once, later) == (1, 0, 1)
    assert HandIn.objects.get().later_digest == pushed


def test_a_digest_that_nobody_could_look_for_is_looked_for(
    given: ClassPractice, bruno: Student, omar: World
) -> None:
    hand(given, bruno, replace(UNSEEN, reference=f"omar1/web@{digest_of(omar)}"))
    gone = hand(given, bruno, replace(UNSEEN, reference=f"omar1/web@sha256:{'0' * 64}"))

    assert look_again() == 2

    assert HandIn.objects.exclude(pk=gone.pk).get().later_digest == digest_of(omar)
    assert HandIn.objects.get(pk=gone.pk).is_unseen


def test_images_of_a_compose_file_that_nobody_could_look_at_are_fixed_then(
    stage: Stage, bruno: Student, omar: World
) -> None:
    given = give(stage.smr, takes_compose=True)
    omar.add_repository("library", "mariadb")
    omar.push_tag("library", "mariadb", "11")
    handed_in = replace(UNSEEN, digest=digest_of(omar), compose=COMPOSE)
    row = hand(given, bruno, replace(handed_in, compose_digests=(("omar1/web:v1", handed_in.digest),)))
    before = [one.work for one in runnable([row])]

    look_again()

    row = HandIn.objects.get()
    (found,) = runnable([row])
    assert before == [None]
    assert (row.compose_digests, list(row.later_compose_digests)) == (
        {"omar1/web:v1": handed_in.digest},
        ["mariadb:11"],
    )
    assert found.work is not None and not row.is_unseen


def test_the_first_version_that_was_seen_is_the_one_that_stays(
    given: ClassPractice, bruno: Student, omar: World
) -> None:
    hand(given, bruno, UNSEEN)
    look_again()
    first = digest_of(omar)
    push(omar)
    the_time_is_over(given)

    look_again()

    assert HandIn.objects.get().later_digest == first


def test_it_costs_heads_alone_each_in_the_budget_of_all_workers_and_a_round_is_bounded(
    stage: Stage, given: ClassPractice, omar: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(later_versions, "MOST_IN_A_ROUND", 3)
    for number in range(5):
        omar.push_tag("omar1", "web", f"s{number}", pushed_by="omar1")
        hand(given, make_student(stage.smr, f"N{number}"), replace(UNSEEN, reference=f"omar1/web:s{number}"))
    before = len(omar.journal.requests)

    looked = look_again()

    requests = [one for one in list(omar.journal.requests)[before:] if "/manifests/" in one.path]
    assert looked == 3
    assert {one.method for one in requests} == {"HEAD"}
    assert omar.get_repository("omar1", "web").pull_count == 0
    assert sum(block.calls for block in CallBlock.objects.all()) == 3


def test_with_no_call_left_nothing_is_asked(given: ClassPractice, bruno: Student, omar: World) -> None:
    hand(given, bruno, UNSEEN)
    HubBudget.objects.update_or_create(egress=egress(), defaults={"blocked_until": timezone.now() + HOUR})
    before = len(omar.journal.requests)

    assert (look_again(), len(omar.journal.requests) - before) == (0, 0)


@pytest.mark.parametrize("loop", [worker._when_idle, tasks.look_again_at_hand_ins])
def test_both_kinds_of_workers_look(given: ClassPractice, bruno: Student, omar: World, loop: Any) -> None:
    hand(given, bruno, UNSEEN)

    loop()

    assert HandIn.objects.get().later_digest == digest_of(omar)

"""Reads lag behind writes: nothing is written a second time, nothing flaps, and what another hand changes is mended."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import translation

from hubsync.hub.names import team_name_for
from hubsync.models import Drift, SyncChange, SyncRun
from hubsync.sync import just_made
from hubsync.words.proof import hidden_sentence
from tests.factories import make_assigned_image, make_class_group, make_student
from tests.hubsync.stage import ORGANIZATION, Stage

pytestmark = pytest.mark.usefixtures("nearby")

Result = SyncRun.Result
OLD_TRUTH = 3600.0


@pytest.fixture
def settled(stage: Stage) -> Stage:
    """Bruno has accepted, Carla is a member; everything is as wanted and was shown an hour ago."""
    stage.world.take_seat(ORGANIZATION, "carla", "member")
    stage.settle()
    stage.accept("bruno")
    stage.settle()
    stage.world.clock.move(seconds=OLD_TRUTH)
    SyncChange.objects.update(sent_at=F("sent_at") - timedelta(hours=1))
    stage.forget_requests()
    return stage


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    waited: list[float] = []
    monkeypatch.setattr(just_made, "sleep_seconds", waited.append)
    return waited


def team_of(stage: Stage) -> str:
    return team_name_for(stage.smr.name, stage.smr.academic_year)


def reads_lag(stage: Stage, path: str) -> None:
    """Reads of this path show from now on what is so now, whatever is written."""
    stage.world.faults.add("stale read", path=path, seconds=OLD_TRUTH / 2)


def teams_lag(stage: Stage) -> None:
    """Who is in a team is told by the list of members, and by the team's own."""
    reads_lag(stage, "/v2/orgs/*/members*")
    reads_lag(stage, "/v2/orgs/*/groups*")


def carla_joins(stage: Stage) -> None:
    make_student(stage.smr, "Carla", docker_id="carla")
    stage.wish()


def a_class_comes(stage: Stage) -> str:
    asir = make_class_group(stage.school, "2º ASIR", students_are_members=True)
    make_assigned_image(asir, stage.school.images.get(repository=f"{ORGANIZATION}/examen"))
    make_student(asir, "Bruno", docker_id="bruno")
    stage.wish()
    return team_name_for(asir.name, asir.academic_year)


def test_who_does_not_show_in_a_team_yet_is_not_put_into_it_a_second_time(settled: Stage) -> None:
    carla_joins(settled)
    teams_lag(settled)
    settled.run()
    settled.forget_requests()

    runs = [settled.run() for _ in range(3)]

    assert settled.writes == []
    assert {run.result for run in runs} == {Result.INTERRUPTED}
    assert not Drift.objects.exists()


def test_a_look_that_shows_it_ends_in_sync(settled: Stage) -> None:
    carla_joins(settled)
    teams_lag(settled)
    settled.run()
    lagging = settled.run()
    settled.world.faults.clear()

    run = settled.run()

    assert (lagging.result, run.result) == (Result.INTERRUPTED, Result.SETTLED)
    assert not SyncChange.objects.filter(kind="add_to_team", facts__docker_id="carla", shown_at=None).exists()


def test_in_sync_is_not_said_while_something_does_not_show(settled: Stage) -> None:
    carla_joins(settled)
    teams_lag(settled)
    settled.run()
    before = settled.sync

    run = settled.run()

    with translation.override("en"):
        said = hidden_sentence(run.proof)
    assert said.startswith("Docker Hub has confirmed 1 change and does not show it yet")
    assert settled.sync.handled_generation == before.handled_generation < settled.sync.generation


@pytest.mark.parametrize("path", ["/v2/orgs/*/groups*", "/v2/*", "/v2/repositories/*"])
def test_a_new_class_is_made_once_whatever_lags(settled: Stage, path: str) -> None:
    name = a_class_comes(settled)
    reads_lag(settled, path)
    settled.run()
    settled.forget_requests()

    settled.run()
    settled.run()
    settled.world.faults.clear()
    last = settled.settle()

    assert settled.writes == []
    assert settled.people_of(name) == {"bruno"}
    assert last.result == Result.SETTLED
    assert not Drift.objects.exists()


def test_what_another_hand_undoes_after_it_was_shown_is_mended_at_once(settled: Stage) -> None:
    carla_joins(settled)
    settled.run()
    settled.run()
    settled.world.remove_from_team(settled.team(team_of(settled)), "carla")

    settled.run()

    assert "carla" in settled.people_of(team_of(settled))


def test_what_never_shows_is_done_anew_after_two_minutes(settled: Stage) -> None:
    carla_joins(settled)
    settled.run()
    settled.world.remove_from_team(settled.team(team_of(settled)), "carla")

    believed = settled.run()
    was_there = "carla" in settled.people_of(team_of(settled))
    settled.let_pass(seconds=121)
    settled.run()

    assert (believed.result, was_there) == (Result.INTERRUPTED, False)
    assert "carla" in settled.people_of(team_of(settled))


def test_who_was_just_invited_and_does_not_show_takes_a_seat(settled: Stage) -> None:
    settled.account.seats = 5
    settled.account.save()
    for name in ("elena", "fabio"):
        settled.world.add_user(name, email=f"{name}@example.org")
    make_student(settled.smr, "Elena", docker_id="elena")
    settled.wish()
    reads_lag(settled, "/v2/orgs/*/invites")
    settled.run()
    settled.forget_requests()
    make_student(settled.smr, "Fabio", docker_id="fabio")
    make_student(settled.smr, "Dario", docker_id="dario")
    settled.wish()

    settled.run()

    # Ana, Bruno, Carla, Elena: one seat is left for two.
    assert settled.writes == ["POST /v2/invites/bulk"]
    assert len(settled.invited()) == 3


@pytest.fixture
def not_found_at_first(settled: Stage) -> Stage:
    """The first two writes into the team that was just made answer that it is not there, although it is."""
    settled.world.faults.add("error", method="POST", path="/v2/orgs/*/groups/*/members", status=404, times=1)
    return settled


def test_what_was_just_made_and_is_not_found_is_looked_for_and_then_used(
    not_found_at_first: Stage, pauses: list[float]
) -> None:
    name = a_class_comes(not_found_at_first)

    run = not_found_at_first.run()

    assert (run.result, not_found_at_first.people_of(name)) == (Result.SETTLED, {"bruno"})
    assert pauses == [0.0]


def test_what_does_not_appear_within_ten_seconds_is_believed_to_be_missing(
    not_found_at_first: Stage, pauses: list[float]
) -> None:
    not_found_at_first.world.faults.add("stale read", path="/v2/orgs/*/groups/*", seconds=OLD_TRUTH / 2)
    a_class_comes(not_found_at_first)

    run = not_found_at_first.run()

    assert sum(pauses) == 10
    assert SyncChange.objects.get(run=run, kind="add_to_team").state == SyncChange.State.REJECTED


def test_what_was_there_for_long_and_is_not_found_is_not_waited_for(
    not_found_at_first: Stage, pauses: list[float]
) -> None:
    carla_joins(not_found_at_first)

    not_found_at_first.run()

    assert pauses == []

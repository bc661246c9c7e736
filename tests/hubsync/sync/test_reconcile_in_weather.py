"""A first sync in every kind of bad weather: it converges once the sky is clear, and nobody and nothing is done twice."""

from __future__ import annotations

from typing import Any

import pytest

from hubsync.credentials import keep_credential
from hubsync.hub.names import team_name_for
from hubsync.models import HubBudget, SyncChange, SyncRun
from hubsync.sandbox.faults import OF_WEATHER
from hubsync.sandbox.scopes import ORGANIZATION_SCOPES, REPOSITORY_SCOPES
from hubsync.sync import worker_connection
from tests.hubsync.stage import ORGANIZATION, Stage

RUNS_IN_BAD_WEATHER = 3
CHANCE = 0.25
# Of each kind, as bad as it can be while a test still ends soon.
SECONDS = {"latency": 0.02, "slow drip": 0.0003, "stale read": 45.0, "too many": 1.0}
API = "/v2/[!a]*"


@pytest.fixture
def school(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """The stage beside things that are not the school's: a team with Dario, Carla's invitation. Pages of two rows."""
    world = stage.world
    world.limits.largest_page = 2
    world.limits.signed_in_per_minute = world.limits.anonymous_per_minute = None
    invited = world.invite_all(ORGANIZATION, ["carla"], role="member", team=None, inviter="anaruiz")
    assert invited[0].status == "invited"
    world.take_seat(ORGANIZATION, "dario", "member")
    team = world.add_team(ORGANIZATION, "proyectos", description="by hand")
    world.add_to_team(team, "dario")
    world.grant(world.get_repository(ORGANIZATION, "lamp"), team, "admin")
    monkeypatch.setattr("hubsync.hub.transport.FIRST_PAUSE_SECONDS", 0.001)
    monkeypatch.setattr("hubsync.sync.budget.LONGEST_WAIT_SECONDS", 0.0)
    return stage


def foreign(stage: Stage) -> Any:
    lamp = stage.world.get_repository(ORGANIZATION, "lamp")
    team = stage.team("proyectos")
    return (
        repr(team),
        stage.people_of("proyectos"),
        stage.world.permissions[lamp.id].get(team.id),
        set(stage.world.members[ORGANIZATION]),
        repr(stage.world.pending_invites[ORGANIZATION]["carla"]),
        {one.name for one in stage.world.repositories[ORGANIZATION].values()},
    )


def wait_a_minute(stage: Stage) -> None:
    """On both sides, and a Docker Hub that asked for patience has had it."""
    stage.let_pass(seconds=61)
    stage.world.clock.move(seconds=61)
    HubBudget.objects.all().delete()


def sky_clears(stage: Stage) -> None:
    stage.world.faults.clear()
    wait_a_minute(stage)


def converge(stage: Stage) -> None:
    for _ in range(6):
        stage.run()
        if stage.sync.in_sync_at and stage.sync.handled_generation == stage.sync.generation:
            return
        wait_a_minute(stage)
    raise AssertionError([(one.result, one.trouble, one.detail) for one in SyncRun.objects.all()])


def assert_done_once(stage: Stage) -> None:
    team = team_name_for(stage.smr.name, stage.smr.academic_year)
    assert stage.world.mails == {"bruno": 1, "carla": 1}
    assert set(stage.world.teams[ORGANIZATION]) == {"owners", "proyectos", "docentes", team}
    assert stage.people_of(team) == {"anaruiz"}
    assert (stage.level_of(team, "examen"), stage.level_of("docentes", "lamp")) == ("read", "write")
    assert not SyncChange.objects.filter(state=SyncChange.State.SENT, settled_at=None).exists()


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("kind", OF_WEATHER)
def test_a_first_sync_in_bad_weather_converges_and_does_nothing_twice(
    school: Stage, kind: str, seed: int
) -> None:
    before = foreign(school)
    school.world.faults.weather(seed=seed, chance=0)
    school.world.faults.clear()
    fault = school.world.faults.add(kind, path=API, chance=CHANCE, seconds=SECONDS.get(kind, 1.0))

    for _ in range(RUNS_IN_BAD_WEATHER):
        school.run()
        wait_a_minute(school)
    sky_clears(school)
    converge(school)

    assert fault.met > 0
    assert_done_once(school)
    assert foreign(school) == before


@pytest.mark.parametrize("seed", range(4))
def test_a_first_sync_in_all_weathers_at_once_converges_too(school: Stage, seed: int) -> None:
    before = foreign(school)
    school.world.faults.weather(seed=seed, chance=0.03)
    for rule in school.world.faults.rules:
        rule.seconds = SECONDS.get(rule.kind, rule.seconds)

    for _ in range(RUNS_IN_BAD_WEATHER):
        school.run()
        wait_a_minute(school)
    sky_clears(school)
    converge(school)

    assert_done_once(school)
    assert foreign(school) == before


@pytest.mark.parametrize("kind", ["doubled row", "missing row", "shifted page", "redirect"])
def test_a_list_that_does_not_add_up_is_not_acted_upon(school: Stage, kind: str) -> None:
    school.world.add_user("elena", email="elena@example.org")
    school.world.take_seat(ORGANIZATION, "elena", "member")
    school.world.faults.add(kind, path="/v2/orgs/*/members*")

    run = school.run()

    assert run.result in (SyncRun.Result.UNPROVEN, SyncRun.Result.FAILED)
    assert school.writes == []


@pytest.mark.parametrize("path", [API, "/v2/orgs/*/invites"])
def test_reads_that_lag_show_nobody_who_is_mailed_again(school: Stage, path: str) -> None:
    school.world.faults.add("stale read", path=path, seconds=3600)

    for _ in range(4):
        school.run()
        wait_a_minute(school)

    assert school.world.mails == {"bruno": 1, "carla": 1}
    # Docker Hub itself refuses a second invitation; the portal does not even ask for one.
    assert school.writes.count("POST /v2/invites/bulk") == 1


def test_a_token_that_is_revoked_in_the_middle_stops_the_run_and_a_new_one_finishes_it(school: Stage) -> None:
    school.world.faults.add("revoked token", method="POST", path="/v2/invites/*", times=1)

    stopped = school.run()
    _, secret = school.world.add_organization_token(
        ORGANIZATION,
        label="new",
        scopes=(*ORGANIZATION_SCOPES, *REPOSITORY_SCOPES),
        created_by="anaruiz",
    )
    keep_credential(school.account, secret)
    converge(school)

    assert (stopped.result, stopped.trouble) == (SyncRun.Result.FAILED, "refused")
    assert_done_once(school)


def test_an_answer_that_drips_for_longer_than_it_may_is_given_up(
    school: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub = worker_connection.HubConnection
    monkeypatch.setattr(
        worker_connection, "HubConnection", lambda *facts, **more: hub(*facts, answer_seconds=0.2, **more)
    )
    school.world.faults.add("slow drip", path="/v2/orgs/*/members*", seconds=0.05)

    stopped = school.run()
    sky_clears(school)
    converge(school)

    assert stopped.trouble == "unavailable"
    assert_done_once(school)

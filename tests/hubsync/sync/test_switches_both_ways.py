"""The portal works with both outcomes of every switch of the local Docker Hub: whatever the truth is, it copes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from requests import PreparedRequest
from requests.adapters import HTTPAdapter

from hubsync.account.check import check_account
from hubsync.hub.names import team_name_for
from hubsync.models import SyncChange, SyncRun
from hubsync.sandbox.switches import CHOICES
from tests.hubsync.stage import ORGANIZATION, SIGN_IN, WRITING, Stage

Act = Callable[[], Any]
EVERY_VALUE = [(name, value) for name, values in CHOICES.items() for value in values]


def values_of(*names: str) -> list[tuple[str, Any]]:
    return [(name, value) for name in names for value in CHOICES[name]]


def team_of(stage: Stage) -> str:
    return team_name_for(stage.smr.name, stage.smr.academic_year)


def just_before(monkeypatch: pytest.MonkeyPatch, method: str, part: str, act: Act) -> None:
    """Somebody does something by hand at the very moment in which the portal sends its first such request."""
    send: Callable[..., Any] = HTTPAdapter.send
    waiting = [act]

    def sending(adapter: HTTPAdapter, request: PreparedRequest, **options: Any) -> Any:
        if waiting and request.method == method and part in str(request.url):
            waiting.pop()()
        return send(adapter, request, **options)

    monkeypatch.setattr(HTTPAdapter, "send", sending)


def send_all_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every write reaches Docker Hub twice, as by a proxy that repeats, and the second answer comes back."""
    send: Callable[..., Any] = HTTPAdapter.send

    def sending(adapter: HTTPAdapter, request: PreparedRequest, **options: Any) -> Any:
        if request.method in WRITING and not str(request.url).endswith(SIGN_IN):
            send(adapter, request, **options).content  # noqa: B018  read to its end, or the connection is not free
        return send(adapter, request, **options)

    monkeypatch.setattr(HTTPAdapter, "send", sending)


def converge(stage: Stage) -> None:
    for _ in range(5):
        stage.run()
        if stage.sync.in_sync_at and stage.sync.handled_generation == stage.sync.generation:
            return
        stage.let_pass(seconds=61)
    rejected = SyncChange.objects.filter(state=SyncChange.State.REJECTED)
    raise AssertionError([(one.kind, one.facts, one.hub_text) for one in rejected])


def assert_as_wanted(stage: Stage) -> None:
    assert stage.people_of(team_of(stage)) == {"anaruiz"}
    assert stage.level_of(team_of(stage), "examen") == "read"
    assert stage.level_of("docentes", "lamp") == "write"
    assert stage.world.mails == {"bruno": 1}


@pytest.mark.parametrize(("name", "value"), EVERY_VALUE)
def test_the_token_is_found_whole_the_first_sync_settles_and_the_second_run_writes_nothing(
    stage: Stage, name: str, value: object
) -> None:
    stage.world.switches.turn(name, value)
    stage.school.images.create(repository=f"{ORGANIZATION}/web", is_private=True, is_own=True, is_wanted=True)

    checked = check_account(stage.account)
    first = stage.run()
    stage.forget_requests()
    second = stage.run()

    assert checked.is_fine
    assert (first.result, second.result) == (SyncRun.Result.SETTLED, SyncRun.Result.SETTLED)
    assert stage.writes == []
    assert_as_wanted(stage)


@pytest.mark.parametrize(
    ("name", "value"),
    values_of(
        "existing_team_status",
        "already_in_team_status",
        "assigning_again",
        "pending_invite_again",
        "existing_repository_status",
        "legacy_permission_routes",
        "namespaces_permission_routes",
        "team_members_as_bare_list",
    ),
)
def test_where_everything_was_there_already_it_is_as_wanted(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, name: str, value: object
) -> None:
    stage.world.switches.turn(name, value)
    stage.school.images.create(repository=f"{ORGANIZATION}/web", is_private=True, is_own=True, is_wanted=True)
    with monkeypatch.context() as patch:
        send_all_twice(patch)
        stage.run()
    stage.let_pass(seconds=61)

    converge(stage)

    assert_as_wanted(stage)


@pytest.mark.parametrize(("name", "value"), values_of("no_seats_left"))
def test_where_seats_are_short_nobody_is_mailed_until_there_are_some(
    stage: Stage, name: str, value: object
) -> None:
    stage.world.switches.turn(name, value)
    stage.world.organizations[ORGANIZATION].seats = 1

    stage.run()
    mails = dict(stage.world.mails)
    stage.world.organizations[ORGANIZATION].seats = 15
    converge(stage)

    assert mails == {}
    assert_as_wanted(stage)


@pytest.mark.parametrize(("name", "value"), values_of("stranger_to_team_status"))
def test_who_leaves_just_before_being_put_into_a_team_stops_nothing_else(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, name: str, value: object
) -> None:
    stage.world.switches.turn(name, value)
    stage.world.take_seat(ORGANIZATION, "bruno", "member")
    just_before(
        monkeypatch,
        "POST",
        f"/groups/{team_of(stage)}/members",
        lambda: stage.world.remove_member(ORGANIZATION, "bruno"),
    )

    stage.run()
    converge(stage)

    assert_as_wanted(stage)


@pytest.mark.parametrize(
    ("name", "value"),
    values_of("renamed_team_keeps_old_path", "deleted_team_keeps_permissions", "team_repositories_route"),
)
def test_a_team_that_was_renamed_or_deleted_by_hand_is_as_wanted_again(
    stage: Stage, name: str, value: object
) -> None:
    stage.world.switches.turn(name, value)
    converge(stage)
    stage.world.rename_team(stage.team(team_of(stage)), "smr-by-hand")
    stage.world.delete_team(stage.team("docentes"))
    stage.wish()

    converge(stage)

    assert_as_wanted(stage)
    assert "smr-by-hand" not in stage.world.teams[ORGANIZATION]


@pytest.mark.parametrize(("name", "value"), values_of("cancel_accepted_invite_status"))
def test_who_accepts_just_before_the_invitation_is_cancelled_stays_a_member_for_now(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, name: str, value: object
) -> None:
    stage.world.switches.turn(name, value)
    converge(stage)
    stage.smr.enrolments.all().delete()
    stage.wish()
    just_before(monkeypatch, "DELETE", "/v2/invites/", lambda: stage.accept("bruno"))

    stage.run()
    run = stage.run()

    assert "bruno" in stage.world.members[ORGANIZATION]
    assert run.result != SyncRun.Result.FAILED


@pytest.mark.parametrize(("name", "value"), values_of("resend_by_post"))
def test_an_invitation_that_lapsed_is_sent_once_more(stage: Stage, name: str, value: object) -> None:
    stage.world.switches.turn(name, value)
    converge(stage)
    for invite in stage.world.invites.values():
        invite.created_at -= timedelta(days=15)
    stage.wish()

    stage.run()
    stage.run()

    assert stage.world.mails == {"bruno": 2}


@pytest.mark.parametrize(("name", "value"), values_of("hidden_repository_status"))
def test_a_repository_that_went_away_and_came_back_private_is_coped_with(
    stage: Stage, name: str, value: object
) -> None:
    stage.world.switches.turn(name, value)
    converge(stage)
    stage.world.delete_repository(ORGANIZATION, "examen")
    stage.wish()
    stage.run()
    stage.world.add_repository(ORGANIZATION, "examen", is_private=True)
    stage.wish()

    converge(stage)

    assert_as_wanted(stage)

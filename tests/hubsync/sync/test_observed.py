"""A look is proven or it is nothing: a row that is missing or doubled on any list leads to no write at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from classrooms.models import User
from hubsync.hub.client import HubReader
from hubsync.hub.listing import Listing
from hubsync.hub.names import team_name_for
from hubsync.models import ObservedTeam, SyncRun
from tests.hubsync.stage import ORGANIZATION, Stage

LISTS = ("list_members", "list_invites", "list_teams", "list_repositories")
Listed = Listing[Any]


def dropped(listing: Listed) -> Listed:
    """The pages shifted while they were read: one row less than was said."""
    return replace(listing, rows=listing.rows[:-1], complete=len(listing.rows) == 0)


def doubled(listing: Listed) -> Listed:
    """As many rows as were said, but one stands there twice and another one is missing."""
    return replace(listing, rows=(*listing.rows[:-2], listing.rows[0], listing.rows[0]))


def reordered(listing: Listed) -> Listed:
    return replace(listing, rows=listing.rows[::-1])


def lie(monkeypatch: pytest.MonkeyPatch, name: str, how: Callable[[Listed], Listed]) -> None:
    tell: Callable[..., Listed] = getattr(HubReader, name)
    monkeypatch.setattr(HubReader, name, lambda self, *args, **options: how(tell(self, *args, **options)))


@pytest.fixture
def settled(stage: Stage) -> Stage:
    """In sync, Bruno's invitation waiting; then Carla is wanted too, and a stranger stands in the team."""
    stage.settle()
    for name in ("dario", "carla"):
        stage.world.take_seat(ORGANIZATION, name, "member")
    stage.world.add_to_team(stage.team(team_name_for(stage.smr.name, stage.smr.academic_year)), "dario")
    stage.forget_requests()
    return stage


@pytest.mark.parametrize("how", [dropped, doubled])
@pytest.mark.parametrize("name", LISTS)
def test_a_list_that_is_not_whole_leads_to_no_write(
    settled: Stage, monkeypatch: pytest.MonkeyPatch, name: str, how: Callable[[Listed], Listed]
) -> None:
    lie(monkeypatch, name, how)

    run = settled.run()

    assert run.result == SyncRun.Result.UNPROVEN
    assert settled.writes == []


def test_the_run_keeps_what_was_missing_and_its_page_says_so(
    settled: Stage, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    lie(monkeypatch, "list_teams", dropped)
    run = settled.run()
    client.force_login(User.objects.get(first_name="Ana"))

    page = client.get(f"/school/{settled.school.pk}/sync/runs/{run.pk}/").content.decode()

    assert run.proof["missing"] == {"code": "rows", "list": "teams", "rows": 2, "count": 3}
    assert "La lista de equipos decía tener 3 filas y llegaron 2." in page


@pytest.mark.parametrize("name", LISTS)
def test_the_order_of_a_list_does_not_matter(
    settled: Stage, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    lie(monkeypatch, name, reordered)

    settled.run()

    assert [write.split("/")[-1] for write in settled.writes] == ["dario"]


def test_a_list_of_teams_without_the_owners_is_not_believed(
    settled: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    lie(
        monkeypatch,
        "list_teams",
        lambda listing: replace(listing, rows=tuple(row for row in listing.rows if row.name != "owners")),
    )

    assert settled.run().result == SyncRun.Result.UNPROVEN


def test_members_without_an_owner_are_not_believed(settled: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    lie(
        monkeypatch,
        "list_members",
        lambda listing: replace(listing, rows=tuple(row for row in listing.rows if not row.is_owner)),
    )

    assert settled.run().result == SyncRun.Result.UNPROVEN


def test_where_a_members_own_teams_are_cut_short_the_list_of_the_team_is_read(
    settled: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    lie(
        monkeypatch,
        "list_members",
        lambda listing: replace(listing, rows=tuple(replace(row, teams=()) for row in listing.rows)),
    )

    run = settled.run()

    assert run.proof["teams_read"] == [
        "owners",
        "docentes",
        team_name_for(settled.smr.name, settled.smr.academic_year),
    ]
    assert [write.split("/")[-1] for write in settled.writes] == ["dario"]


@pytest.mark.parametrize("has_route", [True, False])
def test_permissions_are_read_by_team_or_by_repository(settled: Stage, has_route: bool) -> None:
    settled.world.switches.team_repositories_route = has_route
    team = team_name_for(settled.smr.name, settled.smr.academic_year)
    settled.world.revoke(settled.world.get_repository(ORGANIZATION, "examen"), settled.team(team).id)

    settled.run()

    assert settled.level_of(team, "examen") == "read"


def test_where_nobody_tells_permissions_they_are_left_alone(settled: Stage) -> None:
    settled.world.switches.team_repositories_route = False
    settled.world.switches.namespaces_permission_routes = False
    settled.world.switches.legacy_permission_routes = "not here"

    run = settled.run()

    assert run.result == SyncRun.Result.PARTLY
    assert run.detail == "permissions"


def test_an_unproven_look_leaves_the_pages_as_they_were(
    settled: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = set(ObservedTeam.objects.values_list("name", "seen_at"))
    lie(monkeypatch, "list_teams", dropped)

    settled.run()

    assert set(ObservedTeam.objects.values_list("name", "seen_at")) == before

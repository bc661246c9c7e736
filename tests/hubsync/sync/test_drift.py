"""What another hand changes on Docker Hub is noticed, named and mended, kept or left alone as the team's mode says."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import F

from hubsync.hub.client import HubReader
from hubsync.hub.names import team_name_for
from hubsync.models import Drift, HubPerson, RemoteObject
from hubsync.planning.changes import AddToTeam
from hubsync.sync.audit_trail import who_changed
from hubsync.sync.budget import Budget
from hubsync.sync.worker_connection import worker_connection
from tests.hubsync.stage import ORGANIZATION, Stage

LOG = f"/v2/auditlogs/{ORGANIZATION}"


@pytest.fixture
def team(stage: Stage) -> str:
    """1º SMR with Ana and Bruno, as wanted; Dario is a member by another hand."""
    stage.world.switches.audit_delay_seconds = 0
    stage.settle()
    stage.accept("bruno")
    stage.world.take_seat(ORGANIZATION, "dario", "member")
    stage.settle()
    # Our own changes are older than what Docker Hub's lists may lag behind.
    stage.let_pass(hours=1)
    stage.forget_requests()
    return team_name_for(stage.smr.name, stage.smr.academic_year)


def found() -> list[tuple[str, str, str]]:
    return [(row.kind, row.outcome, row.actor) for row in Drift.objects.order_by("pk")]


def asks_of_log(stage: Stage) -> int:
    return sum(LOG in one.path for one in stage.world.journal.requests)


def test_what_the_portal_did_itself_is_no_drift_and_the_log_is_not_read(stage: Stage, team: str) -> None:
    stage.settle()

    assert found() == []
    assert asks_of_log(stage) == 0


def test_who_was_taken_out_by_hand_is_put_back_and_the_hand_is_named(stage: Stage, team: str) -> None:
    stage.world.remove_from_team(stage.team(team), "bruno", actor="carla")

    run = stage.run()

    row = Drift.objects.get()
    assert found() == [("member_removed", "mended", "carla")]
    assert (row.run, row.facts["docker_id"]) == (run, "bruno")
    assert row.happened_at is not None
    assert asks_of_log(stage) == 1
    assert "bruno" in stage.people_of(team)


@pytest.mark.parametrize(
    ("mode", "outcome"), [("exact", "mended"), ("at_least", "adopted"), ("observe", "left")]
)
def test_a_stranger_is_treated_as_the_mode_of_the_team_says(
    stage: Stage, team: str, mode: str, outcome: str
) -> None:
    RemoteObject.objects.filter(name=team).update(mode=mode)
    stage.world.add_to_team(stage.team(team), "dario", actor="carla")

    stage.run()

    assert found() == [("member_added", outcome, "carla")]
    assert ("dario" in stage.people_of(team)) == (mode != "exact")


@pytest.mark.parametrize(("mode", "outcome"), [("exact", "mended"), ("at_least", "adopted")])
def test_a_team_that_was_renamed_by_hand_is_renamed_back_or_keeps_the_name(
    stage: Stage, team: str, mode: str, outcome: str
) -> None:
    RemoteObject.objects.filter(name=team).update(mode=mode)
    number = stage.team(team).id
    stage.world.rename_team(stage.team(team), "otro-nombre", actor="carla")

    stage.settle()

    assert found() == [("team_renamed", outcome, "carla")]
    assert stage.team(team if mode == "exact" else "otro-nombre").id == number


def test_a_team_deleted_by_hand_is_made_again_and_said(stage: Stage, team: str) -> None:
    stage.world.delete_team(stage.team(team), actor="carla")

    stage.run()

    assert found() == [("team_deleted", "mended", "carla")]


def test_a_permission_taken_by_hand_is_given_again_and_said(stage: Stage, team: str) -> None:
    examen = stage.world.get_repository(ORGANIZATION, "examen")
    stage.world.revoke(examen, stage.team(team).id, actor="carla")

    stage.run()

    assert found() == [("permission_taken", "mended", "carla")]


def test_who_was_removed_from_the_organization_is_named_once_and_not_for_each_team(
    stage: Stage, team: str
) -> None:
    stage.world.remove_member(ORGANIZATION, "bruno", actor="carla")

    stage.run()

    assert found() == [("person_left", "left", "carla")]


def test_what_a_page_saw_first_is_still_told_by_the_next_run(stage: Stage, team: str) -> None:
    stage.world.remove_from_team(stage.team(team), "bruno", actor="carla")
    stage.look()
    seen = found()

    stage.run()

    assert seen == [("member_removed", "", "")]
    assert found() == [("member_removed", "mended", "carla")]


def test_without_the_log_it_is_mended_all_the_same_and_nobody_is_named(stage: Stage, team: str) -> None:
    stage.world.faults.add("error", path="/v2/auditlogs/*")
    stage.world.remove_from_team(stage.team(team), "bruno", actor="carla")

    stage.settle()

    assert found() == [("member_removed", "mended", "")]
    assert "bruno" in stage.people_of(team)


def test_a_log_that_lags_behind_names_the_hand_at_a_later_look(stage: Stage, team: str) -> None:
    stage.world.switches.audit_delay_seconds = 600
    stage.world.remove_from_team(stage.team(team), "bruno", actor="carla")
    stage.settle()
    at_first = found()
    stage.world.switches.audit_delay_seconds = 0

    stage.settle()

    assert at_first == [("member_removed", "mended", "")]
    assert found() == [("member_removed", "mended", "carla")]


def test_an_invitation_that_an_owner_cancelled_was_not_declined(stage: Stage) -> None:
    stage.world.switches.audit_delay_seconds = 0
    stage.settle()
    # Long enough ago to show in Docker Hub's list.
    HubPerson.objects.update(changed_at=F("changed_at") - timedelta(hours=1))
    stage.world.cancel_invite(stage.world.pending_invites[ORGANIZATION]["bruno"].id, actor="anaruiz")

    stage.settle()

    row = HubPerson.objects.get(key="bruno")
    assert (row.state, row.hub_text) == ("cancelled", "anaruiz")


def test_the_hand_behind_a_change_is_told_to_whoever_asks(stage: Stage, team: str) -> None:
    stage.world.remove_from_team(stage.team(team), "bruno", actor="carla")
    with worker_connection(stage.account, Budget(is_urgent=True)) as hub:
        found = who_changed(
            stage.account, HubReader(hub.connection), [AddToTeam(team, "bruno"), AddToTeam(team, "dario")]
        )

    assert {str(change): deed.actor for change, deed in found.items()} == {
        f"Add bruno to the team {team}.": "carla"
    }

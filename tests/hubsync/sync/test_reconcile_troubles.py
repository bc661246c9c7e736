"""What keeps a run from its end: each trouble is named, nothing is lost, and it goes on when it can."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models.functions import Now

from hubsync.credentials import keep_credential
from hubsync.hub.client import HubReader, HubWriter
from hubsync.hub.errors import HubError, HubForbidden, HubRejected, IncompleteObservation, NotSupportedHere
from hubsync.hub.names import team_name_for
from hubsync.models import OrganizationSync, SealedCredential, SyncChange, SyncRun
from hubsync.sandbox.scopes import ORGANIZATION_SCOPES, REPOSITORY_SCOPES
from hubsync.sync import journal, lease
from hubsync.sync.desired import EmptyClassList, desired_state
from hubsync.sync.reconcile import plan_organization, reconcile_organization
from hubsync.sync.schedule import due
from tests.hubsync.stage import ORGANIZATION, Stage

Result = SyncRun.Result


def give_token_without(stage: Stage, *missing: str) -> None:
    scopes = [scope for scope in (*ORGANIZATION_SCOPES, *REPOSITORY_SCOPES) if scope not in missing]
    _, secret = stage.world.add_organization_token(
        ORGANIZATION, label="narrow", scopes=scopes, created_by="anaruiz"
    )
    keep_credential(stage.account, secret)


def test_a_docker_hub_that_is_down_is_tried_again_later(stage: Stage) -> None:
    stage.world.faults.add("error", path="/v2/orgs/*")

    run = stage.run()

    assert (run.result, run.trouble) == (Result.FAILED, "unavailable")
    assert stage.writes == []
    assert stage.sync.due_at is not None and stage.sync.due_at > datetime.now(UTC)


def test_a_full_limiter_is_waited_for_and_is_no_failure(stage: Stage) -> None:
    stage.world.faults.add("too many", path="/v2/orgs/*/groups", method="POST", times=1, seconds=30)

    run = stage.run()

    assert run.result == Result.INTERRUPTED
    assert stage.sync.attempts == 0
    assert stage.sync.due_at is not None and stage.sync.due_at > datetime.now(UTC) + timedelta(seconds=20)
    assert run.changes.filter(state=SyncChange.State.PLANNED).count() == 8


def test_a_refused_token_is_not_tried_again_until_it_is_replaced(stage: Stage) -> None:
    keep_credential(stage.account, "dckr_oat_deleted")

    run = stage.run()

    assert run.trouble == "refused"
    assert SealedCredential.objects.get().refused_at is not None
    assert due() == []


def test_without_a_token_it_is_said_so(stage: Stage) -> None:
    SealedCredential.objects.all().delete()

    assert stage.run().trouble == "no_credential"


def test_a_list_without_the_private_repositories_is_not_believed(stage: Stage) -> None:
    stage.settle()
    stage.wish()
    stage.forget_requests()
    give_token_without(stage, "scope-repository-list")

    run = stage.run()

    assert run.result == Result.UNPROVEN
    assert "scope-repository-list" in run.detail
    assert stage.writes == []


def test_where_people_may_not_be_seen_nobody_is_invited_and_the_scope_is_named(stage: Stage) -> None:
    give_token_without(stage, "scope-invite-read", "scope-invite-edit")

    run = stage.run()

    assert run.result == Result.PARTLY
    assert "invites" in run.detail
    assert stage.invited() == []
    assert stage.people_of(team_name_for(stage.smr.name, stage.smr.academic_year)) == {"anaruiz"}


def test_one_refused_change_does_not_stop_the_rest(stage: Stage) -> None:
    stage.school.students.update(docker_id="nobodythere")

    run = stage.run()

    assert run.result == Result.PARTLY
    refused = run.changes.get(state=SyncChange.State.REJECTED)
    assert refused.hub_text == "nobodythere: invalid_email_or_docker_id"
    assert run.changes.filter(state=SyncChange.State.CONFIRMED).count() == 7


@pytest.mark.parametrize("problem", [NotSupportedHere("permissions"), HubForbidden("no", scope="x")])
def test_a_refused_change_that_cannot_be_looked_at_does_not_stop_the_rest_either(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, problem: HubError
) -> None:
    """What became of it is not told: that is no reason to leave all that comes later, today and at every look."""

    def refuse(*_: object) -> None:
        raise HubRejected("no")

    def tell_nothing(*_: object) -> None:
        raise problem

    monkeypatch.setattr(HubWriter, "add_to_team", refuse)
    monkeypatch.setattr(HubReader, "list_team_members", tell_nothing)

    run = stage.run()

    assert run.result == Result.PARTLY
    assert {row.kind for row in run.changes.filter(state=SyncChange.State.REJECTED)} == {"add_to_team"}
    assert not run.changes.filter(state__in=(SyncChange.State.PLANNED, SyncChange.State.SENT)).exists()


def test_a_worker_that_lost_its_lease_writes_nothing_more(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = journal.send
    count = 0

    def taken_over(row: SyncChange, held: lease.Lease) -> None:
        nonlocal count
        count += 1
        if count == 3:
            OrganizationSync.objects.update(
                lease_token="another", lease_expires_at=Now() + timedelta(seconds=45)
            )
        send(row, held)

    monkeypatch.setattr(journal, "send", taken_over)

    run = stage.run()

    assert len(stage.writes) == 2
    assert (run.result, run.trouble) == (Result.INTERRUPTED, "lease_lost")
    assert stage.sync.lease_token == "another"


def test_while_one_worker_is_at_it_another_finds_nothing_to_do(stage: Stage) -> None:
    lease.claim(stage.account.pk, even_if_not_due=True)

    assert reconcile_organization(stage.account.pk, even_if_not_due=True) is None


def test_a_new_wish_stops_the_old_plan_and_is_due_at_once(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = journal.send

    def wish_first(row: SyncChange, held: lease.Lease) -> None:
        if not stage.writes:
            stage.wish()
        send(row, held)

    monkeypatch.setattr(journal, "send", wish_first)

    run = stage.run()

    assert run.result == Result.INTERRUPTED
    assert stage.writes == []
    assert [one.account_id for one in due()] == [stage.account.pk]


def test_classes_that_all_vanished_are_not_believed(stage: Stage) -> None:
    stage.settle()
    stage.school.class_groups.update(academic_year=2001)

    with pytest.raises(EmptyClassList):
        desired_state(stage.account)


def test_archived_classes_are_believed(stage: Stage) -> None:
    stage.settle()
    stage.school.class_groups.update(archived_at=datetime.now(UTC))

    assert {team.name for team in desired_state(stage.account).state.teams} == {"docentes"}


def test_a_dry_plan_raises_what_keeps_it_from_looking(stage: Stage) -> None:
    stage.account.uuid = "1" * 32
    stage.account.save()

    with pytest.raises(IncompleteObservation):
        plan_organization(stage.account)


def test_no_secret_reaches_the_journal(stage: Stage) -> None:
    secret = "dckr_oat_not-to-be-seen"
    stage.world.add_organization_token(
        ORGANIZATION, label="known", scopes=ORGANIZATION_SCOPES, created_by="anaruiz", value=secret
    )
    keep_credential(stage.account, secret)

    stage.run()

    written = [
        str(vars(row)) for model in (SyncRun, SyncChange, OrganizationSync) for row in model.objects.all()
    ]
    assert written and not any(secret in text for text in written)

"""From an organization with nothing but its owner to what the school wants, and staying there."""

from hubsync.hub.names import team_name_for
from hubsync.models import ObservedPerson, ObservedTeam, RemoteObject, SyncChange, SyncRun
from hubsync.sync.reconcile import plan_organization
from tests.hubsync.stage import Stage


def team_of(stage: Stage) -> str:
    return team_name_for(stage.smr.name, stage.smr.academic_year)


def test_the_first_sync_makes_the_team_invites_its_people_and_lets_them_pull(stage: Stage) -> None:
    run = stage.run()

    assert [change.kind for change in run.changes.all()] == [
        "create_team", "create_team", "invite", "add_to_team", "add_to_team",
        "assign_permission", "assign_permission", "assign_permission",
    ]  # fmt: skip
    assert {change.state for change in run.changes.all()} == {SyncChange.State.CONFIRMED}
    assert stage.people_of(team_of(stage)) == {"anaruiz"}
    assert stage.invited() == ["bruno"]
    assert stage.level_of(team_of(stage), "examen") == "read"
    assert stage.level_of(team_of(stage), "lamp") is None
    assert stage.level_of("docentes", "lamp") == "write"


def test_what_was_made_is_ours_from_then_on(stage: Stage) -> None:
    stage.run()

    rows = {(row.kind, row.name) for row in RemoteObject.objects.all()}
    assert rows == {("team", team_of(stage)), ("team", "docentes"), ("member", "bruno")}
    assert RemoteObject.objects.get(name=team_of(stage)).class_group == stage.smr
    assert RemoteObject.objects.get(name=team_of(stage)).uuid == stage.team(team_of(stage)).uuid.replace(
        "-", ""
    )


def test_in_sync_is_said_only_of_a_second_look_that_found_nothing_to_do(stage: Stage) -> None:
    stage.run()
    before = stage.sync.in_sync_at
    stage.run()

    assert before is None
    assert stage.sync.in_sync_at == stage.sync.proven_at
    assert stage.sync.handled_generation == stage.sync.generation


def test_the_second_run_writes_nothing(stage: Stage) -> None:
    stage.run()
    stage.forget_requests()

    run = stage.run()

    assert stage.writes == []
    assert run.result == SyncRun.Result.SETTLED
    assert run.changes.count() == 0


def test_a_run_counts_its_calls_and_says_what_it_proved(stage: Stage) -> None:
    stage.run()
    stage.forget_requests()

    run = stage.run()

    assert run.calls == len(stage.world.journal.requests)
    assert run.proof["members"] == 1
    assert run.proof["teams"] == 3


def test_who_accepts_becomes_a_member_of_the_team(stage: Stage) -> None:
    stage.settle()
    stage.accept("bruno")

    stage.settle()

    assert stage.people_of(team_of(stage)) == {"anaruiz", "bruno"}
    assert stage.invited() == ["bruno"]
    assert ObservedPerson.objects.get(key="bruno").is_invitee is False
    assert "bruno" in ObservedTeam.objects.get(name=team_of(stage)).members


def test_while_an_invitation_waits_the_next_look_is_in_a_quarter_of_an_hour(stage: Stage) -> None:
    stage.settle()

    assert stage.sync.next_look_at is not None and stage.sync.proven_at is not None
    assert (stage.sync.next_look_at - stage.sync.proven_at).total_seconds() < 16 * 60


def test_a_dry_plan_writes_nothing(stage: Stage) -> None:
    plan = plan_organization(stage.account)

    assert stage.writes == []
    assert "Create the team docentes." in str(plan)


def test_nothing_is_written_before_somebody_switched_the_account_on(stage: Stage) -> None:
    stage.account.is_active = False
    stage.account.save()

    run = stage.run()

    assert stage.writes == []
    assert run.result == SyncRun.Result.PLANNED
    assert run.changes.filter(state=SyncChange.State.PLANNED).count() == 8


def test_a_repository_that_the_school_wants_is_made(stage: Stage) -> None:
    stage.school.images.create(
        repository="iestriana/practica-1", is_private=True, is_own=True, is_wanted=True
    )

    stage.settle()

    made = stage.world.find_repository("iestriana", "practica-1")
    assert made is not None and made.is_private

"""People as Docker Hub knows them: by e-mail until they accept, with a seat from the invitation on."""

from __future__ import annotations

from classrooms.models import TeacherRole
from hubsync.credentials import keep_credential
from hubsync.hub.names import team_name_for
from hubsync.models import HubAccount, SyncRun
from tests.factories import make_teacher
from tests.hubsync.stage import ORGANIZATION, Stage


def test_a_teacher_invited_by_e_mail_is_known_by_docker_id_after_accepting(stage: Stage) -> None:
    make_teacher(stage.school, "Carla", invite_email="Carla@Example.org")
    stage.settle()
    stage.world.accept_invite(stage.world.pending_invites[ORGANIZATION]["carla@example.org"].id, "carla")

    stage.settle()
    stage.forget_requests()
    stage.run()

    assert stage.people_of("docentes") == {"anaruiz", "carla"}
    assert stage.invited() == ["bruno", "carla@example.org"]
    assert stage.writes == []


def test_a_substitute_whose_time_is_over_leaves_the_staff(stage: Stage) -> None:
    make_teacher(stage.school, "Carla", docker_id="carla")
    stage.settle()
    stage.accept("carla")
    stage.settle()
    TeacherRole.objects.filter(docker_id="carla").update(ends_on="2020-01-01")

    stage.run()

    assert stage.people_of("docentes") == {"anaruiz"}


def test_who_was_cancelled_may_be_invited_again(stage: Stage) -> None:
    stage.settle()
    stage.smr.enrolments.update(left_on="2020-01-01")
    stage.settle()
    stage.smr.enrolments.update(left_on=None)

    stage.settle()

    assert list(stage.world.pending_invites[ORGANIZATION]) == ["bruno"]
    assert stage.invited() == ["bruno", "bruno"]


def test_a_member_already_there_is_added_to_the_team_without_an_e_mail(stage: Stage) -> None:
    stage.world.take_seat(ORGANIZATION, "bruno", "member")

    stage.settle()

    assert "bruno" in stage.people_of(team_name_for(stage.smr.name, stage.smr.academic_year))
    assert stage.invited() == []


def test_a_member_whom_somebody_else_invited_stays_when_no_class_needs_them(stage: Stage) -> None:
    stage.world.take_seat(ORGANIZATION, "bruno", "member")
    stage.settle()
    stage.smr.enrolments.update(left_on="2020-01-01")

    stage.settle()

    assert "bruno" in stage.world.members[ORGANIZATION]


def test_a_personal_account_gets_its_repositories_and_nobody_is_asked_about_people(stage: Stage) -> None:
    _, secret = stage.world.add_personal_token("anaruiz", label="aulahub", scopes=["repo:admin"])
    stage.account.kind, stage.account.name = HubAccount.Kind.PERSONAL, "anaruiz"
    stage.account.save()
    keep_credential(stage.account, secret)
    stage.school.images.create(repository="anaruiz/practica-1", is_private=False, is_own=True, is_wanted=True)

    run = stage.settle()

    assert run.result == SyncRun.Result.SETTLED
    assert stage.world.find_repository("anaruiz", "practica-1") is not None
    assert stage.writes == ["POST /v2/namespaces/anaruiz/repositories"]

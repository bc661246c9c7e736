"""Each person's way into the organization, and who they are there, whatever name they choose."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import F

from classrooms.models import AuditEntry, Student, TeacherRole, User
from hubsync.account.inviting import invite_again
from hubsync.models import Hold, HubPerson, RemoteObject
from tests.factories import make_student, make_teacher
from tests.hubsync.stage import ORGANIZATION, Stage


def state_of(key: str) -> str:
    return HubPerson.objects.get(key=key).state


def invite_of(stage: Stage, invitee: str) -> str:
    return str(stage.world.pending_invites[ORGANIZATION][invitee].id)


def days_pass(stage: Stage, days: int) -> None:
    """All that Docker Hub and the portal wrote down is that much older."""
    for invite in stage.world.invites.values():
        invite.created_at -= timedelta(days=days)
    stage.let_pass(days=days)
    RemoteObject.objects.update(since=F("since") - timedelta(days=days))
    for row in HubPerson.objects.all():
        row.changed_at -= timedelta(days=days)
        row.save()


def rename_on_docker_hub(stage: Stage, was: str, name: str) -> None:
    world = stage.world
    user = world.users.pop(was)
    user.username = name
    world.put(user)
    member = world.members[ORGANIZATION].pop(was)
    member.username = name
    world.put(member)
    for team_id in world.team_ids_of.pop((ORGANIZATION, was)):
        del world.team_members[team_id][was]
        world.team_members[team_id][name] = None
        world.team_ids_of[ORGANIZATION, name][team_id] = None


def test_an_invitation_goes_from_sent_to_member(stage: Stage) -> None:
    stage.settle()
    sent = state_of("bruno")
    stage.accept("bruno")
    stage.settle()

    row = HubPerson.objects.get(key="bruno")
    assert (sent, row.state, row.docker_id) == ("sent", "member", "bruno")
    assert row.uuid == stage.world.users["bruno"].uuid.replace("-", "")


def test_who_declined_is_said_to_have_declined_and_is_not_mailed_again(stage: Stage) -> None:
    stage.settle()
    days_pass(stage, 1)
    stage.world.decline_invite(invite_of(stage, "bruno"))
    run = stage.settle()

    assert state_of("bruno") == "declined"
    assert {"code": "declined", "invitee": "bruno"} in run.proof["notes"]
    assert stage.world.mails == {"bruno": 1}


def test_an_invitation_that_docker_hub_let_lapse_has_expired(stage: Stage) -> None:
    stage.settle()
    days_pass(stage, 15)
    stage.world.expire_invite(invite_of(stage, "bruno"))

    stage.settle()

    assert state_of("bruno") == "expired"
    assert stage.world.mails == {"bruno": 1}


def test_an_unanswered_invitation_is_sent_three_times_in_all_and_then_frees_its_seat(stage: Stage) -> None:
    stage.account.seats = stage.world.organizations[ORGANIZATION].seats = 2
    stage.account.save()
    make_student(stage.smr, "Carla", docker_id="carla")
    stage.settle()
    waits = dict(stage.world.mails), state_of("carla")
    for _ in range(4):
        days_pass(stage, 14)
        stage.settle()

    assert waits == ({"bruno": 1}, "no_seat")
    assert stage.world.mails["bruno"] == 3
    assert state_of("bruno") == "expired"
    assert state_of("carla") == "sent"


def test_a_click_invites_again_whoever_declined(stage: Stage) -> None:
    stage.settle()
    days_pass(stage, 1)
    stage.world.decline_invite(invite_of(stage, "bruno"))
    stage.settle()
    ana = User.objects.get(first_name="Ana")

    invite_again(account=stage.account, person=HubPerson.objects.get(key="bruno"), by=ana)
    stage.settle()

    assert state_of("bruno") == "sent"
    assert stage.world.mails == {"bruno": 2}
    assert AuditEntry.objects.filter(verb="hub.invited_again", actor=ana, about="bruno").count() == 1


def test_a_docker_id_that_nobody_has_is_named_and_tried_once_a_day(stage: Stage) -> None:
    Student.objects.update(docker_id="nobodythere")
    stage.run()
    stage.forget_requests()
    stage.settle()
    quiet = list(stage.writes)
    days_pass(stage, 1)
    stage.run()

    assert state_of("nobodythere") == "invalid"
    assert quiet == []
    assert stage.writes == ["POST /v2/invites/bulk"]


def test_who_chose_another_docker_id_is_the_same_person(stage: Stage) -> None:
    stage.settle()
    stage.accept("bruno")
    stage.settle()
    rename_on_docker_hub(stage, "bruno", "brunogarcia")
    stage.forget_requests()

    stage.settle()

    assert Student.objects.get().docker_id == "brunogarcia"
    assert RemoteObject.objects.filter(kind="member").get().name == "brunogarcia"
    assert stage.writes == []
    assert AuditEntry.objects.get(verb="hub.person_renamed").facts == {"was": "bruno"}


@pytest.mark.parametrize(
    "renames",
    [
        (("carla", "other"), ("bruno", "carla")),
        (("bruno", "other"), ("carla", "bruno")),
        (("bruno", "other"), ("carla", "bruno"), ("other", "carla")),
    ],
)
def test_who_takes_the_docker_id_that_another_one_gave_up_is_not_taken_for_them(
    stage: Stage, renames: tuple[tuple[str, str], ...]
) -> None:
    """All of it between two looks: everybody stays who they are, in the school's rows and on Docker Hub."""
    make_student(stage.smr, "Carla", docker_id="carla")
    stage.settle()
    stage.accept("bruno")
    stage.accept("carla")
    stage.settle()
    for was, name in renames:
        rename_on_docker_hub(stage, was, name)
    now = {"bruno": "bruno", "carla": "carla"}
    for was, name in renames:
        now = {who: name if called == was else called for who, called in now.items()}
    stage.forget_requests()

    stage.settle()

    called = dict(Student.objects.values_list("given_name", "docker_id"))
    assert {name.lower(): docker_id for name, docker_id in called.items()} == now
    ours = RemoteObject.objects.filter(kind="member").values_list("name", flat=True)
    assert set(ours) == set(now.values())
    people = HubPerson.objects.filter(state="member").exclude(key="anaruiz")
    assert set(people.values_list("key", "docker_id")) == {(one, one) for one in now.values()}
    assert stage.writes == []


def test_an_owner_who_chose_another_docker_id_is_followed_as_well(stage: Stage) -> None:
    stage.settle()
    rename_on_docker_hub(stage, "anaruiz", "anatriana")
    stage.world.owners[ORGANIZATION].pop("anaruiz", None)

    stage.settle()

    assert TeacherRole.objects.get(user__first_name="Ana").docker_id == "anatriana"
    assert stage.invited() == ["bruno"]


@pytest.fixture
def marta_by_mail(stage: Stage) -> Stage:
    """Marta, a teacher, is invited by an address that no account of Docker Hub has."""
    make_teacher(stage.school, "Marta", invite_email="marta@ies.example")
    stage.settle()
    days_pass(stage, 1)
    return stage


def test_who_accepts_an_e_mail_with_any_account_is_known_by_being_the_only_one(marta_by_mail: Stage) -> None:
    marta_by_mail.world.accept_invite(invite_of(marta_by_mail, "marta@ies.example"), "carla")

    marta_by_mail.settle()

    row = HubPerson.objects.get(key="marta@ies.example")
    assert (row.state, row.docker_id, row.is_assumed) == ("member", "carla", True)
    assert "carla" in marta_by_mail.people_of("docentes")
    assert marta_by_mail.world.mails["marta@ies.example"] == 1


def test_of_two_who_came_nobody_is_taken_for_whom_was_invited(marta_by_mail: Stage) -> None:
    make_teacher(marta_by_mail.school, "Nora", invite_email="nora@ies.example")
    marta_by_mail.settle()
    days_pass(marta_by_mail, 1)
    for invitee, account in (("marta@ies.example", "carla"), ("nora@ies.example", "dario")):
        marta_by_mail.world.accept_invite(invite_of(marta_by_mail, invitee), account)

    marta_by_mail.run()

    assert not HubPerson.objects.filter(is_assumed=True).exists()
    assert marta_by_mail.world.mails["marta@ies.example"] == 1


def test_a_stranger_who_came_into_no_team_is_not_taken_for_whom_was_invited(marta_by_mail: Stage) -> None:
    marta_by_mail.world.decline_invite(invite_of(marta_by_mail, "marta@ies.example"))
    marta_by_mail.world.take_seat(ORGANIZATION, "carla", "member")

    marta_by_mail.settle()

    assert state_of("marta@ies.example") == "declined"
    assert "carla" in marta_by_mail.world.members[ORGANIZATION]


def test_another_student_of_the_school_is_not_taken_for_whom_was_invited(marta_by_mail: Stage) -> None:
    make_student(marta_by_mail.smr, "Carla", docker_id="carla")
    marta_by_mail.world.accept_invite(invite_of(marta_by_mail, "marta@ies.example"), "carla")

    marta_by_mail.run()

    assert not HubPerson.objects.filter(is_assumed=True).exists()


def test_who_is_only_assumed_to_be_ours_leaves_the_organization_after_a_yes(marta_by_mail: Stage) -> None:
    marta_by_mail.world.accept_invite(invite_of(marta_by_mail, "marta@ies.example"), "carla")
    marta_by_mail.settle()
    TeacherRole.objects.filter(user__first_name="Marta").delete()
    marta_by_mail.run()
    days_pass(marta_by_mail, 2)

    marta_by_mail.run()

    hold = Hold.objects.waiting().get()
    assert (hold.reason, [one["facts"]["docker_id"] for one in hold.changes]) == ("assumed", ["carla"])
    assert "carla" in marta_by_mail.world.members[ORGANIZATION]


def test_the_address_in_the_list_of_members_proves_who_was_assumed(marta_by_mail: Stage) -> None:
    marta_by_mail.world.accept_invite(invite_of(marta_by_mail, "marta@ies.example"), "carla")
    marta_by_mail.settle()
    marta_by_mail.world.users["carla"].email = "marta@ies.example"

    marta_by_mail.settle()

    assert not HubPerson.objects.get(key="marta@ies.example").is_assumed


def test_a_deleted_account_is_lost_and_not_invited_by_itself(stage: Stage) -> None:
    stage.settle()
    stage.accept("bruno")
    stage.settle()
    stage.world.remove_member(ORGANIZATION, "bruno")

    run = stage.settle()

    assert state_of("bruno") == "lost"
    assert {"code": "lost", "invitee": "bruno"} in run.proof["notes"]
    assert stage.world.mails == {"bruno": 1}


def test_who_left_the_school_leaves_no_trace_and_may_come_back(stage: Stage) -> None:
    stage.settle()
    enrolment = stage.smr.enrolments.get()
    enrolment.left_on = enrolment.enrolled_on
    enrolment.save()
    stage.settle()
    gone = HubPerson.objects.filter(key="bruno").exists()
    enrolment.left_on = None
    enrolment.save()
    stage.settle()

    assert not gone
    assert stage.world.mails == {"bruno": 2}

"""What was announced or answered is used up as soon as the school wants again what it would take away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from classrooms.actions import trash
from classrooms.actions.class_groups import (
    archive_class_group,
    enrol_student,
    rename_class_group,
    set_members_choice,
    withdraw_student,
)
from classrooms.actions.images import assign_image, withdraw_image
from classrooms.actions.restoring import restore
from classrooms.actions.staff import set_teachers
from classrooms.models import ClassGroup, Deletion, Enrolment, Student, TeacherRole, User
from hubsync.account.personal import set_teachers_push
from hubsync.models import AnnouncedRemoval, Hold, HubAccount, RemoteObject
from hubsync.pages.answers import approve_hold, refuse_hold
from hubsync.planning.changes import (
    ChangePermission,
    DeleteTeam,
    RemoveCollaborator,
    RemoveFromTeam,
    RemoveMember,
)
from hubsync.planning.plan import facts_of
from hubsync.planning.state import Grant, OrganizationState, Permission, Person, TeamState
from hubsync.planning.wanted_again import WantedAgain
from hubsync.sync.schedule import request_reconcile
from tests.factories import make_class_group, make_student, make_teacher
from tests.hubsync.stage import ORGANIZATION, Stage

MANY = 12


def still_announced() -> set[str]:
    """What the announcements that count still name, as "kind of whom or what"."""
    rows = [change for one in AnnouncedRemoval.objects.all() for change in one.changes]
    return {f"{one['kind']} of {list(one['facts'].values())[-1] or one['facts']['team']}" for one in rows}


@pytest.fixture
def full_class(stage: Stage) -> Stage:
    """1º SMR with twelve members beside Bruno, all settled, and a class that stays."""
    make_class_group(stage.school, "2º DAW")
    for number in range(MANY):
        make_student(stage.smr, f"Alumna{number}", docker_id=f"alumna{number}")
        stage.world.add_user(f"alumna{number}")
    stage.settle()
    for invitee in list(stage.world.pending_invites[ORGANIZATION]):
        stage.accept(invitee)
    stage.settle()
    return stage


def lose_the_list(stage: Stage) -> None:
    """Everybody is out of the class, by no page that would have announced it."""
    Enrolment.objects.filter(class_group=stage.smr).update(left_on=timezone.localdate())
    request_reconcile(stage.account)


def ana() -> User:
    return User.objects.get(first_name="Ana")


def team_of(stage: Stage) -> str:
    return RemoteObject.objects.get(account=stage.account, class_group=stage.smr).name


def test_a_class_out_of_the_archive_is_guarded_again(full_class: Stage) -> None:
    stage, people = full_class, full_class.people_of(team_of(full_class))
    archive_class_group(class_group=stage.smr, by=None)
    archive_class_group(class_group=stage.smr, by=None, is_archived=False)

    lose_the_list(stage)
    stage.run()

    assert stage.people_of(team_of(stage)) == people
    assert stage.account.holds.filter(kind="memberships", reason="too_many", closed_at=None).exists()


def test_a_class_out_of_the_trash_is_announced_no_longer(full_class: Stage) -> None:
    trash.delete(row=full_class.smr, by=None)
    before = still_announced()

    restore(deletion=Deletion.objects.get(), by=None)

    assert f"delete_team of {team_of(full_class)}" in before
    assert still_announced() == set()


def test_of_a_list_of_leavers_who_is_enrolled_again_is_announced_no_longer(full_class: Stage) -> None:
    stage = full_class
    leavers = list(Student.objects.filter(docker_id__in=["alumna1", "alumna2"]))
    for student in leavers:
        withdraw_student(enrolment=student.enrolments.get(), by=None)

    enrol_student(student=leavers[0], class_group=stage.smr, by=None)

    assert still_announced() == {"remove_from_team of alumna2", "remove_member of alumna2"}


def test_a_teacher_who_comes_back_and_an_image_that_does_are_announced_no_longer(full_class: Stage) -> None:
    stage = full_class
    make_teacher(stage.school, "Tomas", docker_id="tomas")
    roles = list(TeacherRole.objects.filter(school=stage.school))
    set_teachers(class_group=stage.smr, teacher_roles=roles, by=ana())
    set_teachers(class_group=stage.smr, teacher_roles=roles[:1], by=ana())
    used = stage.smr.assigned_images.get(image__repository=f"{ORGANIZATION}/examen")
    withdraw_image(assigned=used, by=None)
    before = still_announced()

    set_teachers(class_group=stage.smr, teacher_roles=roles, by=ana())
    assign_image(class_group=stage.smr, image=used.image, by=None)

    assert "remove_from_team of tomas" in before
    assert not still_announced() & before


def test_a_team_is_known_by_its_class_although_the_class_was_renamed(full_class: Stage) -> None:
    archive_class_group(class_group=full_class.smr, by=None)
    ClassGroup.objects.filter(pk=full_class.smr.pk).update(name="1º SMR tarde")

    archive_class_group(class_group=full_class.smr, by=None, is_archived=False)

    assert still_announced() == set()


def test_an_answer_counts_no_longer_either(full_class: Stage) -> None:
    """Approved, and then the list is put right before a worker came: the approval is not kept for another day."""
    stage = full_class
    lose_the_list(stage)
    stage.run()
    Hold.objects.update(approved_at=timezone.now())
    Enrolment.objects.filter(class_group=stage.smr).update(left_on=None)
    rename_class_group(class_group=stage.smr, name="1º SMR A", course="", by=None)

    lose_the_list(stage)
    stage.run()

    assert len(stage.people_of(team_of(stage))) == MANY + 2
    assert stage.account.holds.filter(approved_at=None, kind="memberships", closed_at=None).exists()


def test_what_another_hand_made_private_keeps_the_team_that_was_announced_to_go(full_class: Stage) -> None:
    """The portal hears of it at the look before it would remove the team: members of the class may pull it then."""
    stage, team = full_class, team_of(full_class)
    for one in stage.smr.assigned_images.filter(image__repository=f"{ORGANIZATION}/examen"):
        withdraw_image(assigned=one, by=ana())
    stage.world.make_repository_private(ORGANIZATION, "lamp", is_private=True)
    set_members_choice(class_group=stage.smr, students_are_members=False, by=ana())
    before = still_announced()

    stage.run()

    assert any(one.startswith("delete_team") for one in before)
    assert not any(one.startswith("delete_team") for one in still_announced())
    assert stage.level_of(team, "lamp") == "read"


@pytest.mark.parametrize("answer", [approve_hold, refuse_hold])
def test_an_answer_to_what_is_wanted_again_is_kept_for_no_other_day(
    full_class: Stage, answer: Callable[..., None]
) -> None:
    """The list is put right while the page with the question is still open, and no worker came in between."""
    stage = full_class
    lose_the_list(stage)
    stage.run()
    Enrolment.objects.filter(class_group=stage.smr).update(left_on=None)
    hold = Hold.objects.waiting().get(kind="memberships")

    answer(hold=hold, by=ana())
    lose_the_list(stage)
    stage.run()

    hold.refresh_from_db()
    assert hold.closed_at is not None
    assert len(stage.people_of(team_of(stage))) == MANY + 2
    assert stage.account.holds.filter(
        approved_at=None, refused_at=None, kind="memberships", closed_at=None
    ).exists()


def test_who_comes_back_for_an_hour_has_another_day_of_grace(full_class: Stage) -> None:
    stage = full_class
    bruno = Student.objects.get(docker_id="bruno")
    withdraw_student(enrolment=bruno.enrolments.get(), by=None)
    stage.run()
    Hold.objects.filter(reason="grace").update(created_at=timezone.now() - timedelta(hours=25))
    enrol_student(student=bruno, class_group=stage.smr, by=None)

    withdraw_student(enrolment=bruno.enrolments.get(left_on=None), by=None)
    stage.run()

    assert "bruno" in stage.world.members[ORGANIZATION]
    (waits,) = Hold.objects.filter(reason="grace", closed_at=None)
    assert timezone.now() - waits.created_at < timedelta(hours=1)


def test_who_may_push_again_is_announced_no_longer(stage: Stage) -> None:
    HubAccount.objects.update(kind="personal", teachers_push=True)
    make_teacher(stage.school, "Tomas", docker_id="tomas")
    RemoteObject.objects.create(account=stage.account, kind="collaborator", name="lamp/tomas")
    account = HubAccount.objects.get(pk=stage.account.pk)
    set_teachers_push(account=account, teachers_push=False, by=ana())
    withdraw_image(assigned=stage.smr.assigned_images.get(image__is_private=True), by=ana())
    AnnouncedRemoval.objects.create(
        account=account,
        changes=facts_of([RemoveCollaborator("lamp", "tomas")]),
        reason="",
        expires_at=timezone.now() + timedelta(days=1),
    )

    set_teachers_push(account=account, teachers_push=True, by=ana())

    assert "remove_collaborator of tomas" not in still_announced()


def test_what_is_not_wanted_stays_announced(full_class: Stage) -> None:
    archive_class_group(class_group=full_class.smr, by=None)
    before = still_announced()

    make_class_group(full_class.school, "1º DAM")
    request_reconcile(full_class.account)

    assert still_announced() == before
    full_class.run()
    assert team_of_is_gone(full_class)


def team_of_is_gone(stage: Stage) -> bool:
    return not RemoteObject.objects.filter(account=stage.account, class_group=stage.smr).exists()


@pytest.mark.parametrize(
    ("removal", "is_wanted"),
    [
        (RemoveMember("bruno"), True),
        (RemoveMember("old-name"), True),
        (RemoveMember("b@example.org"), True),
        (RemoveMember("carla"), False),
        (RemoveFromTeam("Was-Called", "bruno"), True),
        (RemoveFromTeam("other", "bruno"), False),
        (DeleteTeam("SMR1"), True),
        (ChangePermission("lamp", "smr1", "read", "write"), True),
        (ChangePermission("lamp", "smr1", "write", "admin"), False),
        (ChangePermission("lamp", "smr1", "write", "read"), False),
    ],
)
def test_what_the_wish_wants_is_told_by_class_by_name_and_by_every_name_of_a_person(
    removal: RemoveMember, is_wanted: bool
) -> None:
    bruno = Person("bruno", "b@example.org")
    team = TeamState(
        "smr1",
        people=frozenset({bruno}),
        grants=frozenset({Grant("lamp", Permission.WRITE)}),
        class_group_id=7,
    )
    wish = WantedAgain(OrganizationState(teams=frozenset({team})), {"was-called": 7}, [("bruno", "old-name")])

    assert wish.takes(removal) is is_wanted
    assert facts_of([removal])

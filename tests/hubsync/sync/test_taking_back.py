"""What a run removed is brought back by one press, and stays until the school's own wish changes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from classrooms.actions.class_groups import archive_class_group, enrol_student, withdraw_student
from classrooms.actions.images import assign_image, withdraw_image
from classrooms.models import AuditEntry, Image, Student, TeacherRole, User
from hubsync.hub.names import team_name_for
from hubsync.models import Hold, HubAccount, RestoredRemoval, SyncRun
from hubsync.pages.answers import approve_hold
from hubsync.sync.restored import CAN_BE_TAKEN_BACK_FOR, let_the_portal_decide, take_back, what_can_come_back
from tests.factories import make_teacher
from tests.hubsync.stage import ORGANIZATION, Stage


@pytest.fixture
def team(stage: Stage) -> str:
    """In sync, with Bruno a member."""
    HubAccount.objects.update(uuid=stage.world.get_organization(ORGANIZATION).uuid)
    stage.settle()
    stage.accept("bruno")
    stage.settle()
    return team_name_for(stage.smr.name, stage.smr.academic_year)


@pytest.fixture
def ana(stage: Stage) -> User:
    return User.objects.get(first_name="Ana")


def remove_bruno(stage: Stage, ana: User) -> SyncRun:
    """He leaves the class, and a run takes him out of its team; he is a member for a day more."""
    withdraw_student(enrolment=stage.smr.enrolments.get(), by=ana)
    return stage.run()


def undo(run: SyncRun, ana: User, part: str = "as_it_was") -> int:
    return take_back(run=run, part=part, by=ana, now=timezone.now())


def test_a_membership_comes_back_and_stays(stage: Stage, team: str, ana: User) -> None:
    run = remove_bruno(stage, ana)
    was_out = stage.people_of(team)

    undo(run, ana)
    stage.settle()
    stage.settle()

    assert was_out == {"anaruiz"}
    assert stage.people_of(team) == {"anaruiz", "bruno"}
    assert not Hold.objects.open().exists()
    assert AuditEntry.objects.get(verb="hub.removals_undone").facts == {"part": "as_it_was", "number": 1}


def test_pressing_twice_brings_back_once(stage: Stage, team: str, ana: User) -> None:
    run = remove_bruno(stage, ana)

    assert [undo(run, ana), undo(run, ana)] == [1, 0]
    assert RestoredRemoval.objects.count() == 1


def test_what_was_brought_back_ends_with_the_schools_own_wish_and_is_then_removed_as_any_other(
    stage: Stage, team: str, ana: User
) -> None:
    undo(remove_bruno(stage, ana), ana)
    stage.settle()
    enrolment = enrol_student(student=Student.objects.get(), class_group=stage.smr, by=ana)
    stage.settle()
    ended = RestoredRemoval.objects.get().ended_at

    withdraw_student(enrolment=enrolment, by=ana)
    stage.run()

    assert ended is not None
    assert stage.people_of(team) == {"anaruiz"}


def test_a_person_may_let_the_portal_decide_again(stage: Stage, team: str, ana: User) -> None:
    undo(remove_bruno(stage, ana), ana)
    stage.settle()

    let_the_portal_decide(restored=RestoredRemoval.objects.get(), by=ana, now=timezone.now())
    stage.run()

    assert stage.people_of(team) == {"anaruiz"}
    assert AuditEntry.objects.filter(verb="hub.removal_let_go").count() == 1


def test_a_permission_comes_back_until_the_image_is_assigned_again(
    stage: Stage, team: str, ana: User
) -> None:
    assigned = stage.smr.assigned_images.get(image__repository="iestriana/examen")
    withdraw_image(assigned=assigned, by=ana)
    run = stage.run()
    was = stage.level_of(team, "examen")

    undo(run, ana)
    stage.settle()
    back = stage.level_of(team, "examen")
    assign_image(class_group=stage.smr, image=Image.objects.get(pk=assigned.image_id), by=ana)
    stage.settle()

    assert (was, back) == (None, "read")
    assert not RestoredRemoval.objects.filter(ended_at=None).exists()


def test_who_left_the_organization_comes_back_only_by_an_invitation_that_somebody_asks_for(
    stage: Stage, team: str, ana: User
) -> None:
    remove_bruno(stage, ana)
    stage.run()
    approve_hold(hold=Hold.objects.get(reason="grace"), by=ana)
    run = stage.run()
    stage.run()
    as_it_was = undo(run, ana)
    invited_before = stage.invited()

    undo(run, ana, "invite")
    stage.settle()

    assert as_it_was == 0 and invited_before == ["bruno"]
    assert stage.invited() == ["bruno", "bruno"]
    stage.accept("bruno")
    stage.settle()
    assert stage.people_of(team) == {"anaruiz", "bruno"}


def test_what_came_back_mails_nobody_who_has_left_meanwhile(stage: Stage, team: str, ana: User) -> None:
    undo(remove_bruno(stage, ana), ana)
    stage.world.remove_member(ORGANIZATION, "bruno")

    stage.settle()

    assert stage.invited() == ["bruno"]


def test_a_deleted_team_is_made_again_with_its_members_and_permissions(
    stage: Stage, team: str, ana: User
) -> None:
    archive_class_group(class_group=stage.smr, by=ana)
    run = stage.run()
    assert team not in {one.name for one in stage.world.team_by_id.values()}

    undo(run, ana, "teams")
    stage.settle()
    stage.settle()

    assert stage.people_of(team) == {"anaruiz", "bruno"}
    assert stage.level_of(team, "examen") == "read"
    assert "bruno" in stage.world.members[ORGANIZATION]


def test_of_a_personal_account_a_right_to_push_comes_back(stage: Stage, ana: User) -> None:
    run = SyncRun.objects.create(account=stage.account, generation=1, result="settled")
    facts = {"repository": "lamp", "docker_id": "carla"}
    run.changes.create(position=0, kind="remove_collaborator", facts=facts, state="confirmed")

    assert undo(run, ana) == 1


def test_after_a_week_a_removal_is_history(stage: Stage, team: str, ana: User) -> None:
    run = remove_bruno(stage, ana)
    later = timezone.now() + CAN_BE_TAKEN_BACK_FOR

    assert what_can_come_back(run, timezone.now()).as_it_was
    assert not what_can_come_back(run, later + timedelta(minutes=1)).as_it_was


def at_run(client: Client, person: User, stage: Stage, run: SyncRun, part: str = "") -> str:
    client.force_login(person)
    client.cookies["django_language"] = "en"
    address = f"/school/{stage.school.pk}/sync/runs/{run.pk}/"
    if part:
        return client.post(f"{address}undo/", {"part": part}, follow=True).content.decode()
    return client.get(address).content.decode()


def test_the_page_of_a_run_offers_it_and_the_synchronization_names_what_stays(
    client: Client, stage: Stage, team: str, ana: User
) -> None:
    run = remove_bruno(stage, ana)

    offered = at_run(client, ana, stage, run)
    done = at_run(client, ana, stage, run, "as_it_was")
    named = client.get(f"/school/{stage.school.pk}/sync/").content.decode()

    assert f"Bruno García (bruno) stays in the team of {stage.smr} ({team})." in offered
    assert "Put it back as it was" in offered
    assert "It is being brought back now" in done and "1 removal of this run was taken back." in done
    assert "Ana brought it back on" in named and "Let the portal decide again" in named


def test_a_teacher_reads_that_an_owner_can_take_it_back(
    client: Client, stage: Stage, team: str, ana: User
) -> None:
    run = remove_bruno(stage, ana)
    tomas = make_teacher(stage.school, "Tomas")

    shown = at_run(client, tomas, stage, run)
    client.post(f"/school/{stage.school.pk}/sync/runs/{run.pk}/undo/", {"part": "as_it_was"})

    assert "An owner of the school can take it back: Ana." in shown
    assert "Put it back as it was" not in shown
    assert not RestoredRemoval.objects.exists()


def test_an_owner_lets_go_of_it_on_the_page(client: Client, stage: Stage, team: str, ana: User) -> None:
    undo(remove_bruno(stage, ana), ana)
    client.force_login(ana)

    client.post(f"/school/{stage.school.pk}/sync/kept/{RestoredRemoval.objects.get().pk}/")

    assert RestoredRemoval.objects.get().ended_at is not None
    assert TeacherRole.objects.get(user=ana).role == "owner"

"""What a person announces in the classrooms passes the guard, exactly; a stranger beside it does not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from classrooms.actions.class_groups import archive_class_group, set_members_choice, withdraw_student
from classrooms.actions.images import withdraw_image
from classrooms.actions.staff import remove_teacher, set_teachers
from classrooms.models import Student, TeacherRole, User
from classrooms.signals import Announced, person_erased, roster_changed
from hubsync.hub.names import team_name_for
from hubsync.models import AnnouncedRemoval, HubAccount, RemoteObject
from hubsync.sync.consent import read_consent
from tests.factories import make_student, make_teacher
from tests.hubsync.stage import ORGANIZATION, Stage


@pytest.fixture
def team(stage: Stage) -> str:
    """The class's team is ours, as after a first sync."""
    name = team_name_for(stage.smr.name, stage.smr.academic_year)
    for one, group in ((name, stage.smr), ("docentes", None)):
        RemoteObject.objects.create(account=stage.account, kind="team", name=one, class_group=group)
    return name


def ana() -> User:
    return User.objects.get(first_name="Ana")


def announced() -> dict[str, set[Any]]:
    """What was announced last: by kind, the facts that name somebody or something."""
    found: dict[str, set[Any]] = {}
    for change in AnnouncedRemoval.objects.latest("pk").changes:
        facts = change["facts"]
        thing = facts.get("docker_id") or facts.get("repository") or facts["team"]
        found.setdefault(change["kind"], set()).add((facts.get("team", ""), thing))
    return found


def test_archiving_a_class_announces_its_team_its_people_and_its_images(stage: Stage, team: str) -> None:
    archive_class_group(class_group=stage.smr, by=ana())

    assert announced() == {
        "delete_team": {(team, team)},
        "remove_member": {("", "bruno")},
        "remove_permission": {("docentes", "examen"), ("docentes", "lamp")},
    }
    row = AnnouncedRemoval.objects.get()
    assert (row.reason, row.announced_by) == ("class.archived", ana())
    assert row.expires_at - row.announced_at == timedelta(days=7)


def test_a_student_who_leaves_a_class_and_stays_in_another_is_not_announced_to_leave_the_organization(
    stage: Stage, team: str
) -> None:
    other = stage.school.class_groups.create(
        name="2º DAW", academic_year=stage.smr.academic_year, code="XYZ234", students_are_members=True
    )
    bruno = Student.objects.get(docker_id="bruno")
    bruno.enrolments.create(class_group=other)

    withdraw_student(enrolment=bruno.enrolments.get(class_group=stage.smr), by=ana())

    assert announced() == {"remove_from_team": {(team, "bruno")}}


def test_who_is_still_wanted_is_never_announced(stage: Stage, team: str) -> None:
    carla = make_student(stage.smr, "Carla", docker_id="carla")

    withdraw_student(enrolment=carla.enrolments.get(), by=ana())

    assert "bruno" not in str(announced())


def test_students_who_are_members_no_longer_are_announced_and_their_teacher_is_not(
    stage: Stage, team: str
) -> None:
    set_members_choice(class_group=stage.smr, students_are_members=False, by=ana())

    assert announced() == {
        "remove_from_team": {(team, "bruno")},
        "remove_member": {("", "bruno")},
    }


def test_an_image_that_is_withdrawn_is_announced_for_the_class_and_the_staff(stage: Stage, team: str) -> None:
    withdraw_image(assigned=stage.smr.assigned_images.get(image__repository="iestriana/examen"), by=ana())

    assert announced() == {"remove_permission": {(team, "examen"), ("docentes", "examen")}}


def test_a_role_that_ends_is_announced_by_docker_id_and_by_e_mail(stage: Stage, team: str) -> None:
    make_teacher(stage.school, "Tomas", invite_email="tomas@ies.example")
    tomas = TeacherRole.objects.get(user__first_name="Tomas")

    remove_teacher(teacher_role=tomas, by=ana())

    assert announced()["remove_member"] == {("", "tomas@ies.example")}


def test_who_no_longer_teaches_a_class_is_announced_for_that_class(stage: Stage, team: str) -> None:
    make_teacher(stage.school, "Tomas", docker_id="tomas")
    tomas = TeacherRole.objects.get(user__first_name="Tomas")
    lucia = TeacherRole.objects.get(user__first_name="Ana")
    set_teachers(class_group=stage.smr, teacher_roles=[tomas, lucia], by=ana())

    set_teachers(class_group=stage.smr, teacher_roles=[lucia], by=ana())

    assert announced() == {"remove_from_team": {(team, "tomas")}}


def test_an_erased_student_is_announced_for_every_team(stage: Stage, team: str) -> None:
    person_erased.send(sender=Student, student=Student.objects.get(docker_id="bruno"))

    assert announced() == {
        "remove_from_team": {(team, "bruno"), ("docentes", "bruno")},
        "remove_member": {("", "bruno")},
    }


def test_of_a_personal_account_who_may_push_no_longer_is_announced(stage: Stage) -> None:
    HubAccount.objects.update(kind="personal", teachers_push=True)
    make_teacher(stage.school, "Tomas", docker_id="tomas")
    RemoteObject.objects.create(account=stage.account, kind="collaborator", name="lamp/tomas")

    remove_teacher(teacher_role=TeacherRole.objects.get(user__first_name="Tomas"), by=ana())

    assert announced()["remove_collaborator"] == {("", "tomas")}


def test_an_announcement_lapses_after_a_week(stage: Stage, team: str) -> None:
    archive_class_group(class_group=stage.smr, by=ana())
    now = timezone.now()

    assert read_consent(stage.account, now).announced
    assert not read_consent(stage.account, now + timedelta(days=7, seconds=1)).announced


def test_ids_of_nobody_announce_nothing(stage: Stage, team: str) -> None:
    roster_changed.send(
        sender=None,
        school=stage.school,
        class_group=None,
        announced=Announced("roster.imported", None, (stage.smr.pk,), (999_999,)),
    )

    assert not AnnouncedRemoval.objects.exists()


def test_a_class_of_many_is_closed_without_asking_and_a_stranger_beside_it_is_asked_for(stage: Stage) -> None:
    """A whole class is taken out at once; six people in the staff's team whom nobody announced wait."""
    for number in range(12):
        make_student(stage.smr, f"Alumna{number}", docker_id=f"alumna{number}")
        stage.world.add_user(f"alumna{number}")
    stage.settle()
    for invitee in list(stage.world.pending_invites[ORGANIZATION]):
        stage.accept(invitee)
    stage.settle()
    team = team_name_for(stage.smr.name, stage.smr.academic_year)
    for number in range(6):
        stage.world.add_user(f"stranger{number}")
        stage.world.take_seat(ORGANIZATION, f"stranger{number}", "member")
        stage.world.add_to_team(stage.team("docentes"), f"stranger{number}")

    set_members_choice(class_group=stage.smr, students_are_members=False, by=ana())
    stage.run()

    assert stage.people_of(team) == {"anaruiz"}
    assert len(stage.people_of("docentes")) == 7
    held = stage.account.holds.get(reason="too_many")
    assert {change["facts"]["docker_id"] for change in held.changes} == {f"stranger{n}" for n in range(6)}

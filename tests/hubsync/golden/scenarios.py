"""Sixteen days in the year of a school, each up to the moment in which somebody asks what will be done on Docker Hub."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from classrooms.actions.class_groups import archive_class_group
from classrooms.actions.practices import (
    Dates,
    Needed,
    PracticeText,
    give_practice,
    publish_practice,
    write_practice,
)
from classrooms.models import (
    AssignedImage,
    ClassGroup,
    ClassPractice,
    Enrolment,
    Image,
    Practice,
    Student,
    TeacherRole,
    Teaching,
)
from hubsync.account.adoption import adopt_team
from hubsync.models import Hold, LastLook, RemoteObject
from tests.factories import make_assigned_image, make_class_group, make_image, make_student, make_teacher
from tests.hubsync.stage import ORGANIZATION, Stage

NAMES = ("Carla", "Dario", "Elena", "Fatima", "Gael", "Hugo", "Ines", "Jaime", "Kevin")


def many(stage: Stage, group: ClassGroup, number: int) -> list[Student]:
    """So many students of the class, each with an account on Docker Hub."""
    for name in NAMES[:number]:
        if name.lower() not in stage.world.users:
            stage.world.add_user(f"{name.lower()}1" if len(name) < 4 else name.lower())
    return [make_student(group, name, docker_id=name.lower()) for name in NAMES[:number]]


def settled(stage: Stage) -> None:
    """As wanted, with every invitation accepted."""
    stage.settle()
    for invitee in list(stage.world.pending_invites[ORGANIZATION]):
        stage.accept(invitee)
    stage.settle()
    stage.let_pass(hours=1)


def september_first_sync(stage: Stage) -> None:
    """The first plan of the year: nothing is on Docker Hub yet but the organization and its two repositories."""
    many(stage, stage.smr, 9)


def new_class(stage: Stage) -> None:
    """A second class begins with a private image of its own."""
    settled(stage)
    group = make_class_group(stage.school, "2º DAW", students_are_members=True)
    many(stage, group, 3)
    make_assigned_image(group, make_image(stage.school, f"{ORGANIZATION}/practica", is_private=True))
    stage.world.add_repository(ORGANIZATION, "practica", is_private=True)


def mover(stage: Stage) -> None:
    """Bruno changes from 1º SMR to 2º DAW, which uses the same image."""
    group = make_class_group(stage.school, "2º DAW", students_are_members=True)
    make_assigned_image(group, Image.objects.get(repository=f"{ORGANIZATION}/examen"))
    settled(stage)
    Enrolment.objects.filter(class_group=stage.smr).update(class_group=group)


def substitute(stage: Stage) -> None:
    """Carla comes for Marta, whose role ended yesterday."""
    marta = make_teacher(stage.school, "Marta", docker_id="dario")
    role = TeacherRole.objects.get(user=marta)
    Teaching.objects.create(class_group=stage.smr, teacher_role=role)
    settled(stage)
    TeacherRole.objects.filter(pk=role.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
    carla = make_teacher(stage.school, "Carla", docker_id="carla")
    Teaching.objects.create(class_group=stage.smr, teacher_role=TeacherRole.objects.get(user=carla))


def mistaken_list(stage: Stage) -> None:
    """A wrong list takes eight students out of their class and brings one in: the removals wait."""
    students = many(stage, stage.smr, 8)
    settled(stage)
    Enrolment.objects.filter(student__in=students).update(left_on=timezone.localdate())
    stage.world.add_user("nuria")
    make_student(stage.smr, "Nuria", docker_id="nuria")


def july_close(stage: Stage) -> None:
    """Of two classes 1º SMR is archived, and its page announced who leaves."""
    make_class_group(stage.school, "2º DAW")
    many(stage, stage.smr, 8)
    settled(stage)
    archive_class_group(class_group=stage.smr, by=None)


def student_added_late(stage: Stage) -> None:
    """Carla comes in November."""
    settled(stage)
    make_student(stage.smr, "Carla", docker_id="carla")


def seats_short(stage: Stage) -> None:
    """Three seats for five people."""
    stage.account.seats = 3
    stage.account.save()
    many(stage, stage.smr, 3)


def renamed_class(stage: Stage) -> None:
    """1º SMR is called 1º SMR A from now on."""
    settled(stage)
    ClassGroup.objects.filter(pk=stage.smr.pk).update(name="1º SMR A")


def adopted_organization(stage: Stage) -> None:
    """The school had a team before the portal; it was adopted for 1º SMR, and another one is nobody's."""
    team = stage.world.add_team(ORGANIZATION, "informatica", description="Departamento")
    stage.world.add_team(ORGANIZATION, "electronica")
    stage.world.take_seat(ORGANIZATION, "carla", "member")
    stage.world.add_to_team(team, "carla")
    stage.look()
    adopt_team(account=stage.account, name="informatica", class_group=stage.smr, by=None)


def undone_by_hand(stage: Stage) -> None:
    """Somebody took Bruno out of the team and the image away from it."""
    settled(stage)
    team = stage.team(RemoteObject.objects.get(kind="team", class_group=stage.smr).name)
    stage.world.remove_from_team(team, "bruno", actor="carla")
    stage.world.revoke(stage.world.get_repository(ORGANIZATION, "examen"), team.id, actor="carla")


def image_made_private(stage: Stage) -> None:
    """A public image that the class uses is made private on Docker Hub."""
    settled(stage)
    stage.world.find_repository(ORGANIZATION, "lamp").is_private = True  # type: ignore[union-attr]
    assert AssignedImage.objects.filter(image__repository=f"{ORGANIZATION}/lamp").exists()


def removals_refused(stage: Stage) -> None:
    """The owner said no to the mistaken list: the plan says what is left, and asks nothing."""
    mistaken_list(stage)
    stage.wish()
    stage.run()
    refused_at = timezone.now()
    Hold.objects.filter(account=stage.account, closed_at=None).update(refused_at=refused_at)


def teams_deleted_by_hand(stage: Stage) -> None:
    """Two teams were deleted by hand: whether they are made again is asked, and what belongs to them waits with them."""
    make_assigned_image(
        make_class_group(stage.school, "2º DAW"), Image.objects.get(repository=f"{ORGANIZATION}/examen")
    )
    settled(stage)
    for claim in RemoteObject.objects.filter(kind="team", class_group__isnull=False):
        stage.world.delete_team(stage.team(claim.name))
    stage.wish()
    stage.run()
    LastLook.objects.update(shrunk_since=timezone.now() - timedelta(minutes=2))


def exam_before_its_minute(stage: Stage) -> None:
    """An exam with a private image was given for tomorrow: today the staff alone is let in."""
    stage.world.add_repository(ORGANIZATION, "ut3", is_private=True)
    image = make_image(stage.school, f"{ORGANIZATION}/ut3", is_private=True)
    settled(stage)
    written = PracticeText("UT3", hand_in_way=Practice.Way.SHARED, is_exam=True, images=(Needed(image),))
    practice = write_practice(school=stage.school, written=written, by=None)
    publish_practice(practice=practice, by=None)
    dates = Dates(visible_from=timezone.now() + timedelta(days=1))
    give_practice(practice=practice, class_groups=[stage.smr], dates=dates, by=None)


def exam_at_its_minute(stage: Stage) -> None:
    """The minute of the exam has come: its image is opened to the class, and there is a place to hand it in."""
    exam_before_its_minute(stage)
    settled(stage)
    ClassPractice.objects.update(visible_from=timezone.now())


SCENARIOS: tuple[Callable[[Stage], None], ...] = (
    september_first_sync, new_class, mover, substitute, mistaken_list, july_close, student_added_late, seats_short,
    renamed_class, adopted_organization, undone_by_hand, image_made_private, removals_refused,
    teams_deleted_by_hand, exam_before_its_minute, exam_at_its_minute,
)  # fmt: skip

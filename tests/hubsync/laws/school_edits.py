"""What people of the school do on the portal's pages, by the portal's own actions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from classrooms.actions.class_groups import (
    archive_class_group,
    create_class_group,
    enrol_student,
    rename_class_group,
    set_members_choice,
    withdraw_student,
)
from classrooms.actions.images import assign_image, want_repository, withdraw_image
from classrooms.models import AssignedImage, ClassGroup, Enrolment, Image, Teaching
from classrooms.signals import staff_changed
from hubsync.models import AnnouncedRemoval, Hold, HubAccount
from hubsync.pages.answers import approve_hold, refuse_hold
from hubsync.sync.schedule import request_reconcile
from tests.factories import make_student
from tests.hubsync.laws.ground import Ground, role_of, student_of
from tests.hubsync.stage import ORGANIZATION


def make_class(ground: Ground, name: str, *, students_are_members: bool = True) -> ClassGroup:
    made = create_class_group(school=ground.school, name=name, by=ground.ana)
    set_members_choice(class_group=made, students_are_members=students_are_members, by=ground.ana)
    return made


def enrol(ground: Ground, docker_id: str, class_group: ClassGroup) -> None:
    """The student of this Docker ID, entered first where the school does not know them yet."""
    student = student_of(ground, docker_id)
    if student is None:
        make_student(class_group, docker_id.title(), docker_id=ground.called(docker_id))
    else:
        enrol_student(student=student, class_group=class_group, by=ground.ana)


def withdraw(ground: Ground, docker_id: str, class_group: ClassGroup) -> None:
    rows = Enrolment.objects.current().filter(student=student_of(ground, docker_id), class_group=class_group)
    # In a class of the archive nothing changes any more: the page does not offer it.
    for enrolment in rows.filter(class_group__archived_at__isnull=True):
        withdraw_student(enrolment=enrolment, by=ground.ana, on=timezone.localdate() - timedelta(days=1))


def lose(ground: Ground, docker_ids: Iterable[str], class_group: ClassGroup) -> None:
    """These are in the class no longer, by no page that would have announced it."""
    students = [student_of(ground, docker_id) for docker_id in docker_ids]
    Enrolment.objects.filter(student__in=filter(None, students), class_group=class_group).delete()
    request_reconcile(ground.account)


def let_teach(
    ground: Ground, name: str, class_group: ClassGroup, *, docker_id: str = "", by_mail: bool = False
) -> None:
    """The teacher has this Docker ID (or none, or is invited by e-mail) from now on, and teaches the class."""
    role = role_of(ground, name)
    role.docker_id, role.invite_email = docker_id, f"{name}@example.org" if by_mail else ""
    role.save(update_fields=["docker_id", "invite_email"])
    Teaching.objects.get_or_create(class_group=class_group, teacher_role=role)
    _staff_changed(ground)


def end_teaching(ground: Ground, name: str) -> None:
    """The teacher teaches nobody any more and has no Docker ID here."""
    role = role_of(ground, name)
    role.docker_id = role.invite_email = ""
    role.save(update_fields=["docker_id", "invite_email"])
    role.teachings.all().delete()
    _staff_changed(ground)


def assign(ground: Ground, repository: str, class_group: ClassGroup) -> None:
    image = Image.objects.get(school=ground.school, repository=f"{ORGANIZATION}/{repository}")
    assign_image(class_group=class_group, image=image, by=ground.ana)


def unassign(ground: Ground, repository: str, class_group: ClassGroup) -> None:
    rows = AssignedImage.objects.current().filter(class_group=class_group)
    for row in rows.filter(image__repository=f"{ORGANIZATION}/{repository}"):
        withdraw_image(assigned=row, by=ground.ana)


def want(ground: Ground, repository: str) -> None:
    want_repository(school=ground.school, name=repository, is_private=True, by=ground.ana)


def set_seats(ground: Ground, seats: int) -> None:
    """As bought, on Docker Hub and as typed in the portal."""
    ground.world.organizations[ORGANIZATION].seats = seats
    HubAccount.objects.filter(pk=ground.account.pk).update(seats=seats)
    ground.account.refresh_from_db()
    request_reconcile(ground.account)


def approve_holds(ground: Ground) -> int:
    """An owner looks at what waits and lets it happen, also what was refused before; how many holds that were."""
    waiting = list(Hold.objects.filter(account=ground.account, closed_at=None, approved_at=None))
    for hold in waiting:
        approve_hold(hold=hold, by=ground.ana)
    request_reconcile(ground.account)
    return len(waiting)


def refuse_holds(ground: Ground) -> int:
    """An owner looks at what waits and says that it shall be left; how many holds that were."""
    waiting = list(Hold.objects.waiting().filter(account=ground.account))
    for hold in waiting:
        refuse_hold(hold=hold, by=ground.ana)
    return len(waiting)


def announce(ground: Ground, changes: Iterable[dict[str, Any]]) -> None:
    AnnouncedRemoval.objects.create(
        account=ground.account,
        changes=list(changes),
        reason="year_closed",
        announced_by=ground.ana,
        expires_at=timezone.now() + timedelta(days=7),
    )


def archive(ground: Ground, class_group: ClassGroup, *, is_archived: bool = True) -> None:
    archive_class_group(class_group=class_group, by=ground.ana, is_archived=is_archived)


def rename(ground: Ground, class_group: ClassGroup, name: str) -> None:
    rename_class_group(class_group=class_group, name=name, course=class_group.course, by=ground.ana)


def set_members(ground: Ground, class_group: ClassGroup, *, students_are_members: bool) -> None:
    set_members_choice(class_group=class_group, students_are_members=students_are_members, by=ground.ana)


def turn_private(ground: Ground, repository: str, *, is_private: bool) -> None:
    """On Docker Hub, which is where that is done; the portal hears of it by looking."""
    ground.world.make_repository_private(ORGANIZATION, repository, is_private=is_private)


def _staff_changed(ground: Ground) -> None:
    staff_changed.send(sender=Teaching, school=ground.school, class_group=None)

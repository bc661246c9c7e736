"""What a person announced in the classrooms, as exactly the removals that follow from it on Docker Hub.

An announcement names classes, students, teachers or assigned images. Of what it touches, everything that nobody wants any
more is written down; the guard lets exactly that pass, for a week. Whoever else would be removed is a stranger to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import cached_property

from classrooms.models import AssignedImage, Enrolment, Student, TeacherRole, Teaching, User
from classrooms.signals import Announced
from hubsync.models import AnnouncedRemoval, HubAccount, RemoteObject
from hubsync.planning.changes import (
    Change,
    DeleteTeam,
    RemoveCollaborator,
    RemoveFromTeam,
    RemoveMember,
    RemovePermission,
)
from hubsync.planning.plan import facts_of
from hubsync.planning.plan_invites import everybody
from hubsync.planning.state import OrganizationState, TeamState
from hubsync.sync.desired import EmptyClassList, desired_state

LASTS = timedelta(days=7)
Kind = RemoteObject.Kind


def announce(account: HubAccount, announced: Announced, at: datetime) -> AnnouncedRemoval | None:
    """Keep what follows from it; None where nothing does. Call it when the rows say what is wanted from now on."""
    try:
        desired = desired_state(account).state
    except EmptyClassList:
        # Nothing is believed of such a list, so nothing is removed by it either.
        return None
    return _keep(
        account, announced.reason, announced.by_id, _Scope(account, announced, desired).removals(), at
    )


def announce_erasure(account: HubAccount, student: Student, at: datetime) -> AnnouncedRemoval | None:
    """A student is erased: out of all teams and of the organization. Call it while the row has its Docker ID."""
    docker_id = student.docker_id.lower()
    if not docker_id:
        return None
    teams = RemoteObject.objects.filter(account=account, kind=Kind.TEAM).values_list("name", flat=True)
    removals = [RemoveMember(docker_id), *(RemoveFromTeam(team, docker_id) for team in teams)]
    return _keep(account, "person.erased", None, removals, at)


def _keep(
    account: HubAccount, reason: str, by_id: int | None, removals: Iterable[Change], at: datetime
) -> AnnouncedRemoval | None:
    changes = facts_of(set(removals))
    if not changes:
        return None
    return AnnouncedRemoval.objects.create(
        account=account,
        changes=changes,
        reason=reason[:60],
        announced_by=User.objects.filter(pk=by_id).first() if by_id else None,
        announced_at=at,
        expires_at=at + LASTS,
    )


class _Scope:
    """What an announcement touches. Classes that are named alone are meant whole: everybody and all images in them."""

    def __init__(self, account: HubAccount, announced: Announced, desired: OrganizationState) -> None:
        self.account, self.announced, self.desired = account, announced, desired
        named = announced.student_ids or announced.teacher_role_ids or announced.assigned_image_ids
        self.is_whole = bool(announced.class_group_ids) and not named
        self.wanted_people = {key for one in everybody(desired) for key in (one.docker_id, one.email) if key}

    def removals(self) -> Iterator[Change]:
        for row, wanted in self._teams():
            if wanted is None:
                yield from self._deletion(row)
            else:
                yield from self._from_team(row.name, wanted)
        yield from (RemoveMember(key) for key in self.people if key not in self.wanted_people)
        yield from self._collaborators()

    def _teams(self) -> Iterator[tuple[RemoteObject, TeamState | None]]:
        """Our teams of the classes that are named, of all classes where none is, and the staff's; with the wish."""
        by_class = {one.class_group_id: one for one in self.desired.teams if one.class_group_id is not None}
        by_name = {one.key: one for one in self.desired.teams}
        for row in RemoteObject.objects.filter(account=self.account, kind=Kind.TEAM):
            is_staff = row.class_group_id is None and row.name.lower() == self.account.staff_team.lower()
            if is_staff or not self.announced.class_group_ids or self._names(row):
                yield row, by_class.get(row.class_group_id or 0) or by_name.get(row.name.lower())

    def _names(self, row: RemoteObject) -> bool:
        return row.class_group_id in self.announced.class_group_ids

    def _deletion(self, row: RemoteObject) -> Iterator[Change]:
        if self._names(row) or self.announced.teacher_role_ids:
            yield DeleteTeam(row.name)

    def _from_team(self, name: str, wanted: TeamState) -> Iterator[Change]:
        """Students were never in the staff's team, and a class that goes on keeps its images."""
        is_staff = wanted.class_group_id is None
        there = {key for one in wanted.people for key in (one.docker_id, one.email) if key}
        people = self.teachers if is_staff else self.people
        yield from (RemoveFromTeam(name, key) for key in people if key not in there)
        gone = self.repositories - wanted.permissions.keys() if is_staff or not self.is_whole else ()
        level = "write" if is_staff else "read"
        yield from (RemovePermission(repository, name, level) for repository in gone)

    def _collaborators(self) -> Iterator[Change]:
        rows = RemoteObject.objects.filter(account=self.account, kind=Kind.COLLABORATOR)
        wanted = {(one.repository, one.docker_id) for one in self.desired.collaborations}
        for name in rows.values_list("name", flat=True):
            repository, _, docker_id = name.partition("/")
            is_touched = repository in self.repositories or docker_id in self.people
            if is_touched and (repository, docker_id) not in wanted:
                yield RemoveCollaborator(repository, docker_id)

    @cached_property
    def people(self) -> frozenset[str]:
        students = Student.objects.filter(school=self.account.school, pk__in=self._student_ids())
        docker_ids = students.exclude(docker_id="").values_list("docker_id", flat=True)
        return self.teachers | {docker_id.lower() for docker_id in docker_ids}

    @cached_property
    def teachers(self) -> frozenset[str]:
        """Docker IDs, and e-mails of those who have given none: the guard finds who they are as members."""
        roles = TeacherRole.objects.filter(school=self.account.school, pk__in=self._role_ids())
        keys = [key for pair in roles.values_list("docker_id", "invite_email") for key in pair if key]
        return frozenset(key.lower() for key in keys)

    @cached_property
    def repositories(self) -> frozenset[str]:
        own = f"{self.account.name}/"
        rows = AssignedImage.objects.filter(
            class_group__school=self.account.school, image__repository__startswith=own
        )
        if self.is_whole:
            rows = rows.filter(class_group__in=self.announced.class_group_ids)
        else:
            rows = rows.filter(pk__in=self.announced.assigned_image_ids)
        names = rows.values_list("image__repository", flat=True)
        return frozenset(name.removeprefix(own).lower() for name in names)

    def _student_ids(self) -> Iterable[int]:
        if not self.is_whole:
            return self.announced.student_ids
        groups = Enrolment.objects.filter(class_group__in=self.announced.class_group_ids)
        return groups.values_list("student", flat=True)

    def _role_ids(self) -> Iterable[int]:
        if not self.is_whole:
            return self.announced.teacher_role_ids
        teachings = Teaching.objects.filter(class_group__in=self.announced.class_group_ids)
        return teachings.values_list("teacher_role", flat=True)

"""What a school's rows ask Docker Hub for, at one generation of its wishes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from classrooms.academic_years import academic_year_of
from classrooms.models import AssignedImage, ClassGroup, Enrolment, Image, TeacherRole, Teaching
from hubsync.hub.names import distinct_team_names, fit_description
from hubsync.models import HubAccount, OrganizationSync, RemoteObject
from hubsync.planning.owned import MARK
from hubsync.planning.state import (
    Collaboration,
    Grant,
    OrganizationState,
    Permission,
    Person,
    RepositoryState,
    RepositoryWish,
    TeamState,
)
from hubsync.sync.exams import HeldImages
from hubsync.sync.hand_in_places import HandInPlaces
from hubsync.sync.sub_groups import SubGroups, docker_ids, with_docker_id

# However long the name of a class or school is, its team says whose it is.
MARK_ENDING = f" · {MARK}"


class EmptyClassList(Exception):
    """No class is left although teams of classes are ours: nobody closed them, so the list is not believed."""


@dataclass(frozen=True)
class Desired:
    state: OrganizationState
    generation: int


@transaction.atomic
def desired_state(account: HubAccount, on: date | None = None) -> Desired:
    """What the school wants now. Raises EmptyClassList.

    The generation is read first: rows that change meanwhile raise it further, and then nothing is written by this.
    """
    generation = OrganizationSync.objects.values_list("generation", flat=True).get(account=account)
    return Desired(wanted_state(account, on), generation)


def wanted_state(account: HubAccount, on: date | None = None) -> OrganizationState:
    """The same for a page, which acts on nothing and so needs no generation. Raises EmptyClassList."""
    return _School(account, on or timezone.localdate()).state()


class _School:
    def __init__(self, account: HubAccount, on: date) -> None:
        self.account, self.on = account, on
        year = academic_year_of(on)
        groups = ClassGroup.with_deleted.filter(
            school=account.school, academic_year__in=(year, year + 1)
        ).order_by("pk")
        self.parts = SubGroups(groups)
        # Archived ones, and those in the trash, keep their name, so that the others keep theirs.
        names = distinct_team_names(
            [(group.name, group.academic_year) for group in groups] + self.parts.names_wanted,
            [account.staff_team or "owners"],
        )
        self.names = {group.pk: name for group, name in zip(groups, names, strict=False)}
        self.parts.are_called(names[len(groups) :])
        active = [group for group in groups if not group.is_archived]
        self.has_classes = bool(active)
        # A class that keeps Docker Hub off asks it for nothing.
        self.groups = [group for group in active if not group.hub_is_off]
        used = AssignedImage.objects.current().filter(class_group__in=self.groups, image__is_own=True)
        self.assigned = list(used.select_related("image"))
        self.images = [(row.class_group_id, row.image) for row in self.assigned]
        self.held = HeldImages(self.groups, [row for row in self.assigned if row.image.is_private])
        self.places = HandInPlaces(self.groups if account.kind != HubAccount.Kind.PERSONAL else [])

    def state(self) -> OrganizationState:
        self._refuse_empty()
        is_personal = self.account.kind == HubAccount.Kind.PERSONAL
        return OrganizationState(
            teams=frozenset() if is_personal else frozenset(self._teams()),
            repositories=frozenset(self._repositories()),
            repository_wishes=frozenset(self._repository_wishes()),
            collaborations=frozenset(self._collaborations()) if is_personal else frozenset(),
            seats=None if is_personal else self.account.seats,
        )

    def _refuse_empty(self) -> None:
        ours = RemoteObject.objects.filter(account=self.account, kind=RemoteObject.Kind.TEAM)
        if (
            not self.has_classes
            and ours.filter(class_group__isnull=False, class_group__archived_at__isnull=True).exists()
        ):
            raise EmptyClassList()

    def _teams(self) -> Iterable[TeamState]:
        teachers, students = self._teachers(), self._students()
        for group in self.groups:
            grants = frozenset(
                Grant(self._short(row.image), Permission.READ)
                for row in self.assigned
                if row.class_group_id == group.pk and row.image.is_private and row.sub_group_id is None
                # An exam is not to be found before its minute, on Docker Hub neither.
                if row not in self.held
            )
            if grants or group.students_are_members:
                people = teachers.get(group.pk, set()) | students.get(group.pk, set())
                description = fit_description(f"{group.name} · {group.year_label}", MARK_ENDING)
                yield TeamState(
                    self.names[group.pk], description, frozenset(people), grants, class_group_id=group.pk
                )
        yield from self._parts(teachers)
        yield from self.places.teams(teachers)
        yield from self._staff()

    def _parts(self, teachers: dict[int, set[Person]]) -> Iterable[TeamState]:
        """A team for a part of a class, where that part alone has a private image."""
        private = [row for row in self.assigned if row.image.is_private and row.sub_group_id]
        for part in self.parts.with_ids({row.sub_group_id for row in private}):
            group = part.class_group
            grants = {
                Grant(self._short(row.image), Permission.READ)
                for row in private
                if row.sub_group_id == part.pk
            }
            people = set(teachers.get(group.pk, set()))
            if group.students_are_members:
                people |= {Person(docker_id) for docker_id in docker_ids(part.enrolments.current())}
            description = fit_description(f"{group.name} · {part.name} · {group.year_label}", MARK_ENDING)
            yield TeamState(self.parts.names[part.pk], description, frozenset(people), frozenset(grants))

    def _staff(self) -> Iterable[TeamState]:
        """Those who push: owners and teachers. Assistants pull what their classes pull."""
        roles = TeacherRole.objects.current(self.on).teaching().filter(school=self.account.school)
        people = {person for role in roles if (person := _person(role))}
        if self.account.staff_team and people:
            grants = {Grant(self._short(image), Permission.WRITE) for _, image in self.images}
            description = fit_description(f"{self.account.school.name}", MARK_ENDING)
            yield TeamState(self.account.staff_team, description, frozenset(people), frozenset(grants))

    def _collaborations(self) -> Iterable[Collaboration]:
        """Everybody who teaches and has a Docker ID, on each own repository that a class uses: it is a right to push."""
        if not self.account.teachers_push:
            return
        roles = TeacherRole.objects.current(self.on).filter(school=self.account.school).exclude(docker_id="")
        roles = roles.teaching()
        used = {self._short(image) for _, image in self.images}
        for docker_id in {role.docker_id.lower() for role in roles} - {self.account.name}:
            yield from (Collaboration(name, docker_id) for name in used)

    def _teachers(self) -> dict[int, set[Person]]:
        people: dict[int, set[Person]] = {}
        teachings = Teaching.objects.working(self.on).filter(class_group__in=self.groups)
        for teaching in teachings.select_related("teacher_role"):
            if person := _person(teaching.teacher_role):
                people.setdefault(teaching.class_group_id, set()).add(person)
        return people

    def _students(self) -> dict[int, set[Person]]:
        """Those with a Docker ID of the classes whose students are members; the others are missing, and said so."""
        people: dict[int, set[Person]] = {}
        groups = [group for group in self.groups if group.students_are_members]
        rows = with_docker_id(Enrolment.objects.current().filter(class_group__in=groups))
        for class_group_id, docker_id in rows.values_list("class_group_id", "student__docker_id"):
            people.setdefault(class_group_id, set()).add(Person(docker_id))
        return people

    def _repositories(self) -> Iterable[RepositoryState]:
        named = set()
        for image in Image.objects.filter(
            school=self.account.school, is_wanted=True, repository__startswith=self._own
        ):
            named.add(self._short(image))
            yield RepositoryState(
                self._short(image), image.is_private is not False, fit_description(image.description)
            )
        yield from (place for place in self.places.repositories() if place.name not in named)

    def _repository_wishes(self) -> Iterable[RepositoryWish]:
        """What people asked to be changed of repositories of the school's own account, until it is done."""
        asked = Q(wished_private__isnull=False) | Q(wished_description__isnull=False)
        wishes = Image.objects.filter(asked | Q(wished_immutable__isnull=False), school=self.account.school)
        for image in wishes.filter(repository__startswith=self._own):
            text = image.wished_description
            yield RepositoryWish(
                self._short(image),
                image.wished_private,
                fit_description(text) if text is not None else None,
                image.wished_immutable,
            )

    @property
    def _own(self) -> str:
        return f"{self.account.name}/"

    def _short(self, image: Image) -> str:
        return image.repository.removeprefix(self._own)


def _person(role: TeacherRole) -> Person | None:
    return Person(role.docker_id, role.invite_email) if role.docker_id or role.invite_email else None

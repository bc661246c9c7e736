"""Who may do what on which of the school's own repositories, and why: read from what the engine is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from classrooms.academic_years import academic_year_of
from classrooms.identity import plain_letters
from classrooms.models import AssignedImage, ClassGroup, Image
from hubsync.models import HubAccount
from hubsync.pages.permission_reasons import REASONS
from hubsync.planning.state import OrganizationState, Permission, TeamState
from hubsync.sync.desired import EmptyClassList, wanted_state
from hubsync.sync.exams import HeldImages

Told = tuple[str, str]
_MAY = {Permission.READ: "pull", Permission.WRITE: "push", Permission.ADMIN: "push"}


@dataclass(frozen=True)
class Cell:
    """`may` is none, pull or push; `reason` a sentence."""

    column: str
    may: str
    reason: Promise


@dataclass(frozen=True)
class Row:
    repository: str
    is_private: bool | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class PermissionMap:
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    has_classes: bool
    # Own repositories there are before the search.
    repositories: int


def permission_map(account: HubAccount, search: str = "") -> PermissionMap:
    """Repositories by classes, as many queries for one class as for twenty.

    The staff has a column where its team will exist, a part of a class where it has a repository of its own.
    """
    school = _School(account)
    wanted = [image for image in school.images if plain_letters(search) in plain_letters(image.repository)]
    columns = [name for name, _column in school.columns]
    rows = tuple(
        Row(
            image.repository,
            image.is_private,
            tuple(school.cell(name, column, image) for name, column in school.columns),
        )
        for image in wanted
    )
    return PermissionMap(tuple(columns), rows, bool(school.groups), len(school.images))


class _School:
    def __init__(self, account: HubAccount) -> None:
        self.account = account
        self.groups = list(ClassGroup.objects.active().filter(school=account.school))
        self.images = list(Image.objects.filter(school=account.school, is_own=True))
        current = AssignedImage.objects.current().filter(class_group__in=self.groups, image__in=self.images)
        self.assigned = list(current.select_related("sub_group__class_group"))
        self.held = HeldImages(self.groups, self.assigned)
        self.teams = {team.class_group_id: team for team in self.state.teams if team.class_group_id}

    @cached_property
    def state(self) -> OrganizationState:
        try:
            return wanted_state(self.account)
        except EmptyClassList:
            return OrganizationState()

    @cached_property
    def columns(self) -> list[tuple[str, _Column]]:
        return [*self._staff(), *((str(one), _OfClass(self, one)) for one in self.groups), *self._parts()]

    def cell(self, name: str, column: _Column, image: Image) -> Cell:
        may, reason = column.of(image)
        return Cell(name, may, REASONS[reason])

    def short(self, image: Image) -> str:
        return image.repository.removeprefix(f"{self.account.name}/").lower()

    def _staff(self) -> list[tuple[str, _Column]]:
        if not self.account.has_teams:
            pushing = {(one.repository, "push") for one in self.state.collaborations}
            return [(_("Teachers"), _OfStaff(self, dict(pushing)))] if pushing else []
        team = next((one for one in self.state.teams if one.name == self.account.staff_team), None)
        name = _("Teaching staff (%(team)s)") % {"team": self.account.staff_team}
        return [(name, _OfStaff(self, _rights(team)))] if team else []

    def _parts(self) -> Sequence[tuple[str, _Column]]:
        parts = {one.sub_group for one in self.assigned if one.sub_group}
        ordered = sorted(parts, key=lambda part: (part.class_group_id, part.name))
        return [(f"{part.class_group} · {part.name}", _OfPart(self, part.pk)) for part in ordered]


class _Column:
    """What one team, or nobody's, may do with an image, and by which of REASONS."""

    def __init__(self, school: _School) -> None:
        self.school = school

    def of(self, image: Image) -> Told:
        if image.is_private is None:
            return "none", "unknown"
        return self.of_private(image) if image.is_private else ("pull", "public")

    def of_private(self, image: Image) -> Told:
        raise NotImplementedError


class _OfStaff(_Column):
    def __init__(self, school: _School, rights: dict[str, str]) -> None:
        super().__init__(school)
        self.rights = rights

    def of(self, image: Image) -> Told:
        may = self.rights.get(self.school.short(image))
        return (may, "staff") if may else super().of(image)

    def of_private(self, image: Image) -> Told:
        return "none", "unused"


class _OfClass(_Column):
    def __init__(self, school: _School, group: ClassGroup) -> None:
        super().__init__(school)
        self.group, self.team = group, school.teams.get(group.pk)
        own = [one for one in school.assigned if one.class_group_id == group.pk]
        self.assigned = {one.image_id for one in own if one.sub_group_id is None}
        self.in_parts = {one.image_id for one in own} - self.assigned
        self.held = {one.image_id for one in own if one in school.held}

    def of_private(self, image: Image) -> Told:
        if not self.school.account.has_teams:
            return "none", "no_teams"
        if self.group.hub_is_off:
            return "none", "off"
        may = _rights(self.team).get(self.school.short(image))
        if may == "push":
            return "push", "hands_in"
        if may:
            return may, _who_of(self.group, self.team)
        return "none", self._why_not(image)

    def _why_not(self, image: Image) -> str:
        if image.pk in self.held:
            return "exam_waits"
        if image.pk in self.assigned:
            return "other_year"
        return "part_only" if image.pk in self.in_parts else "not_assigned"


class _OfPart(_Column):
    def __init__(self, school: _School, part_id: int) -> None:
        super().__init__(school)
        own = [one for one in school.assigned if one.sub_group_id == part_id]
        self.group = next(one.sub_group.class_group for one in own if one.sub_group)
        self.assigned = {one.image_id for one in own}

    def of_private(self, image: Image) -> Told:
        if not self.school.account.has_teams:
            return "none", "no_teams"
        if image.pk not in self.assigned:
            return "none", "not_assigned"
        if self.group.hub_is_off:
            return "none", "off"
        if self.group.academic_year < academic_year_of(timezone.localdate()):
            return "none", "other_year"
        return "pull", "members" if self.group.students_are_members else "teachers"


def _rights(team: TeamState | None) -> dict[str, str]:
    return {name: _MAY[given] for name, given in team.permissions.items()} if team else {}


def _who_of(group: ClassGroup, team: TeamState | None) -> str:
    """The reason that says whom of the class the permission reaches."""
    if team is not None and not team.people:
        return "nobody_yet"
    return "members" if group.students_are_members else "teachers"

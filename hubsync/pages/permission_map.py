"""Who may do what on which of the school's own repositories, and why: what the school's rows ask for."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from classrooms.models import AssignedImage, ClassGroup, Image
from hubsync.models import HubAccount

REASONS: dict[str, Promise] = {
    "public": _("public: everyone may pull it"),
    "members": _("assigned; the students are members"),
    "teachers": _("assigned, but the students are not members: only their teachers"),
    "not_assigned": _("private and not assigned"),
    "staff": _("a class uses it"),
    "unused": _("no class uses it"),
    "no_teams": _("a personal account has no teams"),
}


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


def permission_map(account: HubAccount) -> PermissionMap:
    """Repositories by classes (and the staff's team where there is one), in three queries."""
    groups = list(ClassGroup.objects.active().filter(school=account.school))
    images = list(Image.objects.filter(school=account.school, is_own=True))
    current = AssignedImage.objects.current().filter(class_group__in=groups, image__in=images)
    assigned = set(current.values_list("class_group_id", "image_id"))
    has_teams = account.kind == HubAccount.Kind.ORGANIZATION
    staff = (
        [_("Teaching staff (%(team)s)") % {"team": account.staff_team}]
        if has_teams and account.staff_team
        else []
    )
    rows = tuple(
        Row(image.repository, image.is_private, _cells(image, groups, staff, assigned, has_teams))
        for image in images
    )
    return PermissionMap((*map(str, staff), *map(str, groups)), rows, has_classes=bool(groups))


def _cells(
    image: Image, groups: list[ClassGroup], staff: list[str], assigned: set[tuple[int, int]], has_teams: bool
) -> tuple[Cell, ...]:
    is_used = any(image_id == image.pk for _group, image_id in assigned)
    cells = [Cell(str(name), *_of_staff(image, is_used)) for name in staff]
    return tuple(
        cells + [Cell(str(group), *_of_class(image, group, assigned, has_teams)) for group in groups]
    )


def _of_staff(image: Image, is_used: bool) -> tuple[str, Promise]:
    if is_used:
        return "push", REASONS["staff"]
    return ("none", REASONS["unused"]) if image.is_private else ("pull", REASONS["public"])


def _of_class(
    image: Image, group: ClassGroup, assigned: set[tuple[int, int]], has_teams: bool
) -> tuple[str, Promise]:
    if not image.is_private:
        return "pull", REASONS["public"]
    if not has_teams:
        return "none", REASONS["no_teams"]
    if (group.pk, image.pk) not in assigned:
        return "none", REASONS["not_assigned"]
    return "pull", REASONS["members" if group.students_are_members else "teachers"]

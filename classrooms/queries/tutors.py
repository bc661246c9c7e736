"""A school's list of classes beside its classes and staff: who would become a teacher of which class."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from classrooms.academic_years import academic_year_of
from classrooms.models import (
    ClassGroup,
    ListedClassName,
    School,
    StaffImport,
    StaffInvite,
    TeacherRole,
    Teaching,
)
from classrooms.queries.staff_list import find_teacher, same_words
from classrooms.rosters.headings import folded


@dataclass(frozen=True)
class ListedTutor:
    """A tutor of the list who is here: as staff (`role`), or by an invitation that is still open (`invite`).

    `key` finds the pair of class and person again: "12-0".
    """

    key: str
    class_group: ClassGroup
    name: str
    role: TeacherRole | None
    invite: StaffInvite | None


@dataclass(frozen=True)
class TutorPreview:
    """`new` become teachers of their class where ticked; of the others nothing follows, and the page says why.

    `strangers` are (class, name) of people who are neither staff nor invited; `no_class` names classes that are not here.
    """

    new: tuple[ListedTutor, ...]
    unchanged: int
    strangers: tuple[tuple[ClassGroup, str], ...]
    no_class: tuple[str, ...]


def tutor_preview(staff_import: StaffImport) -> TutorPreview:
    """Six queries. Only tutors of today or later, and classes of this academic year that are not archived."""
    school = staff_import.school
    found = _Found(school)
    listed, strangers, no_class = [], [], []
    for number, row in enumerate(staff_import.classes):
        if (class_group := found.class_group(row)) is None:
            no_class.append(row["unit"])
            continue
        for place, tutor in _tutors(row):
            role, invite = found.role(tutor["name"]), found.invite(tutor["name"])
            if role is None and invite is None:
                strangers.append((class_group, tutor["name"]))
            else:
                listed.append(ListedTutor(f"{number}-{place}", class_group, tutor["name"], role, invite))
    new = tuple(one for one in listed if not found.has_already(one))
    return TutorPreview(new, len(listed) - len(new), tuple(strangers), tuple(dict.fromkeys(no_class)))


def _tutors(row: dict[str, Any]) -> Iterable[tuple[int, dict[str, str]]]:
    """With their places in the list; those whose days are over are none any more."""
    for place, tutor in enumerate(row["tutors"]):
        if not tutor["ends_on"] or date.fromisoformat(tutor["ends_on"]) >= timezone.localdate():
            yield place, tutor


class _Found:
    """The school as it is, to look the list's words up in."""

    def __init__(self, school: School) -> None:
        year = academic_year_of(timezone.localdate())
        groups = ClassGroup.objects.active().filter(school=school, academic_year=year)
        self.class_groups = list(groups)
        said = ListedClassName.objects.filter(school=school)
        self.meanings = {(one.unit, one.course): (one.class_name, one.class_course) for one in said}
        self.roles = list(TeacherRole.objects.current().filter(school=school).select_related("user"))
        open_invites = StaffInvite.objects.open().filter(school=school).exclude(name="")
        self.invites = list(open_invites.prefetch_related("class_groups"))
        have = Teaching.objects.filter(class_group__in=self.class_groups)
        self.have = set(have.values_list("class_group_id", "teacher_role_id"))

    def class_group(self, row: dict[str, Any]) -> ClassGroup | None:
        """As the school said for its class lists, else by name and course, else the only one that has the name."""
        unit, course = self.meanings.get((row["unit"], row["course"]), (row["unit"], row["course"]))
        named = [one for one in self.class_groups if folded(one.name) == folded(unit)]
        of_course = [one for one in named if folded(one.course) == folded(course)]
        found = of_course or named
        return found[0] if len(found) == 1 else None

    def role(self, name: str) -> TeacherRole | None:
        return find_teacher(self.roles, name=name)

    def invite(self, name: str) -> StaffInvite | None:
        by_name = [one for one in self.invites if same_words(one.name, name)]
        return by_name[0] if len(by_name) == 1 else None

    def has_already(self, one: ListedTutor) -> bool:
        if one.role is not None:
            return (one.class_group.pk, one.role.pk) in self.have
        return one.invite is not None and one.class_group in one.invite.class_groups.all()

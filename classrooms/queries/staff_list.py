"""A school's staff list beside the staff that is here: who is new, whose last day is another, who is not on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from classrooms.identity import plain_letters
from classrooms.models import StaffImport, TeacherRole


@dataclass(frozen=True)
class ListedTeacher:
    """`role`: who it is here, None for somebody new. `number` finds the row of the list again."""

    number: int
    name: str
    post: str
    email: str
    ends_on: date | None
    role: TeacherRole | None

    @property
    def is_over(self) -> bool:
        return self.ends_on is not None and self.ends_on < timezone.localdate()

    @property
    def ends_anew(self) -> bool:
        return self.role is not None and self.ends_on is not None and self.role.ends_on != self.ends_on


@dataclass(frozen=True)
class StaffPreview:
    """`missing`: people of today who are not on the list; that is told, and nothing follows from it."""

    new: tuple[ListedTeacher, ...]
    ending: tuple[ListedTeacher, ...]
    unchanged: tuple[ListedTeacher, ...]
    missing: tuple[TeacherRole, ...]


def staff_preview(staff_import: StaffImport) -> StaffPreview:
    """One query. People are known by their address, or by a name that only one of them has."""
    roles = list(staff_import.school.teacher_roles.select_related("user"))
    listed = [_listed(number, row, roles) for number, row in enumerate(staff_import.rows)]
    known = {one.role.pk for one in listed if one.role}
    today = {role.pk for role in TeacherRole.objects.current().filter(school=staff_import.school)}
    return StaffPreview(
        new=tuple(one for one in listed if one.role is None and not one.is_over),
        ending=tuple(one for one in listed if one.ends_anew),
        unchanged=tuple(one for one in listed if one.role and not one.ends_anew),
        missing=tuple(role for role in roles if role.pk in today - known),
    )


def _listed(number: int, row: dict[str, str], roles: list[TeacherRole]) -> ListedTeacher:
    ends_on = date.fromisoformat(row["ends_on"]) if row["ends_on"] else None
    role = find_teacher(roles, name=row["name"], email=row["email"])
    return ListedTeacher(number, row["name"], row["post"], row["email"], ends_on, role)


def find_teacher(roles: Iterable[TeacherRole], *, name: str, email: str = "") -> TeacherRole | None:
    """By the address, else by a name that one of them alone has."""
    roles = list(roles)
    if by_address := [role for role in roles if email and role.user.email.lower() == email]:
        return by_address[0]
    by_name = [role for role in roles if same_words(str(role.user), name)]
    return by_name[0] if len(by_name) == 1 else None


def same_words(one: str, other: str) -> bool:
    """Whether two names are of the same words, whatever their order, accents and capitals."""
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    """The words of a name in any order: one list says surnames first, another last."""
    return " ".join(sorted(plain_letters(name.replace(",", " ")).split()))

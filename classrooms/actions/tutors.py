"""The tutors of the classes, as the list of classes names them: teachers of their class where a person ticked it."""

from collections.abc import Collection, Iterable

from django.db import transaction

from classrooms.actions import audit
from classrooms.actions.staff import set_teachings
from classrooms.models import ClassGroup, StaffImport, TeacherRole, Teaching, User
from classrooms.queries.tutors import ListedTutor, tutor_preview
from classrooms.rosters.staff import UnitRow


def classes_as_rows(listed: Iterable[UnitRow]) -> list[dict[str, object]]:
    """What is kept of a list of classes until it is confirmed."""
    return [
        {
            "unit": row.unit,
            "course": row.course,
            "tutors": [
                {
                    "name": f"{one.given_name} {one.surnames}",
                    "starts_on": one.starts_on.isoformat() if one.starts_on else "",
                    "ends_on": one.ends_on.isoformat() if one.ends_on else "",
                }
                for one in row.tutors
            ],
        }
        for row in listed
    ]


@transaction.atomic
def carry_out_tutors(*, staff_import: StaffImport, keys: Collection[str], by: User) -> int:
    """The ticked ones teach their class from now on, who is only invited with the first visit; how many. The list is gone.

    Nobody is taken out of a class.
    """
    chosen = [one for one in tutor_preview(staff_import).new if one.key in keys]
    for one in chosen:
        if one.role is None and one.invite is not None:
            one.invite.class_groups.add(one.class_group)
    for class_group in dict.fromkeys(one.class_group for one in chosen):
        _add_teachers(class_group, _roles_for(class_group, chosen), by)
    school, facts = staff_import.school, {"tutors": len(chosen)}
    audit.record(school=school, actor=by, verb="staff.tutors", about=school, facts=facts)
    staff_import.delete()
    return len(chosen)


def _roles_for(class_group: ClassGroup, chosen: Iterable[ListedTutor]) -> list[TeacherRole]:
    return [one.role for one in chosen if one.class_group == class_group and one.role is not None]


def _add_teachers(class_group: ClassGroup, new: Collection[TeacherRole], by: User) -> None:
    """Beside those whom the class has, who stay as what they are."""
    have = {one.teacher_role: one.role for one in class_group.teachings.select_related("teacher_role")}
    roles: dict[TeacherRole, str] = {**dict.fromkeys(new, str(Teaching.Role.TEACHER)), **have}
    set_teachings(class_group=class_group, roles=roles, by=by)

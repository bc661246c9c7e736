"""The department's staff list: read, looked at, and carried out only for those whom a person ticked."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction

from classrooms import signals
from classrooms.actions import audit
from classrooms.actions.invites import invite_teacher
from classrooms.actions.staff import change_role
from classrooms.actions.tutors import classes_as_rows
from classrooms.models import School, StaffImport, StaffInvite, TeacherRole, User
from classrooms.queries.staff_list import ListedTeacher, staff_preview
from classrooms.rosters.rows import RosterError, UnreadableRoster
from classrooms.rosters.staff import StaffRow, read_staff, read_units


@transaction.atomic
def keep_staff_list(*, school: School, data: bytes, by: User) -> StaffImport:
    """The list as it waits for confirmation; one that waited before is dropped. Raises UnreadableRoster.

    A list of classes with their tutors is kept as that.
    """
    try:
        listed = read_staff(data)
    except UnreadableRoster:
        units = read_units(data)
        return _keep(school, by, units.errors, classes=classes_as_rows(units.rows))
    return _keep(school, by, listed.errors, rows=_staff_rows(listed.rows))


def _staff_rows(listed: Iterable[StaffRow]) -> list[dict[str, str]]:
    return [
        {
            "name": f"{row.given_name} {row.surnames}",
            "post": row.post,
            "email": row.email,
            "ends_on": row.ends_on.isoformat() if row.ends_on else "",
        }
        for row in listed
    ]


def _keep(school: School, by: User, errors: Iterable[RosterError], **what: list[Any]) -> StaffImport:
    school.staff_imports.all().delete()
    told = [{"line": error.line, "reason": error.reason} for error in errors]
    return StaffImport.objects.create(school=school, errors=told, uploaded_by=by, **what)


@transaction.atomic
def carry_out_staff_list(
    *, staff_import: StaffImport, numbers: Collection[int], by: User
) -> list[tuple[StaffInvite, str]]:
    """Invite the new ones and set the last days among the ticked rows; the fresh links, shown once. The list is gone.

    Mail goes out to those with an address, after the commit. Raises LastOwner or TooManyInvites, and changes nothing.
    """
    preview = staff_preview(staff_import)
    links = [_invite(one, staff_import.school, by) for one in preview.new if one.number in numbers]
    ending = [one for one in preview.ending if one.number in numbers]
    for one in ending:
        _end(one, by)
    facts = {"invited": len(links), "ended": len(ending)}
    audit.record(
        school=staff_import.school, actor=by, verb="staff.list", about=staff_import.school, facts=facts
    )
    signals.staff_changed.send(sender=TeacherRole, school=staff_import.school, class_group=None)
    staff_import.delete()
    return links


def _invite(one: ListedTeacher, school: School, by: User) -> tuple[StaffInvite, str]:
    return invite_teacher(
        school=school,
        role=TeacherRole.Role.TEACHER,
        name=one.name,
        email=one.email,
        ends_on=one.ends_on,
        by=by,
    )


def _end(one: ListedTeacher, by: User) -> None:
    role = one.role
    if role is not None:
        change_role(
            teacher_role=role,
            role=role.role,
            starts_on=role.starts_on
            if role.starts_on and one.ends_on and role.starts_on <= one.ends_on
            else None,
            ends_on=one.ends_on,
            substitutes=role.substitutes,
            docker_id=role.docker_id,
            invite_email=role.invite_email,
            by=by,
        )

"""Class groups: made, set up, archived; students enrolled in them and withdrawn."""

from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from classrooms import signals
from classrooms.academic_years import academic_year_of
from classrooms.actions import audit
from classrooms.actions.archived import refuse_archived
from classrooms.actions.enrolment_history import come_back
from classrooms.actions.refusals import NoDockerId, NotEnrollable
from classrooms.identity import readable_code
from classrooms.models import ClassGroup, Enrolment, School, Student, TeacherRole, Teaching, User

CODE_LENGTH = 6


@transaction.atomic
def create_class_group(
    *, school: School, name: str, course: str = "", academic_year: int | None = None, by: User | None
) -> ClassGroup:
    """The class of that name, course and year, made if it is not there; this year where none is given.

    Whoever makes one teaches it, unless the role is read-only.
    """
    year = academic_year if academic_year is not None else academic_year_of(timezone.localdate())
    class_group, is_new = ClassGroup.objects.get_or_create(
        school=school, name=name, course=course, academic_year=year, defaults={"code": unused_code()}
    )
    if is_new:
        _teach(class_group, by)
        audit.record(school=school, actor=by, verb="class.created", about=class_group)
    return class_group


def unused_code() -> str:
    """A short code that no class has. Of two made at the same moment the unique column refuses one."""
    while ClassGroup.objects.filter(code=(code := readable_code(CODE_LENGTH))).exists():
        continue
    return code


@transaction.atomic
def set_members_choice(*, class_group: ClassGroup, students_are_members: bool, by: User | None) -> None:
    """Whether the class's students are members of the organization. The same again changes nothing."""
    if class_group.students_are_members == students_are_members:
        return
    refuse_archived(class_group)
    if students_are_members and class_group.hub_is_off:
        raise NoDockerId(_("This class keeps Docker Hub off. Switch Docker Hub on for it first."))
    class_group.students_are_members = students_are_members
    class_group.save(update_fields=["students_are_members"])
    facts = {"students_are_members": students_are_members}
    verb = "class.members_choice"
    audit.record(school=class_group.school, actor=by, verb=verb, about=class_group, facts=facts)
    _announce(class_group, None if students_are_members else _said(verb, by, class_group))


@transaction.atomic
def set_public_page(*, class_group: ClassGroup, has_public_page: bool, by: User | None) -> None:
    """Whether /c/<CODE>/ shows the class's public images without signing in. Again: no change."""
    if class_group.has_public_page == has_public_page:
        return
    refuse_archived(class_group)
    class_group.has_public_page = has_public_page
    class_group.save(update_fields=["has_public_page"])
    facts = {"has_public_page": has_public_page}
    audit.record(
        school=class_group.school, actor=by, verb="class.public_page", about=class_group, facts=facts
    )


@transaction.atomic
def rename_class_group(*, class_group: ClassGroup, name: str, course: str, by: User | None) -> None:
    """Another name. The same again changes nothing."""
    was = (class_group.name, class_group.course)
    if was == (name, course):
        return
    refuse_archived(class_group)
    class_group.name, class_group.course = name, course
    class_group.save(update_fields=["name", "course"])
    audit.record(
        school=class_group.school, actor=by, verb="class.renamed", about=class_group, facts={"was": was[0]}
    )
    _announce(class_group)


@transaction.atomic
def archive_class_group(*, class_group: ClassGroup, by: User | None, is_archived: bool = True) -> None:
    """Put a class into the archive or take it out. Nothing of it is deleted; again: no change."""
    if class_group.is_archived == is_archived:
        return
    class_group.archived_at = timezone.now() if is_archived else None
    class_group.save(update_fields=["archived_at"])
    verb = "class.archived" if is_archived else "class.unarchived"
    audit.record(school=class_group.school, actor=by, verb=verb, about=class_group)
    _announce(class_group, _said(verb, by, class_group) if is_archived else None)


@transaction.atomic
def enrol_student(
    *, student: Student, class_group: ClassGroup, by: User | None, on: date | None = None
) -> Enrolment:
    """Put a student in a class group. Twice gives the same enrolment; who comes back has the old one.

    Raises NotEnrollable when the student belongs to another school or the class is archived.
    """
    _refuse_strangers(student, class_group)
    enrolment, is_new = Enrolment.objects.get_or_create(
        student=student, class_group=class_group, defaults={"enrolled_on": on or timezone.localdate()}
    )
    if not is_new and enrolment.left_on is None:
        return enrolment
    if not is_new:
        come_back([enrolment], on=on)
    audit.record(
        school=class_group.school,
        actor=by,
        verb="student.enrolled",
        about=student,
        facts={"class": str(class_group)},
    )
    _announce(class_group)
    return enrolment


@transaction.atomic
def withdraw_student(*, enrolment: Enrolment, by: User | None, on: date | None = None) -> None:
    """The student leaves the class; what was done in it stays. Withdrawing twice changes nothing."""
    left_on = on or timezone.localdate()
    refuse_archived(enrolment.class_group)
    if not Enrolment.objects.filter(pk=enrolment.pk, left_on__isnull=True).update(left_on=left_on):
        return
    class_group, student = enrolment.class_group, enrolment.student
    audit.record(
        school=class_group.school,
        actor=by,
        verb="student.withdrawn",
        about=student,
        facts={"class": str(class_group)},
    )
    said = _said("student.withdrawn", by, class_group)
    _announce(class_group, replace(said, student_ids=(student.pk,)))


def _teach(class_group: ClassGroup, by: User | None) -> None:
    roles = (
        TeacherRole.objects.current().filter(school=class_group.school, user=by)
        if by
        else TeacherRole.objects.none()
    )
    for role in roles.teaching():
        Teaching.objects.get_or_create(class_group=class_group, teacher_role=role)


def _refuse_strangers(student: Student, class_group: ClassGroup) -> None:
    if student.school_id != class_group.school_id:
        raise NotEnrollable(_("This student belongs to another school."))
    if class_group.is_archived:
        raise NotEnrollable(_("This class is archived. Take it out of the archive before you enrol anybody."))


def _said(verb: str, by: User | None, class_group: ClassGroup) -> signals.Announced:
    return signals.Announced(verb, by.pk if by else None, class_group_ids=(class_group.pk,))


def _announce(class_group: ClassGroup, announced: signals.Announced | None = None) -> None:
    signals.roster_changed.send(
        sender=ClassGroup, school=class_group.school, class_group=class_group, announced=announced
    )

"""A student goes from one class to another of the school: the work stays, the permissions follow."""

from django.db import transaction
from django.utils.translation import gettext as _

from classrooms import signals
from classrooms.actions import audit
from classrooms.actions.archived import refuse_archived
from classrooms.actions.class_groups import enrol_student, withdraw_student
from classrooms.actions.refusals import NotEnrollable
from classrooms.models import ClassGroup, Enrolment, Student, User


@transaction.atomic
def move_student(*, enrolment: Enrolment, to: ClassGroup, by: User | None) -> Enrolment:
    """The enrolment in the other class; the old one is kept with its day and with what was handed in.

    Whoever was there before finds that enrolment, and the work, again. Moving twice changes nothing.
    """
    if enrolment.class_group_id == to.pk:
        raise NotEnrollable(_("The student is in this class already."))
    refuse_archived(enrolment.class_group)
    student = enrolment.student
    arrived = enrol_student(student=student, class_group=to, by=by)
    if enrolment.left_on is not None:
        return arrived
    enrolment.sub_groups.clear()
    withdraw_student(enrolment=enrolment, by=by)
    facts = {"from": str(enrolment.class_group), "to": str(to)}
    audit.record(school=to.school, actor=by, verb="student.moved", about=student, facts=facts)
    announced = signals.Announced(
        "student.moved",
        by.pk if by else None,
        class_group_ids=(enrolment.class_group_id,),
        student_ids=(student.pk,),
    )
    signals.roster_changed.send(sender=Student, school=to.school, class_group=None, announced=announced)
    return arrived

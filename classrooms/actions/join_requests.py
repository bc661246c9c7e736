"""Who waits at the door of a class: let in as somebody on the list, as somebody new, or not."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from classrooms.actions import audit
from classrooms.actions.class_groups import enrol_student
from classrooms.actions.refusals import NotEnrollable
from classrooms.actions.students import add_student
from classrooms.models import JoinRequest, Student, User


@transaction.atomic
def let_in(*, join_request: JoinRequest, student: Student | None, by: User) -> Student:
    """The person is that student of the class, or a new one of the typed name where none is given.

    Raises NotEnrollable where the student has an account already, or somebody else of the room was let in as them.
    """
    if student is None:
        student = _new_student(join_request, by)
    taken = JoinRequest.objects.filter(student=student).exclude(pk=join_request.pk)
    if student.user_id is not None or taken.exists():
        raise NotEnrollable(
            _("%(student)s has an account already. Give a new access code instead.") % {"student": student}
        )
    enrol_student(student=student, class_group=join_request.class_group, by=by)
    if JoinRequest.objects.waiting().filter(pk=join_request.pk).update(student=student):
        facts = {"typed": str(join_request), "class": str(join_request.class_group)}
        audit.record(
            school=join_request.class_group.school,
            actor=by,
            verb="student.let_in",
            about=student,
            facts=facts,
        )
    return student


@transaction.atomic
def turn_away(*, join_request: JoinRequest, by: User) -> None:
    """The person is nobody of this class. The second time changes nothing."""
    if JoinRequest.objects.waiting().filter(pk=join_request.pk).update(refused_at=timezone.now()):
        group = join_request.class_group
        audit.record(school=group.school, actor=by, verb="student.turned_away", about=group)


def forget_old() -> None:
    """Names that nobody decided about, or whose account was never opened, are not kept."""
    waiting = JoinRequest.objects.waiting().values("pk")
    let_in_lately = JoinRequest.objects.let_in().values("pk")
    JoinRequest.objects.exclude(pk__in=waiting).exclude(pk__in=let_in_lately).delete()


def _new_student(join_request: JoinRequest, by: User) -> Student:
    first, _space, second = join_request.surnames.partition(" ")
    return add_student(
        class_group=join_request.class_group,
        given_name=join_request.given_name,
        first_surname=first[:80],
        second_surname=second[:80],
        by=by,
    )

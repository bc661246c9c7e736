"""Codes of a class: made for one role, shown until closed, used by many up to a number and a day."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from classrooms import signals
from classrooms.actions import audit
from classrooms.actions.refusals import CodeNotValid
from classrooms.actions.resealing import purpose_of
from classrooms.actions.staff import holds
from classrooms.identity import grouped, join_code_hash, readable_code
from classrooms.models import ClassGroup, JoinCode, JoinRequest, Student, TeacherRole, Teaching, User
from classrooms.sealing import NotOpened, seal, unseal

CODE_LENGTH = 8
USUAL_DAYS, USUAL_USES = 7, 40


@transaction.atomic
def open_join_code(*, class_group: ClassGroup, role: str, by: User, days: int, most_uses: int) -> JoinCode:
    """A new code of that role; the one before stops. Whether `by` may make one for staff is asked before."""
    _close_all(class_group.join_codes.filter(role=role))
    code = readable_code(CODE_LENGTH)
    join_code = JoinCode(
        class_group=class_group,
        role=role,
        code_hash=join_code_hash(code, is_for_staff=role != JoinCode.Role.STUDENT),
        most_uses=most_uses,
        created_by=by,
        expires_at=timezone.now() + timedelta(days=days),
    )
    join_code.sealed_code = seal(grouped(code), purpose_of(join_code))
    join_code.save()
    facts = {"role": role, "most_uses": most_uses, "days": days}
    audit.record(school=class_group.school, actor=by, verb="join_code.opened", about=class_group, facts=facts)
    return join_code


@transaction.atomic
def close_join_code(*, join_code: JoinCode, by: User) -> None:
    """The code stops and its text is forgotten. Closing twice changes nothing."""
    if _close_all(JoinCode.objects.filter(pk=join_code.pk)):
        school = join_code.class_group.school
        facts = {"role": join_code.role}
        audit.record(
            school=school, actor=by, verb="join_code.closed", about=join_code.class_group, facts=facts
        )


def code_to_show(join_code: JoinCode) -> str:
    """The code as it is written on the wall; "" where the keys of this installation no longer open it."""
    try:
        return unseal(join_code.sealed_code, purpose_of(join_code))
    except NotOpened:
        return ""


def find_student_code(code: str) -> JoinCode | None:
    """The open code of a class for its students; never one for staff."""
    found = JoinCode.objects.open().for_students().select_related("class_group__school")
    return found.filter(code_hash=join_code_hash(code, is_for_staff=False)).first()


@transaction.atomic
def ask_to_join(*, code: str, given_name: str, surnames: str) -> JoinRequest:
    """Somebody waits at the door of the class. Raises CodeNotValid."""
    join_code = find_student_code(code)
    if join_code is None or not _use(join_code):
        raise _not_valid()
    return JoinRequest.objects.create(
        class_group=join_code.class_group, given_name=given_name, surnames=surnames
    )


@transaction.atomic
def use_staff_code(*, code: str, user: User) -> Teaching:
    """Somebody with a teacher's account works in the class as the code says; a role that is more stays.

    Raises CodeNotValid, also for a student's account and for who had a role that no longer holds.
    """
    found = JoinCode.objects.open().for_staff().select_related("class_group__school")
    join_code = found.filter(code_hash=join_code_hash(code, is_for_staff=True)).first()
    if join_code is None or Student.objects.filter(user=user).exists() or not _use(join_code):
        raise _not_valid()
    school = join_code.class_group.school
    role, is_new = TeacherRole.objects.get_or_create(
        school=school, user=user, defaults={"role": join_code.role}
    )
    if not is_new and not holds(role):
        # Letters on a wall are known to who was removed as well: only an owner's invitation lets them in again.
        raise CodeNotValid(
            _("You do not work in this school today. Ask one of its owners for an invitation.")
        )
    teaching, _is_new = Teaching.objects.get_or_create(
        class_group=join_code.class_group, teacher_role=role, defaults={"role": join_code.role}
    )
    audit.record(school=school, actor=user, verb="staff.joined", about=user, facts={"role": join_code.role})
    signals.staff_changed.send(sender=Teaching, school=school, class_group=join_code.class_group)
    return teaching


def _use(join_code: JoinCode) -> bool:
    """One use more, unless somebody else took the last one in the same moment."""
    return bool(JoinCode.objects.open().filter(pk=join_code.pk).update(uses=F("uses") + 1))


def _close_all(codes: QuerySet[JoinCode]) -> int:
    return codes.filter(closed_at__isnull=True).update(closed_at=timezone.now(), sealed_code="")


def _not_valid() -> CodeNotValid:
    return CodeNotValid(_("This code is no longer valid. Ask your teacher for the one of today."))

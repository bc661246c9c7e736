"""Access codes: for a student's first visit, and for a lost password. A code works once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from classrooms import signals
from classrooms.actions import audit
from classrooms.actions.refusals import CodeNotValid, UsernameTaken
from classrooms.identity import code_hash, grouped, plain_letters, readable_code
from classrooms.models import AccessCode, ClassGroup, JoinRequest, Student, User

CODE_LENGTH = 8
CODE_LASTS = timedelta(days=30)


@dataclass(frozen=True)
class FreshCode:
    """A code that is shown once: only its hash is kept."""

    student: Student
    code: str


@transaction.atomic
def create_access_codes(
    *, class_group: ClassGroup, by: User | None, only: Collection[int] | None = None
) -> list[FreshCode]:
    """A fresh code for each enrolled student without an account, by surname; earlier codes stop working.

    `only` are the ids of the students who get one, where it is not for all.
    """
    waiting = Student.objects.filter(
        enrolments__class_group=class_group, enrolments__left_on__isnull=True, user__isnull=True
    )
    chosen = waiting if only is None else waiting.filter(pk__in=only)
    students = list(chosen.order_by("sort_name", "pk"))
    fresh = _fresh_codes(students, by)
    facts = {"students": len(fresh)}
    audit.record(school=class_group.school, actor=by, verb="codes.created", about=class_group, facts=facts)
    return fresh


@transaction.atomic
def create_access_code(*, student: Student, by: User | None) -> FreshCode:
    """A fresh code for one student; an earlier one stops working.

    Who has an account sets a new password with it, and keeps the old one until then.
    """
    (fresh,) = _fresh_codes([student], by)
    verb = "student.reset_code" if student.user_id else "student.code_created"
    audit.record(school=student.school, actor=by, verb=verb, about=student)
    return fresh


def _fresh_codes(students: list[Student], by: User | None) -> list[FreshCode]:
    fresh = [FreshCode(student, grouped(readable_code(CODE_LENGTH))) for student in students]
    AccessCode.objects.filter(student__in=students).delete()
    expires_at = timezone.now() + CODE_LASTS
    AccessCode.objects.bulk_create(
        AccessCode(student=one.student, code_hash=code_hash(one.code), created_by=by, expires_at=expires_at)
        for one in fresh
    )
    return fresh


def find_student_by_code(code: str) -> Student | None:
    """The student whom the code is for; None when it was used, has expired or never existed.

    Without `user` the code opens an account, with one it sets a new password.
    """
    access_code = _valid_codes(code).select_related("student__school", "student__user").first()
    return access_code.student if access_code else None


def _valid_codes(code: str) -> QuerySet[AccessCode]:
    return AccessCode.objects.filter(code_hash=code_hash(code), expires_at__gt=timezone.now())


@transaction.atomic
def open_account(*, code: str, username: str, password: str | None) -> User:
    """The account of the student whom the code was printed for; a code works once.

    Raises CodeNotValid, or UsernameTaken where somebody is called so (upper and lower case are the same).
    """
    student = find_student_by_code(code)
    if student is None:
        raise _not_valid()
    return open_account_of(student, username=username, password=password)


@transaction.atomic
def open_account_of(student: Student, *, username: str, password: str | None) -> User:
    """The account of a student of whom it is known that they are here; without a password a passkey follows.

    Raises CodeNotValid where there is an account already, or UsernameTaken.
    """
    user = _create_user(student, username, password)
    if not Student.objects.filter(pk=student.pk, user__isnull=True).update(user=user):
        raise _not_valid()
    AccessCode.objects.filter(student=student).delete()
    JoinRequest.objects.filter(student=student).delete()
    audit.record(school=student.school, actor=user, verb="student.account_opened", about=student)
    signals.roster_changed.send(sender=Student, school=student.school, class_group=None)
    return user


def open_linked_account(student: Student) -> User:
    """An account without a password, for who signs in with the school's account. Its name can be read to a teacher."""
    return open_account_of(
        student, username=f"{plain_name(student)}.{readable_code(4).lower()}", password=None
    )


def plain_name(student: Student) -> str:
    """The given name in letters that can be typed everywhere, 20 at most; "alias" where there are none."""
    letters = "".join(one for one in plain_letters(student.given_name) if one.isascii() and one.isalnum())
    return letters[:20] or "alias"


@transaction.atomic
def set_new_password(*, code: str, password: str) -> User:
    """The account of the student whom the code is for, with that password; its sessions and passkeys have ended.

    Raises CodeNotValid, also where the student has no account yet.
    """
    student = find_student_by_code(code)
    if student is None or student.user is None:
        raise _not_valid()
    # Deleting claims the code: of two who send it in the same moment one gets through.
    if not _valid_codes(code).delete()[0]:
        raise _not_valid()
    student.user.set_password(password)
    student.user.save(update_fields=["password"])
    # Whoever had the account in hand may have added a passkey to it.
    Authenticator.objects.filter(user=student.user).delete()
    audit.record(school=student.school, actor=student.user, verb="student.password_set", about=student)
    return student.user


def _not_valid() -> CodeNotValid:
    return CodeNotValid(
        _("This code is not valid: it was used or has expired. Ask your teacher for a new one.")
    )


def _create_user(student: Student, username: str, password: str | None) -> User:
    taken = _("Somebody already uses this name. Choose another one.")
    if User.objects.filter(Q(username__iexact=username) | Q(email__iexact=username)).exists():
        raise UsernameTaken(taken)
    user = User(username=username, first_name=student.given_name[:150], last_name=student.surnames[:150])
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as trouble:
        # Two students of a room chose the same name in the same moment.
        raise UsernameTaken(taken) from trouble
    return user

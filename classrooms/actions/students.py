"""Students: added by hand, given a code for their first visit, opening their account."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from classrooms import signals
from classrooms.actions import audit
from classrooms.actions.class_groups import enrol_student
from classrooms.actions.refusals import CodeNotValid, UsernameTaken
from classrooms.identity import code_hash, external_id_hash, grouped, readable_code, sort_name
from classrooms.models import AccessCode, ClassGroup, School, Student, User

CODE_LENGTH = 8
CODE_LASTS = timedelta(days=30)


@dataclass(frozen=True)
class FreshCode:
    """A code that is shown once: only its hash is kept."""

    student: Student
    code: str


@transaction.atomic
def add_student(
    *,
    class_group: ClassGroup,
    given_name: str,
    first_surname: str,
    second_surname: str = "",
    external_id: str = "",
    docker_id: str = "",
    by: User | None,
) -> Student:
    """A student enrolled in the class. A number that the school knows means that student, with these names.

    Without a number each call adds a person: two may have the same name.
    """
    student = _find_by_number(class_group.school, external_id) or Student(school=class_group.school)
    student.given_name, student.first_surname, student.second_surname = (
        given_name,
        first_surname,
        second_surname,
    )
    student.docker_id = docker_id.lower() or student.docker_id
    student.external_id_hash = external_id_hash(class_group.school.pk, external_id) if external_id else ""
    student.sort_name = sort_name_of(student)
    student.save()
    enrol_student(student=student, class_group=class_group, by=by)
    return student


def sort_name_of(student: Student) -> str:
    return sort_name(
        first_surname=student.first_surname,
        second_surname=student.second_surname,
        given_name=student.given_name,
    )


@transaction.atomic
def set_docker_id(*, student: Student, docker_id: str, by: User | None) -> None:
    """What the student is called on Docker Hub; "" forgets it. The same again changes nothing."""
    if student.docker_id == docker_id.lower():
        return
    student.docker_id = docker_id.lower()
    student.save(update_fields=["docker_id"])
    audit.record(school=student.school, actor=by, verb="student.docker_id", about=student)
    signals.roster_changed.send(sender=Student, school=student.school, class_group=None)


@transaction.atomic
def change_student(
    *,
    student: Student,
    given_name: str,
    first_surname: str,
    second_surname: str,
    docker_id: str,
    by: User | None,
) -> None:
    """Correct the names and the Docker ID. It stays the same person; the same again changes nothing.

    `student` may carry the new values already, as a form leaves it: what counts is the stored row.
    """
    was = Student.objects.get(pk=student.pk)
    student.given_name, student.first_surname, student.second_surname = (
        given_name,
        first_surname,
        second_surname,
    )
    student.docker_id, student.sort_name = was.docker_id, sort_name_of(student)
    if (was.given_name, was.surnames) != (student.given_name, student.surnames):
        student.save(update_fields=["given_name", "first_surname", "second_surname", "sort_name"])
        audit.record(school=student.school, actor=by, verb="student.changed", about=student)
    set_docker_id(student=student, docker_id=docker_id, by=by)


@transaction.atomic
def create_access_codes(*, class_group: ClassGroup, by: User | None) -> list[FreshCode]:
    """A fresh code for each enrolled student without an account, by surname; earlier codes stop working."""
    students = list(
        Student.objects.filter(
            enrolments__class_group=class_group, enrolments__left_on__isnull=True, user__isnull=True
        ).order_by("sort_name", "pk")
    )
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
    audit.record(school=student.school, actor=by, verb="student.code_created", about=student)
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
def open_account(*, code: str, username: str, password: str) -> User:
    """The account of the student whom the code was printed for; a code works once.

    Raises CodeNotValid, or UsernameTaken where somebody is called so (upper and lower case are the same).
    """
    student = find_student_by_code(code)
    if student is None:
        raise _not_valid()
    user = _create_user(student, username, password)
    if not Student.objects.filter(pk=student.pk, user__isnull=True).update(user=user):
        raise _not_valid()
    AccessCode.objects.filter(student=student).delete()
    audit.record(school=student.school, actor=user, verb="student.account_opened", about=student)
    signals.roster_changed.send(sender=Student, school=student.school, class_group=None)
    return user


@transaction.atomic
def set_new_password(*, code: str, password: str) -> User:
    """The account of the student whom the code is for, with that password; its other sessions have ended.

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
    audit.record(school=student.school, actor=student.user, verb="student.password_set", about=student)
    return student.user


def _not_valid() -> CodeNotValid:
    return CodeNotValid(
        _("This code is not valid: it was used or has expired. Ask your teacher for a new one.")
    )


def _create_user(student: Student, username: str, password: str) -> User:
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


def _find_by_number(school: School, external_id: str) -> Student | None:
    if not external_id.strip():
        return None
    return school.students.filter(external_id_hash=external_id_hash(school.pk, external_id)).first()

"""Who runs a pull script: a mark in its address, so that a student's script reports for that student and nobody else.

Whoever has it sees the images of one class and can light two lights of one student; it opens no account.
"""

from __future__ import annotations

from datetime import timedelta

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner

from classrooms.models import ClassGroup, Student

LASTS = timedelta(days=30)
_SALT = "classrooms.pull"


class TokenTooOld(Exception):
    """It was the portal's, a month ago or longer."""


def pull_token(student: Student, class_group: ClassGroup) -> str:
    """Letters, digits, ".", ":", "-" and "_"."""
    return TimestampSigner(salt=_SALT).sign(f"{student.pk}.{class_group.pk}")


def student_of_token(token: str, class_group: ClassGroup) -> Student | None:
    """The student, while in this class; None for a token that is none. Raises TokenTooOld."""
    try:
        value = TimestampSigner(salt=_SALT).unsign(token, max_age=LASTS)
    except SignatureExpired as problem:
        raise TokenTooOld from problem
    except BadSignature:
        return None
    student_pk, _dot, class_pk = value.partition(".")
    if class_pk != str(class_group.pk):
        return None
    enrolled = class_group.enrolments.current().filter(student_id=student_pk).values("student")
    return Student.objects.filter(pk__in=enrolled).select_related("school", "user").first()

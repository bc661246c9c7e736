"""Ending the sessions of an account on every computer."""

from django.db import transaction
from django.db.models import F

from classrooms.actions import audit
from classrooms.models import Student, User

# How long a person stays signed in on a device of their own; in the session under OWN_DEVICE until it begins.
OWN_DEVICE_SECONDS = 14 * 24 * 60 * 60
OWN_DEVICE = "own_device"


@transaction.atomic
def sign_out_everywhere(*, user: User, by: User) -> None:
    """Every session of the account has ended, also the one in which this was asked."""
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.refresh_from_db(fields=["session_epoch"])
    student = Student.objects.filter(user=user).select_related("school").first()
    if student is not None:
        audit.record(school=student.school, actor=by, verb="student.signed_out", about=student)

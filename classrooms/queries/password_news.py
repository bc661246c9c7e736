"""What happened to a student's password by the hands of others, for the student to see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from classrooms.models import Student

# Also what an earlier sign-in was told: it may have been by whoever used the code.
TOLD_FOR = timedelta(days=7)
CODE_MADE, PASSWORD_SET = "student.reset_code", "student.password_set"


@dataclass(frozen=True)
class PasswordEvent:
    """`is_code`: staff made a code that resets the password; otherwise such a code was used. Who did it is not said
    here: the owners read it in the register."""

    is_code: bool
    at: datetime


def password_events(student: Student, since: datetime | None = None) -> list[PasswordEvent]:
    """The newest first; all that the register still has without `since`. One query."""
    entries = student.audit_entries.filter(verb__in=(CODE_MADE, PASSWORD_SET))
    if since is not None:
        entries = entries.filter(at__gte=since)
    rows = entries.order_by("-at", "-pk").values_list("verb", "at")
    return [PasswordEvent(verb == CODE_MADE, at) for verb, at in rows]


def password_news(student: Student, signed_in_before: datetime | None) -> list[PasswordEvent]:
    """What was not told yet, and what is a week old at most."""
    since = timezone.now() - TOLD_FOR
    return password_events(student, min(since, signed_in_before or since))

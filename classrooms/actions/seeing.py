"""Notes in the register who looked at personal data."""

from datetime import timedelta

from django.utils import timezone

from classrooms.actions import audit
from classrooms.models import AuditEntry, ClassGroup, School, Student, User

# Going to and fro between two pages is one look.
ONE_LOOK = timedelta(hours=1)


def note_seen(*, by: User, about: Student | ClassGroup | School, what: str) -> None:
    """`by` looked at `what` ("student", "slips", "register"). Again within an hour: no further entry."""
    school = about if isinstance(about, School) else about.school
    verb = f"{what}.seen"
    since = timezone.now() - ONE_LOOK
    seen = AuditEntry.objects.filter(school=school, actor=by, verb=verb, about=str(about)[:200], at__gt=since)
    if isinstance(about, Student):
        seen = seen.filter(student=about)
    if not seen.exists():
        audit.record(school=school, actor=by, verb=verb, about=about)

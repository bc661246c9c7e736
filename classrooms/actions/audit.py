"""Adds to the register of activity."""

from typing import Any

from classrooms.models import AuditEntry, School, Student, User


def record(
    *, school: School, actor: User | None, verb: str, about: object = "", facts: dict[str, Any] | None = None
) -> AuditEntry:
    """Add one entry. `verb` is stable ("image.assigned"); no `actor`: the portal did it by itself."""
    return AuditEntry.objects.create(
        school=school,
        actor=actor,
        verb=verb,
        about=str(about)[:200],
        student=about if isinstance(about, Student) else None,
        facts=facts or {},
    )

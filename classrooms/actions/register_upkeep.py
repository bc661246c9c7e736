"""The only place where entries of the register change or go: names that are erased, entries that are too old."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from classrooms.models import AuditEntry, RegisterOpening, School, Student

# Verbs of looking, which are kept for a shorter time than those of changing.
SEEN = ".seen"


@contextmanager
def opened_register(reason: str) -> Iterator[None]:
    """While it lasts the triggers let entries be changed, by this transaction alone."""
    with transaction.atomic():
        opening = RegisterOpening.objects.create(reason=reason)
        yield
        opening.delete()


def forget_person(student: Student) -> int:
    """Take the name of this student out of every entry; how many there were. What was done and when stays."""
    with opened_register("a person is erased"):
        return AuditEntry.objects.filter(
            Q(student=student) | Q(actor__isnull=False, actor_id=student.user_id)
        ).update(about="", student=None)


def drop_old_entries(*, school: School, changed_before: datetime, seen_before: datetime) -> int:
    """Delete entries from before these moments; how many."""
    old = Q(at__lt=changed_before) | Q(verb__endswith=SEEN, at__lt=seen_before)
    with opened_register("entries are too old"):
        return AuditEntry.objects.filter(old, school=school).delete()[0]

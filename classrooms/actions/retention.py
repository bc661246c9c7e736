"""What is kept too long goes by itself: said two weeks before, done in the daily upkeep."""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from classrooms.actions import audit
from classrooms.actions.erasing import erase_student
from classrooms.actions.leftovers import drop_leftovers
from classrooms.actions.mails import mail_to
from classrooms.actions.purging import purge_due
from classrooms.actions.register_upkeep import drop_old_entries
from classrooms.models import (
    ClassGroup,
    RetentionRules,
    RetentionWarning,
    School,
    TeacherRole,
    User,
)
from classrooms.queries.retention import Kind, cutoff_of, due_classes, due_count, due_students, months_before

WARNED_BEFORE = timedelta(days=14)


def keep_house(on: date | None = None) -> None:
    """Everything that a day brings: the trash, leftovers, old entries of the register, warnings, and what was warned of."""
    on = on or timezone.localdate()
    purge_due(on)
    drop_leftovers(_midnight(on))
    for school in School.objects.order_by("pk"):
        rules = rules_of(school)
        drop_old_entries(
            school=school,
            changed_before=_midnight(months_before(on, rules.register_months)),
            seen_before=_midnight(on - timedelta(days=rules.seen_days)),
        )
        for kind in Kind:
            carry_out_or_warn(school=school, kind=kind, on=on)


def rules_of(school: School) -> RetentionRules:
    """The school's rules, or the defaults where it has chosen none."""
    return RetentionRules.objects.filter(school=school).first() or RetentionRules(school=school)


@transaction.atomic
def carry_out_or_warn(*, school: School, kind: Kind, on: date) -> RetentionWarning | None:
    """Do what was warned of and is due; else warn where something will be. The open warning, if there is one."""
    warning = school.retention_warnings.filter(kind=kind, done_at__isnull=True).first()
    if warning is None:
        return _warn(school, kind, on)
    if warning.due_on > on:
        return warning
    # The rules may have become milder since: only what both say goes.
    cutoff = min(warning.cutoff_on, cutoff_of(rules_of(school), kind, on))
    gone = _remove(school, kind, cutoff)
    warning.done_at = timezone.now()
    warning.save(update_fields=["done_at"])
    audit.record(school=school, actor=None, verb=f"retention.{kind}", about=school, facts={"count": gone})
    return None


def _warn(school: School, kind: Kind, on: date) -> RetentionWarning | None:
    cutoff = cutoff_of(rules_of(school), kind, on)
    count = due_count(school, kind, cutoff)
    if not count:
        return None
    warning = RetentionWarning.objects.create(
        school=school, kind=kind, cutoff_on=cutoff, count=count, due_on=on + WARNED_BEFORE
    )
    audit.record(school=school, actor=None, verb="retention.warned", about=school, facts={"count": count})
    transaction.on_commit(lambda: _mail_owners(warning))
    return warning


def _remove(school: School, kind: Kind, cutoff: date) -> int:
    if kind == Kind.YEARS:
        classes = due_classes(school, cutoff)
        count = classes.count()
        ClassGroup.with_deleted.filter(pk__in=list(classes.values_list("pk", flat=True))).delete()
        return count
    students = list(due_students(school, cutoff))
    for student in students:
        erase_student(student=student, by=None)
    return len(students)


def _mail_owners(warning: RetentionWarning) -> None:
    """In the language of each owner. A mail that cannot be sent changes nothing: the school's page says it too."""
    owning = TeacherRole.objects.current().owners().filter(school=warning.school)
    context = {"warning": warning, "school": warning.school, "base_url": settings.BASE_URL}
    for owner in User.objects.filter(teacher_roles__in=owning).exclude(email=""):
        mail_to(owner, "retention", context)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))

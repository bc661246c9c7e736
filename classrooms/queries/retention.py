"""What a school keeps longer than its rules say, as of a day."""

from datetime import date

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from classrooms.academic_years import academic_year_of, first_day
from classrooms.models import ClassGroup, Enrolment, RetentionRules, RetentionWarning, School, Student

Kind = RetentionWarning.Kind


def cutoff_of(rules: RetentionRules, kind: Kind, on: date) -> date:
    """What ended before that day is too old."""
    if kind == Kind.YEARS:
        return first_day(academic_year_of(on) - rules.years_kept)
    return months_before(on, rules.months_after_leaving)


def due_count(school: School, kind: Kind, cutoff: date) -> int:
    return (due_classes if kind == Kind.YEARS else due_students)(school, cutoff).count()


def due_classes(school: School, cutoff: date) -> QuerySet[ClassGroup]:
    """Archived classes of academic years that ended by then; an active class is somebody's, however old."""
    return school.class_groups.filter(
        archived_at__isnull=False, academic_year__lt=academic_year_of(cutoff)
    ).order_by("pk")


def due_students(school: School, cutoff: date) -> QuerySet[Student]:
    """Students who are in no class any more and left the last one, or were added, before then."""
    inside = Enrolment.objects.current().filter(student=OuterRef("pk"), class_group__archived_at__isnull=True)
    last_seen = (
        school.students.filter(~Exists(inside), created_at__date__lt=cutoff, erased_at__isnull=True)
        .annotate(left=Max("enrolments__left_on"), closed=Max("enrolments__class_group__archived_at__date"))
        .filter(Q(left__isnull=True) | Q(left__lt=cutoff), Q(closed__isnull=True) | Q(closed__lt=cutoff))
    )
    return last_seen.order_by("pk")


def months_before(day: date, months: int) -> date:
    """The same day so many months before; the last of a shorter month."""
    month = day.year * 12 + day.month - 1 - months
    for last in (day.day, 30, 29, 28):
        try:
            return date(month // 12, month % 12 + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has a 28th")

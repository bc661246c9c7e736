"""The evening before: what begins on the next school day is checked by itself, and teachers hear what would not work."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from classrooms.actions.mails import mail_to
from classrooms.image_checks.findings import Verdict
from classrooms.models import AssignedImage, ClassGroup, ClassPractice, ImageCheck, Teaching, User
from classrooms.queries.check_results import CheckPage

# Late enough that the day's pushes are in, early enough to mend something.
EVENING_BEGINS = time(17)
FRIDAY = 4


def ask_evening_checks(now: datetime) -> int:
    """Once an evening for each class with something that begins on the next school day; how many were new."""
    here = timezone.localtime(now)
    if here.time() < EVENING_BEGINS:
        return 0
    asked = set(ImageCheck.objects.filter(evening_of=here.date()).values_list("class_group_id", flat=True))
    return sum(_ask(one, here.date()) for one in classes_of_tomorrow(here.date()) if one.pk not in asked)


def days_ahead(evening: date) -> tuple[date, ...]:
    """Until the next school day: on a Friday the whole weekend and Monday, so that there is time to mend."""
    days = 3 if evening.weekday() == FRIDAY else 1
    return tuple(evening + timedelta(days=number) for number in range(1, days + 1))


def classes_of_tomorrow(evening: date) -> list[ClassGroup]:
    """Classes for which a practice or an image begins on the next school day, or was given today to be used at once."""
    ahead = days_ahead(evening)
    begins = Q(visible_from__date__in=ahead)
    practices = ClassPractice.objects.current().filter(
        begins | Q(visible_from__isnull=True, given_at__date=evening), practice__is_draft=False
    )
    images = AssignedImage.objects.current().filter(
        begins | Q(visible_from__isnull=True, assigned_at__date=evening)
    )
    concerned = Q(class_practices__in=practices) | Q(assigned_images__in=images)
    return list(ClassGroup.objects.active().filter(concerned).select_related("school").distinct())


def tell_teachers(check: ImageCheck) -> int:
    """Write to the teachers of the class what an evening's check found; how many were written to.

    Nobody gets a mail that says that all is well. A mail that cannot be sent changes nothing: the page says it too.
    """
    if (
        check.reason != ImageCheck.Reason.EVENING
        or check.verdict == Verdict.READY
        or not check.class_group_id
    ):
        return 0
    context = {"page": CheckPage(check), "check": check, "base_url": settings.BASE_URL}
    return sum(mail_to(teacher, "image_check", context) for teacher in _teachers_of(check))


def _ask(class_group: ClassGroup, evening: date) -> bool:
    _check, is_new = ImageCheck.objects.get_or_create(
        class_group=class_group,
        evening_of=evening,
        defaults={"school": class_group.school, "reason": ImageCheck.Reason.EVENING},
    )
    return is_new


def _teachers_of(check: ImageCheck) -> Iterable[User]:
    teaching = Teaching.objects.working().filter(class_group=check.class_group_id, role=Teaching.Role.TEACHER)
    return User.objects.filter(teacher_roles__teachings__in=teaching).exclude(email="").distinct()

"""Coming back to a class: the old enrolment, and what hangs on it, goes on; the earlier time is kept beside it."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from classrooms.models import Enrolment, PastStay


def come_back(enrolments: Sequence[Enrolment], *, on: date | None = None) -> None:
    """Those who left are in their class again from that day (today); who never left is left alone."""
    on = on or timezone.localdate()
    gone = [one for one in enrolments if one.left_on is not None]
    PastStay.objects.bulk_create(
        PastStay(enrolment=one, enrolled_on=one.enrolled_on, left_on=one.left_on or on) for one in gone
    )
    for one in gone:
        one.enrolled_on, one.left_on = on, None
    Enrolment.objects.bulk_update(gone, ["enrolled_on", "left_on"], batch_size=300)

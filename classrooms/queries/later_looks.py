"""Which hand-ins Docker Hub is asked about again: what nobody could look at, and everybody's when the time is over."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from classrooms.compose_files.reading import read_compose
from classrooms.compose_files.troubles import ComposeRefused
from classrooms.image_references.reading import read_reference
from classrooms.models import ClassPractice, Extension, HandIn

# What was not there is looked for again, but not for ever.
UNSEEN_AGAIN, UNSEEN_FOR = timedelta(hours=1), timedelta(days=7)
# A portal that was off over the deadline looks when it is back; what it sees after days says nothing.
DUE_FOR = timedelta(days=2)


def due_for_look(now: datetime, most: int) -> list[HandIn]:
    """Those of open practices, what nobody has seen first."""
    open_ones = ClassPractice.objects.current()
    rows = HandIn.objects.filter(class_practice__in=open_ones)
    rows = rows.select_related("class_practice__class_group__school")
    unseen = list(_unseen(rows, now)[:most])
    known = {row.pk for row in unseen}
    over = _over(rows, now).exclude(pk__in=known)[: most - len(unseen)]
    return [*unseen, *over]


def unseen_images(row: HandIn) -> set[str]:
    """The images of its compose file, on Docker Hub, of which nobody has seen what they meant."""
    if not row.compose:
        return set()
    try:
        names = read_compose(row.compose).images
    except ComposeRefused:
        return set()
    known = {*row.compose_digests, *row.later_compose_digests, row.reference}
    read = {name: read_reference(name) for name in names if name not in known}
    return {name for name, one in read.items() if one.is_on_docker_hub and not one.digest}


def _unseen(rows: QuerySet[HandIn], now: datetime) -> QuerySet[HandIn]:
    again = Q(looked_again_at__isnull=True) | Q(looked_again_at__lt=now - UNSEEN_AGAIN)
    return rows.filter(again, is_unseen=True, handed_in_at__gt=now - UNSEEN_FOR).order_by(
        "handed_in_at", "pk"
    )


def _over(rows: QuerySet[HandIn], now: datetime) -> QuerySet[HandIn]:
    """The last attempt in time of everybody whose own time is just over, by reference; each is looked at once."""
    just_over = Q(due_at__lte=now, due_at__gt=now - DUE_FOR)
    extended = Extension.objects.filter(
        class_practice=OuterRef("pk"), due_at__lte=now, due_at__gt=now - DUE_FOR
    )
    given = ClassPractice.objects.filter(just_over | Q(Exists(extended)))
    own = Extension.objects.filter(class_practice=OuterRef("class_practice"), student=OuterRef("student"))
    rows = (
        rows.filter(class_practice__in=given, is_late=False)
        .exclude(reference="")
        .exclude(reference__contains="@")
    )
    rows = rows.annotate(own_due=Coalesce(Subquery(own.values("due_at")[:1]), F("class_practice__due_at")))
    later = HandIn.objects.filter(
        class_practice=OuterRef("class_practice"),
        student=OuterRef("student"),
        is_late=False,
        attempt__gt=OuterRef("attempt"),
    )
    looked = Q(looked_again_at__isnull=True) | Q(looked_again_at__lt=F("own_due"))
    rows = rows.filter(~Exists(later), looked, own_due__lte=now, own_due__gt=now - DUE_FOR)
    return rows.order_by("own_due", "pk")

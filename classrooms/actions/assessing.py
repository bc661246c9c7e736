"""Marking: who is at it, mark and comment, and letting the students see them."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from classrooms.actions import audit
from classrooms.actions.archived import refuse_archived
from classrooms.actions.refusals import ChangedMeanwhile
from classrooms.models import Assessment, ClassPractice, HandIn, Student, User
from classrooms.queries.hand_ins import CLAIM_LASTS


@transaction.atomic
def claim_work(
    *, class_practice: ClassPractice, student: Student, by: User, take_over: bool = False
) -> Assessment:
    """Say that one is marking it. Again: for longer. Raises ChangedMeanwhile where somebody else is at it."""
    refuse_archived(class_practice.class_group)
    row = _row(class_practice, student)
    free = Q(claimed_by__isnull=True) | Q(claimed_by=by) | Q(claimed_at__lt=timezone.now() - CLAIM_LASTS)
    rows = Assessment.objects.filter(pk=row.pk)
    if not (rows if take_over else rows.filter(free)).update(claimed_by=by, claimed_at=timezone.now()):
        row.refresh_from_db()
        raise ChangedMeanwhile(_("%(name)s is marking it.") % {"name": row.claimed_by})
    row.refresh_from_db()
    return row


def release_work(*, class_practice: ClassPractice, student: Student, by: User) -> None:
    """One is no longer marking it; what somebody else has claimed stays theirs."""
    mine = class_practice.assessments.filter(student=student, claimed_by=by)
    mine.update(claimed_by=None, claimed_at=None)


@transaction.atomic
def assess(
    *,
    class_practice: ClassPractice,
    student: Student,
    hand_in: HandIn | None,
    mark: Decimal | None,
    comment: str,
    version: int,
    by: User,
) -> Assessment:
    """Keep mark and comment, and let go of the claim. `version` is that of when it was opened, 0 for none yet.

    Neither of them is no assessment: the work is unmarked (again), and the student sees nothing of it.

    Raises ChangedMeanwhile where somebody else kept something since then: nothing of theirs is overwritten.
    """
    refuse_archived(class_practice.class_group)
    row = _row(class_practice, student)
    says_something = mark is not None or bool(comment)
    shown = {} if says_something else {"published_at": None}
    kept = Assessment.objects.filter(pk=row.pk, version=version).update(
        mark=mark, comment=comment, hand_in=hand_in, marked_by=by,
        marked_at=timezone.now() if says_something else None,
        claimed_by=None, claimed_at=None, version=F("version") + 1, **shown,
    )  # fmt: skip
    was_marked = row.marked_at is not None
    row.refresh_from_db()
    if not kept:
        raise ChangedMeanwhile(
            _("%(name)s has marked it meanwhile. Yours was not kept: compare, then save again.")
            % {"name": row.marked_by}
        )
    if says_something or was_marked:
        facts = {"practice": str(class_practice.practice)}
        school = class_practice.class_group.school
        audit.record(school=school, actor=by, verb="work.marked", about=student, facts=facts)
    return row


@transaction.atomic
def publish_marks(*, class_practice: ClassPractice, by: User) -> int:
    """Let the students see what is marked; how many are new. What is marked later is published again by hand."""
    refuse_archived(class_practice.class_group)
    rows = class_practice.assessments.filter(marked_at__isnull=False, published_at__isnull=True)
    published = rows.update(published_at=timezone.now())
    if published:
        class_group = class_practice.class_group
        facts = {"practice": str(class_practice.practice), "count": published}
        audit.record(
            school=class_group.school, actor=by, verb="work.published", about=class_group, facts=facts
        )
    return published


def _row(class_practice: ClassPractice, student: Student) -> Assessment:
    return Assessment.objects.get_or_create(class_practice=class_practice, student=student)[0]

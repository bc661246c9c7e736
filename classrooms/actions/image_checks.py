"""Checks of images before a class: asked for by a person, or by the evening; claimed and finished by a worker."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from classrooms import signals
from classrooms.actions import audit
from classrooms.image_checks.budget import PullBudget
from classrooms.image_checks.findings import Verdict, worst
from classrooms.image_checks.verdicts import check_pulls
from classrooms.models import ClassGroup, ImageCheck, Practice, School, User
from classrooms.models.image_checks import LEASE

Row = dict[str, Any]


@transaction.atomic
def ask_check(*, class_group: ClassGroup, by: User | None) -> ImageCheck:
    """Have all images of a class checked. While one waits, asking again gives the same."""
    return _ask(school=class_group.school, class_group=class_group, by=by)


@transaction.atomic
def ask_practice_check(*, practice: Practice, by: User | None) -> ImageCheck:
    """Have all images of a practice checked, for the computers of all classes that have it."""
    return _ask(school=practice.school, practice=practice, by=by)


@transaction.atomic
def ask_all_checks(
    *, school: School, class_groups: Iterable[ClassGroup], practices: Iterable[Practice], by: User | None
) -> list[ImageCheck]:
    """One press for everything: the images of these classes and of these practices."""
    why = ImageCheck.Reason.ALL
    checks = [_ask(school=school, class_group=one, by=by, reason=why) for one in class_groups]
    checks += [_ask(school=school, practice=one, by=by, reason=why) for one in practices]
    audit.record(
        school=school, actor=by, verb="image.all_checked", about=school, facts={"count": len(checks)}
    )
    return checks


def claim_check(now: datetime | None = None) -> ImageCheck | None:
    """The check that has waited longest, for this process alone until its lease ends; None where none waits.

    The attempt is counted before the work, so that what kills its worker is not tried for ever.
    """
    now = now or timezone.now()
    for check in ImageCheck.objects.waiting(now).order_by("reason", "asked_at", "pk")[:5]:
        is_free = ImageCheck.objects.waiting(now).filter(pk=check.pk)
        if is_free.update(claimed_until=now + LEASE, attempts=F("attempts") + 1):
            check.refresh_from_db()
            return check
    return None


def finish_check(*, check: ImageCheck, rows: list[Row], budget: PullBudget | None, at: datetime) -> None:
    """Keep what was found. The worst image decides, and pulls that are wanting put a class at risk."""
    verdicts = [Verdict(row["verdict"]) for row in rows]
    wanting = check_pulls(budget) if budget is not None else None
    if wanting is not None:
        verdicts.append(wanting.verdict)
    check.verdict, check.results = worst(verdicts).value, rows
    check.pulls, check.done_at = budget.as_facts() if budget else {}, at
    check.save(update_fields=["verdict", "results", "pulls", "done_at"])


def _ask(
    *,
    school: School,
    by: User | None,
    class_group: ClassGroup | None = None,
    practice: Practice | None = None,
    reason: str = ImageCheck.Reason.ASKED,
) -> ImageCheck:
    same = ImageCheck.objects.waiting(timezone.now()).filter(class_group=class_group, practice=practice)
    waiting = same.first()
    if waiting is not None:
        return waiting
    check = ImageCheck.objects.create(
        school=school, class_group=class_group, practice=practice, asked_by=by, reason=reason
    )
    signals.work_waits.send(sender=ImageCheck, school=school)
    return check

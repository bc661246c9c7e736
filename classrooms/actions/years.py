"""From one academic year to the next, in one step, and back again within thirty days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from classrooms import signals
from classrooms.actions import audit
from classrooms.actions.copying_classes import copy_class
from classrooms.actions.refusals import YearNotBegun
from classrooms.actions.trash import delete
from classrooms.models import ClassGroup, School, User, YearChange
from classrooms.queries.leavers import who_leaves
from classrooms.queries.years import YearChoices, closing_of

UNDO_DAYS = 30


@transaction.atomic
def begin_year(*, school: School, from_year: int, choices: YearChoices, by: User | None) -> YearChange:
    """Copy and archive as chosen. A class that the new year has already is not copied again.

    Raises YearNotBegun where no active class of that year is chosen for anything.
    """
    classes = list(school.class_groups.active().filter(academic_year=from_year).order_by("pk"))
    chosen = [one for one in classes if one.pk in choices.archive | choices.copy]
    if not chosen:
        raise YearNotBegun(_("Choose at least one class to copy or to archive."))
    closing = closing_of(classes, choices)
    leavers = [student.pk for student in who_leaves(school, closing)]
    copied = [
        (one.pk, new.pk) for one in chosen if one.pk in choices.copy and (new := copy_class(one, choices))
    ]
    freed = _free_seats(classes, closing) if choices.free_seats else []
    archived = _archive(chosen, choices)
    change = YearChange.objects.create(
        school=school,
        from_year=from_year,
        changed_by=by,
        done={"archived": archived, "copied": copied, "seats_freed": freed, "leavers": leavers},
    )
    facts = {"archived": len(archived), "copied": len(copied), "leavers": len(leavers)}
    audit.record(school=school, actor=by, verb="year.begun", about=change, facts=facts)
    # Classes alone: everybody and everything in their teams is meant.
    announced = signals.Announced("year.begun", by.pk if by else None, class_group_ids=tuple(closing))
    signals.roster_changed.send(sender=YearChange, school=school, class_group=None, announced=announced)
    return change


def _archive(classes: Iterable[ClassGroup], choices: YearChoices) -> list[int]:
    ids = [one.pk for one in classes if one.pk in choices.archive]
    ClassGroup.objects.filter(pk__in=ids).update(archived_at=timezone.now())
    return ids


def _free_seats(classes: Iterable[ClassGroup], closing: list[int]) -> list[int]:
    ids = [one.pk for one in classes if one.pk in closing and one.students_are_members]
    ClassGroup.objects.filter(pk__in=ids).update(students_are_members=False)
    return ids


@dataclass(frozen=True)
class YearUndone:
    """How much is as before, and what is not: copies in use stay, and who left Docker Hub is invited anew."""

    reopened: int
    copies_removed: int
    copies_kept: tuple[str, ...]
    to_invite_again: int


@transaction.atomic
def undo_year(*, change: YearChange, by: User | None) -> YearUndone:
    """Last year's classes are active again; copies that nobody has used go to the trash.

    Raises YearNotBegun after thirty days, or where it was taken back before.
    """
    since = timezone.now() - timedelta(days=UNDO_DAYS)
    open_changes = YearChange.objects.filter(pk=change.pk, undone_at__isnull=True, changed_at__gt=since)
    if not open_changes.update(undone_at=timezone.now()):
        raise YearNotBegun(
            _("This can no longer be taken back: thirty days have passed, or it was done before.")
        )
    archived = ClassGroup.objects.filter(pk__in=change.done["archived"], archived_at__isnull=False)
    reopened = archived.update(archived_at=None)
    ClassGroup.objects.filter(pk__in=change.done["seats_freed"]).update(students_are_members=True)
    copies = list(ClassGroup.objects.filter(pk__in=[new for _old, new in change.done["copied"]]))
    used = [one for one in copies if one.enrolments.exists()]
    for one in copies:
        if one not in used:
            delete(row=one, by=by)
    done = YearUndone(
        reopened, len(copies) - len(used), tuple(str(one) for one in used), len(change.done["leavers"])
    )
    audit.record(school=change.school, actor=by, verb="year.undone", about=change)
    signals.roster_changed.send(sender=YearChange, school=change.school, class_group=None)
    return done

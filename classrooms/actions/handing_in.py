"""Handing in: each attempt is a row of its own with its receipt, and what counts is frozen at the due moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from classrooms import receipts
from classrooms.actions import audit
from classrooms.actions.archived import refuse_archived
from classrooms.actions.layer_looks import ask_layer_look
from classrooms.actions.refusals import NotTaken
from classrooms.models import ClassPractice, Extension, HandIn, Student, User

# Two presses at the same moment, or two tabs: each becomes an attempt of its own.
MOST_TRIES = 5
# Each attempt is a file; what is handed in again and again would fill the disk.
MOST_ARCHIVES = 5


@dataclass(frozen=True)
class HandedIn:
    """What a student hands in, and what the registry said of it at that moment."""

    reference: str = ""
    digest: str = ""
    compressed_bytes: int | None = None
    platforms: tuple[str, ...] = ()
    pushed_at: datetime | None = None
    pushed_by: str = ""
    ports: tuple[int, ...] = ()
    compose: str = ""
    # What each image of the compose file means: (("mariadb:11", "sha256:…"),).
    compose_digests: tuple[tuple[str, str], ...] = ()
    note: str = ""
    archive: str = ""
    findings: tuple[dict[str, Any], ...] = ()
    secret_signs: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class OwnDates:
    """One student's dates in one class's practice, their extension counted in; None where there is none."""

    due_at: datetime | None
    locked_at: datetime | None

    def is_late(self, at: datetime) -> bool:
        return self.due_at is not None and at > self.due_at

    def is_locked(self, at: datetime) -> bool:
        return self.locked_at is not None and at >= self.locked_at


def dates_of(class_practice: ClassPractice, student: Student) -> OwnDates:
    """When it is due and locked for this student. An extension beyond the lock moves the lock with it."""
    return own_dates(
        class_practice, Extension.objects.filter(class_practice=class_practice, student=student).first()
    )


def own_dates(class_practice: ClassPractice, extension: Extension | None) -> OwnDates:
    """The same, where the extension is known already."""
    if extension is None:
        return OwnDates(class_practice.due_at, class_practice.locked_at)
    locked_at = class_practice.locked_at
    return OwnDates(extension.due_at, locked_at and max(locked_at, extension.due_at))


def hand_in(
    *,
    class_practice: ClassPractice,
    student: Student,
    handed_in: HandedIn,
    at: datetime | None = None,
    receipt: str = "",
) -> HandIn:
    """One more attempt, with its receipt. Late is marked and taken. Raises NotTaken where nothing is taken any more.

    A `receipt` number that was given out before makes it safe to send the same again: the second time changes nothing.
    """
    at = at or timezone.now()
    before = HandIn.objects.filter(receipt=receipt, student=student, class_practice=class_practice)
    if receipt and (known := before.first()):
        return known
    dates = dates_of(class_practice, student)
    _refuse(class_practice, student, dates, at)
    for tries_left in reversed(range(MOST_TRIES)):
        try:
            return _add(class_practice, student, handed_in, at, receipt, is_late=dates.is_late(at))
        except IntegrityError:
            if receipt and (known := before.first()):
                return known
            if not tries_left:
                raise
    raise AssertionError("unreachable")


def refuse_more_archives(class_practice: ClassPractice, student: Student) -> None:
    """Raise NotTaken where there is room for no more files of this student, before one is looked through."""
    attempts = HandIn.objects.filter(class_practice=class_practice, student=student)
    if attempts.exclude(archive="").count() >= MOST_ARCHIVES:
        raise _no_more_archives()


def _no_more_archives() -> NotTaken:
    return NotTaken(_("You have handed in as many files as there is room for. Ask your teacher."))


@transaction.atomic
def grant_extension(
    *, class_practice: ClassPractice, student: Student, due_at: datetime, by: User | None
) -> Extension:
    """More time for one student. Hand-ins that were late and are in time now count as in time."""
    refuse_archived(class_practice.class_group)
    extension, _is_new = Extension.objects.update_or_create(
        class_practice=class_practice, student=student, defaults={"due_at": due_at, "granted_by": by}
    )
    attempts = HandIn.objects.filter(class_practice=class_practice, student=student)
    attempts.filter(handed_in_at__lte=due_at).update(is_late=False)
    attempts.filter(handed_in_at__gt=due_at).update(is_late=True)
    school = class_practice.class_group.school
    audit.record(
        school=school, actor=by, verb="practice.extended", about=student, facts={"due_at": due_at.isoformat()}
    )
    return extension


def counting(attempts: Sequence[HandIn]) -> HandIn | None:
    """The attempt that counts: the last one in time, else the last one; None where nothing was handed in."""
    in_time = [one for one in attempts if not one.is_late]
    return max(in_time or attempts, key=lambda one: one.attempt, default=None)


def note_later_version(*, hand_in: HandIn, digest: str, at: datetime) -> bool:
    """Remember that the reference means another image now. What was handed in stays; whether that was news.

    Of what nobody could look at, the first version that was seen at last stays too: it is what is run and marked.
    """
    if not digest or digest in (hand_in.digest, hand_in.later_digest):
        return False
    if not hand_in.digest and hand_in.later_digest:
        return False
    HandIn.objects.filter(pk=hand_in.pk).update(later_digest=digest, later_seen_at=at)
    if not hand_in.digest:
        hand_in.later_digest = digest
        ask_layer_look(hand_in)
    return True


def note_looked_again(
    *, hand_in: HandIn, at: datetime, compose_digests: Mapping[str, str], is_unseen: bool
) -> None:
    """The registry answered again. What a compose file's images meant at hand-in stays; what was not seen is added."""
    later = dict(compose_digests) | hand_in.later_compose_digests
    changes = {"later_compose_digests": later, "is_unseen": is_unseen, "looked_again_at": at}
    HandIn.objects.filter(pk=hand_in.pk).update(**changes)


def _refuse(class_practice: ClassPractice, student: Student, dates: OwnDates, at: datetime) -> None:
    is_here = student.enrolments.current().filter(class_group=class_practice.class_group_id).exists()
    if not is_here or not ClassPractice.objects.visible(at).filter(pk=class_practice.pk).exists():
        raise NotTaken(_("This practice is not open for you."))
    if class_practice.practice.hand_in_way == class_practice.practice.Way.NONE:
        raise NotTaken(_("Nothing is handed in for this practice."))
    if dates.is_locked(at):
        raise NotTaken(_("The time for handing in is over. Ask your teacher for an extension."))


@transaction.atomic
def _add(
    class_practice: ClassPractice,
    student: Student,
    handed_in: HandedIn,
    at: datetime,
    receipt: str,
    *,
    is_late: bool,
) -> HandIn:
    attempts = HandIn.objects.filter(class_practice=class_practice, student=student)
    # Asked together: whoever hands in between this answer and the row takes the attempt's number, and it is asked again.
    so_far = attempts.aggregate(last=Max("attempt"), files=Count("pk", filter=~Q(archive="")))
    if handed_in.archive and so_far["files"] >= MOST_ARCHIVES:
        raise _no_more_archives()
    columns = vars(handed_in) | {
        "platforms": list(handed_in.platforms),
        "ports": list(handed_in.ports),
        "compose_digests": dict(handed_in.compose_digests),
        "findings": list(handed_in.findings),
        "secret_signs": list(handed_in.secret_signs),
        # What was said while the student looked: "the portal looks for the version later".
        "is_unseen": any(one["code"] == "unreachable" for one in handed_in.findings),
    }
    row = HandIn.objects.create(
        class_practice=class_practice, student=student, attempt=(so_far["last"] or 0) + 1, handed_in_at=at, is_late=is_late,
        receipt=receipt or receipts.new_number(), **columns,
    )  # fmt: skip
    ask_layer_look(row)
    audit.record(
        school=class_practice.class_group.school,
        actor=student.user,
        verb="work.handed_in",
        about=student,
        facts={"practice": str(class_practice.practice), "attempt": row.attempt, "is_late": is_late},
    )
    return row

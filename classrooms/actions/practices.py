"""Practices: written once for a school, copied, and given to classes with dates of their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from classrooms.actions import audit
from classrooms.actions.archived import refuse_archived
from classrooms.actions.practice_images import announce_places, follow_practices
from classrooms.actions.practice_versions import digests_of, forget_versions, take_up_versions
from classrooms.actions.refusals import NotGivable
from classrooms.models import (
    ClassGroup,
    ClassPractice,
    Image,
    Practice,
    PracticeImage,
    School,
    SubGroup,
    User,
)


@dataclass(frozen=True)
class Needed:
    """An image that a practice needs: `digest` is "" to follow the tag; the rest is its run recipe."""

    image: Image
    tag: str = "latest"
    digest: str = ""
    ports: tuple[str, ...] = ()
    environment: tuple[str, ...] = ()
    volumes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Dates:
    """None for `visible_from` is at once; without `due_at` nothing is late, without `locked_at` late work is taken."""

    visible_from: datetime | None = None
    due_at: datetime | None = None
    locked_at: datetime | None = None


@dataclass(frozen=True)
class PracticeText:
    """What a person writes of a practice. `text` is Markdown, `compose` a compose file or ""."""

    title: str
    text: str = ""
    compose: str = ""
    hand_in_way: str = Practice.Way.NONE
    takes_compose: bool = False
    is_exam: bool = False
    images: tuple[Needed, ...] = field(default=())

    @property
    def columns(self) -> dict[str, Any]:
        return {
            name: getattr(self, name)
            for name in ("title", "text", "compose", "hand_in_way", "takes_compose", "is_exam")
        }


@transaction.atomic
def write_practice(*, school: School, written: PracticeText, by: User | None) -> Practice:
    """A new practice, a draft until it is published. Raises NotGivable for another school's image."""
    practice = Practice.objects.create(school=school, author=by, **written.columns)
    _set_images(practice, written.images)
    audit.record(school=school, actor=by, verb="practice.written", about=practice)
    return practice


@transaction.atomic
def change_practice(*, practice: Practice, written: PracticeText, by: User | None) -> None:
    """Other words or images. The classes that have it see the change at once; the same again changes nothing."""
    before, was_exam = (_columns_of(practice), _needed_by(practice)), practice.is_exam
    versions = digests_of(practice)
    for name, value in written.columns.items():
        setattr(practice, name, value)
    practice.save()
    _set_images(practice, written.images)
    forget_versions(practice=practice, before=versions)
    if before != (_columns_of(practice), _needed_by(practice)):
        audit.record(school=practice.school, actor=by, verb="practice.changed", about=practice)
        for class_group in _classes_with(practice):
            follow_practices(class_group=class_group, by=by)
            announce_places(practice=practice, class_group=class_group, was_exam=was_exam)


@transaction.atomic
def publish_practice(*, practice: Practice, by: User | None, is_draft: bool = False) -> None:
    """Let the classes see it from its moment on, or take it back into the drafts. Twice is the same as once."""
    if Practice.objects.filter(pk=practice.pk).exclude(is_draft=is_draft).update(is_draft=is_draft):
        practice.is_draft = is_draft
        verb = "practice.hidden" if is_draft else "practice.published"
        audit.record(school=practice.school, actor=by, verb=verb, about=practice)
        for class_group in _classes_with(practice):
            announce_places(practice=practice, class_group=class_group)


@transaction.atomic
def copy_practice(*, practice: Practice, by: User | None) -> Practice:
    """A draft of the same practice, to be changed and given to other classes or in another year."""
    columns = _columns_of(practice)
    copy = Practice.objects.create(school=practice.school, author=by, copied_from=practice, **columns)
    _set_images(copy, _needed_by(practice))
    audit.record(school=practice.school, actor=by, verb="practice.copied", about=copy)
    return copy


@transaction.atomic
def give_practice(
    *,
    practice: Practice,
    class_groups: Iterable[ClassGroup],
    dates: Dates,
    by: User | None,
    sub_group: SubGroup | None = None,
) -> list[ClassPractice]:
    """Give it to classes (or one part of one), with its images. Giving again sets the dates.

    A class that had it before has its images in the versions that its teacher decided then.

    Raises NotGivable for another school's class or dates out of order, ClassIsArchived for an archived one.
    """
    refuse_disorder(dates)
    return [_give(practice, class_group, dates, by, sub_group) for class_group in class_groups]


@transaction.atomic
def change_dates(*, class_practice: ClassPractice, dates: Dates, by: User | None) -> None:
    """Other dates in one class. Raises NotGivable for dates out of order."""
    refuse_disorder(dates)
    refuse_archived(class_practice.class_group)
    changed = {key: value for key, value in asdict(dates).items() if getattr(class_practice, key) != value}
    if changed:
        ClassPractice.objects.filter(pk=class_practice.pk).update(**changed)
        _record(class_practice, "practice.dates_changed", by)
        announce_places(practice=class_practice.practice, class_group=class_practice.class_group)


@transaction.atomic
def withdraw_practice(*, class_practice: ClassPractice, by: User | None) -> None:
    """Take it from one class; what was handed in stays. Withdrawing twice changes nothing."""
    refuse_archived(class_practice.class_group)
    rows = ClassPractice.objects.filter(pk=class_practice.pk, withdrawn_at__isnull=True)
    if rows.update(withdrawn_at=timezone.now()):
        _record(class_practice, "practice.withdrawn", by)
        follow_practices(class_group=class_practice.class_group, by=by)
        announce_places(practice=class_practice.practice, class_group=class_practice.class_group)


def refuse_disorder(dates: Dates) -> None:
    """Raises NotGivable where the dates do not follow each other."""
    if dates.visible_from and dates.due_at and dates.due_at <= dates.visible_from:
        raise NotGivable(
            _("It is due before anybody can see it. Put the due date after the date it is visible from.")
        )
    if dates.due_at and dates.locked_at and dates.locked_at < dates.due_at:
        raise NotGivable(_("It is locked before it is due. Put the date of locking after the due date."))


def _give(
    practice: Practice, class_group: ClassGroup, dates: Dates, by: User | None, sub_group: SubGroup | None
) -> ClassPractice:
    refuse_archived(class_group)
    if class_group.school_id != practice.school_id or (
        sub_group and sub_group.class_group_id != class_group.pk
    ):
        raise NotGivable(_("This practice and this class are not of the same school."))
    if practice.archived_at or practice.deleted_at:
        raise NotGivable(_("This practice is in the archive. Take it out of there before you give it."))
    given, is_new = ClassPractice.objects.filter(withdrawn_at__isnull=True).update_or_create(
        practice=practice,
        class_group=class_group,
        sub_group=sub_group,
        defaults=asdict(dates),
        create_defaults=asdict(dates) | {"given_by": by},
    )
    if is_new:
        take_up_versions(given)
    _record(given, "practice.given", by)
    follow_practices(class_group=class_group, by=by)
    announce_places(practice=practice, class_group=class_group)
    return given


def _record(class_practice: ClassPractice, verb: str, by: User | None) -> None:
    class_group = class_practice.class_group
    facts = {"practice": str(class_practice.practice)}
    audit.record(school=class_group.school, actor=by, verb=verb, about=class_group, facts=facts)


def _set_images(practice: Practice, needed: Sequence[Needed]) -> None:
    if any(one.image.school_id != practice.school_id for one in needed):
        raise NotGivable(_("This image belongs to another school."))
    practice.images.all().delete()
    rows = {(one.image.pk, one.tag): one for one in needed}.values()
    PracticeImage.objects.bulk_create(
        PracticeImage(
            practice=practice, image=one.image, tag=one.tag, digest=one.digest, position=position,
            ports=list(one.ports), environment=list(one.environment), volumes=list(one.volumes),
        )
        for position, one in enumerate(rows)
    )  # fmt: skip


def _needed_by(practice: Practice) -> tuple[Needed, ...]:
    return tuple(
        Needed(row.image, row.tag, row.digest, tuple(row.ports), tuple(row.environment), tuple(row.volumes))
        for row in practice.images.select_related("image")
    )


def _columns_of(practice: Practice) -> dict[str, Any]:
    return {name: getattr(practice, name) for name in PracticeText("").columns}


def _classes_with(practice: Practice) -> Iterable[ClassGroup]:
    current = ClassPractice.objects.current().filter(practice=practice)
    return ClassGroup.objects.filter(class_practices__in=current).distinct()

"""The practices that a student, or anybody behind a class's code, has to do: the next thing on top."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from classrooms.models import (
    ClassGroup,
    ClassPractice,
    ClassPracticeVersion,
    Extension,
    ImageTag,
    Practice,
    PracticeImage,
    Student,
    SubGroup,
)
from classrooms.pull_scripts.compose import with_digests
from classrooms.queries.practice_pulls import PracticeImageToPull, find_beside
from classrooms.queries.practice_versions import VersionKey, versions_of
from classrooms.queries.pulling import is_open, tags_of, way_for
from classrooms.queries.student import ImageToPull


@dataclass(frozen=True)
class PracticeToDo:
    """A practice in one class. `due_at` and `locked_at` are the reader's own; `has_hidden`: not all images are shown."""

    given: ClassPractice
    images: tuple[PracticeImageToPull, ...]
    due_at: datetime | None
    locked_at: datetime | None
    has_hidden: bool = False

    @property
    def practice(self) -> Practice:
        return self.given.practice

    @property
    def is_over(self) -> bool:
        return self.due_at is not None and self.due_at <= timezone.now()

    @property
    def is_locked(self) -> bool:
        return self.locked_at is not None and self.locked_at <= timezone.now()

    @property
    def is_extended(self) -> bool:
        return self.due_at != self.given.due_at

    @property
    def can_be_composed(self) -> bool:
        """Whether there is a compose file to get: the teacher's own, or one made of several images."""
        return not self.has_hidden and bool(self.practice.compose or len(self.images) > 1)

    @property
    def compose(self) -> str:
        """The teacher's own compose file, with the versions that this class was given; "" where there is none."""
        decided = {one.title: one.version.digest for one in self.images if one.version}
        return with_digests(self.practice.compose, decided) if decided else self.practice.compose


def practices_for(
    student: Student, class_groups: Iterable[ClassGroup], beside: tuple[ImageToPull, ...] = ()
) -> tuple[PracticeToDo, ...]:
    """What the student sees now in these classes, in five queries. `beside`: what the classes have by itself."""
    of_part = Q(sub_group__in=SubGroup.objects.filter(enrolments__in=student.enrolments.current()))
    rows = ClassPractice.objects.visible().filter(
        Q(sub_group__isnull=True) | of_part, class_group__in=list(class_groups)
    )
    extensions = Extension.objects.filter(student=student, class_practice__in=rows)
    due = dict(extensions.values_list("class_practice_id", "due_at")) if student.pk else {}
    return _to_do(rows, student, due, beside)


def practices_as_if_in(
    class_group: ClassGroup, beside: tuple[ImageToPull, ...] = ()
) -> tuple[PracticeToDo, ...]:
    """What a student of the class sees who is in no part of it."""
    rows = ClassPractice.objects.visible().filter(class_group=class_group, sub_group__isnull=True)
    return _to_do(rows, Student(school_id=class_group.school_id), {}, beside)


def public_practices_of(
    class_group: ClassGroup, beside: tuple[ImageToPull, ...] = ()
) -> tuple[PracticeToDo, ...]:
    """What anybody with the class's code sees, in four queries: private images are left out, and that is said."""
    rows = ClassPractice.objects.visible().filter(class_group=class_group, sub_group__isnull=True)
    return tuple(_without_private(one) for one in _to_do(rows, None, {}, beside))


def not_in_practices(
    images: Iterable[ImageToPull], practices: Iterable[PracticeToDo]
) -> tuple[ImageToPull, ...]:
    """Those that no practice shows: what is needed by one is shown there, once."""
    shown = {one.beside.assigned.pk for todo in practices for one in todo.images if one.beside}
    return tuple(image for image in images if image.assigned.pk not in shown)


def _without_private(to_do: PracticeToDo) -> PracticeToDo:
    shown = tuple(one for one in to_do.images if is_open(one.needed.image))
    hidden = len(shown) < len(to_do.images)
    return PracticeToDo(to_do.given, shown, to_do.due_at, to_do.locked_at, hidden)


def _to_do(
    rows: QuerySet[ClassPractice],
    student: Student | None,
    own_due: dict[int, datetime],
    beside: tuple[ImageToPull, ...],
) -> tuple[PracticeToDo, ...]:
    images = Prefetch("practice__images", PracticeImage.objects.select_related("image"))
    given = list(rows.select_related("practice", "class_group__school").prefetch_related(images))
    tags = tags_of([image for one in given for image in one.practice.images.all()])
    facts = _Facts(student, tags, versions_of(given), beside)
    found = [_one(one, own_due.get(one.pk), facts) for one in given]
    return tuple(sorted(found, key=_order))


@dataclass(frozen=True)
class _Facts:
    """What the images of all practices of a page are made of."""

    student: Student | None
    tags: dict[tuple[int, str], ImageTag]
    versions: dict[VersionKey, ClassPracticeVersion]
    beside: tuple[ImageToPull, ...]

    def image(self, given: ClassPractice, row: PracticeImage) -> PracticeImageToPull:
        tag, version = (
            self.tags.get((row.image_id, row.tag)),
            self.versions.get((given.pk, row.image_id, row.tag)),
        )
        way = way_for(row.image, given.class_group, self.student)
        beside = find_beside(self.beside, given, row, version.digest if version else row.digest)
        return PracticeImageToPull(row, tag, way, given, version, beside)


def _one(given: ClassPractice, own_due: datetime | None, facts: _Facts) -> PracticeToDo:
    images = tuple(facts.image(given, row) for row in given.practice.images.all())
    locked_at = given.locked_at
    if own_due and locked_at:
        locked_at = max(locked_at, own_due)
    return PracticeToDo(given, images, own_due or given.due_at, locked_at)


def _order(to_do: PracticeToDo) -> tuple[int, float]:
    """What is due next, then what has no date (the newest first), then what is over (the latest first)."""
    if to_do.is_over:
        return 2, -(to_do.due_at or to_do.given.given_at).timestamp()
    if to_do.due_at is None:
        return 1, -(to_do.given.visible_from or to_do.given.given_at).timestamp()
    return 0, to_do.due_at.timestamp()

"""Practices for those who teach: the school's, one with its classes, and those of a class."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from classrooms.identity import plain_letters
from classrooms.models import ClassGroup, ClassPractice, Practice, School, User
from classrooms.queries.hand_ins import waiting
from classrooms.queries.practice_versions import ImageInClass, images_in_classes

SHOWN = ("all", "mine", "drafts", "archived")


@dataclass(frozen=True)
class GivenPractice:
    """A practice in one class. `state`: "draft", "hidden", "open", "due" (over, late work taken), "locked".

    `newer`: its images of which a newer version exists than the one at which the class is frozen. `other`: those of which
    the class was given another version than the practice says.
    """

    given: ClassPractice
    may_change: bool = False
    newer: tuple[ImageInClass, ...] = ()
    other: tuple[ImageInClass, ...] = ()

    @property
    def state(self) -> str:
        given, now = self.given, timezone.now()
        if given.practice.is_draft:
            return "draft"
        if given.visible_from and given.visible_from > now:
            return "hidden"
        if given.locked_at and given.locked_at <= now:
            return "locked"
        return "due" if given.due_at and given.due_at <= now else "open"


def practices_of(school: School, user: User, *, search: str = "", show: str = "all") -> list[Practice]:
    """The school's practices, the newest first, each with `class_count` and `image_count`. `show` is one of SHOWN."""
    rows = _counted(school.practices.select_related("author"))
    rows = rows.filter(archived_at__isnull=show != "archived")
    if show == "mine":
        rows = rows.filter(author=user)
    if show == "drafts":
        rows = rows.filter(is_draft=True)
    words = plain_letters(search).split()
    return [one for one in rows if all(word in plain_letters(one.title) for word in words)]


def classes_with(practice: Practice, user: User) -> list[GivenPractice]:
    """Where the practice is now, as far as the person may see those classes."""
    current = ClassPractice.objects.current().visible_to(user).filter(practice=practice)
    taught = set(ClassGroup.objects.taught_by(user).values_list("pk", flat=True))
    rows = current.select_related("class_group", "sub_group", "practice").order_by("class_group__name", "pk")
    images = _images(rows)
    return [_given(one, images[one.pk], may_change=one.class_group_id in taught) for one in rows]


def practices_in(class_group: ClassGroup) -> list[GivenPractice]:
    """What the class has, the one that is due next on top; in the archive what it had. Each with `waiting_count`:
    how many students' work nobody has marked yet, None for nobody's.
    """
    rows = class_group.class_practices.filter(withdrawn_at__isnull=True).annotate(waiting_count=_waiting())
    given = sorted(rows.select_related("practice", "sub_group"), key=_order)
    images = _images(given)
    return [_given(one, images[one.pk]) for one in given]


def _waiting() -> Subquery:
    rows = waiting().filter(class_practice=OuterRef("pk")).values("class_practice")
    return Subquery(rows.annotate(number=Count("pk")).values("number"))


def _images(given: Iterable[ClassPractice]) -> dict[int, list[ImageInClass]]:
    found: dict[int, list[ImageInClass]] = defaultdict(list)
    for one in images_in_classes(given):
        found[one.given.pk].append(one)
    return found


def _given(row: ClassPractice, images: list[ImageInClass], *, may_change: bool = False) -> GivenPractice:
    newer = tuple(one for one in images if one.newer_digest)
    other = tuple(one for one in images if one.frozen != one.needed.digest)
    return GivenPractice(row, may_change, newer, other)


def _order(given: ClassPractice) -> tuple[bool, float, int]:
    now = timezone.now()
    is_over = bool(given.due_at and given.due_at < now)
    moment = given.due_at or given.visible_from or given.given_at
    return is_over, -moment.timestamp() if is_over else moment.timestamp(), given.pk


def _counted(rows: QuerySet[Practice]) -> QuerySet[Practice]:
    is_given = Q(
        class_practices__withdrawn_at__isnull=True, class_practices__class_group__archived_at__isnull=True
    )
    return rows.annotate(
        class_count=Count("class_practices", filter=is_given, distinct=True),
        image_count=Count("images", distinct=True),
    ).order_by("-created_at", "-pk")

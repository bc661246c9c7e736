"""Hand-ins: what a student may hand in and has handed in, and a whole class's work for who marks it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from classrooms.actions.handing_in import OwnDates, counting, own_dates
from classrooms.image_checks.machines import Machine, runner
from classrooms.models import (
    Assessment,
    ClassGroup,
    ClassPractice,
    Extension,
    HandIn,
    Practice,
    Student,
    SubGroup,
    User,
)

Row = TypeVar("Row", Extension, Assessment)
# A claim that nobody renews ends by itself: whoever went home does not block the others.
CLAIM_LASTS = timedelta(minutes=30)


def is_claimed(assessment: Assessment | None) -> bool:
    """Whether somebody is marking it at this moment."""
    at = assessment.claimed_at if assessment else None
    return at is not None and at >= timezone.now() - CLAIM_LASTS


@dataclass(frozen=True)
class Work:
    """One student's work in one practice. `attempts`: the last one first; `is_gone`: no longer in the class."""

    student: Student
    dates: OwnDates
    attempts: tuple[HandIn, ...] = ()
    assessment: Assessment | None = None
    has_extension: bool = False
    is_gone: bool = False

    @property
    def counted(self) -> HandIn | None:
        return counting(self.attempts)

    @property
    def state(self) -> str:
        """ "in time", "late", "missing" (its time is over) or "open"."""
        if self.counted:
            return "late" if self.counted.is_late else "in time"
        return "missing" if self.dates.is_late(timezone.now()) else "open"

    @property
    def later(self) -> HandIn | None:
        """An attempt after the one that counts, which was late."""
        last = self.attempts[0] if self.attempts else None
        return last if last and self.counted and last.attempt > self.counted.attempt else None

    @property
    def is_published(self) -> bool:
        return bool(self.assessment and self.assessment.published_at)

    @property
    def is_marked(self) -> bool:
        return bool(self.assessment and self.assessment.marked_at)

    @property
    def is_to_mark(self) -> bool:
        """Something was handed in, and nobody has said anything about it."""
        return self.counted is not None and not self.is_marked

    @property
    def version(self) -> int:
        return self.assessment.version if self.assessment else 0

    def claimed_by_other(self, user: User) -> User | None:
        """Who else is marking it at this moment."""
        claim = self.assessment
        if claim is None or not is_claimed(claim):
            return None
        return claim.claimed_by if claim.claimed_by_id != user.pk else None


@dataclass(frozen=True)
class ClassWork:
    """A class's work in one practice, by surname."""

    given: ClassPractice
    rows: tuple[Work, ...]
    counts: dict[str, int] = field(default_factory=dict)

    def beside(self, student_id: int) -> tuple[Work | None, Work | None, Work | None]:
        """The previous one, this one, and the next one."""
        for place, row in enumerate(self.rows):
            if row.student.pk == student_id:
                before = self.rows[place - 1] if place else None
                after = self.rows[place + 1] if place + 1 < len(self.rows) else None
                return before, row, after
        return None, None, None

    def next_after(self, student_id: int) -> Work | None:
        """Whom to mark after this one: who handed in comes before who did not; None when all of that is done."""
        _before, row, after = self.beside(student_id)
        place = self.rows.index(row) + 1 if row else 0
        waiting = [one for one in self.rows[place:] + self.rows[:place] if one.is_to_mark and one is not row]
        return waiting[0] if waiting else None if row and row.counted else after

    @property
    def to_mark(self) -> tuple[Work, ...]:
        return tuple(row for row in self.rows if row.is_to_mark)

    @property
    def has_unseen(self) -> bool:
        """Whether something was handed in by name while Docker Hub did not answer, and nobody has looked since."""
        counted = [row.counted for row in self.rows if row.counted]
        unnamed = (one.reference and not one.digest and not one.later_digest for one in counted)
        return any(unnamed) or any(one.is_unseen for one in counted)

    @property
    def to_publish(self) -> int:
        return sum(row.is_marked and not row.is_published for row in self.rows)


def open_to(student: Student) -> QuerySet[ClassPractice]:
    """The practices of the student's classes that are seen now and have something to hand in."""
    enrolments = student.enrolments.current()
    of_part = Q(sub_group__in=SubGroup.objects.filter(enrolments__in=enrolments))
    visible = ClassPractice.objects.visible().exclude(practice__hand_in_way=Practice.Way.NONE)
    rows = visible.filter(
        Q(sub_group__isnull=True) | of_part, class_group__in=enrolments.values("class_group")
    )
    return rows.select_related("practice", "class_group__school", "sub_group")


def own_work(given: ClassPractice, student: Student) -> Work:
    """What this student sees: marks and comments only once they are published."""
    attempts = given.hand_ins.filter(student=student).select_related("layer_look").order_by("-attempt")
    extension = given.extensions.filter(student=student).first()
    published = given.assessments.filter(student=student, published_at__isnull=False)
    return Work(
        student,
        own_dates(given, extension),
        tuple(attempts),
        published.select_related("marked_by").first(),
        has_extension=extension is not None,
    )


def class_work(given: ClassPractice) -> ClassWork:
    """Everybody of the class (or its part), and who handed in and left since; five queries however many they are."""
    return class_works([given])[0]


def class_works(givens: Sequence[ClassPractice]) -> list[ClassWork]:
    """The same of several practices of one class, in their order; no query more for each."""
    if not givens:
        return []
    enrolments = givens[0].class_group.enrolments.current().filter(student__deleted_at__isnull=True)
    everybody = {one.student_id: one.student for one in enrolments.select_related("student")}
    parts = _parts({one.sub_group_id for one in givens if one.sub_group_id})
    attempts: dict[int, dict[int, list[HandIn]]] = defaultdict(lambda: defaultdict(list))
    handed_in = HandIn.objects.filter(class_practice__in=givens).select_related("student", "layer_look")
    for one in handed_in.order_by("-attempt"):
        attempts[one.class_practice_id][one.student_id].append(one)
    extensions = _by_practice(Extension.objects.filter(class_practice__in=givens))
    assessed = Assessment.objects.filter(class_practice__in=givens)
    assessments = _by_practice(assessed.select_related("claimed_by", "marked_by"))
    works = []
    for given in givens:
        part = parts.get(given.sub_group_id or 0)
        here = everybody if part is None else {pk: one for pk, one in everybody.items() if pk in part}
        rows = _rows(given, here, attempts[given.pk], extensions[given.pk], assessments[given.pk])
        works.append(ClassWork(given, tuple(rows), _counts(rows)))
    return works


def _rows(
    given: ClassPractice,
    here: Mapping[int, Student],
    attempts: Mapping[int, list[HandIn]],
    extensions: Mapping[int, Extension],
    assessments: Mapping[int, Assessment],
) -> list[Work]:
    gone = {pk: rows[0].student for pk, rows in attempts.items() if pk not in here}
    rows = [
        Work(
            student,
            own_dates(given, extensions.get(pk)),
            tuple(attempts.get(pk, ())),
            assessments.get(pk),
            pk in extensions,
            pk in gone,
        )
        for pk, student in {**here, **gone}.items()
    ]
    return sorted(rows, key=lambda row: (row.is_gone, row.student.sort_name, row.student.pk))


def _by_practice(rows: Iterable[Row]) -> dict[int, dict[int, Row]]:
    """By practice and student."""
    found: dict[int, dict[int, Row]] = defaultdict(dict)
    for row in rows:
        found[row.class_practice_id][row.student_id] = row
    return found


def _parts(sub_group_ids: set[int]) -> dict[int, set[int]]:
    """Who is in each of these parts; no query where there are none."""
    found: dict[int, set[int]] = {pk: set() for pk in sub_group_ids}
    members = SubGroup.enrolments.through.objects.filter(subgroup_id__in=sub_group_ids)
    if sub_group_ids:
        for part, student in members.values_list("subgroup_id", "enrolment__student_id"):
            found[part].add(student)
    return found


def runner_of(class_group: ClassGroup) -> Machine:
    """The computer on which this class's hand-ins are run."""
    return runner(class_group.run_machine, class_group.machines)


def sizes_in(given: ClassPractice) -> list[int]:
    """Compressed sizes of what others of the class handed in for the practice."""
    rows = given.hand_ins.filter(compressed_bytes__isnull=False)
    return [size for size in rows.values_list("compressed_bytes", flat=True) if size]


def works_in(class_group_id: int, user: User) -> QuerySet[ClassPractice]:
    """The practices of a class that this person marks, withdrawn ones too: what was handed in stays."""
    taught = ClassPractice.objects.taught_by(user).filter(class_group_id=class_group_id)
    return taught.select_related("practice", "class_group__school", "sub_group")


def marked_in(class_group_id: int, user: User) -> QuerySet[ClassPractice]:
    """Those of them that stand in a table of marks: published, with something to hand in, and not withdrawn unused."""
    rows = works_in(class_group_id, user).exclude(practice__hand_in_way=Practice.Way.NONE)
    handed_in = HandIn.objects.filter(class_practice=OuterRef("pk"))
    return rows.filter(Q(withdrawn_at__isnull=True) | Exists(handed_in), practice__is_draft=False)


def waiting() -> QuerySet[HandIn]:
    """What students handed in and nobody has marked yet, their first attempts standing for all of theirs."""
    marked = Assessment.objects.filter(
        class_practice=OuterRef("class_practice"), student=OuterRef("student"), marked_at__isnull=False
    )
    return HandIn.objects.filter(~Exists(marked), attempt=1).order_by()


def _counts(rows: Sequence[Work]) -> dict[str, int]:
    return {
        "all": len(rows),
        "handed_in": sum(row.counted is not None for row in rows),
        "late": sum(row.state == "late" for row in rows),
        "missing": sum(row.state == "missing" for row in rows),
        "marked": sum(row.is_marked for row in rows),
    }

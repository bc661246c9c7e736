"""The students of a class as its page lists them: who is shown, in which order, and who needs attention."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from django.utils import timezone

from classrooms.identity import plain_letters
from classrooms.models import ClassGroup, Enrolment, Student

SHOWN = ("all", "attention", "account", "code", "left")
SORTS = ("attention", "surname")


@dataclass(frozen=True)
class ListChoice:
    """What a class's page was asked to show. It travels in the address, so that it is kept after an edit."""

    show: str = "all"
    search: str = ""
    sort: str = "attention"

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> ListChoice:
        """As a query string says it; what it does not say, or says wrongly, is as usual."""
        show, sort = asked.get("show", ""), asked.get("sort", "")
        return cls(
            show=show if show in SHOWN else "all",
            search=asked.get("q", "")[:80],
            sort=sort if sort in SORTS else "attention",
        )

    def but(self, **changes: str) -> ListChoice:
        return replace(self, **changes)

    @property
    def query(self) -> str:
        """ "?show=left&q=pena", or "" for the usual."""
        said = {"show": self.show, "q": self.search, "sort": self.sort}
        usual = {"show": "all", "q": "", "sort": "attention"}
        unusual = {name: value for name, value in said.items() if value != usual[name]}
        return f"?{urlencode(unusual)}" if unusual else ""


@dataclass(frozen=True)
class StudentRow:
    """`attention`: "no_code" (no account and no code that still works), "no_consent", "no_docker_id", or ""."""

    student: Student
    enrolment: Enrolment
    has_account: bool
    code_until: datetime | None
    attention: str

    @property
    def has_left(self) -> bool:
        return self.enrolment.left_on is not None


@dataclass(frozen=True)
class StudentList:
    """`rows` are those that filter and search leave; `counts` are of everybody, by the names in SHOWN."""

    rows: tuple[StudentRow, ...]
    counts: Mapping[str, int]
    # How many need what, by the names of `StudentRow.attention`.
    needs: Mapping[str, int]


def student_list(class_group: ClassGroup, choice: ListChoice) -> StudentList:
    """Everybody of the class in one query; who needs attention stands first, unless sorted by surname alone."""
    enrolments = class_group.enrolments.filter(
        student__deleted_at__isnull=True, student__erased_at__isnull=True
    )
    enrolments = enrolments.select_related("student", "student__user", "student__access_code").order_by()
    rows = sorted((_row(one, class_group) for one in enrolments), key=_by_surname)
    wanted = [row for row in rows if _is_shown(row, choice.show) and _matches(row.student, choice.search)]
    if choice.sort == "attention":
        wanted.sort(key=lambda row: not row.attention)
    counts = {show: sum(_is_shown(row, show) for row in rows) for show in SHOWN}
    return StudentList(tuple(wanted), counts, _needs(rows))


def _by_surname(row: StudentRow) -> tuple[str, int]:
    return row.student.sort_name, row.student.pk


def _needs(rows: Iterable[StudentRow]) -> dict[str, int]:
    needs: dict[str, int] = {}
    for row in rows:
        if row.attention:
            needs[row.attention] = needs.get(row.attention, 0) + 1
    return needs


def _row(enrolment: Enrolment, class_group: ClassGroup) -> StudentRow:
    student = enrolment.student
    access_code = getattr(student, "access_code", None)
    code_until = access_code.expires_at if access_code and access_code.expires_at > timezone.now() else None
    has_account = student.user_id is not None
    attention = "" if enrolment.left_on else _attention(student, class_group, has_account or bool(code_until))
    return StudentRow(student, enrolment, has_account, code_until, attention)


def _attention(student: Student, class_group: ClassGroup, can_get_in: bool) -> str:
    """What a teacher has to do about a student of the class, the most pressing first."""
    if class_group.students_are_members and not class_group.hub_is_off:
        if _lacks_consent(student, class_group):
            return "no_consent"
        if not student.docker_id and student.consent != Student.Consent.NONE:
            return "no_docker_id"
    return "" if can_get_in else "no_code"


def _lacks_consent(student: Student, class_group: ClassGroup) -> bool:
    """Whether nobody has said yet if the student may have an account outside; a no is an answer too."""
    return class_group.school.asks_consent and student.consent == Student.Consent.UNKNOWN


def _is_shown(row: StudentRow, show: str) -> bool:
    if row.has_left or show == "left":
        return row.has_left and show == "left"
    has_code = row.code_until is not None and not row.has_account
    return {"account": row.has_account, "attention": bool(row.attention), "code": has_code}.get(show, True)


def _matches(student: Student, search: str) -> bool:
    """Every word is somewhere in the name; "pena" finds "Peña" too, for keyboards that have no ñ."""
    name = student.sort_name.replace("~", "")
    return all(word in name for word in plain_letters(search).replace("~", "").split())

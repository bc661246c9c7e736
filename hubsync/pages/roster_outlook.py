"""What bringing in a class list will mean on Docker Hub: invitations, seats and money, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import ngettext

from classrooms.models import ClassGroup, Enrolment, RosterImport, School, Student
from classrooms.queries.roster import open_classes
from classrooms.queries.roster_decisions import key_of_student
from classrooms.rosters.comparison import ClassPlace, RosterComparison
from classrooms.rosters.rows import RosterRow
from hubsync.account.invitees import InviteeFinding, Verdict
from hubsync.models import ObservedPerson
from hubsync.pages.invitees import finding_sentence
from hubsync.pages.standing import school_standing
from hubsync.sync.sub_groups import with_docker_id
from hubsync.words.seats import Seats, seat_sentences

# These need somebody's eyes one by one; the others are counted.
_ONE_BY_ONE = (Verdict.NOBODY, Verdict.ATTENTION)
_SHOWN = 20


@dataclass(frozen=True)
class RosterOutlook:
    """Docker IDs that the list makes members, those of them that have no seat yet, and those whose seat becomes free.

    `without_docker_id` are people of classes whose students are members who are invited once they have one.
    """

    is_connected: bool
    coming: frozenset[str]
    to_invite: frozenset[str]
    leaving: frozenset[str]
    without_docker_id: int
    seats: Seats

    @property
    def is_concerned(self) -> bool:
        return bool(self.coming or self.leaving or self.without_docker_id)

    @property
    def seats_free(self) -> int | None:
        return None if self.seats.bought is None else self.seats.bought - self.seats.taken

    @property
    def lacks_seats(self) -> bool:
        """Whether more are to be invited than there is room for, with the seats that become free counted."""
        return self.seats.bought is not None and self.seats.after > self.seats.bought

    @property
    def sentences(self) -> list[str]:
        return seat_sentences(self.seats)


def roster_outlook(roster_import: RosterImport, found: RosterComparison) -> RosterOutlook:
    """Of what happens where nobody unticks anything."""
    members = _classes_of_members(roster_import)
    standing = school_standing(roster_import.school)
    rows = [row for row in _coming(found) if ClassPlace(row.unit, row.course) in members]
    known = _docker_ids_of(roster_import.school)
    ids = {row.external_id: _docker_id(row, roster_import.school, known) for row in rows}
    coming = frozenset(one for one in ids.values() if one)
    keys = ObservedPerson.objects.filter(account=standing.account).values_list("key", flat=True)
    seen = set(keys) if standing.account else set[str]()
    leaving = frozenset(_leaving(found, members, known)) & seen
    seats = Seats(
        bought=standing.account.seats if standing.account else None,
        taken=standing.seats_used,
        invited=len(coming - seen),
        freed=len(leaving - coming),
    )
    without = sum(not one for one in ids.values())
    return RosterOutlook(standing.is_connected, coming, coming - seen, leaving - coming, without, seats)


def invitee_sentences(found: Iterable[InviteeFinding]) -> list[str]:
    """What Docker Hub answered, the usual in numbers and what needs a look by name."""
    findings = list(found)
    counts = Counter(one.verdict for one in findings)
    lines = [
        _counted(verdict, counts[verdict])
        for verdict in Verdict
        if counts[verdict] and verdict not in _ONE_BY_ONE
    ]
    odd = [finding_sentence(one) for one in findings if one.verdict in _ONE_BY_ONE]
    return [*lines, *odd[:_SHOWN]]


def _counted(verdict: Verdict, number: int) -> str:
    sentence = {
        Verdict.INVITABLE: ngettext("%(n)s can be invited.", "%(n)s can be invited.", number),
        Verdict.MEMBER: ngettext(
            "%(n)s is a member already: no seat more.", "%(n)s are members already: no seats more.", number
        ),
        Verdict.WAITING: ngettext(
            "%(n)s is invited already and has not answered.",
            "%(n)s are invited already and have not answered.",
            number,
        ),
        Verdict.NO_SEAT: ngettext(
            "%(n)s could be invited, but no seat is free.",
            "%(n)s could be invited, but no seats are free.",
            number,
        ),
        Verdict.NOT_CHECKED: ngettext(
            "%(n)s could not be checked with Docker Hub now.",
            "%(n)s could not be checked with Docker Hub now.",
            number,
        ),
    }[verdict]
    return sentence % {"n": number}


def _classes_of_members(roster_import: RosterImport) -> set[ClassPlace]:
    """Classes whose students are members; one that the list makes new keeps to itself until somebody says so."""
    classes = open_classes(roster_import).filter(students_are_members=True, hub_is_off=False)
    return {_place(one) for one in classes}


def _place(class_group: ClassGroup) -> ClassPlace:
    return ClassPlace(class_group.name, class_group.course)


def _coming(found: RosterComparison) -> list[RosterRow]:
    return [*(one.row for one in found.new), *(one.row for one in found.moved), *found.returning]


def _docker_ids_of(school: School) -> dict[str, str]:
    """By the key of a person: the Docker ID that may be used, "" where there is none, consent is missing too."""
    usable = dict(
        with_docker_id(Enrolment.objects.filter(student__school=school)).values_list(
            "student", "student__docker_id"
        )
    )
    students = Student.objects.filter(school=school)
    return {key_of_student(one): usable.get(one.pk, "").lower() for one in students}


def _docker_id(row: RosterRow, school: School, known: dict[str, str]) -> str:
    """Who is new has the one of the list, unless the school asks for consent first."""
    return known.get(row.external_id, "" if school.asks_consent else row.docker_id)


def _leaving(found: RosterComparison, members: set[ClassPlace], known: dict[str, str]) -> set[str]:
    """Who leaves a class of members by the list and comes into no other one."""
    gone = [(one.student_key, one.place) for one in found.left]
    gone += [(one.row.external_id, one.from_class) for one in found.moved]
    stays = {row.external_id for row in _all_here(found) if ClassPlace(row.unit, row.course) in members}
    return {known.get(key, "") for key, place in gone if place in members and key not in stays} - {""}


def _all_here(found: RosterComparison) -> list[RosterRow]:
    return [*_coming(found), *found.unchanged]

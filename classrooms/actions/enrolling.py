"""Many students at once: people made, names corrected, enrolments begun and ended, in a few queries."""

from collections.abc import Iterable, Sequence

from django.utils import timezone

from classrooms.actions.class_groups import create_class_group
from classrooms.actions.enrolment_history import come_back
from classrooms.actions.students import sort_name_of
from classrooms.models import ClassGroup, Enrolment, School, Student, User
from classrooms.queries.roster_decisions import key_of_student
from classrooms.rosters.comparison import ClassPlace, CorrectedName, PersonName
from classrooms.rosters.rows import RosterRow

_NAMES = ["given_name", "first_surname", "second_surname", "sort_name"]
_BATCH = 300


class Enroller:
    """Carries out what a class list says for one school and one academic year. Rows hold hashed numbers."""

    def __init__(self, school: School, academic_year: int, by: User | None) -> None:
        self.school, self.academic_year, self.by = school, academic_year, by
        self.students = {key_of_student(student): student for student in school.students.all()}

    def correct_names(self, corrected: Iterable[CorrectedName]) -> None:
        people = [_named(self.students[one.student_key], one.after) for one in corrected]
        Student.objects.bulk_update(people, _NAMES, batch_size=_BATCH)

    def enrol(self, rows: Sequence[RosterRow]) -> None:
        """Make people and classes that are not there; who comes back gets the old enrolment again."""
        self._make_people(rows)
        classes = self._classes({ClassPlace(row.unit, row.course) for row in rows})
        wanted = {
            (self.students[row.external_id].pk, classes[ClassPlace(row.unit, row.course)].pk) for row in rows
        }
        left = Enrolment.objects.filter(class_group__in=classes.values()).in_bulk()
        known = {(one.student_id, one.class_group_id): one for one in left.values()}
        come_back([known[pair] for pair in wanted & set(known)])
        Enrolment.objects.bulk_create(
            (Enrolment(student_id=student, class_group_id=group) for student, group in wanted - set(known)),
            batch_size=_BATCH,
        )

    def withdraw(self, enrolment_ids: Sequence[int]) -> None:
        """Set the day on which they left; who left before keeps the earlier day."""
        for batch in _batches(enrolment_ids):
            left = Enrolment.objects.filter(pk__in=batch, left_on__isnull=True)
            left.update(left_on=timezone.localdate())

    def _make_people(self, rows: Sequence[RosterRow]) -> None:
        new: dict[str, Student] = {}
        renamed: dict[str, Student] = {}
        for row in rows:
            name = PersonName(row.given_name, row.first_surname, row.second_surname)
            if (student := self.students.get(row.external_id)) is None:
                number = "" if row.external_id.startswith("new:") else row.external_id
                fresh = Student(school=self.school, external_id_hash=number, docker_id=row.docker_id)
                new[row.external_id] = _named(fresh, name)
            elif student.list_name != name.list_name:
                # Known from another year under another name: nobody was asked, the newer list is right.
                renamed[row.external_id] = _named(student, name)
        Student.objects.bulk_create(new.values(), batch_size=_BATCH)
        Student.objects.bulk_update(renamed.values(), _NAMES, batch_size=_BATCH)
        self.students |= new

    def _classes(self, places: set[ClassPlace]) -> dict[ClassPlace, ClassGroup]:
        return {
            place: create_class_group(
                school=self.school,
                name=place.unit,
                course=place.course,
                academic_year=self.academic_year,
                by=self.by,
            )
            for place in sorted(places)
        }


def _named(student: Student, name: PersonName) -> Student:
    student.given_name, student.first_surname = name.given_name, name.first_surname
    student.second_surname = name.second_surname
    student.sort_name = sort_name_of(student)
    return student


def _batches(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH))

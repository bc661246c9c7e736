"""Class lists on a real database: as the portal does it, and the bare minimum for comparison."""

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402

from classrooms.actions.roster_preparing import prepare_import  # noqa: E402
from classrooms.actions.rosters import carry_out  # noqa: E402
from classrooms.models import ClassGroup, Enrolment, RosterImport, School, Student  # noqa: E402
from classrooms.queries.roster_preview import RosterPreview, roster_preview  # noqa: E402

_YEAR = 2026


def set_up() -> None:
    call_command("migrate", verbosity=0)
    School.objects.create(name="IES Grande")


def empty() -> None:
    """Nobody is in the school, no list waits."""
    for model in (RosterImport, Enrolment, ClassGroup, Student):
        model.objects.all().delete()


def csv_and_bulk_create(lines: list[list[str]]) -> None:
    """The same people, classes and enrolments, with nothing asked and nothing hashed."""
    school = School.objects.get()
    headings, *rows = lines
    place = {name: headings.index(name) for name in headings}
    with transaction.atomic():
        classes = {}
        for row in rows:
            key = row[place["Unidad"]], row[place["Curso"]]
            if key not in classes:
                classes[key] = ClassGroup.objects.create(
                    school=school, name=key[0], course=key[1], academic_year=_YEAR, code=f"B{len(classes)}"
                )
        students = Student.objects.bulk_create(
            Student(
                school=school,
                external_id_hash=row[place["Nº Id. Escolar"]],
                given_name=row[place["Nombre"]],
                first_surname=row[place["Primer apellido"]],
                second_surname=row[place["Segundo apellido"]],
                sort_name=row[place["Alumno/a"]],
            )
            for row in rows
        )
        Enrolment.objects.bulk_create(
            Enrolment(student=student, class_group=classes[row[place["Unidad"]], row[place["Curso"]]])
            for student, row in zip(students, rows, strict=True)
        )


def preview(data: bytes) -> RosterPreview:
    """From the bytes to everything that the page before the confirmation shows."""
    return roster_preview(prepare_import(school=School.objects.get(), data=data, by=None))


def wait(data: bytes) -> None:
    """An empty school whose list waits for its confirmation."""
    empty()
    prepare_import(school=School.objects.get(), data=data, by=None)


def bring_in() -> None:
    """Carry out the list that waits."""
    outcome = carry_out(roster_import=RosterImport.objects.get(), by=None)
    if outcome.bad or not outcome.new:
        raise AssertionError(outcome)

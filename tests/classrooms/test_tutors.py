"""Séneca's list of classes: its tutors are proposed as teachers of their classes, and only the ticked ones become it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from classrooms.actions.invites import invite_teacher
from classrooms.models import (
    AuditEntry,
    ClassGroup,
    ListedClassName,
    School,
    StaffImport,
    TeacherRole,
    Teaching,
    User,
)
from tests.factories import make_class_group, make_teacher

HEADING = "Unidad,Curso,Tutor/a"
JAVIER = '1º SMR,1º F.P.I.G.M.,"Gómez Peña, Javier (01/09/2026-31/08/2099)"'


@pytest.fixture
def javier(school: School, ana: User, class_group: ClassGroup, client: Client) -> TeacherRole:
    user = make_teacher(school, "Javier")
    User.objects.filter(pk=user.pk).update(last_name="Gómez Peña")
    client.force_login(ana)
    client.cookies["django_language"] = "en"
    return TeacherRole.objects.get(user=user)


def path(school: School) -> str:
    return f"/school/{school.pk}/staff/list/"


def upload(client: Client, school: School, *rows: str) -> str:
    """The page that shows what the list would do."""
    data = "\n".join([HEADING, *(rows or [JAVIER])]).encode("windows-1252")
    file = SimpleUploadedFile("RegUnidades.csv", data)
    return client.post(path(school), {"file": file}, follow=True).content.decode()


def carry_out(client: Client, school: School, *tutors: str) -> None:
    client.post(
        path(school),
        {"decision": "carry out", "list": StaffImport.objects.get(school=school).pk, "tutor": tutors},
    )


def teachers_of(class_group: ClassGroup) -> set[tuple[str, str]]:
    rows = class_group.teachings.select_related("teacher_role__user")
    return {(one.teacher_role.user.first_name, one.role) for one in rows}


def test_who_teaches_what_is_proposed_and_nothing_is_written_yet(
    client: Client, school: School, javier: TeacherRole, class_group: ClassGroup
) -> None:
    page = upload(client, school)

    assert "1 tutor is new in the class" in page and 'value="0-0" checked' in page
    assert not javier.teachings.exists()


def test_a_ticked_tutor_teaches_the_class_beside_those_who_have_it(
    client: Client, school: School, javier: TeacherRole, class_group: ClassGroup
) -> None:
    Teaching.objects.filter(class_group=class_group).update(role="assistant")
    upload(client, school)

    carry_out(client, school, "0-0")

    assert teachers_of(class_group) == {("Ana", "assistant"), ("Javier", "teacher")}
    assert not StaffImport.objects.exists()
    assert AuditEntry.objects.get(verb="staff.tutors").facts == {"tutors": 1}


def test_who_is_not_ticked_teaches_nothing_new(
    client: Client, school: School, javier: TeacherRole, class_group: ClassGroup
) -> None:
    upload(client, school)

    carry_out(client, school)

    assert teachers_of(class_group) == {("Ana", "teacher")}


def test_who_is_invited_finds_the_class_at_the_first_visit(
    client: Client, school: School, ana: User, javier: TeacherRole, class_group: ClassGroup
) -> None:
    invite, _link = invite_teacher(school=school, role="teacher", name="Vega Ortiz, Lucía", by=ana)
    page = upload(client, school, '1º SMR,1º F.P.I.G.M.,"Vega Ortiz, Lucía"')

    carry_out(client, school, "0-0")

    assert "invited, has not come yet" in page
    assert list(invite.class_groups.all()) == [class_group]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ('1º SMR,1º F.P.I.G.M.,"Nadie, Elena"', "Not on the staff here"),
        ('9º XYZ,9º,"Gómez Peña, Javier"', "9º XYZ"),
        ('1º SMR,1º,"Gómez Peña, Javier (01/09/2020-31/08/2021)"', "nobody to be added to a class"),
    ],
)
def test_who_cannot_be_given_a_class_is_told_and_nothing_is_offered(
    client: Client, school: School, javier: TeacherRole, row: str, told: str
) -> None:
    page = upload(client, school, row)

    assert told in page and 'name="tutor"' not in page


def test_a_class_of_two_courses_is_the_one_of_its_course(
    client: Client, school: School, javier: TeacherRole, class_group: ClassGroup
) -> None:
    ClassGroup.objects.update(course="1º F.P.I.G.M.")
    make_class_group(school, "1º SMR", course="2º F.P.I.G.M.")
    upload(client, school)

    carry_out(client, school, "0-0")

    assert ("Javier", "teacher") in teachers_of(class_group)
    assert Teaching.objects.filter(teacher_role=javier).count() == 1


def test_a_class_that_the_school_calls_otherwise_is_found(
    client: Client, school: School, javier: TeacherRole, class_group: ClassGroup
) -> None:
    ListedClassName.objects.create(
        school=school, unit="S1", course="1º F.P.I.G.M.", class_name=class_group.name
    )
    upload(client, school, JAVIER.replace("1º SMR", "S1"))

    carry_out(client, school, "0-0")

    assert ("Javier", "teacher") in teachers_of(class_group)

"""The department's staff list: looked at first, then only what was ticked, and no mail before."""

from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from classrooms.models import School, StaffImport, StaffInvite, TeacherRole, User
from tests.factories import make_teacher

HEADING = '"Empleado/a","DNI/Pasaporte","Puesto","Teléfono","Cuenta Google/Microsoft","Fecha de cese"'
ROWS = [
    '"Ruiz, Ana","11111111H","Informática P.E.S.","600000001","ana@example.org",""',
    '"Gómez Peña, Javier","22222222J","Informática P.E.S.","600000002","","14/11/2099"',
    '"Vega Ortiz, Lucía","33333333P","Sistemas P.T.F.P.","600000003","lucia@g.educaand.example",""',
    '"Díaz, Irene","44444444A","Sistemas P.T.F.P.","600000004","","30/06/2099"',
]


def upload(client: Client, school: School, *rows: str) -> str:
    """Upload a list of these rows; the page that shows what it would do."""
    data = "\n".join([HEADING, *(rows or ROWS)]).encode("windows-1252")
    path = f"/school/{school.pk}/staff/list/"
    answer = client.post(path, {"file": SimpleUploadedFile("RelPerCen.csv", data)}, follow=True)
    return answer.content.decode()


@pytest.fixture
def javier(school: School, ana: User, client: Client) -> TeacherRole:
    user = make_teacher(school, "Javier", docker_id="javier7")
    User.objects.filter(pk=user.pk).update(last_name="Gómez Peña")
    client.force_login(ana)
    return TeacherRole.objects.get(user=user)


def test_the_list_is_shown_before_anything_is_written_or_sent(
    client: Client, school: School, javier: TeacherRole
) -> None:
    page = upload(client, school)

    assert "Lucía Vega Ortiz" in page and not StaffInvite.objects.exists() and mail.outbox == []
    assert TeacherRole.objects.get(pk=javier.pk).ends_on is None


def test_cards_and_telephones_are_not_kept(client: Client, school: School, javier: TeacherRole) -> None:
    upload(client, school)

    kept = str(StaffImport.objects.values())
    assert "Lucía" in kept and "33333333P" not in kept and "600000003" not in kept


def test_what_is_ticked_is_carried_out(
    client: Client, school: School, javier: TeacherRole, django_capture_on_commit_callbacks: Any
) -> None:
    upload(client, school)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(
            f"/school/{school.pk}/staff/list/",
            {"decision": "carry out", "list": StaffImport.objects.get().pk, "row": ["1", "2", "3"]},
        )

    javier.refresh_from_db()
    assert (str(javier.ends_on), javier.docker_id) == ("2099-11-14", "javier7")
    assert {(one.name, one.email, str(one.ends_on)) for one in StaffInvite.objects.all()} == {
        ("Lucía Vega Ortiz", "lucia@g.educaand.example", "None"),
        ("Irene Díaz", "", "2099-06-30"),
    }
    assert [one.to for one in mail.outbox] == [["lucia@g.educaand.example"]]
    assert all(link in answer.content.decode() for _invite, link in answer.context["links"])
    assert not StaffImport.objects.exists()


def test_what_is_not_ticked_stays_as_it_is(client: Client, school: School, javier: TeacherRole) -> None:
    upload(client, school)

    client.post(
        f"/school/{school.pk}/staff/list/",
        {"decision": "carry out", "list": StaffImport.objects.get().pk, "row": ["2"]},
    )

    javier.refresh_from_db()
    assert javier.ends_on is None and StaffInvite.objects.get().name == "Lucía Vega Ortiz"


def test_the_last_owner_does_not_expire_by_a_list(
    client: Client, school: School, ana: User, javier: TeacherRole
) -> None:
    upload(client, school, ROWS[0].replace('""', '"14/11/2099"'), ROWS[2])

    client.post(
        f"/school/{school.pk}/staff/list/",
        {"decision": "carry out", "list": StaffImport.objects.get().pk, "row": ["0", "1"]},
    )

    assert TeacherRole.objects.get(user=ana).ends_on is None and not StaffInvite.objects.exists()


def test_who_is_not_on_the_list_is_named_and_stays(
    client: Client, school: School, javier: TeacherRole
) -> None:
    page = upload(client, school, ROWS[0])

    assert "Javier" in page and TeacherRole.objects.current().contains(javier)


def test_a_file_that_is_no_staff_list_says_so(client: Client, school: School, javier: TeacherRole) -> None:
    path = f"/school/{school.pk}/staff/list/"

    answer = client.post(
        path, {"file": SimpleUploadedFile("x.csv", b"a,b\n1,2\n")}, headers={"accept-language": "en"}
    )

    assert "This is no staff list" in answer.content.decode() and not StaffImport.objects.exists()


def test_only_owners_bring_a_staff_list_in(client: Client, school: School, javier: TeacherRole) -> None:
    client.force_login(javier.user)

    assert client.get(f"/school/{school.pk}/staff/list/").status_code == 404


def test_what_was_ticked_in_one_list_is_not_done_with_another_that_took_its_place(
    client: Client, school: School, javier: TeacherRole
) -> None:
    upload(client, school)
    seen = StaffImport.objects.get().pk
    upload(client, school, ROWS[3], ROWS[0], ROWS[1])
    path = f"/school/{school.pk}/staff/list/"

    done = client.post(path, {"decision": "carry out", "list": seen, "row": ["2"]}, follow=True)
    dropped = client.post(path, {"decision": "drop", "list": seen}, follow=True)

    javier.refresh_from_db()
    assert javier.ends_on is None and not StaffInvite.objects.exists() and StaffImport.objects.exists()
    assert done.context["waiting"] == dropped.context["waiting"] == StaffImport.objects.get()

"""One person exported, erased, without consent; a class without Docker Hub."""

import json

import pytest
from django.apps import apps
from django.test import Client

from classrooms.actions import audit
from classrooms.actions.class_groups import set_members_choice
from classrooms.actions.erasing import erase_student
from classrooms.actions.protection import set_asks_consent, set_consent, set_hub_off
from classrooms.actions.refusals import NoDockerId
from classrooms.models import AuditEntry, ClassGroup, School, Student, User
from classrooms.queries.person import person_data
from tests.factories import make_student, make_teacher


def everything() -> str:
    """All rows of the package as text, as somebody with a dump would read them."""

    return json.dumps(
        [list(model._base_manager.values()) for model in apps.get_app_config("classrooms").get_models()],
        default=str,
        ensure_ascii=False,
    )


def test_after_erasing_no_name_number_or_account_is_in_any_table(class_group: ClassGroup, ana: User) -> None:
    student = make_student(
        class_group, "Ximena", has_account=True, docker_id="ximenadocker", external_id_hash="f" * 64
    )
    audit.record(school=class_group.school, actor=ana, verb="student.changed", about=student)
    assert "Ximena" in everything()

    erase_student(student=student, by=ana)

    text = everything().lower()
    assert [word for word in ("ximena", "f" * 64, "ximenadocker") if word in text] == []


def test_the_register_keeps_that_somebody_was_erased_and_by_whom(bruno: Student, ana: User) -> None:
    erase_student(student=bruno, by=ana)

    entry = AuditEntry.objects.get(verb="student.erased")
    assert (entry.actor, entry.about, entry.student) == (ana, bruno.alias, None)


def test_erasing_twice_changes_nothing(bruno: Student) -> None:
    erase_student(student=bruno, by=None)
    erase_student(student=bruno, by=None)

    assert AuditEntry.objects.filter(verb="student.erased").count() == 1


def test_only_an_owner_erases(
    client: Client, school: School, class_group: ClassGroup, bruno: Student
) -> None:
    javier = make_teacher(school, "Javier")
    class_group.teachings.create(teacher_role=school.teacher_roles.get(user=javier))
    client.force_login(javier)
    enrolment = bruno.enrolments.get()

    assert client.get(f"/class/{class_group.pk}/students/{enrolment.pk}/erase/").status_code == 404
    assert client.get(f"/class/{class_group.pk}/students/{enrolment.pk}/record/").status_code == 200


def test_the_export_has_classes_account_and_register_and_no_secret(bruno: Student, ana: User) -> None:
    audit.record(school=bruno.school, actor=ana, verb="student.changed", about=bruno)

    data = person_data(bruno)
    text = json.dumps(data, default=str)

    assert data["student"]["given_name"] == "Bruno" and data["account"]["username"] == "bruno"
    assert data["classes"][0]["stays"][0]["until"] is None
    assert data["register"]
    assert "password" not in text and "Ana" not in text


def test_a_student_downloads_the_own_data(client: Client, bruno: Student) -> None:
    assert bruno.user is not None
    client.force_login(bruno.user)

    assert client.get("/student/data.json").json()["student"]["given_name"] == "Bruno"
    assert client.get("/student/data/").status_code == 200


def test_without_consent_there_is_no_docker_id(bruno: Student, ana: User) -> None:
    bruno.docker_id = "bruno1"
    bruno.save()

    set_consent(student=bruno, consent=Student.Consent.NONE, by=ana)

    bruno.refresh_from_db()
    assert (bruno.docker_id, bruno.may_use_docker_id) == ("", False)


@pytest.mark.parametrize(
    ("asks", "consent", "may"),
    [
        (False, "", True), (True, "", False), (True, "over_14", True), (True, "given", True),
        (False, "none", False), (True, "none", False),
    ],
)  # fmt: skip
def test_who_may_use_a_docker_id(bruno: Student, ana: User, *, asks: bool, consent: str, may: bool) -> None:
    set_asks_consent(school=bruno.school, asks_consent=asks, by=ana)
    bruno.consent = consent

    assert bruno.may_use_docker_id is may


def test_a_class_that_keeps_docker_hub_off_has_no_members_and_gets_none(
    class_group: ClassGroup, ana: User
) -> None:
    set_members_choice(class_group=class_group, students_are_members=True, by=ana)

    set_hub_off(class_group=class_group, hub_is_off=True, by=ana)

    assert not class_group.students_are_members
    with pytest.raises(NoDockerId):
        set_members_choice(class_group=class_group, students_are_members=True, by=ana)


def test_the_alias_says_nothing_of_the_person_and_is_nobody_elses(class_group: ClassGroup) -> None:
    people = [make_student(class_group, "María") for _ in range(60)]

    aliases = {one.alias for one in people}

    assert len(aliases) == 60 and not any("mar" in alias.split("-")[0][:3] for alias in aliases)


def test_the_head_reads_how_many_docker_ids_go_out(
    client: Client, class_group: ClassGroup, ana: User
) -> None:
    set_members_choice(class_group=class_group, students_are_members=True, by=ana)
    make_student(class_group, "Nerea", docker_id="nerea1")
    make_student(class_group, "Omar")
    client.force_login(ana)

    page = client.get(f"/school/{class_group.school_id}/data-protection/sheet/")

    figures = page.context["figures"]
    assert (figures.students, figures.on_docker_hub) == (2, 1)
    assert "nerea1" not in page.content.decode()


@pytest.mark.parametrize("name", ["", "rules/", "record/", "notice/", "sheet/"])
def test_every_paper_opens_for_the_owner(client: Client, school: School, ana: User, name: str) -> None:
    client.force_login(ana)

    assert client.get(f"/school/{school.pk}/data-protection/{name}").status_code == 200


def test_in_a_class_that_keeps_docker_hub_off_no_page_takes_a_docker_id(
    client: Client, class_group: ClassGroup, bruno: Student, ana: User
) -> None:
    set_hub_off(class_group=class_group, hub_is_off=True, by=ana)
    assert bruno.user is not None
    client.force_login(bruno.user)

    page = client.post("/student/docker-id/", {"docker_id": "bruno1", "confirmed": "yes"})

    bruno.refresh_from_db()
    assert page.status_code == 200 and bruno.docker_id == ""


def test_who_is_without_consent_gets_no_docker_id_from_a_teacher_either(
    client: Client, bruno: Student, ana: User
) -> None:
    set_consent(student=bruno, consent=Student.Consent.NONE, by=ana)
    enrolment = bruno.enrolments.get()
    client.force_login(ana)

    names = {"given_name": "Bruno", "first_surname": "García", "docker_id": "bruno1"}
    client.post(f"/class/{enrolment.class_group_id}/students/{enrolment.pk}/", names)

    bruno.refresh_from_db()
    assert bruno.docker_id == ""

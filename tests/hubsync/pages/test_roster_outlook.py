"""Beside the look at a class list: invitations, seats and money, and Docker Hub's word on them in one call."""

from __future__ import annotations

import pytest
from django.test import Client

from classrooms.actions.roster_preparing import prepare_import
from classrooms.actions.rosters import carry_out
from classrooms.models import Enrolment, RosterImport, School, Student, User
from classrooms.rosters.choices import Choices
from classrooms.seat_price import SEAT_DOLLARS_PER_MONTH
from hubsync.models import AnnouncedRemoval, HubAccount
from tests.factories import make_class_group, make_school, make_teacher
from tests.hubsync.stage import Stage

COLUMNS = ("external_id", "given_name", "first_surname", "docker_id", "state")
CARLA = ("71", "Carla", "Gil", "carla", "")
DARIO = ("72", "Darío", "Ruiz", "dario", "")
NOBODY = ("73", "Elena", "Mas", "elenamas404", "")
WITHOUT = ("74", "Iker", "Paz", "", "")


def prepare(stage: Stage, *people: tuple[str, ...], unit: str = "") -> RosterImport:
    lines = [";".join(cells) for cells in (("Id", "Nombre", "Apellido", "Docker", "Estado"), *people)]
    choices = Choices(
        columns=COLUMNS, heading_line=1, separator=";", unit=unit or stage.smr.name,
        course="" if unit else stage.smr.course,
    )  # fmt: skip
    ana = User.objects.get(first_name="Ana")
    return prepare_import(school=stage.school, data="\r\n".join(lines).encode(), by=ana, choices=choices)


@pytest.fixture
def ana_at(client: Client, stage: Stage) -> Client:
    client.force_login(User.objects.get(first_name="Ana"))
    client.cookies["django_language"] = "en"
    return client


def shown(client: Client, waiting: RosterImport, part: str = "") -> str:
    return " ".join(client.get(f"/roster/{waiting.pk}/{part}").content.decode().split())


def test_invitations_seats_and_money_stand_beside_the_groups(ana_at: Client, stage: Stage) -> None:
    stage.settle()

    page = shown(ana_at, prepare(stage, CARLA, DARIO, WITHOUT))

    assert "2 invitations are sent by Docker." in page
    assert f"2 seats are needed: about {2 * SEAT_DOLLARS_PER_MONTH} US$ a month" in page
    assert "13 seats are free now." in page
    assert "1 student of a class of members has no usable Docker ID" in page


def test_opening_the_page_asks_docker_hub_nothing_and_looking_there_asks_once(
    ana_at: Client, stage: Stage
) -> None:
    stage.settle()
    waiting = prepare(stage, CARLA, DARIO, NOBODY)
    stage.forget_requests()
    shown(ana_at, waiting)
    assert not list(stage.world.journal.requests)

    answer = shown(ana_at, waiting, "hub/")

    asked = [one for one in stage.world.journal.requests if "invites" in one.path]
    assert len(asked) == 1
    assert "2 can be invited." in answer
    assert "Nobody on Docker Hub is called elenamas404" in answer
    assert stage.invited() == ["bruno"]


def test_htmx_gets_the_answer_alone(ana_at: Client, stage: Stage) -> None:
    stage.settle()
    waiting = prepare(stage, CARLA)

    part = ana_at.get(f"/roster/{waiting.pk}/hub/", headers={"HX-Request": "true"}).content.decode()

    assert "1 can be invited." in part and "<main" not in part


def test_where_docker_hub_is_away_the_list_can_be_brought_in_all_the_same(
    ana_at: Client, stage: Stage
) -> None:
    stage.settle()
    waiting = prepare(stage, CARLA)
    stage.world.faults.add("firewall")

    assert "1 could not be checked with Docker Hub now." in shown(ana_at, waiting, "hub/")
    ana_at.post(f"/roster/{waiting.pk}/", {"decision": "carry_out"})
    assert Student.objects.filter(docker_id="carla").exists()


def test_a_new_class_invites_nobody(ana_at: Client, stage: Stage) -> None:
    page = shown(ana_at, prepare(stage, CARLA, unit="2DAW"))

    assert "the list changes no class whose students are members" in page


def test_a_class_that_keeps_docker_hub_off_invites_nobody(ana_at: Client, stage: Stage) -> None:
    stage.smr.hub_is_off = True
    stage.smr.save()

    assert "No seat is used and nothing is to be paid" in shown(ana_at, prepare(stage, CARLA))


def test_where_consent_is_asked_a_new_docker_id_is_not_counted(ana_at: Client, stage: Stage) -> None:
    School.objects.update(asks_consent=True)

    page = shown(ana_at, prepare(stage, CARLA))

    assert "invitation is sent" not in page
    assert "1 student of a class of members has no usable Docker ID" in page


def test_who_is_a_member_already_needs_no_seat(ana_at: Client, stage: Stage) -> None:
    carry_out(roster_import=prepare(stage, CARLA), by=None)
    stage.settle()
    other = make_class_group(stage.school, "2DAW", students_are_members=True)

    page = shown(ana_at, prepare(stage, CARLA, unit=other.name))

    assert "invitation is sent" not in page


def test_more_people_than_seats_is_said(ana_at: Client, stage: Stage) -> None:
    stage.settle()
    HubAccount.objects.update(seats=3)

    assert "There are not enough seats" in shown(ana_at, prepare(stage, CARLA, DARIO))


def test_who_leaves_by_the_list_frees_a_seat_and_the_guard_knows_it_was_announced(
    ana_at: Client, stage: Stage
) -> None:
    carry_out(roster_import=prepare(stage, CARLA, DARIO), by=None)
    stage.settle()
    waiting = prepare(stage, CARLA, (*DARIO[:4], "Baja"))
    assert "1 seat becomes free." in shown(ana_at, waiting)

    ana_at.post(f"/roster/{waiting.pk}/", {"decision": "carry_out"})

    assert not Enrolment.objects.current().filter(student__docker_id="dario").exists()
    assert AnnouncedRemoval.objects.filter(changes__icontains="dario").exists()


def test_a_school_without_docker_hub_reads_that_nothing_is_to_be_paid(client: Client, stage: Stage) -> None:
    school = make_school("IES Alixar", namespace="")
    eva = make_teacher(school, "Eva", role="owner")
    client.force_login(eva)
    client.cookies["django_language"] = "en"
    choices = Choices(columns=COLUMNS, heading_line=1, separator=";", unit="1A")
    data = b"Id;N;A;D;E\r\n1;Ana;Gil;;"
    waiting = prepare_import(school=school, data=data, by=eva, choices=choices)

    assert "The school is not connected with Docker Hub" in shown(client, waiting)


def test_somebody_elses_list_is_not_there(client: Client, stage: Stage) -> None:
    waiting = prepare(stage, CARLA)
    client.force_login(make_teacher(stage.school, "Javier"))

    assert client.get(f"/roster/{waiting.pk}/hub/").status_code == 404

"""Who is missing on Docker Hub and why, inviting again, the modes of the teams, the plan as a file."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from classrooms.models import TeacherRole, Teaching, User
from hubsync.models import Drift, HubAccount, HubPerson, RemoteObject
from tests.factories import make_teacher
from tests.hubsync.stage import Stage


@pytest.fixture
def declined(stage: Stage) -> HubPerson:
    stage.settle()
    HubPerson.objects.filter(key="bruno").update(state="declined")
    return HubPerson.objects.get(key="bruno")


@pytest.fixture
def ana_at(client: Client, stage: Stage) -> Client:
    return at(client, User.objects.get(first_name="Ana"))


def at(client: Client, user: User) -> Client:
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return client


def page(client: Client, stage: Stage, where: str = "people/") -> str:
    return client.get(f"/school/{stage.school.pk}/hub/{where}").content.decode()


def test_who_is_missing_is_named_with_the_reason(ana_at: Client, stage: Stage, declined: HubPerson) -> None:
    shown = page(ana_at, stage)

    assert "Bruno García (bruno)" in shown
    assert "said no to Docker’s e-mail" in shown
    assert "Invite again" in shown


def test_an_owner_invites_again(ana_at: Client, stage: Stage, declined: HubPerson) -> None:
    ana_at.post(f"/school/{stage.school.pk}/hub/people/{declined.pk}/")

    assert not HubPerson.objects.filter(pk=declined.pk).exists()
    assert not RemoteObject.objects.filter(kind="member", name="bruno").exists()


def test_who_waits_is_not_mailed_for_nothing(ana_at: Client, stage: Stage, declined: HubPerson) -> None:
    HubPerson.objects.update(state="sent")

    answer = ana_at.post(f"/school/{stage.school.pk}/hub/people/{declined.pk}/", follow=True)

    assert "has not ended" in answer.content.decode()
    assert HubPerson.objects.filter(pk=declined.pk).exists()


def test_a_teacher_invites_students_of_the_own_class_again_and_nobody_else(
    client: Client, stage: Stage, declined: HubPerson
) -> None:
    tomas = make_teacher(stage.school, "Tomás")
    address = f"/school/{stage.school.pk}/hub/people/{declined.pk}/"
    refused = at(client, tomas).post(address).status_code
    role = TeacherRole.objects.get(user=tomas)
    Teaching.objects.create(class_group=stage.smr, teacher_role=role)

    allowed = client.post(address).status_code

    assert (refused, allowed) == (404, 302)


def test_what_another_hand_did_is_a_sentence(ana_at: Client, stage: Stage) -> None:
    stage.settle()
    facts = {"team": "docentes", "docker_id": "bruno"}
    Drift.objects.create(
        account=stage.account, kind="member_removed", facts=facts, actor="carla", outcome="mended"
    )

    shown = page(ana_at, stage)

    assert "carla took Bruno García (bruno) out of the team of the teaching staff (docentes)" in shown
    assert ": put back." in shown


def test_the_mode_of_each_team_is_chosen_on_one_page(ana_at: Client, stage: Stage) -> None:
    stage.settle()
    team = RemoteObject.objects.get(kind="team", name="docentes")
    shown = page(ana_at, stage, "modes/")

    ana_at.post(f"/school/{stage.school.pk}/hub/modes/", {f"mode-{team.pk}": "at_least"})

    team.refresh_from_db()
    assert f'name="mode-{team.pk}"' in shown
    assert team.mode == "at_least"


def test_a_docker_id_is_tried_while_it_is_typed(ana_at: Client, stage: Stage) -> None:
    shown = page(ana_at, stage, "people/check/?docker_id=nobodythere&invite_email=")

    assert "Nobody on Docker Hub is called nobodythere" in shown
    assert stage.invited() == []


def test_the_plan_is_kept_as_a_file(ana_at: Client, stage: Stage) -> None:
    HubAccount.objects.update(is_active=False)
    run = stage.run()

    answer = ana_at.get(f"/school/{stage.school.pk}/sync/runs/{run.pk}/plan.json")

    assert json.loads(answer.content)["digest"] == run.plan_digest
    assert "attachment" in answer["Content-Disposition"]


def test_the_class_says_how_an_invitation_ended(ana_at: Client, stage: Stage, declined: HubPerson) -> None:
    stage.world.decline_invite(stage.world.pending_invites["iestriana"]["bruno"].id)
    stage.settle()

    shown = ana_at.get(f"/class/{stage.smr.pk}/").content.decode()

    assert "declined Docker’s invitation" in shown
    assert f"/school/{stage.school.pk}/hub/people/" in shown

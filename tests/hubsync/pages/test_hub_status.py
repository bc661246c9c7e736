"""What the pages of the classrooms say about Docker Hub."""

from typing import Any

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone, translation

from classrooms.models import ClassGroup, School, User
from hubsync.credentials import keep_credential
from hubsync.models import Hold, HubAccount
from hubsync.pages.standing import class_standing, school_standing
from hubsync.sandbox.scopes import ORGANIZATION_SCOPES, REPOSITORY_SCOPES
from tests.factories import make_student
from tests.hubsync.stage import ORGANIZATION, Stage


def said(tag: str, person: User, **facts: Any) -> str:
    request = RequestFactory().get("/")
    request.user = person
    with translation.override("en"):
        return Template("{% load hub_status %}{% " + tag + " %}").render(
            Context({"request": request, **facts})
        )


def test_a_school_without_an_account_is_told_to_connect_one(ana: User, school: School) -> None:
    card = said("hub_school_card school", ana, school=school)

    assert "Connect Docker Hub" in card
    assert school_standing(school).state == "not_connected"


def test_a_class_of_such_a_school_works_with_public_images(ana: User, class_group: ClassGroup) -> None:
    assert "Public images work without it" in said(
        "hub_class_sentence class_group", ana, class_group=class_group
    )


def test_only_owners_are_led_to_the_connection(ana: User, carla: User, school: School) -> None:
    assert "/hub/" in said("hub_nav school", ana, school=school)
    assert f'"/school/{school.pk}/hub/"' not in said("hub_nav school", carla, school=school)


def test_before_the_first_yes_a_class_has_not_reached_docker_hub(stage: Stage) -> None:
    HubAccount.objects.update(is_active=False, uuid="0" * 32)

    assert class_standing(stage.smr).state == "not_started"


def test_a_wish_that_no_run_has_settled_is_on_its_way(stage: Stage) -> None:
    assert class_standing(stage.smr).state == "waiting"


def test_who_has_not_answered_is_named_as_missing(stage: Stage) -> None:
    make_student(stage.smr, "Elena")
    stage.settle()

    standing = class_standing(stage.smr)

    assert standing.state == "partly"
    assert {(person.name.split()[0], person.why) for person in standing.missing} == {
        ("Bruno", "invited"), ("Elena", "no_docker_id"),
    }  # fmt: skip


def test_who_cannot_be_invited_for_want_of_a_seat_is_said_so(stage: Stage) -> None:
    stage.settle()
    HubAccount.objects.update(seats=school_standing(stage.smr.school).seats_used)
    late = make_student(stage.smr, "Dario", docker_id="darioruiz")
    stage.settle()

    why = {person.name: person.why for person in class_standing(stage.smr).missing}

    assert why[str(late)] == "no_seat"


def test_whom_the_tokens_permissions_keep_out_is_said_so(stage: Stage) -> None:
    stage.settle()
    late = make_student(stage.smr, "Dario", docker_id="dario")
    scopes = [one for one in (*ORGANIZATION_SCOPES, *REPOSITORY_SCOPES) if one != "scope-invite-edit"]
    _, narrow = stage.world.add_organization_token(
        ORGANIZATION, label="narrow", scopes=scopes, created_by="anaruiz"
    )
    keep_credential(stage.account, narrow)
    stage.wish()
    stage.run()
    ana = User.objects.get(first_name="Ana")

    why = {person.name: person.why for person in class_standing(stage.smr).missing}
    sentence = said("hub_class_sentence class_group", ana, class_group=stage.smr)

    assert why[str(late)] == "no_scope"
    assert "cannot be let in: the access token lacks a permission" in sentence


def test_a_class_of_which_nobody_is_missing_has_reached_docker_hub(stage: Stage) -> None:
    stage.settle()
    stage.accept("bruno")
    stage.settle()
    ana = User.objects.get(first_name="Ana")

    sentence = said("hub_class_sentence class_group", ana, class_group=stage.smr)

    assert class_standing(stage.smr).missing == ()
    assert "This class has reached Docker Hub as the team" in sentence


def test_a_class_with_public_images_only_needs_nothing(stage: Stage) -> None:
    stage.smr.students_are_members = False
    stage.smr.save()
    stage.smr.assigned_images.filter(image__is_private=True).update(withdrawn_at=timezone.now())
    stage.settle()

    assert class_standing(stage.smr).state == "nothing_needed"


def test_a_refused_token_stops_everything_and_says_so(stage: Stage) -> None:
    stage.account.credential.refused_at = timezone.now()
    stage.account.credential.save()
    ana = User.objects.get(first_name="Ana")

    assert "no longer accepts" in said("hub_class_sentence class_group", ana, class_group=stage.smr)
    assert "Replace the access token" in said("hub_school_card school", ana, school=stage.school)


def test_a_hold_is_said_on_the_schools_card(stage: Stage) -> None:
    stage.settle()
    Hold.objects.create(account=stage.account, kind="members", changes=[])

    assert school_standing(stage.school).state == "held"


@pytest.mark.parametrize("tag", ["hub_school_card school", "hub_nav school"])
def test_a_card_costs_few_queries(
    carla: User, stage: Stage, tag: str, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(6):
        said(tag, carla, school=stage.school)

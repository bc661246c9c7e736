"""A Docker ID that a student typed is proven by Docker Hub: an accepted invitation, or a push."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from classrooms.actions.students import set_docker_id
from classrooms.models import AuditEntry, Image, Student
from hubsync.account import catalogue
from hubsync.models import HubAccount
from tests.factories import make_student
from tests.hubsync.stage import ORGANIZATION, Stage


@pytest.fixture
def bruno(stage: Stage) -> Student:
    return Student.objects.get(given_name="Bruno")


def proof_of(student: Student) -> str:
    student.refresh_from_db()
    return student.docker_id_proof


def push_as(stage: Stage, docker_id: str) -> None:
    """Somebody pushes the school's image, and its tags are read."""
    HubAccount.objects.update(uuid=stage.world.get_organization(ORGANIZATION).uuid)
    cache.clear()
    stage.world.push_tag(ORGANIZATION, "examen", "latest", pushed_by=docker_id)
    catalogue.read_tags(Image.objects.get(repository=f"{ORGANIZATION}/examen"))


def test_an_accepted_invitation_proves_whose_docker_id_it_is(stage: Stage, bruno: Student) -> None:
    stage.settle()
    waiting = proof_of(bruno)
    stage.accept("bruno")
    stage.settle()

    assert (waiting, proof_of(bruno)) == ("", "invitation")
    assert bruno.docker_id_proven_at is not None
    entry = AuditEntry.objects.get(verb="student.docker_id_proven")
    assert (entry.student, entry.actor, entry.facts["proof"]) == (bruno, None, "invitation")


def test_who_was_a_member_before_has_proven_nothing(stage: Stage, bruno: Student) -> None:
    stage.world.take_seat(ORGANIZATION, "bruno", "member")

    stage.settle()

    assert proof_of(bruno) == ""


def test_another_docker_id_begins_without_proof(stage: Stage, bruno: Student) -> None:
    stage.settle()
    stage.accept("bruno")
    stage.settle()

    set_docker_id(student=bruno, docker_id="carla", by=None)

    assert proof_of(bruno) == ""
    assert bruno.docker_id_proven_at is None


def test_an_invitation_accepted_before_somebody_said_the_name_is_not_theirs(
    stage: Stage, bruno: Student
) -> None:
    stage.settle()
    stage.accept("bruno")
    stage.settle()
    set_docker_id(student=bruno, docker_id="", by=None)
    elena = make_student(stage.smr, "Elena")
    set_docker_id(student=elena, docker_id="bruno", by=None)

    stage.settle()

    assert proof_of(elena) == ""


def test_a_push_to_the_schools_repository_proves_it(stage: Stage, bruno: Student) -> None:
    push_as(stage, "bruno")

    assert proof_of(bruno) == "push"


def test_a_push_from_before_the_name_was_said_proves_nothing(stage: Stage, bruno: Student) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    AuditEntry.objects.create(school=stage.school, verb="student.docker_id", student=bruno, at=tomorrow)

    push_as(stage, "bruno")

    assert proof_of(bruno) == ""


def test_a_name_that_two_students_said_is_proven_for_neither(stage: Stage, bruno: Student) -> None:
    elena = make_student(stage.smr, "Elena", docker_id="bruno")

    push_as(stage, "bruno")

    assert (proof_of(bruno), proof_of(elena)) == ("", "")


def test_a_push_in_nobodys_name_proves_nothing(stage: Stage, bruno: Student) -> None:
    Student.objects.update(docker_id="")

    push_as(stage, ORGANIZATION)

    assert proof_of(bruno) == ""

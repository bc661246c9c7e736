"""Repositories and teams in the school's account for practices that are handed in there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from classrooms.actions.practices import (
    Dates,
    PracticeText,
    give_practice,
    publish_practice,
    withdraw_practice,
    write_practice,
)
from classrooms.models import ClassPractice, Practice, School, Student
from hubsync.models import HubAccount
from hubsync.planning.state import Permission
from hubsync.sync.desired import desired_state
from hubsync.sync.hand_in_places import place_of, repository_of
from tests.factories import make_student
from tests.hubsync.stage import ORGANIZATION, Stage

SHARED, OWN = Practice.Way.SHARED, Practice.Way.OWN


def give(stage: Stage, way: str, **facts: object) -> ClassPractice:
    """Published and given to 1º SMR."""
    is_exam = bool(facts.pop("is_exam", False))
    written = PracticeText("Práctica 6", hand_in_way=way, is_exam=is_exam)
    practice = write_practice(school=stage.school, written=written, by=None)
    publish_practice(practice=practice, by=None)
    return give_practice(practice=practice, class_groups=[stage.smr], dates=Dates(**facts), by=None)[0]  # type: ignore[arg-type]


def bruno() -> Student:
    return Student.objects.get(given_name="Bruno")


def test_one_repository_for_all_is_made_with_a_team_that_pushes(stage: Stage) -> None:
    given = give(stage, SHARED)

    stage.settle()
    stage.accept("bruno")
    stage.settle()

    team, name = f"practica-{given.practice_id}-c{given.pk}", repository_of(given.practice)
    assert stage.level_of(team, name) == "write"
    assert stage.people_of(team) >= {"bruno"}
    found = stage.world.find_repository(ORGANIZATION, name)
    assert found is not None
    assert (found.is_private, found.immutable_tags) == (True, True)


def test_each_student_has_a_repository_and_a_team_that_no_classmate_is_in(stage: Stage) -> None:
    carla = make_student(stage.smr, "Carla", docker_id="carla")
    given = give(stage, OWN)

    teams = {team.name: team for team in desired_state(stage.account).state.teams}

    own = teams[repository_of(given.practice, bruno())]
    assert {person.docker_id for person in own.people} == {"bruno", "anaruiz"}
    assert own.permissions == {repository_of(given.practice, bruno()): Permission.WRITE}
    assert repository_of(given.practice, carla) in teams
    assert "Bruno" not in f"{own.name} {own.description}"


def test_names_keep_to_dockers_rules(stage: Stage) -> None:
    given = give(stage, OWN)

    for team in desired_state(stage.account).state.teams:
        if team.name.startswith("practica"):
            assert len(team.name) <= 30
            assert team.name.replace("-", "").isalnum()
    assert place_of(given, bruno()) == f"iestriana/practica-{given.practice_id}-{bruno().alias}"


def test_when_it_is_withdrawn_the_team_goes_and_the_work_stays(stage: Stage) -> None:
    given = give(stage, SHARED)
    stage.settle()

    withdraw_practice(class_practice=given, by=None)
    stage.settle()

    names = {team.name for team in stage.world.teams[ORGANIZATION].values()}
    assert not any(name.startswith("practica") for name in names)
    assert stage.world.find_repository(ORGANIZATION, repository_of(given.practice)) is not None


@pytest.mark.parametrize(
    "facts",
    [
        {"is_exam": True, "visible_from": timezone.now() + timedelta(hours=2)},
    ],
)
def test_of_an_exam_nothing_is_to_be_found_before_its_minute(stage: Stage, facts: dict[str, object]) -> None:
    give(stage, SHARED, **facts)

    assert not any(one.name.startswith("practica") for one in desired_state(stage.account).state.repositories)


def test_in_a_class_without_members_students_hand_in_from_their_own_account(stage: Stage) -> None:
    given = give(stage, SHARED)
    stage.smr.students_are_members = False
    stage.smr.save()
    given.refresh_from_db()

    assert place_of(given, bruno()) == ""
    assert not any(one.name.startswith("practica") for one in desired_state(stage.account).state.teams)


def test_a_personal_account_has_no_teams_and_so_no_such_places(stage: Stage, school: School) -> None:
    give(stage, OWN)
    HubAccount.objects.update(kind=HubAccount.Kind.PERSONAL)

    state = desired_state(HubAccount.objects.get()).state

    assert not any(one.name.startswith("practica") for one in state.repositories)


def test_giving_such_a_practice_makes_docker_hub_due(stage: Stage) -> None:
    stage.settle()
    before = stage.sync.generation

    give(stage, OWN)

    assert stage.sync.generation > before

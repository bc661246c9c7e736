"""What a school keeps from Docker Hub is not asked of it; what leaves with a year is announced."""

import pytest
from django.utils import timezone

from classrooms.academic_years import academic_year_of
from classrooms.actions.erasing import erase_student
from classrooms.actions.protection import set_asks_consent, set_hub_off
from classrooms.actions.years import begin_year
from classrooms.models import Student, SubGroup
from classrooms.queries.years import default_choices
from hubsync.models import AnnouncedRemoval, HubAccount, RemoteObject
from hubsync.planning.state import OrganizationState
from hubsync.sync.desired import desired_state
from tests.factories import make_assigned_image, make_class_group, make_image, make_student
from tests.hubsync.stage import Stage


def wanted(account: HubAccount) -> OrganizationState:
    return desired_state(account).state


def people_wanted(account: HubAccount) -> set[str]:
    return {person.docker_id for team in wanted(account).teams for person in team.people}


def test_a_class_that_keeps_docker_hub_off_has_no_team_and_nobody_in_it(stage: Stage) -> None:
    set_hub_off(class_group=stage.smr, hub_is_off=True, by=None)

    state = wanted(stage.account)

    assert [team for team in state.teams if team.class_group_id == stage.smr.pk] == []
    assert "bruno" not in people_wanted(stage.account)


def test_the_only_class_off_is_not_taken_for_an_empty_list(stage: Stage) -> None:
    RemoteObject.objects.create(account=stage.account, kind="team", name="smr1", class_group=stage.smr)
    set_hub_off(class_group=stage.smr, hub_is_off=True, by=None)

    assert {team.name for team in wanted(stage.account).teams} == {stage.account.staff_team}


@pytest.mark.parametrize(
    ("consent", "is_wanted"), [("", False), ("over_14", True), ("given", True), ("none", False)]
)
def test_where_consent_is_asked_only_who_has_it_goes_out(
    stage: Stage, consent: str, *, is_wanted: bool
) -> None:
    set_asks_consent(school=stage.school, asks_consent=True, by=None)
    Student.objects.update(consent=consent)

    assert ("bruno" in people_wanted(stage.account)) is is_wanted


def test_a_private_image_of_a_part_is_read_by_that_part_alone(stage: Stage) -> None:
    nerea = make_student(stage.smr, "Nerea", docker_id="nerea1")
    part = SubGroup.objects.create(class_group=stage.smr, name="Desdoble A")
    part.enrolments.set(nerea.enrolments.all())
    make_assigned_image(
        stage.smr, make_image(stage.school, "iestriana/parcial", is_private=True), sub_group=part
    )

    teams = wanted(stage.account).teams
    readers = [
        team for team in teams if "parcial" in team.permissions and team.name != stage.account.staff_team
    ]

    assert len(readers) == 1
    assert {person.docker_id for person in readers[0].people} >= {"nerea1"}
    assert "bruno" not in {person.docker_id for person in readers[0].people}


def test_beginning_a_year_announces_who_leaves(stage: Stage) -> None:
    RemoteObject.objects.create(account=stage.account, kind="team", name="smr1", class_group=stage.smr)
    RemoteObject.objects.create(account=stage.account, kind="member", name="bruno")
    year = academic_year_of(timezone.localdate())

    begin_year(school=stage.school, from_year=year, choices=default_choices(stage.school, year), by=None)

    announced = [change for row in AnnouncedRemoval.objects.all() for change in row.changes]
    assert {"remove_member", "delete_team"} <= {change["kind"] for change in announced}


def test_erasing_a_person_announces_the_removal_before_the_docker_id_is_gone(stage: Stage) -> None:
    make_class_group(stage.school, "2º DAW")
    bruno = Student.objects.get(docker_id="bruno")

    erase_student(student=bruno, by=None)

    assert any("bruno" in str(row.changes) for row in AnnouncedRemoval.objects.all())
    assert "bruno" not in people_wanted(stage.account)

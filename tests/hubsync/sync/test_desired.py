"""What a school's rows ask for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from classrooms.models import School, TeacherRole, Teaching
from hubsync.models import HubAccount
from hubsync.planning.state import OrganizationState, TeamState
from hubsync.sync.desired import desired_state
from hubsync.sync.schedule import request_reconcile, sync_of
from tests.factories import (
    make_assigned_image,
    make_class_group,
    make_image,
    make_school,
    make_student,
    make_teacher,
)

pytestmark = pytest.mark.django_db
STAFF = "docentes"


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def account(school: School) -> HubAccount:
    account = HubAccount.objects.create(school=school, name="iestriana", seats=15)
    sync_of(account)
    return account


def wish(account: HubAccount, on: date | None = None) -> OrganizationState:
    return desired_state(account, on).state


def teams(account: HubAccount, on: date | None = None) -> dict[str, TeamState]:
    return {team.name: team for team in wish(account, on).teams}


def keys(team: TeamState) -> set[str]:
    return {person.key for person in team.people}


def only_class_team(account: HubAccount) -> TeamState:
    return next(team for name, team in teams(account).items() if name != STAFF)


def test_a_class_with_public_images_only_needs_no_team(school: School, account: HubAccount) -> None:
    make_assigned_image(make_class_group(school), make_image(school, is_private=False))

    assert teams(account) == {}


def test_a_class_with_a_private_image_of_its_own_gets_a_team_that_may_read_it(
    school: School, account: HubAccount
) -> None:
    smr = make_class_group(school, teacher=make_teacher(school, docker_id="Ana"))
    make_student(smr, docker_id="bruno")
    make_assigned_image(smr, make_image(school, "iestriana/examen", is_private=True))

    team = only_class_team(account)

    assert team.permissions == {"examen": "read"}
    assert keys(team) == {"ana"}
    assert team.class_group_id == smr.pk


def test_students_are_in_the_team_only_where_the_school_says_so_and_with_a_docker_id(
    school: School, account: HubAccount
) -> None:
    smr = make_class_group(school, students_are_members=True)
    make_student(smr, docker_id="Bruno")
    make_student(smr)
    left = make_student(smr, docker_id="dario")
    left.enrolments.update(left_on=timezone.localdate())

    assert keys(only_class_team(account)) == {"bruno"}


def test_somebody_elses_private_image_gives_no_permission(school: School, account: HubAccount) -> None:
    smr = make_class_group(school, students_are_members=True)
    make_assigned_image(smr, make_image(school, "another/private", is_private=True))

    assert only_class_team(account).permissions == {}


def test_a_withdrawn_image_gives_no_permission(school: School, account: HubAccount) -> None:
    smr = make_class_group(school, students_are_members=True)
    assigned = make_assigned_image(smr, make_image(school, "iestriana/examen", is_private=True))
    assigned.withdrawn_at = timezone.now()
    assigned.save()

    assert only_class_team(account).permissions == {}


def test_a_teacher_is_invited_by_e_mail_where_no_docker_id_is_known(
    school: School, account: HubAccount
) -> None:
    make_teacher(school, invite_email="Ana@Ies.example")

    assert keys(teams(account)[STAFF]) == {"ana@ies.example"}


def test_staff_may_push_what_classes_use_be_it_public_or_private(school: School, account: HubAccount) -> None:
    smr = make_class_group(school, teacher=make_teacher(school, docker_id="ana"))
    make_assigned_image(smr, make_image(school, "iestriana/lamp", is_private=False))
    make_image(school, "iestriana/unused", is_private=True)

    assert teams(account)[STAFF].permissions == {"lamp": "write"}


@pytest.mark.parametrize(
    "facts",
    [
        {"docker_id": ""},
        {"docker_id": "ana", "role": TeacherRole.Role.READ_ONLY},
        {"docker_id": "ana", "ends_on": date(2020, 1, 1)},
    ],
)
def test_who_gave_no_docker_id_reads_only_or_has_left_is_not_staff(
    school: School, account: HubAccount, facts: dict[str, object]
) -> None:
    make_teacher(school, **facts)

    assert teams(account) == {}


def test_a_substitute_leaves_the_team_the_day_after_the_last_one(school: School, account: HubAccount) -> None:
    today = timezone.localdate()
    substitute = make_teacher(school, docker_id="carla", ends_on=today)
    smr = make_class_group(school, teacher=substitute, students_are_members=True)
    Teaching.objects.get(class_group=smr)

    assert keys(only_class_team(account)) == {"carla"}
    assert all(not keys(team) for team in teams(account, today + timedelta(days=1)).values())


def test_no_staff_team_where_its_name_is_blank(school: School, account: HubAccount) -> None:
    make_teacher(school, docker_id="ana")
    account.staff_team = ""

    assert teams(account) == {}


def test_classes_of_the_same_name_get_teams_of_their_own(school: School, account: HubAccount) -> None:
    first = make_class_group(school, "1º SMR", students_are_members=True)
    second = make_class_group(school, "1o SMR", students_are_members=True, course="Sistemas")

    assert (
        len({name for name, team in teams(account).items() if team.class_group_id in (first.pk, second.pk)})
        == 2
    )


def test_archived_classes_and_those_of_last_year_are_not_wanted(school: School, account: HubAccount) -> None:
    make_class_group(school, "1º SMR", students_are_members=True, archived_at=timezone.now())
    make_class_group(school, "2º SMR", students_are_members=True, year=2001)

    assert teams(account) == {}


def test_a_personal_account_has_repositories_and_no_teams(school: School, account: HubAccount) -> None:
    account.kind = HubAccount.Kind.PERSONAL
    make_class_group(school, students_are_members=True)
    school.images.create(repository="iestriana/practica", is_own=True, is_wanted=True, is_private=False)

    state = wish(account)

    assert state.teams == frozenset()
    assert [(row.name, row.is_private) for row in state.repositories] == [("practica", False)]


def test_another_schools_classes_are_not_in_it(school: School, account: HubAccount) -> None:
    other = make_school("IES Betis", namespace="iesbetis")
    make_class_group(other, students_are_members=True)

    assert teams(account) == {}


def test_it_is_read_at_the_generation_of_the_wish(account: HubAccount) -> None:
    request_reconcile(account)

    assert desired_state(account).generation == 2

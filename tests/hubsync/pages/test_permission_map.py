"""Who may do what on which repository, and why: the map says what the engine is asked for."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from classrooms.academic_years import academic_year_of
from classrooms.models import ClassGroup, Image, School, SubGroup, User
from hubsync.models import HubAccount
from hubsync.pages.permission_map import Cell, permission_map
from hubsync.sync.desired import wanted_state
from hubsync.sync.schedule import sync_of
from tests.factories import make_assigned_image, make_class_group, make_image, make_student, make_teacher

STAFF = "Teaching staff (docentes)"
LAST_YEAR = academic_year_of(timezone.localdate()) - 1


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def account(school: School, ana: User) -> HubAccount:
    account = HubAccount.objects.create(school=school, name="iestriana", uuid="0" * 36, is_active=True)
    sync_of(account)
    return account


@pytest.fixture
def exam(school: School) -> Image:
    return make_image(school, "iestriana/Examen", is_private=True)


def cell(account: HubAccount, image: Image, column: object) -> Cell:
    row = next(one for one in permission_map(account).rows if one.repository == image.repository)
    return next(one for one in row.cells if one.column == str(column))


def told(account: HubAccount, image: Image, column: object) -> tuple[str, str]:
    found = cell(account, image, column)
    return found.may, str(found.reason)


def test_students_who_are_members_pull_what_their_class_was_given(
    account: HubAccount, class_group: ClassGroup, exam: Image
) -> None:
    make_student(class_group, docker_id="nerea7")
    ClassGroup.objects.update(students_are_members=True)
    make_assigned_image(class_group, exam)

    assert told(account, exam, class_group) == ("pull", "assigned; the students are members")


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"students_are_members": True}, "assigned, but nobody of the class has a Docker ID yet"),
        ({"hub_is_off": True}, "Docker Hub is kept off for this class"),
        ({"academic_year": LAST_YEAR}, "assigned, but the class is of an earlier academic year"),
    ],
)
def test_what_is_assigned_and_reaches_nobody_says_why(
    account: HubAccount, class_group: ClassGroup, exam: Image, facts: dict[str, Any], reason: str
) -> None:
    make_assigned_image(class_group, exam)
    ClassGroup.objects.update(**facts)
    class_group.refresh_from_db()

    assert told(account, exam, class_group)[1] == reason


def test_only_teachers_pull_where_the_students_are_no_members(
    account: HubAccount, school: School, class_group: ClassGroup, exam: Image
) -> None:
    tomas = make_teacher(school, "Tomás", docker_id="tomas1")
    class_group.teachings.create(teacher_role=tomas.teacher_roles.get())
    make_assigned_image(class_group, exam)

    assert told(account, exam, class_group) == (
        "pull",
        "assigned, but the students are not members: only their teachers",
    )


def test_a_part_of_a_class_has_a_column_of_its_own(
    account: HubAccount, class_group: ClassGroup, exam: Image
) -> None:
    part = SubGroup.objects.create(class_group=class_group, name="Desdoble A")
    make_assigned_image(class_group, exam, sub_group=part)

    assert told(account, exam, class_group) == ("none", "assigned to a part of the class only")
    assert cell(account, exam, f"{class_group} · Desdoble A").may == "pull"


@pytest.mark.parametrize(
    ("is_private", "expected"),
    [
        (False, ("pull", "public: everyone may pull it")),
        (True, ("none", "private and not assigned")),
        (None, ("none", "not known yet whether it is public")),
    ],
)
def test_what_nobody_was_given_depends_on_whether_it_is_public(
    account: HubAccount, school: School, class_group: ClassGroup, is_private: bool | None, expected: Any
) -> None:
    assert told(account, make_image(school, is_private=is_private), class_group) == expected


def test_the_staff_has_a_column_only_when_its_team_will_exist(
    account: HubAccount, school: School, class_group: ClassGroup, exam: Image
) -> None:
    make_assigned_image(class_group, exam)
    assert STAFF not in permission_map(account).columns

    make_teacher(school, "Tomás", docker_id="tomas1")

    assert told(account, exam, STAFF) == ("push", "a class uses it")


def test_on_a_personal_account_teachers_push_where_they_were_let(
    account: HubAccount, school: School, class_group: ClassGroup, exam: Image
) -> None:
    make_teacher(school, "Tomás", docker_id="tomas1")
    make_assigned_image(class_group, exam)
    account.kind, account.teachers_push = HubAccount.Kind.PERSONAL, True

    assert told(account, exam, "Teachers") == ("push", "a class uses it")
    assert told(account, exam, class_group) == ("none", "a personal account has no teams")


def test_every_cell_of_a_private_repository_is_what_the_engine_is_asked_for(
    account: HubAccount, school: School, ana: User
) -> None:
    images = [make_image(school, f"iestriana/p{n}", is_private=True) for n in range(4)]
    groups = [make_class_group(school, f"{n}º DAW", teacher=ana) for n in (1, 2, 3, 4)]
    ClassGroup.objects.filter(pk=groups[1].pk).update(students_are_members=True)
    ClassGroup.objects.filter(pk=groups[2].pk).update(hub_is_off=True)
    ClassGroup.objects.filter(pk=groups[3].pk).update(academic_year=LAST_YEAR)
    for at, group in enumerate(groups):
        for image in images[: at + 1]:
            make_assigned_image(group, image)

    teams = {team.class_group_id: team.permissions for team in wanted_state(account).teams}
    may = {"read": "pull", "write": "push"}
    for row in permission_map(account).rows:
        short = row.repository.removeprefix("iestriana/")
        for group, found in zip(groups, row.cells, strict=True):
            assert found.may == may.get(teams.get(group.pk, {}).get(short, ""), "none"), (
                row.repository,
                group,
            )


def test_more_classes_and_repositories_cost_no_more_queries(
    account: HubAccount, school: School, ana: User
) -> None:
    counted = []
    for more in (2, 9):
        for n in range(more):
            group = make_class_group(school, f"{more} DAM {n}", teacher=ana)
            make_assigned_image(group, make_image(school, f"iestriana/x{more}-{n}", is_private=True))
        with CaptureQueriesContext(connection) as asked:
            permission_map(account)
        counted.append(len(asked))

    assert counted[0] == counted[1]


def test_the_page_finds_a_repository_by_a_part_of_its_name(
    client: Client, account: HubAccount, school: School, class_group: ClassGroup, exam: Image, ana: User
) -> None:
    make_image(school, "iestriana/lamp")
    client.force_login(ana)

    page = client.get(f"/school/{school.pk}/sync/permissions/?q=éxam").content.decode()

    assert "iestriana/Examen" in page and "iestriana/lamp" not in page

"""What belongs to another school is not there, for every page of a school and every audience."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from classrooms.actions.invites import invite_teacher
from classrooms.actions.join_codes import open_join_code
from classrooms.actions.roster_preparing import prepare_import
from classrooms.models import (
    ClassGroup,
    JoinCode,
    JoinRequest,
    Practice,
    School,
    Student,
    TeacherRole,
    User,
)
from classrooms.urls import school as school_urls
from classrooms.urls import teacher as teacher_urls
from tests.classrooms.regalum import csv_of, student
from tests.factories import make_assigned_image

NUMBERED = [
    pattern
    for urls in (school_urls, teacher_urls)
    for pattern in urls.urlpatterns
    if "<int:" in str(pattern.pattern)
]


@pytest.fixture
def numbers(school: School, class_group: ClassGroup, ana: User, bruno: Student) -> dict[str, int | str]:
    """Real ids of Ana's school for every part of an address."""
    assigned = make_assigned_image(class_group)
    open_join_code(class_group=class_group, role=JoinCode.Role.STUDENT, by=ana, days=7, most_uses=40)
    waiting = JoinRequest.objects.create(class_group=class_group, given_name="Elena", surnames="Gil")
    invite, _link = invite_teacher(school=school, email="x@example.org", role="teacher", by=ana)
    return {
        "school_id": school.pk,
        "class_group_id": class_group.pk,
        "enrolment_id": bruno.enrolments.get().pk,
        "role_id": TeacherRole.objects.get(user=ana).pk,
        "invite_id": invite.pk,
        "import_id": prepare_import(school=school, data=csv_of(student("1")), by=ana).pk,
        "image_id": assigned.image.pk,
        "assigned_id": assigned.pk,
        "join_request_id": waiting.pk,
        "practice_id": Practice.objects.create(school=school, title="P1").pk,
        "kind": "csv",
        "name": "pull.sh",
    }


def addresses(numbers: dict[str, int | str]) -> list[str]:
    found = []
    for pattern in NUMBERED:
        wanted = {name: numbers[name] for name in pattern.pattern.converters}
        found.append("/" + get_resolver().reverse(pattern.name, **wanted).lstrip("/"))
    return found


@pytest.mark.parametrize("who", ["another owner", "a student", "a student's classmate of nowhere"])
def test_ids_of_another_school_are_not_found(
    client: Client, numbers: dict[str, int | str], carla: User, bruno: Student, who: str
) -> None:
    people: dict[str, Callable[[], User]] = {
        "another owner": lambda: carla,
        "a student": lambda: User.objects.get(student=bruno),
        "a student's classmate of nowhere": lambda: User.objects.create(username="nobody"),
    }
    client.force_login(people[who]())

    for address in addresses(numbers):
        assert client.get(address).status_code in (404, 405), address
        assert client.post(address).status_code == 404, address


def test_an_owner_reaches_every_one_of_them(client: Client, numbers: dict[str, int | str], ana: User) -> None:
    client.force_login(ana)

    statuses = {address: client.get(address).status_code for address in addresses(numbers)}

    # Whoever comes to the columns of a table without a table is led to where one is uploaded.
    assert statuses.pop(reverse("roster_columns", args=[numbers["school_id"]])) == 302
    assert set(statuses.values()) <= {200, 405}, statuses


def test_a_mixed_address_is_not_found(
    client: Client, numbers: dict[str, int | str], carla: User, other_school: School
) -> None:
    """Carla's own school with rows of Ana's."""
    client.force_login(carla)
    mixed = {**numbers, "school_id": other_school.pk}
    for name in ("staff_edit", "staff_remove", "staff_invite_cancel"):
        pattern = next(pattern for pattern in NUMBERED if pattern.name == name)
        wanted = {part: mixed[part] for part in pattern.pattern.converters}
        assert client.post("/" + get_resolver().reverse(name, **wanted).lstrip("/")).status_code == 404, name

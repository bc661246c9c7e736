"""An archived class is read-only: over all addresses, whatever is sent to them by whoever owns the school."""

from typing import Any

import pytest
from django.db.models import Model
from django.test import Client

from classrooms.actions import class_groups, images
from classrooms.actions.refusals import NotAssignable, NotEnrollable, Refused
from classrooms.actions.staff import set_teachers
from classrooms.actions.sub_groups import save_sub_group
from classrooms.models import (
    AssignedImage,
    ClassGroup,
    Enrolment,
    PastStay,
    Student,
    SubGroup,
    Teaching,
    User,
)
from tests.factories import make_assigned_image, make_class_group, make_student
from tests.test_access import _filled, closed_routes

# What can be said of an archived class: out of the archive, and into the trash with the name typed.
ALLOWED = {"class_group_settings", "delete_row"}
# Everything that some form of the portal asks for, so that no address is left alone for want of a field.
FIELDS: dict[str, Any] = {
    "name": "Otro", "course": "Otro", "given_name": "Eva", "first_surname": "Gil", "second_surname": "Paz",
    "docker_id": "evagil", "reference": "nginx:1", "tag": "1", "title": "Otra", "consent": "over_14",
    "question": "name", "students_are_members": "yes", "has_public_page": "yes", "hub_is_off": "yes",
    "role": "student", "academic_year": "2026",
}  # fmt: skip
WATCHED: tuple[type[Model], ...] = (AssignedImage, Enrolment, PastStay, Teaching, SubGroup, Student)


@pytest.fixture
def archived(class_group: ClassGroup, bruno: Student) -> dict[str, Any]:
    """An archived class with a student, an image and a part, by the names that addresses give their ids."""
    assigned = make_assigned_image(class_group)
    part = SubGroup.objects.create(class_group=class_group, name="A")
    class_groups.archive_class_group(class_group=class_group, by=None)
    return {
        "class_group_id": class_group,
        "enrolment_id": bruno.enrolments.get(),
        "assigned_id": assigned,
        "sub_group_id": part,
        "school_id": class_group.school,
        "student_id": bruno,
    }


def state(class_group: ClassGroup) -> list[Any]:
    """All rows of the class, without the time at which somebody last looked at it."""
    rows = [list(model._base_manager.order_by("pk").values()) for model in WATCHED]
    return [*rows, list(ClassGroup.with_deleted.filter(pk=class_group.pk).values())]


def routes_of_classes() -> list[tuple[str, str]]:
    """Addresses that name a class or what hangs on it, with the name of the view's address."""
    names = ("class_group_id", "assigned_id")
    return [
        (route, str(pattern.name))
        for route, pattern in closed_routes()
        if any(f"<int:{name}>" in route for name in names) and pattern.name not in ALLOWED
    ]


def test_no_address_changes_anything_in_an_archived_class(
    client: Client, ana: User, archived: dict[str, Any]
) -> None:
    client.force_login(ana)
    routes = routes_of_classes()
    before = state(archived["class_group_id"])
    assert len(routes) > 10

    for route, name in routes:
        address = _filled(route, lambda place: archived[place].pk if place in archived else 1)
        client.post(address, {**FIELDS, "to": archived["class_group_id"].pk})
        assert state(archived["class_group_id"]) == before, name


@pytest.mark.parametrize("question", ["name", "teachers", "members", "public", "hub"])
def test_its_settings_answer_no_question_but_the_archive(
    client: Client, ana: User, archived: dict[str, Any], question: str
) -> None:
    client.force_login(ana)
    before = state(archived["class_group_id"])

    client.post(f"/class/{archived['class_group_id'].pk}/settings/", {**FIELDS, "question": question})

    assert state(archived["class_group_id"]) == before


def test_every_action_refuses_by_itself(archived: dict[str, Any], ana: User) -> None:
    """Pages are not the only way in: commands and class lists call actions as well."""
    group, enrolment, assigned = (
        archived[name] for name in ("class_group_id", "enrolment_id", "assigned_id")
    )
    other = make_class_group(group.school, "2º DAW")
    stranger = make_student(other, "Omar")
    attempts = [
        lambda: class_groups.rename_class_group(class_group=group, name="X", course="", by=ana),
        lambda: class_groups.set_members_choice(class_group=group, students_are_members=True, by=ana),
        lambda: class_groups.set_public_page(class_group=group, has_public_page=True, by=ana),
        lambda: class_groups.enrol_student(student=stranger, class_group=group, by=ana),
        lambda: class_groups.withdraw_student(enrolment=enrolment, by=ana),
        lambda: images.assign_image(class_group=group, image=assigned.image, by=ana),
        lambda: images.withdraw_image(assigned=assigned, by=ana),
        lambda: images.change_assigned_image(
            assigned=assigned, digest="", title="X", note="", run_options="", visible_from=None, by=ana
        ),
        lambda: set_teachers(class_group=group, teacher_roles=[], by=ana),
        lambda: save_sub_group(class_group=group, name="B", teacher_roles=[], enrolments=[], by=ana),
    ]
    before = state(group)
    for attempt in attempts:
        with pytest.raises((Refused, NotAssignable, NotEnrollable)):
            attempt()
    assert state(group) == before


def test_its_links_stop(reader: Client, archived: dict[str, Any]) -> None:
    group = archived["class_group_id"]
    ClassGroup.objects.filter(pk=group.pk).update(has_public_page=True)

    assert reader.get(f"/c/{group.code}/").status_code == 404


def test_out_of_the_archive_it_is_as_before(client: Client, ana: User, archived: dict[str, Any]) -> None:
    client.force_login(ana)
    group = archived["class_group_id"]

    client.post(f"/class/{group.pk}/settings/", {"question": "archive", "archive": "no"})
    client.post(f"/class/{group.pk}/settings/", {"question": "public", "has_public_page": "yes"})

    group.refresh_from_db()
    assert not group.is_archived and group.has_public_page

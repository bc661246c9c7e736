"""A student goes to another class and back: the work stays, the permissions follow."""

import pytest
from django.test import Client

from classrooms.actions.changing_class import move_student
from classrooms.actions.class_groups import archive_class_group
from classrooms.actions.refusals import ClassIsArchived, NotEnrollable
from classrooms.models import ClassGroup, School, Student, SubGroup, User
from classrooms.queries.class_move import class_move
from classrooms.queries.student import student_home_for
from tests.factories import make_assigned_image, make_class_group, make_image, make_student


@pytest.fixture
def daw(school: School, ana: User) -> ClassGroup:
    return make_class_group(school, "2º DAW", teacher=ana)


def seen_by(student: Student) -> list[str]:
    return [one.reference for one in student_home_for(student).images]


def test_the_old_enrolment_stays_with_its_day_and_the_page_is_the_new_classs(
    class_group: ClassGroup, daw: ClassGroup, bruno: Student
) -> None:
    make_assigned_image(class_group, tag="1")
    make_assigned_image(daw, make_image(daw.school, "iestriana/flask"), tag="2")
    old = bruno.enrolments.get()

    move_student(enrolment=old, to=daw, by=None)

    old.refresh_from_db()
    assert old.left_on is not None
    assert seen_by(bruno) == ["iestriana/flask:2"]


def test_who_comes_back_has_the_old_enrolment_and_the_time_before_is_kept(
    class_group: ClassGroup, daw: ClassGroup, bruno: Student
) -> None:
    old = bruno.enrolments.get()
    there = move_student(enrolment=old, to=daw, by=None)
    old.refresh_from_db()
    left_on = old.left_on

    back = move_student(enrolment=there, to=class_group, by=None)

    assert back.pk == old.pk and back.left_on is None
    assert back.past_stays.get().left_on == left_on


def test_what_changes_is_said_before(class_group: ClassGroup, daw: ClassGroup) -> None:
    class_group.students_are_members = True
    class_group.save()
    student = make_student(class_group, "Nerea", docker_id="nerea1")
    exam = make_image(class_group.school, "iestriana/examen", is_private=True)
    both = make_image(class_group.school, "nginx")
    make_assigned_image(class_group, exam)
    make_assigned_image(class_group, both)
    make_assigned_image(daw, both)

    move = class_move(student.enrolments.get(), daw)

    assert [str(one.image) for one in move.loses] == ["iestriana/examen"]
    assert [str(one.image) for one in move.stays] == ["nginx"]
    assert (move.docker_hub, move.private_lost) == ("leaves", ("iestriana/examen",))


def test_nobody_moves_out_of_an_archived_class_nor_into_the_own(
    class_group: ClassGroup, bruno: Student
) -> None:
    enrolment = bruno.enrolments.get()
    with pytest.raises(NotEnrollable):
        move_student(enrolment=enrolment, to=class_group, by=None)

    archive_class_group(class_group=class_group, by=None)
    other = make_class_group(class_group.school, "2º ASIR")
    with pytest.raises(ClassIsArchived):
        move_student(enrolment=enrolment, to=other, by=None)


def test_the_page_shows_first_and_moves_then(
    client: Client, ana: User, class_group: ClassGroup, daw: ClassGroup, bruno: Student
) -> None:
    client.force_login(ana)
    address = f"/class/{class_group.pk}/students/{bruno.enrolments.get().pk}/move/"

    assert client.get(address, {"to": daw.pk}).context["move"].to == daw
    assert not bruno.enrolments.filter(class_group=daw).exists()
    client.post(address, {"to": daw.pk})
    assert bruno.enrolments.current().get().class_group == daw


def test_an_image_of_a_part_is_seen_by_that_part_only(class_group: ClassGroup, bruno: Student) -> None:
    part = SubGroup.objects.create(class_group=class_group, name="A")
    make_assigned_image(class_group, sub_group=part)
    assert seen_by(bruno) == []

    part.enrolments.set(bruno.enrolments.all())

    assert seen_by(bruno) == ["iestriana/lamp:latest"]


def test_a_teacher_gives_an_image_to_a_part_alone(
    client: Client, ana: User, class_group: ClassGroup, bruno: Student
) -> None:
    part = SubGroup.objects.create(class_group=class_group, name="A")
    client.force_login(ana)

    data = {"reference": "nginx:1.27", "class_groups": [class_group.pk], "sub_group": part.pk}
    client.post(f"/class/{class_group.pk}/assign/", data)

    assert class_group.assigned_images.get().sub_group == part
    assert seen_by(bruno) == []

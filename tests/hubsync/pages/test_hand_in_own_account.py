"""What a student learns of the school's own account by typing names into the form of a hand-in: nothing that is hidden."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from classrooms.image_references.reading import read_reference
from classrooms.models import AssignedImage, ClassPractice, HandIn, Practice, Student
from classrooms.signals import compose_images_asked
from hubsync.account.shown_images import ShownImages
from hubsync.sandbox.world import World
from tests.classrooms.hand_ins.given import give
from tests.factories import make_user
from tests.hubsync.stage import Stage

EXAM = "iestriana/examen:ut3"
NOT_THERE = "Docker Hub shows no image"


@pytest.fixture
def exam(stage: Stage, world: World) -> World:
    """The school's private image of an exam, which the class does not see yet, with what its teacher put in."""
    stage.account.uuid = "0" * 32
    stage.account.save()
    config = {"Env": ["SOLUTION=42"], "ExposedPorts": {"4242/tcp": {}}}
    world.push_tag("iestriana", "examen", "ut3", pushed_by="anatriana", config=config)
    tomorrow = timezone.now() + timedelta(days=1)
    AssignedImage.objects.filter(image__repository="iestriana/examen").update(visible_from=tomorrow)
    return world


@pytest.fixture
def bruno(stage: Stage) -> Student:
    student = Student.objects.get(given_name="Bruno")
    student.user = make_user("bruno")
    student.save()
    return student


@pytest.fixture
def student(reader: Client, bruno: Student) -> Client:
    cache.clear()
    assert bruno.user is not None
    reader.force_login(bruno.user)
    return reader


def look(student: Client, given: ClassPractice, reference: str, **typed: str) -> str:
    sent = {"reference": reference, "note": "", **typed}
    return student.post(f"/student/practices/{given.pk}/hand-in/", sent).content.decode()


def test_the_image_of_an_exam_is_not_there_before_its_minute(
    student: Client, stage: Stage, exam: World
) -> None:
    given = give(stage.smr)

    page, of_nothing = look(student, given, EXAM), look(student, given, "iestriana/nada:ut3")

    assert NOT_THERE in page and "4242" not in page and "anatriana" not in page
    assert page.replace("examen", "nada").count(NOT_THERE) == of_nothing.count(NOT_THERE)


def test_nor_is_it_taken_unseen_while_docker_hub_is_silent(
    student: Client, stage: Stage, exam: World
) -> None:
    given = give(stage.smr)
    exam.faults.add("error", status=503)

    page = look(student, given, EXAM)

    assert NOT_THERE in page and 'name="seal"' not in page


def test_a_compose_file_does_not_tell_of_it_either(student: Client, stage: Stage, exam: World) -> None:
    exam.add_user("omar1")
    exam.add_repository("omar1", "web", is_private=False, actor="omar1")
    exam.push_tag("omar1", "web", "v1", pushed_by="omar1")
    given = give(stage.smr, takes_compose=True)
    compose = f"services:\n  web: {{image: 'omar1/web:v1'}}\n  db: {{image: '{EXAM}'}}\n"

    page = look(student, given, "omar1/web:v1", compose=compose)

    assert NOT_THERE in page and "sha256" not in page and 'name="seal"' not in page


def test_nor_does_the_one_that_comes_with_a_file(stage: Stage, exam: World, bruno: Student) -> None:
    asked = {"school": stage.school, "student": bruno, "references": [read_reference(EXAM)]}

    ((_receiver, seen),) = compose_images_asked.send(sender=HandIn, **asked)

    assert (seen.digests, [one.code for one in seen.remarks]) == ((), ["compose_missing"])


def test_a_classmates_repository_is_not_handed_in_as_ones_own(
    student: Client, stage: Stage, exam: World
) -> None:
    exam.add_repository("iestriana", "practica-9-encina-204", is_private=True)
    exam.push_tag("iestriana", "practica-9-encina-204", "v1")
    given = give(stage.smr)

    page = look(student, given, "iestriana/practica-9-encina-204:v1")

    assert 'name="seal"' not in page and not HandIn.objects.exists()


def test_what_the_class_has_is_looked_at_as_before(student: Client, stage: Stage, exam: World) -> None:
    AssignedImage.objects.update(visible_from=None)
    given = give(stage.smr)

    assert "4242" in look(student, given, EXAM)


def test_the_own_place_is_looked_at_as_the_school(
    student: Client, stage: Stage, exam: World, bruno: Student
) -> None:
    stage.smr.students_are_members = True
    stage.smr.save()
    given = give(stage.smr, hand_in_way=Practice.Way.OWN)
    name = f"{given.practice.repository_name}-{bruno.alias}"
    exam.add_repository("iestriana", name, is_private=True)
    exam.push_tag("iestriana", name, "v1", pushed_by="bruno1")

    assert ShownImages(bruno).places
    assert 'name="seal"' in look(student, given, f"iestriana/{name}:v1")

"""For «push v1, then v2»: both versions with their digests, dates and sizes, and what is new in the layers."""

import pytest
from django.core.cache import cache
from django.test import Client

from classrooms.actions.handing_in import HandedIn, hand_in
from classrooms.image_references.reading import read_reference
from classrooms.models import ClassPractice, HandIn, Student, User
from hubsync.account.hand_in_look import look_at_hand_in
from hubsync.sandbox.world import World
from tests.classrooms.hand_ins.given import give
from tests.hubsync.stage import Stage


@pytest.fixture
def given(stage: Stage) -> ClassPractice:
    cache.clear()
    stage.world.add_user("omar1")
    stage.world.add_repository("omar1", "web", is_private=False, actor="omar1")
    return give(stage.smr)


@pytest.fixture
def teacher(reader: Client, stage: Stage) -> Client:
    reader.force_login(User.objects.get(first_name="Ana"))
    return reader


PC, MAC = "linux/amd64", "linux/arm64/v8"


def handed_in(
    given: ClassPractice, world: World, tag: str, php: str, platforms: tuple[str, ...] = (PC,)
) -> HandIn:
    """Pushed, looked at, handed in."""
    config = {"Env": [f"PHP_VERSION={php}"]}
    world.push_tag("omar1", "web", tag, platforms=platforms, config=config, pushed_by="omar1")
    seen = look_at_hand_in(
        given.class_group.school, read_reference(f"omar1/web:{tag}"), platform="linux/amd64"
    )
    work = HandedIn(
        f"omar1/web:{tag}", seen.digest, seen.compressed_bytes, seen.platforms, seen.pushed_at, seen.pushed_by
    )
    student = Student.objects.get(given_name="Bruno")
    return hand_in(class_practice=given, student=student, handed_in=work)


def address(row: HandIn, query: str = "") -> str:
    given = row.class_practice
    return f"/class/{given.class_group_id}/work/{given.pk}/students/{row.student_id}/changes/{query}"


def test_two_attempts_stand_side_by_side_with_what_is_new_in_the_layers(
    teacher: Client, stage: Stage, given: ClassPractice
) -> None:
    first = handed_in(given, stage.world, "v1", "8.2")
    second = handed_in(given, stage.world, "v2", "8.3")
    marking = address(second).removesuffix("changes/")

    page = teacher.get(address(second)).content.decode()

    assert f"{address(second)}?attempt=2" in teacher.get(marking).content.decode()
    assert first.digest in page and second.digest in page
    assert "omar1/web:v1" in page and "omar1/web:v2" in page and page.count("pushed ") == 2
    assert "PHP_VERSION" in page and "8.2" in page and "8.3" in page
    assert "New layers: 2. The same as before, not downloaded again: 1." in page and "COPY part-1" in page


@pytest.mark.parametrize("after", [(PC, MAC), (MAC, PC)])
def test_an_image_that_runs_on_one_more_kind_of_computer_is_not_said_to_have_another_base(
    teacher: Client, stage: Stage, given: ClassPractice, after: tuple[str, ...]
) -> None:
    """Both are read as the kind of computer has them that both are for, whichever the class has."""
    handed_in(given, stage.world, "v1", "8.2", (MAC,))
    second = handed_in(given, stage.world, "v2", "8.3", after)

    page = teacher.get(address(second)).content.decode()

    assert "New layers: 2. The same as before, not downloaded again: 1." in page
    assert "another base image" not in page


def test_layers_of_different_kinds_of_computers_are_not_compared(
    teacher: Client, stage: Stage, given: ClassPractice
) -> None:
    handed_in(given, stage.world, "v1", "8.2", (MAC,))
    second = handed_in(given, stage.world, "v2", "8.3", (PC,))

    page = teacher.get(address(second)).content.decode()

    assert "different kinds of computers" in page and "PHP_VERSION" in page
    assert "another base image" not in page and "What made the new layers" not in page


def test_what_was_handed_in_is_compared_whatever_the_tags_mean_by_now(
    teacher: Client, stage: Stage, given: ClassPractice
) -> None:
    handed_in(given, stage.world, "v1", "8.2")
    second = handed_in(given, stage.world, "v2", "8.3")
    stage.world.push_tag("omar1", "web", "v2", config={"Env": ["PHP_VERSION=5.6"]})

    assert "5.6" not in teacher.get(address(second)).content.decode()


def test_each_version_is_read_once(teacher: Client, stage: Stage, given: ClassPractice) -> None:
    handed_in(given, stage.world, "v1", "8.2")
    second = handed_in(given, stage.world, "v2", "8.3")
    teacher.get(address(second))
    stage.forget_requests()

    teacher.get(address(second))

    assert [one.path for one in stage.world.journal.requests] == []


def test_where_docker_hub_is_silent_the_facts_of_the_hand_ins_stand_there_all_the_same(
    teacher: Client, stage: Stage, given: ClassPractice
) -> None:
    first = handed_in(given, stage.world, "v1", "8.2")
    second = handed_in(given, stage.world, "v2", "8.3")
    stage.world.faults.add("firewall")

    page = teacher.get(address(second)).content.decode()

    assert "Docker Hub did not answer" in page and first.digest in page


def test_the_same_version_again_is_said_to_be_the_same(
    teacher: Client, stage: Stage, given: ClassPractice
) -> None:
    row = handed_in(given, stage.world, "v1", "8.2")
    again = HandedIn(row.reference, row.digest)
    second = hand_in(class_practice=given, student=row.student, handed_in=again)

    assert "the very same version" in teacher.get(address(second)).content.decode()


def test_a_first_attempt_has_nothing_beside_it(teacher: Client, stage: Stage, given: ClassPractice) -> None:
    row = handed_in(given, stage.world, "v1", "8.2")

    answer = teacher.get(address(row), follow=True)

    assert "no earlier image" in answer.content.decode()
    assert teacher.get(address(row, "?attempt=99999999999999999999")).status_code == 404

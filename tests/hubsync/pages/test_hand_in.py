"""A student hands in an image by its name, from what Docker Hub says of it to the receipt."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from classrooms.models import ClassGroup, ClassPractice, HandIn, Practice, Student
from hubsync.sandbox.world import World
from tests.classrooms.hand_ins.given import give
from tests.factories import make_class_group, make_user
from tests.hubsync.stage import Stage

COMPOSE = "services:\n  web: {image: 'omar1/web:v1', ports: ['8080:80']}\n  db: {image: 'mariadb:11'}\n"


@pytest.fixture
def given(stage: Stage) -> ClassPractice:
    return give(stage.smr)


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


@pytest.fixture
def omar(world: World) -> World:
    world.add_user("omar1")
    world.add_repository("omar1", "web", is_private=False, actor="omar1")
    config = {"ExposedPorts": {"80/tcp": {}}}
    world.push_tag("omar1", "web", "v1", platforms=("linux/amd64",), pushed_by="omar1", config=config)
    return world


def address(given: ClassPractice) -> str:
    return f"/student/practices/{given.pk}/hand-in/"


def look(student: Client, given: ClassPractice, **typed: str) -> str:
    return student.post(address(given), {"reference": "omar1/web:v1", "note": "", **typed}).content.decode()


def seal_in(page: str) -> str:
    found = re.search(r'name="seal" value="([^"]+)"', page)
    assert found is not None, page
    return found[1]


def test_what_was_looked_at_is_what_is_handed_in(student: Client, given: ClassPractice, omar: World) -> None:
    page = look(student, given)
    seen = omar.get_repository("omar1", "web")
    omar.push_tag("omar1", "web", "v1", pushed_by="omar1")

    answer = student.post(address(given), {"seal": seal_in(page)}, follow=True)

    row = HandIn.objects.get()
    assert "Receipt" in answer.content.decode()
    assert (row.reference, row.platforms, row.ports) == ("omar1/web:v1", ["linux/amd64"], [80])
    assert row.digest in omar.manifests[seen.id]
    assert row.pushed_by == "omar1"


def test_an_arm_only_image_is_told_of_at_once_with_the_line_that_mends_it(
    student: Client, given: ClassPractice, omar: World
) -> None:
    omar.push_tag("omar1", "web", "v1", platforms=("linux/arm64",), pushed_by="omar1")

    page = look(student, given)

    words = re.sub(r"<[^>]+>", "", page)
    assert "your teacher’s computer needs linux/amd64" in words
    assert "docker buildx build --platform linux/amd64,linux/arm64 -t omar1/web:v1 --push ." in words
    assert "Hand it in" in words


def test_the_teachers_computer_is_the_one_that_the_class_says(
    student: Client, stage: Stage, given: ClassPractice, omar: World
) -> None:
    ClassGroup.objects.update(run_machine="pi64")
    on_a_pi = re.sub(r"<[^>]+>", "", look(student, given))
    ClassGroup.objects.update(run_machine="mac")

    on_a_mac = look(student, given)

    assert "your teacher’s computer needs linux/arm64" in on_a_pi
    assert "docker buildx build --platform linux/amd64,linux/arm64 -t omar1/web:v1 --push ." in on_a_pi
    # A Mac translates, and what is in the image is read all the same.
    assert "teacher’s computer needs" not in on_a_mac
    assert "could not look through the image" not in on_a_mac


def test_an_image_of_another_registry_in_a_compose_file_is_told_of_and_taken(
    student: Client, stage: Stage, omar: World
) -> None:
    given = give(stage.smr, takes_compose=True)
    compose = "services:\n  web: {image: 'omar1/web:v1'}\n  cache: {image: 'ghcr.io/valkey/valkey:8'}\n"

    page = look(student, given, compose=compose)
    student.post(address(given), {"seal": seal_in(page)})

    row = HandIn.objects.get()
    assert "ghcr.io/valkey/valkey:8 of your compose file is run as its tag is then" in page
    assert row.compose_digests == {"omar1/web:v1": row.digest}


def test_what_is_not_on_docker_hub_is_not_handed_in(
    student: Client, given: ClassPractice, omar: World
) -> None:
    page = look(student, given, reference="omar1/wep:v1")

    assert "Docker Hub shows no image omar1/wep:v1" in page
    assert 'name="seal"' not in page


def test_a_name_that_docker_would_not_take_is_mended(student: Client, given: ClassPractice) -> None:
    assert "omar1/web:v1" in look(student, given, reference="omar1/Web:v1").replace(
        'value="omar1/Web:v1"', ""
    )


def test_while_docker_hub_is_down_the_name_and_the_time_are_taken(
    student: Client, given: ClassPractice, omar: World
) -> None:
    omar.faults.add("error", status=503)
    page = look(student, given)

    student.post(address(given), {"seal": seal_in(page)})

    row = HandIn.objects.get()
    assert "the name and the time count" in page
    assert (row.reference, row.digest, row.is_late) == ("omar1/web:v1", "", False)


def test_pressing_twice_hands_in_once(student: Client, given: ClassPractice, omar: World) -> None:
    seal = seal_in(look(student, given))

    answers = [student.post(address(given), {"seal": seal}) for _ in range(2)]

    assert HandIn.objects.count() == 1
    assert answers[0]["Location"] == answers[1]["Location"]


@pytest.mark.parametrize("spoil", [lambda seal: seal[:-1] + "_", lambda seal: "", lambda seal: "eyJ9"])
def test_what_the_portal_did_not_see_cannot_be_handed_in(
    student: Client, given: ClassPractice, omar: World, spoil: object
) -> None:
    seal = seal_in(look(student, given))

    student.post(address(given), {"seal": spoil(seal)})  # type: ignore[operator]

    assert not HandIn.objects.exists()


def test_what_was_looked_at_for_one_practice_is_not_handed_in_for_another(
    student: Client, stage: Stage, given: ClassPractice, omar: World
) -> None:
    seal = seal_in(look(student, given))

    student.post(address(give(stage.smr)), {"seal": seal})

    assert not HandIn.objects.exists()


def test_after_the_lock_nothing_is_taken_although_it_was_looked_at_before(
    student: Client, given: ClassPractice, omar: World
) -> None:
    seal = seal_in(look(student, given))
    ClassPractice.objects.update(locked_at=timezone.now() - timedelta(seconds=1))

    answer = student.post(address(given), {"seal": seal}, follow=True)

    assert "The time for handing in is over" in answer.content.decode()
    assert not HandIn.objects.exists()


def test_a_compose_file_is_fixed_image_by_image(student: Client, stage: Stage, omar: World) -> None:
    omar.add_repository("library", "mariadb")
    omar.push_tag("library", "mariadb", "11")
    given = give(stage.smr, takes_compose=True)

    student.post(address(given), {"seal": seal_in(look(student, given, compose=COMPOSE))})

    row = HandIn.objects.get()
    assert set(row.compose_digests) == {"omar1/web:v1", "mariadb:11"}
    assert row.compose_digests["omar1/web:v1"] == row.digest


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("privileged: true", "privileged"),
        ("volumes: ['/var/run/docker.sock:/s']", "socket"),
        ("network_mode: host", "network_mode"),
    ],
)
def test_a_compose_file_that_asks_for_the_teachers_computer_is_refused_with_the_reason(
    student: Client, stage: Stage, omar: World, line: str, said: str
) -> None:
    given = give(stage.smr, takes_compose=True)
    compose = f"services:\n  web:\n    image: omar1/web:v1\n    {line}\n"

    page = look(student, given, compose=compose)

    assert said in page.split("textarea")[0]
    assert 'name="seal"' not in page


def test_an_image_that_the_compose_file_needs_has_to_be_there(
    student: Client, stage: Stage, omar: World
) -> None:
    given = give(stage.smr, takes_compose=True)

    assert "mariadb:11, which your compose file needs" in look(student, given, compose=COMPOSE)


def test_a_key_in_the_image_is_told_to_its_owner_before_handing_in(
    student: Client, given: ClassPractice, omar: World
) -> None:
    config = {"Env": ["AWS=AKIAABCDEFGHIJKLMNOP"]}
    omar.push_tag("omar1", "web", "v1", pushed_by="omar1", config=config)

    page = look(student, given)

    assert "A key or token of Amazon in the variable AWS: AKIA…" in page
    assert "AKIAABCDEFGHIJKLMNOP" not in page


def test_in_a_shared_repository_only_the_own_tag_is_taken(
    student: Client, stage: Stage, bruno: Student, omar: World
) -> None:
    given = give(stage.smr, hand_in_way=Practice.Way.SHARED)
    place = f"iestriana/practica-{given.practice_id}:{bruno.alias}"

    page = student.get(address(given)).content.decode()

    assert f"docker push {place}-1" in re.sub(r"<[^>]+>", "", page)
    assert f"the image goes to {place}" in look(student, given)


def test_a_later_push_is_found_and_what_counts_stays(
    student: Client, stage: Stage, given: ClassPractice, omar: World
) -> None:
    student.post(address(given), {"seal": seal_in(look(student, given))})
    before = HandIn.objects.get().digest
    omar.push_tag("omar1", "web", "v1", pushed_by="omar1")
    teacher = Client(headers={"accept-language": "en"})
    teacher.force_login(stage.school.teacher_roles.get().user)

    page = teacher.post(f"/class/{stage.smr.pk}/work/{given.pk}/look/", follow=True).content.decode()

    assert "1 image means another version by now" in page
    assert "a later version exists" in page
    assert HandIn.objects.get().digest == before


def test_the_version_of_what_was_handed_in_while_docker_hub_was_down_is_found_later(
    student: Client, stage: Stage, given: ClassPractice, omar: World
) -> None:
    omar.faults.add("error", status=503)
    student.post(address(given), {"seal": seal_in(look(student, given))})
    omar.faults.clear()
    teacher = Client(headers={"accept-language": "en"})
    teacher.force_login(stage.school.teacher_roles.get().user)
    before = teacher.get(f"/class/{stage.smr.pk}/work/{given.pk}/").content.decode()

    after = teacher.post(f"/class/{stage.smr.pk}/work/{given.pk}/look/", follow=True).content.decode()

    assert ("looks for the version by itself" in before, "looks for the version by itself" in after) == (
        True,
        False,
    )
    assert HandIn.objects.get().later_digest.startswith("sha256:")


def test_a_practice_of_another_class_is_not_there(student: Client, stage: Stage) -> None:
    other = give(make_class_group(stage.school, "2º SMR"))

    assert student.get(address(other)).status_code == 404


def test_the_page_of_a_practice_leads_to_handing_in_and_shows_what_was_handed_in(
    student: Client, given: ClassPractice, omar: World
) -> None:
    before = student.get(f"/student/practices/{given.pk}/").content.decode()
    student.post(address(given), {"seal": seal_in(look(student, given))})

    after = student.get(f"/student/practices/{given.pk}/").content.decode()

    assert address(given) in before
    assert ("this one counts" in before, "this one counts" in after) == (False, True)


def test_the_first_page_and_the_class_page_lead_there(
    student: Client, stage: Stage, given: ClassPractice
) -> None:
    teacher = Client(headers={"accept-language": "en"})
    teacher.force_login(stage.school.teacher_roles.get().user)

    assert address(given) in student.get("/student/").content.decode()
    assert (
        f"/class/{stage.smr.pk}/work/{given.pk}/" in teacher.get(f"/class/{stage.smr.pk}/").content.decode()
    )

"""A practice is shared by classes, each with its own version of its images: pages, scripts, files and checks agree."""

import json
from datetime import timedelta

import pytest
import yaml
from django.test import Client
from django.utils import timezone

from classrooms.actions.copying_classes import copy_class
from classrooms.actions.practice_versions import give_practice_version
from classrooms.actions.practices import (
    Dates,
    Needed,
    PracticeText,
    change_practice,
    give_practice,
    withdraw_practice,
)
from classrooms.models import AuditEntry, ClassGroup, ClassPractice, ImageTag, Student, User
from classrooms.queries.image_checks import items_of_class
from classrooms.queries.years import YearChoices
from tests.classrooms.practices.scene import DIGEST, lamp, make_practice, read
from tests.factories import make_assigned_image, make_class_group

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY = "sha256:" + "11" * 32, "sha256:" + "22" * 32
COMPOSE = "services:\n  web:\n    image: iestriana/lamp:1.0  # with PHP\n    ports: ['8080:80']\n"


@pytest.fixture
def monday(class_group: ClassGroup) -> ClassPractice:
    """Frozen at Monday's version; the tag means Tuesday's by now."""
    image = lamp(class_group)
    given = make_practice(class_group, "Práctica 6", Needed(image, "1.0", MONDAY, ports=("8080:80",)))
    ImageTag.objects.filter(image=image).update(digest=TUESDAY)
    ClassPractice.objects.filter(pk=given.pk).update(given_at=timezone.now() - timedelta(days=9))
    class_group.has_public_page = True
    class_group.save()
    return ClassPractice.objects.get(pk=given.pk)


def give_tuesday(given: ClassPractice, note: str = "PHP 8.3 en lugar de 8.2") -> None:
    needed = given.practice.images.get()
    give_practice_version(class_practice=given, needed=needed, digest=TUESDAY, note=note, by=None)


def second_class(given: ClassPractice, ana: User) -> ClassPractice:
    other = make_class_group(given.class_group.school, "2º DAW", teacher=ana, has_public_page=True)
    (row,) = give_practice(practice=given.practice, class_groups=[other], dates=Dates(), by=None)
    return row


def frozen_in(client: Client, given: ClassPractice) -> list[str]:
    """What script, JSON and page of that class pull."""
    code = given.class_group.code
    (image,) = json.loads(read(client, f"/c/{code}/images.json"))["images"]
    script, page = read(client, f"/c/{code}/pull.sh"), read(client, f"/c/{code}/")
    return [
        digest
        for digest in (MONDAY, TUESDAY)
        if image["digest"] == digest and digest in script and f"iestriana/lamp@{digest}" in page
    ]


def test_one_class_gets_the_new_version_everywhere_and_the_other_stays(
    reader: Client, monday: ClassPractice, ana: User
) -> None:
    stays = second_class(monday, ana)

    give_tuesday(monday)

    assert frozen_in(reader, monday) == [TUESDAY]
    assert frozen_in(reader, stays) == [MONDAY]


def test_its_students_read_one_line_with_the_day_and_the_others_nothing(
    client: Client, monday: ClassPractice, ana: User, bruno: Student
) -> None:
    stays = second_class(monday, ana)
    give_tuesday(monday)
    assert bruno.user is not None
    client.force_login(bruno.user)

    page = client.get(f"/student/practices/{monday.pk}/", headers={"accept-language": "es"}).content.decode()
    other = client.get(f"/c/{stays.class_group.code}/", headers={"accept-language": "es"}).content.decode()

    today = timezone.localdate()
    assert f"Hay una versión nueva desde el {today.day} de" in page and "PHP 8.3 en lugar de 8.2" in page
    assert "versión nueva" not in other and "PHP 8.3" not in other


def test_who_began_with_the_version_is_told_of_no_new_one(
    client: Client, monday: ClassPractice, bruno: Student
) -> None:
    give_tuesday(monday)
    ClassPractice.objects.update(given_at=timezone.now() + timedelta(seconds=1))
    assert bruno.user is not None
    client.force_login(bruno.user)

    page = client.get(f"/student/practices/{monday.pk}/", headers={"accept-language": "en"}).content.decode()

    assert "A new version since" not in page and "PHP 8.3" in page


def test_a_tag_that_the_practice_follows_says_when_it_means_another_image(
    client: Client, class_group: ClassGroup, bruno: Student
) -> None:
    given = make_practice(class_group, "A", Needed(lamp(class_group), "1.0"))
    ImageTag.objects.update(digest_changed_at=timezone.now() + timedelta(seconds=1))
    assert bruno.user is not None
    client.force_login(bruno.user)

    page = client.get(f"/student/practices/{given.pk}/", headers={"accept-language": "en"}).content.decode()

    assert "A new version since" in page


def test_the_compose_file_has_the_version_of_the_class(
    reader: Client, monday: ClassPractice, ana: User
) -> None:
    monday.practice.compose = COMPOSE
    monday.practice.save()
    stays = second_class(monday, ana)
    give_tuesday(monday)

    moved = read(reader, f"/c/{monday.class_group.code}/compose.yaml")

    assert yaml.safe_load(moved)["services"]["web"]["image"] == f"iestriana/lamp:1.0@{TUESDAY}"
    assert moved.replace(f"@{TUESDAY}", "") == COMPOSE
    assert read(reader, f"/c/{stays.class_group.code}/compose.yaml") == COMPOSE


def test_a_check_looks_at_the_version_that_the_class_has(monday: ClassPractice, ana: User) -> None:
    stays = second_class(monday, ana)
    give_tuesday(monday)

    frozen = [[item.frozen for item in items_of_class(one.class_group)] for one in (monday, stays)]

    assert frozen == [[TUESDAY], [MONDAY]]


def test_written_with_another_version_the_practice_decides_for_all_its_classes(
    reader: Client, monday: ClassPractice
) -> None:
    give_tuesday(monday)
    needed = Needed(monday.practice.images.get().image, "1.0", DIGEST)

    change_practice(practice=monday.practice, written=PracticeText("P", images=(needed,)), by=None)

    (image,) = json.loads(read(reader, f"/c/{monday.class_group.code}/images.json"))["images"]
    assert image["digest"] == DIGEST


def test_other_words_in_the_practice_leave_the_classes_their_version(
    reader: Client, monday: ClassPractice
) -> None:
    give_tuesday(monday)
    needed = Needed(monday.practice.images.get().image, "1.0", MONDAY)

    change_practice(practice=monday.practice, written=PracticeText("Other", images=(needed,)), by=None)

    assert frozen_in(reader, monday) == [TUESDAY]


def test_next_years_class_begins_with_the_version_and_reads_of_none_that_is_new(
    client: Client, monday: ClassPractice
) -> None:
    give_tuesday(monday)

    copied = copy_class(monday.class_group, YearChoices(archive=frozenset(), copy=frozenset()))

    assert copied is not None
    (version,) = copied.class_practices.get().versions.all()
    assert (version.digest, version.note, version.changed_at) == (TUESDAY, "", None)


def test_the_same_again_changes_nothing(monday: ClassPractice) -> None:
    give_tuesday(monday)
    when = monday.versions.get().changed_at

    give_tuesday(monday)
    give_tuesday(monday, note="PHP 8.3")

    assert (monday.versions.get().changed_at, monday.versions.get().note) == (when, "PHP 8.3")
    assert AuditEntry.objects.filter(verb="practice.version_given").count() == 2


def test_what_a_class_has_by_itself_too_is_shown_once_in_the_practice(
    reader: Client, client: Client, class_group: ClassGroup, bruno: Student
) -> None:
    image = lamp(class_group)
    class_group.has_public_page = True
    class_group.save()
    make_practice(class_group, "Práctica 6", Needed(image, "1.0"))
    make_assigned_image(class_group, image, tag="1.0", note="Con PHP 8.4", run_options="--rm -p 8081:80")
    assert bruno.user is not None
    client.force_login(bruno.user)

    pages = [
        client.get("/student/", headers={"accept-language": "en"}).content.decode(),
        reader.get(f"/c/{class_group.code}/").content.decode(),
    ]

    for page in pages:
        assert page.count("docker pull iestriana/lamp:1.0<") == 1
        assert "More images of your class" not in page
        # What the teacher said of it stands there, and how it is run where the practice says nothing.
        assert "Con PHP 8.4" in page and "-p 8081:80" in page
    assert len(json.loads(read(reader, f"/c/{class_group.code}/images.json"))["images"]) == 1


def test_the_version_at_which_the_class_froze_it_counts_where_the_practice_follows_the_tag(
    reader: Client, class_group: ClassGroup
) -> None:
    image = lamp(class_group)
    class_group.has_public_page = True
    class_group.save()
    make_practice(class_group, "Práctica 6", Needed(image, "1.0"))
    make_assigned_image(class_group, image, tag="1.0", digest=MONDAY)

    (found,) = json.loads(read(reader, f"/c/{class_group.code}/images.json"))["images"]

    assert (found["digest"], found["practice"]) == (MONDAY, "Práctica 6")


def test_two_frozen_versions_are_two_images(reader: Client, monday: ClassPractice) -> None:
    image = monday.practice.images.get().image
    make_assigned_image(monday.class_group, image, tag="1.0", digest=DIGEST)

    found = json.loads(read(reader, f"/c/{monday.class_group.code}/images.json"))["images"]

    assert [one["digest"] for one in found] == [MONDAY, DIGEST]


def test_before_its_practice_is_seen_the_image_stands_by_itself(
    reader: Client, class_group: ClassGroup
) -> None:
    image = lamp(class_group)
    class_group.has_public_page = True
    class_group.save()
    tomorrow = timezone.now() + timedelta(days=1)
    make_practice(class_group, "Práctica 6", Needed(image, "1.0"), visible_from=tomorrow)
    make_assigned_image(class_group, image, tag="1.0")

    (found,) = json.loads(read(reader, f"/c/{class_group.code}/images.json"))["images"]

    assert found["practice"] is None


def test_a_practice_given_again_has_the_version_that_the_class_had(
    reader: Client, monday: ClassPractice
) -> None:
    give_tuesday(monday)
    withdraw_practice(class_practice=monday, by=None)

    (again,) = give_practice(
        practice=monday.practice, class_groups=[monday.class_group], dates=Dates(), by=None
    )

    assert again.pk != monday.pk
    assert frozen_in(reader, again) == [TUESDAY]


def test_a_version_that_the_practice_left_meanwhile_does_not_come_back(
    reader: Client, monday: ClassPractice
) -> None:
    give_tuesday(monday)
    withdraw_practice(class_practice=monday, by=None)
    needed = monday.practice.images.get()
    change_practice(
        practice=monday.practice,
        written=PracticeText("Práctica 6", images=(Needed(needed.image, "1.0", "sha256:" + "33" * 32),)),
        by=None,
    )

    (again,) = give_practice(
        practice=monday.practice, class_groups=[monday.class_group], dates=Dates(), by=None
    )

    assert again.versions.count() == 0


def test_a_class_goes_back_to_the_version_of_the_practice_with_one_button(
    reader: Client, client: Client, monday: ClassPractice, ana: User
) -> None:
    give_tuesday(monday)
    needed = monday.practice.images.get()
    client.force_login(ana)
    address = f"/class/{monday.class_group_id}/practices/{monday.pk}/images/{needed.pk}/back/"
    before = client.get(f"/practice/{monday.practice_id}/").content.decode()

    after = client.post(address, follow=True).content.decode()

    assert (address in before, address in after) == (True, False)
    assert frozen_in(reader, monday) == [MONDAY]


def test_students_read_that_the_version_changed_when_it_went_back(
    client: Client, monday: ClassPractice, ana: User, bruno: Student
) -> None:
    give_tuesday(monday)
    client.force_login(ana)
    needed = monday.practice.images.get()
    client.post(f"/class/{monday.class_group_id}/practices/{monday.pk}/images/{needed.pk}/back/")
    assert bruno.user is not None
    client.force_login(bruno.user)

    page = client.get(f"/student/practices/{monday.pk}/", headers={"accept-language": "en"}).content.decode()

    assert "PHP 8.3" not in page
    assert "A new version since" in page

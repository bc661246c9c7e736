"""An image that a class has: other words for it, another date, frozen or following its tag."""

import pytest
from django.test import Client

from classrooms.models import AssignedImage, AuditEntry, ClassGroup, ImageTag, School, Student, User
from classrooms.queries.student import student_home_for
from tests.factories import make_assigned_image, make_teacher

NOW, OLDER = "sha256:" + "4f" * 32, "sha256:" + "5e" * 32


@pytest.fixture
def assigned(class_group: ClassGroup) -> AssignedImage:
    found = make_assigned_image(class_group, tag="1.0")
    ImageTag.objects.create(image=found.image, name="1.0", found=True, digest=NOW)
    return found


def path_of(assigned: AssignedImage) -> str:
    return f"/class/{assigned.class_group_id}/images/{assigned.pk}/"


def read(client: Client, path: str) -> str:
    return client.get(path, headers={"accept-language": "en"}).content.decode()


def test_words_options_and_date_are_changed(client: Client, assigned: AssignedImage, ana: User) -> None:
    client.force_login(ana)
    facts = {
        "digest": "follow",
        "title": "Apache",
        "note": "PHP 8.4",
        "run_options": "--rm",
        "visible_from": "2027-01-15T10:05",
    }

    answer = client.post(path_of(assigned), facts)

    assigned.refresh_from_db()
    assert answer.status_code == 302 and assigned.visible_from is not None
    assert (assigned.title, assigned.note, assigned.run_options) == ("Apache", "PHP 8.4", "--rm")


def test_the_same_again_changes_nothing(client: Client, assigned: AssignedImage, ana: User) -> None:
    client.force_login(ana)
    for _time in range(2):
        client.post(path_of(assigned), {"digest": "follow", "title": "Apache"})

    assert AuditEntry.objects.filter(verb="image.assignment_changed").count() == 1


def test_a_frozen_image_is_pulled_by_digest_and_follows_its_tag_again(
    client: Client, assigned: AssignedImage, ana: User, bruno: Student
) -> None:
    client.force_login(ana)

    client.post(path_of(assigned), {"digest": NOW})
    (frozen,) = student_home_for(bruno).images
    client.post(path_of(assigned), {"digest": "follow"})
    (following,) = student_home_for(bruno).images

    assert frozen.reference == f"iestriana/lamp@{NOW}" and following.reference == "iestriana/lamp:1.0"


def test_a_version_that_nobody_knows_is_refused(client: Client, assigned: AssignedImage, ana: User) -> None:
    client.force_login(ana)

    answer = client.post(path_of(assigned), {"digest": OLDER})

    assert "digest" in answer.context["form"].errors


def test_a_newer_version_is_told_on_both_pages(client: Client, assigned: AssignedImage, ana: User) -> None:
    AssignedImage.objects.update(digest=OLDER)
    client.force_login(ana)

    assert "A newer version exists" in read(client, path_of(assigned))
    page = read(client, f"/class/{assigned.class_group_id}/")
    assert "A newer version exists" in page and "sha256:5e5e5e5e…" in page


def test_options_that_start_another_command_are_refused_here_too(
    client: Client, assigned: AssignedImage, ana: User
) -> None:
    client.force_login(ana)

    answer = client.post(path_of(assigned), {"run_options": "--rm; reboot"})

    assert "run_options" in answer.context["form"].errors


def test_without_a_seen_tag_there_is_nothing_to_freeze(
    client: Client, assigned: AssignedImage, ana: User
) -> None:
    ImageTag.objects.all().delete()
    client.force_login(ana)

    assert "as soon as the portal has seen the tag" in read(client, path_of(assigned))


def test_a_withdrawn_image_and_a_reader_find_no_such_page(
    client: Client, assigned: AssignedImage, ana: User, school: School
) -> None:
    client.force_login(make_teacher(school, "Rita", role="read_only"))
    assert client.get(path_of(assigned)).status_code == 404

    client.force_login(ana)
    client.post(f"/assigned/{assigned.pk}/withdraw/")
    assert client.get(path_of(assigned)).status_code == 404

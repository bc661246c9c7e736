"""What a student has to pull today."""

import re
from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from classrooms.actions.class_groups import enrol_student, withdraw_student
from classrooms.actions.images import withdraw_image
from classrooms.models import AssignedImage, ClassGroup, ImageTag, School, Student, User
from classrooms.queries.student import Way, student_home_for
from tests.factories import make_assigned_image, make_class_group, make_image

DIGEST = "sha256:" + "a" * 64


def lamp_for(class_group: ClassGroup, **facts: object) -> AssignedImage:
    """iestriana/lamp:1.2, of which the registry was asked."""
    image = make_image(class_group.school)
    ImageTag.objects.create(
        image=image, name="1.2", found=True, digest=DIGEST, compressed_bytes=184_300_000,
        platforms=["linux/amd64"],
    )  # fmt: skip
    return make_assigned_image(class_group, image, tag="1.2", **facts)


def read(reader: Client, student: Student) -> str:
    reader.force_login(student.user)
    return reader.get("/student/").content.decode()


def test_the_commands_can_be_copied_with_size_computers_and_news(
    reader: Client, bruno: Student, class_group: ClassGroup
) -> None:
    lamp_for(class_group, title="Apache", note="Now with PHP 8.4", run_options="--rm -p 8080:80")

    # Each word is a line's smallest part, so that none ends within an option; copying takes the text alone.
    page = re.sub("</?span>", "", read(reader, bruno))

    assert '<code lang="en">docker pull iestriana/lamp:1.2</code>' in page
    assert '<code lang="en">docker run --rm -p 8080:80 iestriana/lamp:1.2</code>' in page
    assert "184 MB" in page and "Runs on: PC" in page
    assert "Now with PHP 8.4" in page


def test_a_frozen_image_is_pulled_by_its_digest(
    reader: Client, bruno: Student, class_group: ClassGroup
) -> None:
    lamp_for(class_group, digest=DIGEST)

    assert f"docker pull iestriana/lamp@{DIGEST}" in read(reader, bruno)


def test_the_size_of_a_frozen_image_is_not_that_of_what_its_tag_means_now(
    bruno: Student, class_group: ClassGroup
) -> None:
    lamp_for(class_group, digest="sha256:" + "b" * 64)

    assert student_home_for(bruno).images[0].size_bytes is None


def test_the_newest_of_all_classes_stands_on_top(
    school: School, bruno: Student, class_group: ClassGroup
) -> None:
    other = make_class_group(school, "2º DAW")
    enrol_student(student=bruno, class_group=other, by=None)
    now = timezone.now()
    make_assigned_image(class_group, make_image(school, "nginx"), visible_from=now - timedelta(days=1))
    make_assigned_image(other, make_image(school, "redis"), visible_from=now - timedelta(hours=1))
    make_assigned_image(class_group, make_image(school, "mariadb"), visible_from=now - timedelta(days=3))

    assert [one.title for one in student_home_for(bruno).images] == ["redis", "nginx", "mariadb"]


def test_what_is_withdrawn_not_visible_yet_or_of_a_class_that_was_left_is_not_there(
    school: School, bruno: Student, class_group: ClassGroup
) -> None:
    left = make_class_group(school, "2º DAW")
    enrolment = enrol_student(student=bruno, class_group=left, by=None)
    make_assigned_image(left, make_image(school, "redis"))
    withdraw_student(enrolment=enrolment, by=None)
    make_assigned_image(
        class_group, make_image(school, "nginx"), visible_from=timezone.now() + timedelta(days=1)
    )
    withdraw_image(assigned=make_assigned_image(class_group, make_image(school, "mariadb")), by=None)

    assert student_home_for(bruno).images == ()


def test_a_tag_that_means_another_image_since_then_asks_to_pull_again(
    reader: Client, bruno: Student, class_group: ClassGroup
) -> None:
    lamp_for(class_group)
    ImageTag.objects.update(digest_changed_at=timezone.now() + timedelta(minutes=1))

    assert "pull it again" in read(reader, bruno)


def test_a_change_from_before_it_was_given_out_is_no_news(bruno: Student, class_group: ClassGroup) -> None:
    lamp_for(class_group)
    ImageTag.objects.update(digest_changed_at=timezone.now() - timedelta(days=1))

    assert student_home_for(bruno).images[0].renewed_at is None


def test_an_image_that_is_gone_says_so(reader: Client, bruno: Student, class_group: ClassGroup) -> None:
    lamp_for(class_group)
    ImageTag.objects.update(found=False)

    page = read(reader, bruno)
    assert "no longer in the registry" in page
    assert "data-copy" not in page


def test_an_image_that_is_gone_is_not_the_next_to_pull(bruno: Student, class_group: ClassGroup) -> None:
    there = make_assigned_image(class_group, make_image(class_group.school, "iestriana/nginx"))
    gone = lamp_for(class_group)
    ImageTag.objects.filter(image=gone.image).update(found=False)

    assert [image.assigned for image in student_home_for(bruno).images] == [there, gone]


def test_a_private_image_is_no_command_for_who_has_no_access(
    reader: Client, bruno: Student, class_group: ClassGroup
) -> None:
    make_assigned_image(class_group, make_image(class_group.school, "iestriana/exam", is_private=True))

    page = read(reader, bruno)

    assert "Ask your teacher" in page and "docker pull" not in page


def test_a_private_image_asks_a_member_for_the_docker_id_and_then_to_sign_in(
    reader: Client, bruno: Student, class_group: ClassGroup
) -> None:
    ClassGroup.objects.update(students_are_members=True)
    make_assigned_image(class_group, make_image(class_group.school, "iestriana/exam", is_private=True))
    assert student_home_for(bruno).images[0].way == Way.NO_DOCKER_ID

    bruno.docker_id = "zorro99"
    bruno.save()

    assert "docker login -u zorro99" in read(reader, bruno)


def test_an_empty_page_says_what_comes_next(reader: Client, bruno: Student) -> None:
    assert "docker run hello-world" in read(reader, bruno)


def test_more_images_do_not_mean_more_queries(
    reader: Client, bruno: Student, class_group: ClassGroup
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            reader.get("/student/")
        return len(captured)

    make_assigned_image(class_group)
    read(reader, bruno)
    before = queries()
    for number in range(6):
        make_assigned_image(class_group, make_image(class_group.school, f"iestriana/lab{number}"))

    assert queries() == before


def test_a_teacher_has_no_such_page(reader: Client, ana: User) -> None:
    reader.force_login(ana)

    assert reader.get("/student/").status_code == 404

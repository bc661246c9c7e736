"""The school's images: catalogue, a new one, one with its tags; assigning and withdrawing."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from classrooms.actions.images import record_tags
from classrooms.image_facts import TagFacts, short_digest
from classrooms.models import AssignedImage, ClassGroup, Image, School, User
from tests.factories import make_assigned_image, make_class_group, make_image, make_school, make_teacher

MONDAY = datetime(2026, 9, 14, 8, 0, tzinfo=UTC)
ENGLISH = {"accept-language": "en"}


def read(client: Client, path: str) -> str:
    return client.get(path, headers=ENGLISH).content.decode()


def test_the_catalogue_shows_own_images_and_those_of_others(
    client: Client, school: School, ana: User
) -> None:
    lamp = make_image(school)
    make_image(school, "nginx", is_private=None)
    tags = [TagFacts("1.0", "sha256:a", 1000, ("linux/amd64",), MONDAY), TagFacts("0.9", pushed_at=None)]
    record_tags(image=lamp, tags=tags, at=MONDAY)
    client.force_login(ana)

    catalogue = client.get(f"/school/{school.pk}/images/").context["catalogue"]

    assert [str(image) for image in catalogue.own + catalogue.others] == ["iestriana/lamp", "nginx"]
    assert (catalogue.own[0].tag_count, catalogue.own[0].newest_platforms) == (2, ["linux/amd64"])


def test_a_search_for_nothing_there_says_what_to_do(client: Client, school: School, ana: User) -> None:
    make_image(school)
    client.force_login(ana)

    assert "Show all images" in read(client, f"/school/{school.pk}/images/?q=tomcat")


def test_sixty_images_cost_as_many_queries_as_one(
    client: Client, school: School, ana: User, django_assert_max_num_queries: object
) -> None:
    for number in range(60):
        make_image(school, f"iestriana/practica-{number}")
    client.force_login(ana)

    with django_assert_max_num_queries(12):  # type: ignore[operator]
        client.get(f"/school/{school.pk}/images/")


def test_a_new_image_is_wanted_and_its_page_says_that_it_is_on_its_way(
    client: Client, school: School, ana: User
) -> None:
    client.force_login(ana)

    answer = client.post(f"/school/{school.pk}/images/new/", {"name": "apache-ut3", "is_private": "on"})

    image = Image.objects.get()
    assert (image.repository, image.is_wanted, image.is_private) == ("iestriana/apache-ut3", True, True)
    assert "on its way" in read(client, answer.headers["Location"])


@pytest.mark.parametrize("name", ["Lamp", "práctica 1", "a/b", "lamp:1.0", "-lamp", "x"])
def test_a_name_that_docker_does_not_take_is_refused(
    client: Client, school: School, ana: User, name: str
) -> None:
    client.force_login(ana)

    answer = client.post(f"/school/{school.pk}/images/new/", {"name": name})

    assert "name" in answer.context["form"].errors and not Image.objects.exists()


def test_a_name_is_checked_while_it_is_typed(client: Client, school: School, ana: User) -> None:
    make_image(school)
    client.force_login(ana)
    path = f"/school/{school.pk}/images/check-name/?name="

    assert "It will be iestriana/apache" in read(client, f"{path}apache")
    assert "already has iestriana/lamp" in read(client, f"{path}lamp")
    assert "capital letters" in read(client, f"{path}Lamp")


def test_without_an_account_a_new_image_leads_to_connecting(client: Client, db: None) -> None:
    school = make_school(namespace="")
    client.force_login(make_teacher(school, "Marina", role="owner"))

    assert "Connect Docker Hub" in read(client, f"/school/{school.pk}/images/new/")
    client.post(f"/school/{school.pk}/images/new/", {"name": "lamp"})
    assert not Image.objects.exists()


def test_an_image_shows_its_tags_and_the_classes_that_use_it(
    client: Client, class_group: ClassGroup, ana: User
) -> None:
    image = make_assigned_image(class_group, tag="1.0").image
    record_tags(image=image, tags=[TagFacts("1.0", "sha256:abc", 1000, ("linux/arm64",), MONDAY)], at=MONDAY)
    client.force_login(ana)

    page = read(client, f"/image/{image.pk}/")

    assert "linux/arm64" in page and "1º SMR" in page


def test_a_tag_that_moved_says_what_it_meant_before(
    client: Client, class_group: ClassGroup, ana: User
) -> None:
    image = make_assigned_image(class_group, tag="1.0").image
    old, new = "sha256:" + "11" * 32, "sha256:" + "22" * 32
    for digest in (old, new):
        record_tags(image=image, tags=[TagFacts("1.0", digest, 1000)], at=MONDAY)
    client.force_login(ana)

    page = read(client, f"/image/{image.pk}/")

    assert "another version until" in page
    assert short_digest(old) in page


def check(client: Client, school: School, reference: str) -> str:
    return " ".join(read(client, f"/school/{school.pk}/check-reference/?reference={reference}").split())


def test_a_reference_is_told_what_it_means(client: Client, school: School, ana: User) -> None:
    lamp = make_image(school)
    record_tags(image=lamp, tags=[TagFacts("1.0", "sha256:a", 1000)], at=MONDAY)
    make_image(school, "iestriana/examen", is_private=True)
    client.force_login(ana)

    assert "Public image." in check(client, school, "iestriana/lamp:1.0")
    assert "The tag 2.0 is not known. Known tags: 1.0" in check(client, school, "iestriana/lamp:2.0")
    assert "not members of the organization cannot pull it" in check(client, school, "iestriana/examen")
    assert "is not in the school’s list of images" in check(client, school, "iestriana/lmap")
    assert "as an image of others" in check(client, school, "nginx:1.27")


def test_what_is_said_of_a_private_image_depends_on_the_ticked_classes(
    client: Client, school: School, class_group: ClassGroup, ana: User
) -> None:
    make_image(school, "iestriana/examen", is_private=True)
    members = make_class_group(school, "2º DAW", teacher=ana, students_are_members=True)
    client.force_login(ana)

    def said(*ticked: ClassGroup) -> str:
        classes = "".join(f"&class_groups={one.pk}" for one in ticked)
        return check(client, school, f"iestriana/examen{classes}")

    assert "its students can pull it" in said(members)
    assert "The students of this class are not members" in said(class_group)
    assert "Students who are not members" in said(class_group, members)


def test_a_wrong_reference_is_mended(client: Client, school: School, ana: User) -> None:
    client.force_login(ana)

    assert "It could be: iestriana/lamp" in check(client, school, "docker pull iestriana/Lamp")


def assign(client: Client, class_group: ClassGroup, **fields: object) -> object:
    facts = {"reference": "iestriana/lamp:1.0", "class_groups": [class_group.pk], **fields}
    return client.post(f"/class/{class_group.pk}/assign/", facts, headers=ENGLISH)


def test_one_field_assigns_an_image(client: Client, class_group: ClassGroup, ana: User) -> None:
    client.force_login(ana)

    assign(client, class_group)

    assigned = AssignedImage.objects.get()
    assert (str(assigned.image), assigned.tag, assigned.assigned_by) == ("iestriana/lamp", "1.0", ana)


def test_several_classes_get_an_image_at_once(
    client: Client, school: School, class_group: ClassGroup, ana: User
) -> None:
    other = make_class_group(school, "2º DAW", teacher=ana)
    client.force_login(ana)

    assign(client, class_group, class_groups=[class_group.pk, other.pk], visible_from="2027-01-15T10:05")

    assert AssignedImage.objects.count() == 2 and not AssignedImage.objects.visible().exists()


def test_assigning_twice_leaves_one_assignment(client: Client, class_group: ClassGroup, ana: User) -> None:
    client.force_login(ana)
    assign(client, class_group)
    assign(client, class_group, note="Unit 2")

    assert AssignedImage.objects.get().note == "Unit 2"


def test_a_class_of_another_teacher_or_school_cannot_be_ticked(
    client: Client, school: School, class_group: ClassGroup, other_school: School
) -> None:
    javier = make_teacher(school, "Javier")
    own = make_class_group(school, "2º DAW", teacher=javier)
    client.force_login(javier)
    for stranger in (class_group, make_class_group(other_school)):
        assign(client, own, class_groups=[own.pk, stranger.pk])

    assert not AssignedImage.objects.exists()


@pytest.mark.parametrize(
    "options",
    [
        "--rm; rm -rf ~",
        "-p 80:80 | sh",
        "$(reboot)",
        "`id`",
        "-d > x",
        "a\nb",
        "(Remove-Item x)",
        "--rm \x1b[201~reboot",
        "--rm \u202etoober",
        "--rm\u2028reboot",
    ],
)
def test_options_that_start_another_command_are_refused(
    client: Client, class_group: ClassGroup, ana: User, options: str
) -> None:
    client.force_login(ana)

    answer = assign(client, class_group, run_options=options)

    assert "run_options" in answer.context["form"].errors  # type: ignore[attr-defined]


def test_ordinary_options_are_kept(client: Client, class_group: ClassGroup, ana: User) -> None:
    client.force_login(ana)
    options = '--rm -p 8080:80 -v "$PWD":/var/www/html'

    assign(client, class_group, run_options=options)

    assert AssignedImage.objects.get().run_options == options


def test_withdrawing_takes_the_image_from_the_class(
    client: Client, class_group: ClassGroup, ana: User
) -> None:
    assigned = make_assigned_image(class_group)
    client.force_login(ana)
    for _time in range(2):
        assert client.post(f"/assigned/{assigned.pk}/withdraw/").status_code == 302

    assert not AssignedImage.objects.current().exists()


def test_an_archived_class_gets_no_image(client: Client, school: School, ana: User) -> None:
    archived = make_class_group(school, "2º ASIR", teacher=ana, archived_at=MONDAY)
    client.force_login(ana)

    assert client.get(f"/class/{archived.pk}/assign/").status_code == 404

"""The pages on which a teacher writes, publishes, copies and gives practices."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from classrooms.actions.practices import Dates, PracticeText, give_practice, publish_practice, write_practice
from classrooms.models import (
    AssignedImage,
    AuditEntry,
    ClassGroup,
    ClassPractice,
    Practice,
    School,
    Student,
    User,
)
from classrooms.queries.activity import sentence
from tests.factories import make_class_group, make_teacher

pytestmark = pytest.mark.django_db


def filled(**fields: Any) -> dict[str, Any]:
    """The form of a practice with one image, as a browser sends it."""
    return {
        "title": "Práctica 6", "text": "Instala **LAMP**.", "compose": "", "hand_in_way": "none",
        "images-TOTAL_FORMS": "1", "images-INITIAL_FORMS": "0", "images-0-reference": "iestriana/lamp:1.0",
        "images-0-ports": "8080:80 8443:443", "images-0-environment": "CLASE=1º SMR\nNIVEL=2",
        "images-0-volumes": "datos:/var/lib/mysql", **fields,
    }  # fmt: skip


@pytest.fixture
def teacher(reader: Client, ana: User) -> Client:
    reader.force_login(ana)
    return reader


@pytest.fixture
def practice(school: School, ana: User) -> Practice:
    return write_practice(school=school, written=PracticeText("Práctica 6", "Instala *LAMP*."), by=ana)


def write(teacher: Client, school: School, address: str = "", **fields: Any) -> Any:
    return teacher.post(address or f"/school/{school.pk}/practices/new/", filled(**fields))


def said(answer: Any) -> list[str]:
    return [*answer.context["form"].errors.as_data(), *filter(None, answer.context["images"].errors)]


def test_a_practice_is_kept_with_its_images_and_how_they_are_run(teacher: Client, school: School) -> None:
    write(teacher, school)

    practice = Practice.objects.get()
    image = practice.images.get()
    assert (str(image), image.ports) == ("iestriana/lamp:1.0", ["8080:80", "8443:443"])
    assert (image.environment, image.volumes) == (["CLASE=1º SMR", "NIVEL=2"], ["datos:/var/lib/mysql"])
    assert practice.is_draft


def test_the_images_of_a_compose_file_are_images_of_the_practice(teacher: Client, school: School) -> None:
    services = (
        "web: {image: 'iestriana/lamp:1.0'}",
        "db: {image: 'mysql:8.4'}",
        "x: {image: '${IMG}'}",
        "y: {build: .}",
    )
    compose = "\n  ".join(("services:", *services))
    write(teacher, school, compose=compose)

    images = Practice.objects.get().images.all()
    assert [(str(one), one.ports) for one in images] == [
        ("iestriana/lamp:1.0", ["8080:80", "8443:443"]), ("mysql:8.4", [])
    ]  # fmt: skip


def test_begun_on_a_class_page_it_is_offered_to_that_class(
    teacher: Client, school: School, class_group: ClassGroup
) -> None:
    answer = write(teacher, school, f"/school/{school.pk}/practices/new/?class={class_group.pk}")
    page = teacher.get(answer["Location"]).content.decode()

    assert f'value="{class_group.pk}" id="id_class_groups_0" checked' in page


def test_one_more_image_adds_an_empty_form_and_loses_nothing(teacher: Client, school: School) -> None:
    page = write(teacher, school, more="yes").content.decode()

    assert 'name="images-1-reference"' in page and "8443:443" in page and "There is a problem" not in page
    assert not Practice.objects.exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("images-0-reference", "iestriana/Lamp"),
        ("images-0-ports", "80:99999"),
        ("images-0-ports", "8080"),
        ("images-0-ports", "8080:80; rm -rf ~"),
        ("images-0-environment", "no name=1"),
        ("images-0-environment", "A=\x1b[31m"),
        ("images-0-volumes", "datos"),
        ("compose", "servicios:\n  web: {}"),
        ("title", ""),
    ],
)
def test_what_docker_does_not_read_is_refused_where_it_was_typed(
    teacher: Client, school: School, name: str, value: str
) -> None:
    assert said(write(teacher, school, **{name: value}))
    assert not Practice.objects.exists()


def test_changing_takes_an_emptied_image_out_and_keeps_the_rest(
    teacher: Client, school: School, practice: Practice
) -> None:
    write(teacher, school, f"/practice/{practice.pk}/edit/", title="Práctica 7")
    write(teacher, school, f"/practice/{practice.pk}/edit/", title="Práctica 7", **{"images-0-reference": ""})

    practice.refresh_from_db()
    assert (practice.title, practice.images.count()) == ("Práctica 7", 0)


def test_the_page_to_change_it_shows_what_was_written(teacher: Client, school: School) -> None:
    write(teacher, school)

    page = teacher.get(f"/practice/{Practice.objects.get().pk}/edit/").content.decode()

    assert "iestriana/lamp:1.0" in page and "8080:80 8443:443" in page and "NIVEL=2" in page


def test_given_to_two_classes_it_is_published_with_its_dates(
    teacher: Client, school: School, ana: User, practice: Practice, class_group: ClassGroup
) -> None:
    other = make_class_group(school, "2º DAW", teacher=ana)
    answer = teacher.post(
        f"/practice/{practice.pk}/give/",
        {"class_groups": [class_group.pk, other.pk], "due_at": "2026-12-01T23:59", "publish": "on"},
    )

    assert answer["Location"] == f"/practice/{practice.pk}/"
    assert set(ClassPractice.objects.visible().values_list("class_group", flat=True)) == {
        class_group.pk,
        other.pk,
    }
    due = {timezone.localtime(one.due_at).isoformat() for one in ClassPractice.objects.all() if one.due_at}
    assert due == {"2026-12-01T23:59:00+01:00"}


def test_giving_it_again_shows_the_dates_that_the_class_has(
    teacher: Client, practice: Practice, class_group: ClassGroup
) -> None:
    address = f"/practice/{practice.pk}/give/"
    teacher.post(address, {"class_groups": [class_group.pk], "due_at": "2026-12-01T23:59"})

    page = teacher.get(f"{address}?class={class_group.pk}").content.decode()

    assert 'value="2026-12-01T23:59"' in page
    assert "(has it already)" in page and "(has it already)" in teacher.get(address).content.decode()


def test_giving_an_exam_to_members_says_when_they_get_in(
    teacher: Client, class_group: ClassGroup, practice: Practice
) -> None:
    Practice.objects.update(is_exam=True)
    without = teacher.get(f"/practice/{practice.pk}/give/").content.decode()
    ClassGroup.objects.update(students_are_members=True)

    with_members = teacher.get(f"/practice/{practice.pk}/give/").content.decode()

    told = "Access is there about a minute after"
    assert (told in without, told in with_members) == (False, True)


def test_giving_an_exam_names_the_classes_that_hold_a_token(
    teacher: Client, class_group: ClassGroup, practice: Practice
) -> None:
    ClassGroup.objects.update(pull_access_until=timezone.localdate())
    address, told = f"/practice/{practice.pk}/give/", "hold a token that pulls private images"
    no_exam = teacher.get(address).content.decode()
    Practice.objects.update(is_exam=True)
    exam = teacher.get(address).content.decode()
    ClassGroup.objects.update(pull_access_until=timezone.localdate() - timedelta(days=1))
    over = teacher.get(address).content.decode()

    assert (told in no_exam, told in exam, told in over) == (False, True, False)
    assert f'<a href="{class_group.get_absolute_url()}">' in exam.partition(told)[2]


def test_an_exam_is_not_given_without_its_minute(
    teacher: Client, practice: Practice, class_group: ClassGroup
) -> None:
    Practice.objects.update(is_exam=True)
    answer = teacher.post(f"/practice/{practice.pk}/give/", {"class_groups": [class_group.pk]})

    assert "visible_from" in answer.context["form"].errors and not ClassPractice.objects.exists()


def test_dates_out_of_order_are_refused_with_the_reason(
    teacher: Client, practice: Practice, class_group: ClassGroup
) -> None:
    dates = {"visible_from": "2026-12-02T10:00", "due_at": "2026-12-01T10:00"}
    answer = teacher.post(f"/practice/{practice.pk}/give/", {"class_groups": [class_group.pk], **dates})

    assert "due before anybody can see it" in answer.content.decode() and not ClassPractice.objects.exists()


def test_the_dates_of_one_class_change_and_those_of_the_other_stay(
    teacher: Client, school: School, ana: User, practice: Practice, class_group: ClassGroup
) -> None:
    other = make_class_group(school, "2º DAW", teacher=ana)
    due = timezone.now() + timedelta(days=3)
    first, second = give_practice(
        practice=practice, class_groups=[class_group, other], dates=Dates(due_at=due), by=ana
    )
    teacher.post(f"/class/{class_group.pk}/practices/{first.pk}/dates/", {"due_at": "2026-12-09T10:00"})

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.due_at != due, second.due_at) == (True, due)


def test_withdrawn_it_is_gone_from_the_class_page(
    teacher: Client, practice: Practice, class_group: ClassGroup, ana: User
) -> None:
    (given,) = give_practice(practice=practice, class_groups=[class_group], dates=Dates(), by=ana)
    before = teacher.get(f"/class/{class_group.pk}/").content.decode()
    teacher.post(f"/class/{class_group.pk}/practices/{given.pk}/withdraw/")
    page = teacher.get(f"/class/{class_group.pk}/").content.decode()

    assert f"/practice/{practice.pk}/" in before and f"/practice/{practice.pk}/" not in page


def test_a_copy_is_a_draft_of_its_own(teacher: Client, practice: Practice, ana: User) -> None:
    publish_practice(practice=practice, by=ana)
    answer = teacher.post(f"/practice/{practice.pk}/copy/")

    copied = Practice.objects.exclude(pk=practice.pk).get()
    assert answer["Location"] == f"/practice/{copied.pk}/edit/"
    assert (copied.is_draft, copied.copied_from, copied.text) == (True, practice, practice.text)


def test_back_to_the_drafts_nobody_sees_it(teacher: Client, practice: Practice, ana: User) -> None:
    publish_practice(practice=practice, by=ana)
    teacher.post(f"/practice/{practice.pk}/publish/", {"hide": "yes"})

    assert Practice.objects.get().is_draft


def test_the_text_is_shown_as_html_that_does_no_harm(teacher: Client, practice: Practice) -> None:
    Practice.objects.update(text="*LAMP* <script>alert(1)</script> [x](javascript:alert(1))")
    page = teacher.get(f"/practice/{practice.pk}/").content.decode()

    assert "<em>LAMP</em>" in page and "<script>alert" not in page and 'href="javascript' not in page


def test_the_list_finds_by_part_of_a_title_without_accents(
    teacher: Client, school: School, practice: Practice
) -> None:
    write_practice(school=school, written=PracticeText("Examen"), by=None)
    page = teacher.get(f"/school/{school.pk}/practices/?q=practica").content.decode()

    assert "Práctica 6" in page and "Examen" not in page


def test_read_only_staff_reads_it_and_changes_nothing(
    reader: Client, school: School, practice: Practice
) -> None:
    reader.force_login(make_teacher(school, "Rita", role="read_only"))
    page = reader.get(f"/practice/{practice.pk}/").content.decode()

    assert "Práctica 6" in page and "/edit/" not in page
    assert reader.post(f"/practice/{practice.pk}/publish/").status_code == 404


def test_a_colleague_gives_it_to_own_classes_only(
    reader: Client, school: School, practice: Practice, class_group: ClassGroup
) -> None:
    reader.force_login(make_teacher(school, "Tomás"))
    answer = reader.post(f"/practice/{practice.pk}/give/", {"class_groups": [class_group.pk]})

    assert "class_groups" in answer.context["form"].errors and not AssignedImage.objects.exists()


def test_everything_done_with_a_practice_has_a_sentence_in_the_register(
    teacher: Client, school: School, practice: Practice, class_group: ClassGroup, bruno: Student
) -> None:
    teacher.post(f"/practice/{practice.pk}/give/", {"class_groups": [class_group.pk], "publish": "on"})
    given = ClassPractice.objects.get()
    teacher.post(f"/class/{class_group.pk}/practices/{given.pk}/dates/", {"due_at": "2026-12-09T10:00"})
    write(teacher, school, f"/practice/{practice.pk}/edit/", title="Otra")
    teacher.post(f"/practice/{practice.pk}/copy/")
    teacher.post(f"/class/{class_group.pk}/practices/{given.pk}/withdraw/")
    teacher.post(f"/practice/{practice.pk}/publish/", {"hide": "yes"})

    entries = AuditEntry.objects.filter(verb__startswith="practice.")
    assert len({entry.verb for entry in entries}) == 8
    assert [entry.verb for entry in entries if sentence(entry).startswith(entry.verb)] == []

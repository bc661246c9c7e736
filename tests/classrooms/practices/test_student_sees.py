"""A student's page and the class's page: the next practice on top, commands for the computer in front of them."""

import html
import re
import shlex
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from classrooms.access import Audience, audience_of
from classrooms.actions.handing_in import grant_extension
from classrooms.actions.practices import Needed, publish_practice, withdraw_practice
from classrooms.actions.purging import purge_due
from classrooms.actions.trash import delete
from classrooms.models import ClassGroup, Deletion, Practice, School, Student, SubGroup, User
from tests.classrooms.practices.scene import HOSTILE, lamp, make_practice, read
from tests.factories import make_assigned_image, make_class_group, make_image, make_student
from tests.test_access import own_patterns

pytestmark = pytest.mark.django_db
IN = timedelta
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)"


@pytest.fixture
def student(reader: Client, bruno: Student) -> Client:
    assert bruno.user is not None
    reader.force_login(bruno.user)
    return reader


@pytest.fixture
def open_class(class_group: ClassGroup) -> ClassGroup:
    class_group.has_public_page = True
    class_group.save()
    return class_group


def titles(page: str) -> list[str]:
    return re.findall(r"Práctica \w+(?=(?:</a>)?</h2>)", page)


def commands(page: str) -> list[str]:
    return [html.unescape(one) for one in re.findall(r'<code lang="en">(.*?)</code></pre>', page, re.DOTALL)]


def test_what_is_due_next_stands_on_top_and_what_is_over_below(
    student: Client, class_group: ClassGroup
) -> None:
    now = timezone.now()
    make_practice(class_group, "Práctica over", due_at=now - IN(days=1))
    make_practice(class_group, "Práctica later", due_at=now + IN(days=9))
    make_practice(class_group, "Práctica open")
    make_practice(class_group, "Práctica next", due_at=now + IN(days=1))

    assert titles(read(student, "/student/"))[:4] == [
        "Práctica next", "Práctica later", "Práctica open", "Práctica over"
    ]  # fmt: skip


def test_the_commands_of_a_practice_run_it_as_its_recipe_says(
    student: Client, class_group: ClassGroup
) -> None:
    image = lamp(class_group)
    make_practice(
        class_group, "P", Needed(image, "1.0", ports=("8080:80",), environment=("A=1",), volumes=("d:/d",))
    )

    found = commands(read(student, "/student/"))

    assert "docker pull iestriana/lamp:1.0" in found
    assert "docker run --rm -p 8080:80 -e A=1 -v d:/d iestriana/lamp:1.0" in found


@pytest.mark.parametrize(
    ("agent", "asked", "wanted"),
    [
        (WINDOWS, "", "irm "),
        ("X11; Linux", "", "curl -fsSL"),
        (MAC, "", "docker pull --platform linux/amd64 iestriana/lamp:1.0"),
        (MAC, "?system=mac_intel", "docker pull iestriana/lamp:1.0"),
        (WINDOWS, "?system=linux", "curl -fsSL"),
        (WINDOWS, "?system=nonsense", "irm "),
    ],
)
def test_the_commands_are_those_of_the_readers_computer(
    student: Client, class_group: ClassGroup, agent: str, asked: str, wanted: str
) -> None:
    make_practice(class_group, "P", Needed(lamp(class_group), "1.0"))
    found = commands(read(student, f"/student/{asked}", **{"user-agent": agent}))
    assert any(one.startswith(wanted) for one in found), found


def test_the_computer_that_was_chosen_is_remembered(student: Client, class_group: ClassGroup) -> None:
    make_practice(class_group, "P", Needed(lamp(class_group), "1.0"))
    student.get("/student/?system=windows")
    assert any(one.startswith("irm ") for one in commands(read(student, "/student/")))


def test_what_a_teacher_typed_stays_one_word_of_the_command(student: Client, class_group: ClassGroup) -> None:
    variables = tuple(f"A{number}={value}" for number, value in enumerate(HOSTILE))
    given = make_practice(class_group, HOSTILE[0], Needed(lamp(class_group), "1.0", environment=variables))
    found = commands(read(student, f"/student/practices/{given.pk}/"))
    line = next(one for one in found if one.startswith("docker run"))

    flags = [word for variable in variables for word in ("-e", variable)]
    assert shlex.split(line) == ["docker", "run", "--rm", *flags, "iestriana/lamp:1.0"]


def test_an_exam_is_nowhere_before_its_minute(
    student: Client,
    open_class: ClassGroup,
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    exam = make_practice(
        open_class, "Examen UT1", Needed(lamp(open_class), "1.0"), is_exam=True,
        visible_from=timezone.now() + IN(minutes=1),
    )  # fmt: skip
    code = open_class.code
    places = [
        "/student/",
        f"/c/{code}/",
        f"/c/{code}/pull.sh",
        f"/c/{code}/pull.ps1",
        f"/c/{code}/images.json",
    ]
    found = [place for place in places if re.search("Examen|lamp", student.get(place).content.decode())]

    assert found == []
    hidden = [
        f"/student/practices/{exam.pk}/",
        f"/c/{code}/compose.yaml",
        f"/c/{code}/compose.yaml?practice={exam.pk}",
    ]
    assert [student.get(place).status_code for place in hidden] == [404, 404, 404]
    assert "lamp" not in student.get(f"/c/{code}/pull.sh?practice={exam.pk}").content.decode()
    assert "Examen" not in student.get(f"/student/help/?practice={exam.pk}").content.decode()


def test_at_its_minute_it_is_there(student: Client, open_class: ClassGroup) -> None:
    make_practice(
        open_class, "Examen UT1", Needed(lamp(open_class), "1.0"), is_exam=True, visible_from=timezone.now()
    )
    assert "Examen UT1" in read(student, "/student/") and "lamp" in read(
        student, f"/c/{open_class.code}/pull.sh"
    )


def test_drafts_and_what_is_withdrawn_or_of_other_classes_is_not_there(
    student: Client, school: School, class_group: ClassGroup, ana: User
) -> None:
    draft, gone = make_practice(class_group, "Práctica draft"), make_practice(class_group, "Práctica gone")
    publish_practice(practice=draft.practice, by=ana, is_draft=True)
    withdraw_practice(class_practice=gone, by=ana)
    other = make_practice(make_class_group(school, "2º DAW"), "Práctica other")

    assert titles(read(student, "/student/")) == []
    assert student.get(f"/student/practices/{other.pk}/").status_code == 404


def test_a_practice_for_a_part_is_seen_by_that_part_alone(
    student: Client, open_class: ClassGroup, bruno: Student
) -> None:
    part = SubGroup.objects.create(class_group=open_class, name="Desdoble A")
    make_practice(open_class, "Práctica A", sub_group=part)
    before = titles(read(student, "/student/"))
    part.enrolments.add(bruno.enrolments.get())

    assert (before, titles(read(student, "/student/"))) == ([], ["Práctica A"])
    assert titles(read(student, f"/c/{open_class.code}/")) == []


def test_an_extension_is_the_students_own_date(
    student: Client, class_group: ClassGroup, bruno: Student
) -> None:
    given = make_practice(class_group, due_at=timezone.now() - IN(days=1))
    grant_extension(class_practice=given, student=bruno, due_at=timezone.now() + IN(days=2), by=None)

    page = read(student, f"/student/practices/{given.pk}/")
    assert "Your own date" in page and "Time is over" not in page


def test_an_image_that_only_a_practice_needs_stands_in_the_practice_alone(
    student: Client, open_class: ClassGroup
) -> None:
    make_practice(open_class, "P", Needed(lamp(open_class), "1.0"))
    for address in ("/student/", f"/c/{open_class.code}/"):
        assert commands(read(student, address)).count("docker pull iestriana/lamp:1.0") == 1, address


def test_the_class_page_leaves_private_images_out_and_says_so(reader: Client, open_class: ClassGroup) -> None:
    secret = make_image(open_class.school, "iestriana/secret", is_private=True)
    make_practice(
        open_class,
        "P",
        Needed(lamp(open_class), "1.0"),
        Needed(secret),
        compose="services:\n  a: {image: iestriana/secret}\n",
    )
    page = read(reader, f"/c/{open_class.code}/")

    assert "docker pull iestriana/lamp:1.0" in page and "secret" not in page
    assert (
        "without signing in" in page and reader.get(f"/c/{open_class.code}/compose.yaml").status_code == 404
    )


def test_the_text_is_shown_without_what_could_do_harm(student: Client, class_group: ClassGroup) -> None:
    make_practice(class_group, "<b>P</b>", text="**bold** <img src=x onerror=alert(1)>")
    page = read(student, "/student/")
    assert "<strong>bold</strong>" in page and "<img" not in page and "<b>P</b>" not in page


def test_more_practices_do_not_mean_more_queries(student: Client, class_group: ClassGroup) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            student.get("/student/")
        return len(captured)

    make_practice(class_group, "P0", Needed(lamp(class_group), "1.0"))
    queries()
    before = queries()
    for number in range(5):
        image = make_image(class_group.school, f"iestriana/lab{number}")
        make_practice(class_group, f"P{number + 1}", Needed(image), due_at=timezone.now())

    assert queries() == before


def test_a_teacher_sees_all_of_it_as_a_student_would(
    reader: Client, class_group: ClassGroup, ana: User
) -> None:
    make_practice(class_group, "Práctica 1", Needed(lamp(class_group), "1.0"))
    make_practice(class_group, "Práctica 2")
    reader.force_login(ana)
    page = read(reader, f"/class/{class_group.pk}/as-student/")
    assert {"Práctica 1", "Práctica 2"} <= set(titles(page)) and "/student/practices/" not in page


def test_another_schools_student_does_not_find_it(
    reader: Client, other_school: School, class_group: ClassGroup
) -> None:
    given = make_practice(class_group)
    stranger = make_student(make_class_group(other_school, "2º DAW"), "Dario", has_account=True)
    assert stranger.user is not None
    reader.force_login(stranger.user)
    assert reader.get(f"/student/practices/{given.pk}/").status_code == 404


def test_an_image_of_the_class_keeps_its_options_as_words(student: Client, class_group: ClassGroup) -> None:
    options = "--rm -e 'A=1 2' -v $PWD:/x"
    make_assigned_image(class_group, lamp(class_group), tag="1.0", run_options=options)
    line = next(one for one in commands(read(student, "/student/")) if one.startswith("docker run"))
    assert shlex.split(line)[2:] == ["--rm", "-e", "A=1 2", "-v", "$PWD:/x", "iestriana/lamp:1.0"]


def test_no_address_of_a_student_finds_an_exam_before_its_minute(
    student: Client, class_group: ClassGroup
) -> None:
    exam = make_practice(
        class_group, "Examen UT1", is_exam=True, hand_in_way="own_namespace",
        visible_from=timezone.now() + IN(minutes=1),
    )  # fmt: skip
    routes = [
        route for route, pattern in own_patterns()
        if "<int:class_practice_id>" in route and audience_of(pattern.callback) == Audience.STUDENTS
    ]  # fmt: skip
    assert "student/practices/<int:class_practice_id>/" in routes
    for route in routes:
        address = "/" + re.sub(r"<int:\w+>", str(exam.pk), route)
        found = {student.get(address).status_code, student.post(address).status_code}
        assert found <= {404, 405}, address


def test_with_its_school_a_practice_goes_for_good(school: School, class_group: ClassGroup, ana: User) -> None:
    make_practice(class_group, "P", Needed(lamp(class_group), "1.0"))
    delete(row=school, by=ana)
    Deletion.objects.update(purge_on=timezone.localdate() - IN(days=1))
    purge_due()

    assert not Practice.objects.exists()

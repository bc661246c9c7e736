"""A class's settings: each question has its own answer; what costs money is the owners'."""

import pytest
from django.test import Client

from classrooms import signals
from classrooms.models import ClassGroup, School, Student, TeacherRole, User
from tests.factories import make_student, make_teacher


def answer(client: Client, class_group: ClassGroup, question: str, **facts: object) -> int:
    path = f"/class/{class_group.pk}/settings/"
    status = client.post(path, {"question": question, **facts}).status_code
    class_group.refresh_from_db()
    return status


def test_the_page_says_what_members_would_cost(client: Client, class_group: ClassGroup, ana: User) -> None:
    for _number in range(2):
        make_student(class_group)
    client.force_login(ana)

    page = client.get(
        f"/class/{class_group.pk}/settings/", headers={"accept-language": "en"}
    ).content.decode()

    assert "2 students: about 30 US$ a month" in page


def test_making_students_members_is_announced_once(
    client: Client, class_group: ClassGroup, ana: User
) -> None:
    client.force_login(ana)
    heard: list[object] = []

    def hear(**facts: object) -> None:
        heard.append(facts["class_group"])

    signals.roster_changed.connect(hear)
    for _time in range(2):
        answer(client, class_group, "members", students_are_members="yes")
    signals.roster_changed.disconnect(hear)

    assert class_group.students_are_members and heard == [class_group]


def test_a_teacher_who_is_no_owner_does_not_decide_about_seats(
    client: Client, school: School, class_group: ClassGroup
) -> None:
    javier = make_teacher(school, "Javier")
    class_group.teachings.create(teacher_role=TeacherRole.objects.get(user=javier))
    client.force_login(javier)

    assert answer(client, class_group, "members", students_are_members="yes") == 404
    assert not class_group.students_are_members


def test_the_public_page_opens_and_closes(client: Client, class_group: ClassGroup, ana: User) -> None:
    client.force_login(ana)
    answer(client, class_group, "public", has_public_page="yes")
    assert class_group.has_public_page

    answer(client, class_group, "public", has_public_page="no")

    assert not class_group.has_public_page


def test_an_archived_class_comes_back(client: Client, class_group: ClassGroup, ana: User) -> None:
    client.force_login(ana)
    answer(client, class_group, "archive", archive="yes")
    assert class_group.is_archived

    answer(client, class_group, "archive", archive="no")

    assert not class_group.is_archived


def test_an_archived_class_is_listed_and_shows_itself_without_a_way_to_change_it(
    client: Client, class_group: ClassGroup, ana: User, bruno: Student
) -> None:
    client.force_login(ana)
    answer(client, class_group, "archive", archive="yes")
    enrolment = bruno.enrolments.get()
    path = f"/class/{class_group.pk}/"

    page = client.get(path).content.decode()

    assert f'href="{path}"' in client.get(f"/school/{class_group.school_id}/").content.decode()
    assert 'value="no"' in page and f"students/{enrolment.pk}" not in page
    assert client.get(f"{path}settings/").headers["Location"] == path
    for closed in ("codes/", "students/new/", f"students/{enrolment.pk}/", f"students/{enrolment.pk}/code/"):
        assert client.post(path + closed).status_code == 404, closed


def test_teachers_of_another_school_cannot_be_chosen(
    client: Client, class_group: ClassGroup, ana: User, carla: User
) -> None:
    client.force_login(ana)
    of_carla = TeacherRole.objects.get(user=carla)

    of_ana = TeacherRole.objects.get(user=ana)
    answer(
        client,
        class_group,
        "teachers",
        **{f"teacher_{of_ana.pk}": "teacher", f"teacher_{of_carla.pk}": "teacher"},
    )

    assert [one.teacher_role.user for one in class_group.teachings.all()] == [ana]


def test_a_colleague_joins_the_class(
    client: Client, school: School, class_group: ClassGroup, ana: User
) -> None:
    javier = make_teacher(school, "Javier")
    client.force_login(ana)

    answer(
        client, class_group, "teachers", **{f"teacher_{TeacherRole.objects.get(user=javier).pk}": "teacher"}
    )

    assert ClassGroup.objects.taught_by(javier).get() == class_group


def test_a_name_that_is_taken_is_refused(
    client: Client, school: School, class_group: ClassGroup, ana: User
) -> None:
    client.force_login(ana)
    other = ClassGroup.objects.create(
        school=school, name="2º DAW", academic_year=class_group.academic_year, code="ZZZZZZ"
    )

    assert answer(client, class_group, "name", name=other.name) == 200
    assert class_group.name == "1º SMR"


@pytest.mark.parametrize("question", ["", "nonsense"])
def test_an_unknown_question_is_a_bad_request(
    client: Client, class_group: ClassGroup, ana: User, question: str
) -> None:
    client.force_login(ana)

    assert answer(client, class_group, question) == 400


def test_the_teachers_own_computer_is_asked_for_beside_those_of_the_class(
    client: Client, class_group: ClassGroup, ana: User
) -> None:
    client.force_login(ana)

    answer(client, class_group, "machines", machines=["pc"], run_machine="mac")
    said = class_group.run_machine
    refused = answer(client, class_group, "machines", machines=["pc"], run_machine="toaster")

    assert (said, refused, class_group.run_machine) == ("mac", 200, "mac")
    answer(client, class_group, "machines", machines=["pc"], run_machine="")
    assert class_group.run_machine == ""

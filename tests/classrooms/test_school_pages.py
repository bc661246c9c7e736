"""A school: made, its page, its register of activity."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from classrooms.academic_years import academic_year_of
from classrooms.actions.students import add_student
from classrooms.models import AuditEntry, ClassGroup, School, Student, TeacherRole, User
from classrooms.queries.activity import sentence
from tests.factories import make_assigned_image, make_class_group, make_student, make_teacher, make_user


def test_whoever_makes_a_school_owns_it(client: Client, db: None) -> None:
    client.force_login(make_user("Marina"))

    answer = client.post("/school/new/", {"name": "IES Triana", "code": "41000001"})

    school = School.objects.get()
    assert answer.headers["Location"] == f"/school/{school.pk}/"
    assert school.teacher_roles.get().role == TeacherRole.Role.OWNER


def test_a_school_needs_a_name_and_a_code_of_eight_digits(client: Client, db: None) -> None:
    client.force_login(make_user("Marina"))

    answer = client.post("/school/new/", {"name": "", "code": "123"})

    assert set(answer.context["form"].errors) == {"name", "code"}
    assert not School.objects.exists()


def test_an_owner_corrects_name_and_code(client: Client, school: School, ana: User) -> None:
    client.force_login(ana)
    address = f"/school/{school.pk}/name/"
    assert f'href="{address}"' in client.get(f"/school/{school.pk}/").content.decode()

    wrong = client.post(address, {"name": "IES Sevilla Este", "code": "123"})
    client.post(address, {"name": "IES Sevilla Este", "code": "41000009"})

    school.refresh_from_db()
    assert set(wrong.context["form"].errors) == {"code"} and "IES Sevilla Este" in wrong.content.decode()
    assert (school.name, school.code) == ("IES Sevilla Este", "41000009")
    assert "IES Triana" in sentence(AuditEntry.objects.get(verb="school.renamed"))


def test_a_teacher_who_owns_nothing_renames_no_school(client: Client, school: School) -> None:
    client.force_login(make_teacher(school, "Javier"))

    assert client.post(f"/school/{school.pk}/name/", {"name": "X"}).status_code == 404
    assert f"/school/{school.pk}/name/" not in client.get(f"/school/{school.pk}/").content.decode()


def test_a_student_makes_no_school(client: Client, bruno: Student) -> None:
    client.force_login(bruno.user)

    assert client.get("/school/new/").status_code == 404


def test_the_page_says_the_next_step_until_there_is_none(
    client: Client, school: School, ana: User, class_group: ClassGroup
) -> None:
    client.force_login(ana)
    steps = [client.get(f"/school/{school.pk}/").context["page"].next_step]
    add_student(class_group=class_group, given_name="Nerea", first_surname="Alba", by=ana)
    steps.append(client.get(f"/school/{school.pk}/").context["page"].next_step)
    make_assigned_image(class_group)
    steps.append(client.get(f"/school/{school.pk}/").context["page"].next_step)
    school.namespace = ""
    school.save()
    steps.append(client.get(f"/school/{school.pk}/").context["page"].next_step)

    assert steps == ["roster", "assign", "", "connect"]


def test_a_teacher_sees_the_own_classes_only_and_a_read_only_one_sees_all_without_buttons(
    client: Client, school: School, class_group: ClassGroup
) -> None:
    javier = make_teacher(school, "Javier")
    make_class_group(school, "2º DAW", teacher=javier)
    client.force_login(javier)
    assert [card.class_group.name for card in client.get(f"/school/{school.pk}/").context["page"].cards] == [
        "2º DAW"
    ]

    client.force_login(make_teacher(school, "Rosa", role="read_only"))
    answer = client.get(f"/school/{school.pk}/")

    assert len(answer.context["page"].cards) == 2
    assert f"/school/{school.pk}/roster/" not in answer.content.decode()


@pytest.mark.parametrize(
    ("search", "found"),
    [("", ["2º DAM", "1º SMR"]), ("dám", ["2º DAM"]), ("microinf", ["1º SMR"]), ("bachillerato", [])],
)
def test_classes_are_found_by_name_or_course_and_those_that_need_attention_stand_first(
    client: Client, school: School, class_group: ClassGroup, ana: User, search: str, found: list[str]
) -> None:
    class_group.course = "Sistemas Microinformáticos"
    class_group.save()
    make_student(class_group)
    make_class_group(school, "2º DAM", teacher=ana)
    client.force_login(ana)

    cards = client.get(f"/school/{school.pk}/", {"q": search}).context["cards"]

    assert [card.class_group.name for card in cards] == found


def test_the_page_of_another_school_is_not_there(client: Client, school: School, carla: User) -> None:
    client.force_login(carla)

    assert client.get(f"/school/{school.pk}/").status_code == 404


def test_a_school_costs_as_many_queries_with_twenty_classes_as_with_one(
    client: Client, school: School, ana: User, class_group: ClassGroup, django_assert_max_num_queries: object
) -> None:
    for number in range(20):
        make_class_group(school, f"{number}º DAM", teacher=ana)
    client.force_login(ana)

    with django_assert_max_num_queries(22):  # type: ignore[operator]
        client.get(f"/school/{school.pk}/")


def test_owners_read_what_was_done_in_words(client: Client, school: School, ana: User) -> None:
    client.force_login(ana)
    of_this_year = {"name": "1º SMR", "academic_year": academic_year_of(timezone.localdate())}
    client.post(f"/school/{school.pk}/classes/new/", of_this_year)

    page = client.get(f"/school/{school.pk}/activity/", headers={"accept-language": "en"}).content.decode()

    assert "created the class 1º SMR" in page


def test_who_does_not_own_the_school_reads_no_activity(client: Client, school: School) -> None:
    client.force_login(make_teacher(school, "Javier"))

    assert client.get(f"/school/{school.pk}/activity/").status_code == 404


def test_every_verb_of_the_register_has_a_sentence() -> None:
    root = Path(__file__).resolve().parents[2]
    source = "\n".join(
        path.read_text() for name in ("classrooms", "hubsync") for path in (root / name).rglob("*.py")
    )
    verbs = set(re.findall(r'verb="([a-z_.]+)"', source)) | set(
        re.findall(r'"((?:image|class|hub)\.[a-z_]+)" if', source)
    )

    assert (
        verbs
        and {verb for verb in verbs if sentence(AuditEntry(verb=verb, about="x")).startswith(verb)} == set()
    )

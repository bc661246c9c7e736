"""Students one by one, and the codes of their first visit."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from classrooms.actions.access_codes import (
    create_access_code,
    create_access_codes,
    find_student_by_code,
    open_account,
    set_new_password,
)
from classrooms.actions.class_groups import enrol_student, withdraw_student
from classrooms.actions.refusals import CodeNotValid, NotEnrollable, UsernameTaken
from classrooms.actions.students import add_student
from classrooms.identity import external_id_hash
from classrooms.models import AccessCode, ClassGroup, School, Student, User
from tests.factories import PASSWORD, make_class_group, make_student, make_teacher


def code_for(class_group: ClassGroup, student: Student) -> str:
    (code,) = (
        one.code for one in create_access_codes(class_group=class_group, by=None) if one.student == student
    )
    return code


def test_two_of_the_same_name_are_two_people(class_group: ClassGroup, ana: User) -> None:
    for _time in range(2):
        add_student(class_group=class_group, given_name="María", first_surname="García", by=ana)

    assert class_group.enrolments.count() == 2


def test_the_same_number_is_the_same_person_and_is_kept_as_a_hash(class_group: ClassGroup, ana: User) -> None:
    facts = {"class_group": class_group, "first_surname": "García", "external_id": "9000001", "by": ana}
    first = add_student(given_name="Maria", **facts)
    second = add_student(given_name="María", **facts)

    assert second == first and Student.objects.get().given_name == "María"
    assert "9000001" not in str(Student.objects.values())


def test_the_same_number_in_two_schools_gives_two_hashes() -> None:
    assert external_id_hash(1, "9000001") != external_id_hash(2, "9000001")


def test_enrolling_twice_gives_one_enrolment_and_coming_back_clears_the_day(bruno: Student) -> None:
    enrolment = bruno.enrolments.get()
    withdraw_student(enrolment=enrolment, by=None)
    withdraw_student(enrolment=enrolment, by=None)
    back = enrol_student(student=bruno, class_group=enrolment.class_group, by=None)

    assert enrol_student(student=bruno, class_group=enrolment.class_group, by=None) == back == enrolment
    assert bruno.enrolments.get().left_on is None


def test_a_student_of_another_school_is_not_enrolled(bruno: Student, other_school: School) -> None:
    with pytest.raises(NotEnrollable, match="another school"):
        enrol_student(student=bruno, class_group=make_class_group(other_school), by=None)


def test_a_code_opens_one_account_once(class_group: ClassGroup) -> None:
    nerea = make_student(class_group, "Nerea")
    code = code_for(class_group, nerea)

    user = open_account(code=code.lower().replace("-", " "), username="nerea", password=PASSWORD)

    assert user.student == nerea and user.check_password(PASSWORD) and user.email == ""
    with pytest.raises(CodeNotValid):
        open_account(code=code, username="nerea2", password=PASSWORD)


def test_a_name_that_is_taken_leaves_the_code_as_it_was(class_group: ClassGroup, bruno: Student) -> None:
    nerea = make_student(class_group, "Nerea")
    code = code_for(class_group, nerea)
    for taken in ("BRUNO", "bruno@example.org"):
        with pytest.raises(UsernameTaken):
            open_account(code=code, username=taken, password=PASSWORD)

    assert find_student_by_code(code) == nerea


def test_new_codes_stop_the_old_ones_and_old_age_does_too(class_group: ClassGroup) -> None:
    nerea = make_student(class_group, "Nerea")
    first, second = code_for(class_group, nerea), code_for(class_group, nerea)
    assert (find_student_by_code(first), find_student_by_code(second)) == (None, nerea)

    AccessCode.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert find_student_by_code(second) is None


def test_codes_are_shown_once_and_kept_as_hashes(client: Client, class_group: ClassGroup, ana: User) -> None:
    make_student(class_group, "Nerea")
    client.force_login(ana)
    path = f"/class/{class_group.pk}/codes/"

    answer = client.post(path)

    (one,) = answer.context["codes"]
    assert one.code in answer.content.decode() and "no-store" in answer.headers["Cache-Control"]
    assert one.code not in client.get(path).content.decode()
    assert one.code.replace("-", "") not in str(AccessCode.objects.values())


def test_who_has_an_account_gets_no_code(client: Client, class_group: ClassGroup, bruno: Student) -> None:
    assert create_access_codes(class_group=class_group, by=None) == []


def test_a_code_for_a_lost_password_sets_a_new_one_once(bruno: Student, ana: User) -> None:
    code = create_access_code(student=bruno, by=ana).code

    user = set_new_password(code=code, password="grapa caballo pila")

    assert user == bruno.user and user.check_password("grapa caballo pila")
    with pytest.raises(CodeNotValid):
        set_new_password(code=code, password="otra cosa distinta")


def test_a_code_for_a_lost_password_opens_no_second_account(bruno: Student, ana: User) -> None:
    code = create_access_code(student=bruno, by=ana).code

    with pytest.raises(CodeNotValid):
        open_account(code=code, username="bruno2", password=PASSWORD)


def test_one_student_gets_a_code_and_the_codes_of_others_stay(
    class_group: ClassGroup, bruno: Student
) -> None:
    nerea = make_student(class_group, "Nerea")
    code = code_for(class_group, nerea)

    create_access_code(student=bruno, by=None)

    assert find_student_by_code(code) == nerea


def test_a_new_code_is_shown_once_to_the_teacher(client: Client, bruno: Student, ana: User) -> None:
    client.force_login(ana)
    enrolment = bruno.enrolments.get()

    path = f"/class/{enrolment.class_group_id}/students/{enrolment.pk}/code/"
    answer = client.post(path, {"confirmed": "1"})

    assert answer.context["code"] in answer.content.decode() and "no-store" in answer.headers["Cache-Control"]
    assert find_student_by_code(answer.context["code"]) == bruno


def test_who_only_reads_gives_no_code(client: Client, bruno: Student, school: School) -> None:
    client.force_login(make_teacher(school, "Rita", role="read_only"))
    enrolment = bruno.enrolments.get()

    answer = client.post(f"/class/{enrolment.class_group_id}/students/{enrolment.pk}/code/")

    assert answer.status_code == 404 and not AccessCode.objects.exists()


def test_who_has_left_the_class_gets_no_code_from_its_teacher(
    client: Client, bruno: Student, ana: User
) -> None:
    enrolment = bruno.enrolments.get()
    withdraw_student(enrolment=enrolment, by=ana)
    client.force_login(ana)

    answer = client.post(f"/class/{enrolment.class_group_id}/students/{enrolment.pk}/code/")

    assert answer.status_code == 404 and not AccessCode.objects.exists()


def test_names_and_docker_id_are_corrected_on_the_page(client: Client, bruno: Student, ana: User) -> None:
    client.force_login(ana)
    enrolment = bruno.enrolments.get()
    path = f"/class/{enrolment.class_group_id}/students/{enrolment.pk}/"

    client.post(path, {"given_name": "Bruno", "first_surname": "Ñíguez", "docker_id": "Bruno7"})

    bruno.refresh_from_db()
    assert (bruno.first_surname, bruno.docker_id) == ("Ñíguez", "bruno7")
    assert bruno.sort_name.startswith("n~iguez")


def test_a_student_added_on_the_page_is_in_the_class(
    client: Client, class_group: ClassGroup, ana: User
) -> None:
    client.force_login(ana)
    path = f"/class/{class_group.pk}/students/new/"

    client.post(path, {"given_name": "Nerea", "first_surname": "Alba"})

    assert class_group.enrolments.get().student.list_name == "Alba, Nerea"


def test_withdrawing_on_the_page_keeps_the_enrolment_with_its_day(
    client: Client, bruno: Student, ana: User
) -> None:
    client.force_login(ana)
    enrolment = bruno.enrolments.get()

    client.post(f"/class/{enrolment.class_group_id}/students/{enrolment.pk}/withdraw/")

    assert bruno.enrolments.get().left_on == timezone.localdate()


def test_an_enrolment_of_another_class_is_not_there(
    client: Client, bruno: Student, ana: User, school: School
) -> None:
    client.force_login(ana)
    other = make_class_group(school, "2º DAW")

    assert client.get(f"/class/{other.pk}/students/{bruno.enrolments.get().pk}/").status_code == 404

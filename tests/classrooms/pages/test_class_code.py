"""The code on the wall: students type it and a name, the teacher lets them in; for staff there is another one."""

import re
import time
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from classrooms.actions.access_codes import create_access_codes
from classrooms.actions.join_codes import code_to_show, find_student_code, open_join_code, use_staff_code
from classrooms.actions.join_requests import forget_old, let_in
from classrooms.actions.refusals import CodeNotValid
from classrooms.actions.staff import remove_teacher
from classrooms.models import ClassGroup, JoinCode, JoinRequest, School, Student, TeacherRole, User
from tests.factories import PASSWORD, make_class_group, make_student, make_teacher, make_user


@pytest.fixture
def wall(class_group: ClassGroup, ana: User) -> JoinCode:
    return open_join_code(class_group=class_group, role="student", by=ana, days=7, most_uses=40)


def knock(client: Client, code: JoinCode, given_name: str = "Nerea", surnames: str = "García") -> JoinRequest:
    """Somebody types the code and a name."""
    assert client.post("/join/", {"code": code_to_show(code)}).headers["Location"] == "/join/name/"
    answer = client.post("/join/name/", {"given_name": given_name, "surnames": surnames})
    assert answer.headers["Location"] == "/join/waiting/"
    return JoinRequest.objects.latest("pk")


def answer_for(asked: JoinRequest) -> str:
    return f"/class/{asked.class_group_id}/join-code/waiting/{asked.pk}/"


def test_whoever_is_let_in_opens_the_account_of_the_list(
    reader: Client, client: Client, class_group: ClassGroup, wall: JoinCode, ana: User
) -> None:
    nerea = make_student(class_group, "Nerea")
    asked = knock(reader, wall)
    assert "Wait for your teacher" in reader.get("/join/waiting/").content.decode()
    client.force_login(ana)

    client.post(answer_for(asked), {"student": nerea.pk, "answer": "yes"})

    assert reader.get("/join/waiting/").headers["Location"] == "/join/account/"
    reader.post("/join/account/", {"username": "nerea07", "password": PASSWORD})
    assert Student.objects.get(user__username="nerea07") == nerea
    assert not JoinRequest.objects.exists(), "the typed name is not kept"


def test_the_page_that_waits_goes_on_by_itself(
    reader: Client, class_group: ClassGroup, wall: JoinCode, ana: User
) -> None:
    let_in(join_request=knock(reader, wall), student=None, by=ana)

    answer = reader.get("/join/waiting/", headers={"hx-request": "true"})

    assert answer.headers["HX-Redirect"] == "/join/account/"


def test_the_list_proposes_whom_a_name_means_and_never_shows_itself_to_students(
    reader: Client, client: Client, class_group: ClassGroup, wall: JoinCode, ana: User
) -> None:
    make_student(class_group, "Elena", first_surname="Ñíguez", second_surname="Prado")
    make_student(class_group, "Omar", first_surname="Ruiz")
    knock(reader, wall, "elena", "niguez")
    client.force_login(ana)

    assert re.search(
        r"selected>Ñíguez Prado, Elena", client.get(f"/class/{class_group.pk}/join-code/").content.decode()
    )
    for path in ("/join/", "/join/name/", "/join/waiting/"):
        assert "Ruiz" not in reader.get(path, follow=True).content.decode(), path


def test_somebody_who_is_not_on_the_list_is_added(
    reader: Client, client: Client, class_group: ClassGroup, wall: JoinCode, ana: User
) -> None:
    client.force_login(ana)

    client.post(answer_for(knock(reader, wall, "Li", "Chen Wu")), {"student": "", "answer": "yes"})

    assert class_group.enrolments.get().student.list_name == "Chen Wu, Li"


def test_two_cannot_be_let_in_as_one(
    client: Client, class_group: ClassGroup, wall: JoinCode, ana: User
) -> None:
    nerea = make_student(class_group, "Nerea")
    first, second = (knock(Client(), wall) for _ in range(2))
    client.force_login(ana)

    for asked in (first, second):
        client.post(answer_for(asked), {"student": nerea.pk, "answer": "yes"})

    assert [one.student for one in JoinRequest.objects.order_by("pk")] == [nerea, None]


def test_who_is_turned_away_is_told_so(reader: Client, client: Client, wall: JoinCode, ana: User) -> None:
    asked = knock(reader, wall)
    client.force_login(ana)

    client.post(answer_for(asked), {"answer": "no"})

    assert "You were not let in" in reader.get("/join/waiting/").content.decode()
    assert reader.get("/join/account/").headers["Location"] == "/join/"


@pytest.mark.parametrize(
    "change",
    [
        {"closed_at": timezone.now()},
        {"expires_at": timezone.now() - timedelta(seconds=1)},
        {"uses": 40},
    ],
    ids=["switched off", "expired", "used up"],
)
def test_a_code_that_is_over_opens_nothing(reader: Client, wall: JoinCode, change: dict[str, object]) -> None:
    letters = code_to_show(wall)
    JoinCode.objects.update(**change)

    assert "not valid" in reader.post("/join/", {"code": letters}).content.decode()


def test_a_new_code_stops_the_old_one_and_its_letters_are_forgotten(
    class_group: ClassGroup, wall: JoinCode, ana: User
) -> None:
    letters = code_to_show(wall)

    open_join_code(class_group=class_group, role="student", by=ana, days=1, most_uses=1)

    wall.refresh_from_db()
    assert find_student_code(letters) is None and wall.sealed_code == ""


def test_the_letters_are_kept_sealed_and_only_for_their_row(wall: JoinCode) -> None:
    letters = code_to_show(wall)

    assert letters.replace("-", "") not in str(JoinCode.objects.values()) and letters not in wall.sealed_code
    wall.code_hash = "another row"
    assert code_to_show(wall) == ""


def test_the_wall_shows_the_letters_and_nobodys_name(
    reader: Client, client: Client, class_group: ClassGroup, wall: JoinCode, ana: User
) -> None:
    knock(reader, wall, "Nerea", "Quintanilla")
    client.force_login(ana)

    page = client.get(f"/class/{class_group.pk}/join-code/wall/").content.decode()

    assert code_to_show(wall) in page and "<svg" in page and "Quintanilla" not in page


def test_a_code_for_students_never_makes_a_teacher(wall: JoinCode) -> None:
    with pytest.raises(CodeNotValid):
        use_staff_code(code=code_to_show(wall), user=make_user("Lucia"))
    assert not TeacherRole.objects.filter(user__first_name="Lucia").exists()


def test_a_code_for_staff_opens_nothing_at_the_students_door(
    reader: Client, class_group: ClassGroup, ana: User
) -> None:
    code = open_join_code(class_group=class_group, role="teacher", by=ana, days=1, most_uses=1)

    assert "not valid" in reader.post("/join/", {"code": code_to_show(code)}).content.decode()


@pytest.mark.parametrize(
    ("role", "may_change"), [("teacher", True), ("assistant", False), ("read_only", False)]
)
def test_a_code_for_staff_gives_its_role_in_its_class_alone(
    client: Client, school: School, class_group: ClassGroup, ana: User, role: str, may_change: bool
) -> None:
    other = make_class_group(school, "2º DAW")
    code = open_join_code(class_group=class_group, role=role, by=ana, days=1, most_uses=1)
    lucia = make_user("Lucia")
    client.force_login(lucia)

    client.post("/staff-code/", {"code": code_to_show(code).lower()})

    assert TeacherRole.objects.get(user=lucia).role == role
    assert ClassGroup.objects.taught_by(lucia).contains(class_group) is may_change
    assert not ClassGroup.objects.taught_by(lucia).contains(other)


def test_who_was_removed_does_not_come_back_by_the_code_for_staff(class_group: ClassGroup, ana: User) -> None:
    code = open_join_code(class_group=class_group, role="teacher", by=ana, days=7, most_uses=9)
    letters, lucia = code_to_show(code), make_user("Lucia")
    use_staff_code(code=letters, user=lucia)
    remove_teacher(teacher_role=TeacherRole.objects.get(user=lucia), by=ana)

    with pytest.raises(CodeNotValid):
        use_staff_code(code=letters, user=lucia)

    assert not ClassGroup.objects.visible_to(lucia).exists()
    assert JoinCode.objects.get().uses == 1


def test_who_begins_later_does_not_begin_sooner_by_a_code(
    class_group: ClassGroup, school: School, ana: User
) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    lucia = make_teacher(school, "Lucia", role="assistant", starts_on=tomorrow)
    code = open_join_code(class_group=class_group, role="teacher", by=ana, days=7, most_uses=9)

    with pytest.raises(CodeNotValid):
        use_staff_code(code=code_to_show(code), user=lucia)


def test_a_code_for_staff_stops_with_the_owner_who_made_it_and_one_for_students_goes_on(
    client: Client, class_group: ClassGroup, school: School, ana: User
) -> None:
    eva = make_teacher(school, "Eva", role="owner")
    staff = open_join_code(class_group=class_group, role="teacher", by=eva, days=7, most_uses=9)
    students = open_join_code(class_group=class_group, role="student", by=eva, days=7, most_uses=9)
    letters = code_to_show(staff)
    remove_teacher(teacher_role=TeacherRole.objects.get(user=eva), by=ana)

    with pytest.raises(CodeNotValid):
        use_staff_code(code=letters, user=make_user("Lucia"))

    assert find_student_code(code_to_show(students)) == students
    client.force_login(ana)
    assert letters not in client.get(f"/class/{class_group.pk}/join-code/").content.decode()


def test_only_owners_make_codes_for_staff(client: Client, school: School, class_group: ClassGroup) -> None:
    javier = make_teacher(school, "Javier")
    class_group.teachings.create(teacher_role=TeacherRole.objects.get(user=javier))
    client.force_login(javier)
    path = f"/class/{class_group.pk}/join-code/"

    posted = [
        client.post(path, {"role": role, "days": 1, "most_uses": 5}).status_code
        for role in ("student", "assistant")
    ]

    assert posted == [302, 404] and JoinCode.objects.get().role == "student"


def test_an_old_name_at_the_door_is_not_kept(reader: Client, wall: JoinCode) -> None:
    knock(reader, wall)
    JoinRequest.objects.update(created_at=timezone.now() - timedelta(days=3))

    forget_old()

    assert not JoinRequest.objects.exists()


def test_a_room_of_35_students_is_in_within_five_minutes_from_one_address(
    class_group: ClassGroup, ana: User, wall: JoinCode
) -> None:
    """All from one address: half with slips, half with the code on the wall, some of them mistyping first."""
    names = [f"Alumna{number:02}" for number in range(35)]
    students = [make_student(class_group, name) for name in names]
    slips = {one.student: one.code for one in create_access_codes(class_group=class_group, by=ana)}
    began = time.monotonic()
    for number, (name, student) in enumerate(zip(names, students, strict=True)):
        browser = Client(REMOTE_ADDR="10.0.0.1")
        for _mistyped in range(number % 4):
            browser.post("/join/", {"code": "XXXX-XXXX"})
        if number % 2:
            let_in(join_request=knock(browser, wall, name), student=student, by=ana)
        else:
            browser.get(f"/join/{slips[student].replace('-', '')}/")
        answer = browser.post("/join/account/", {"username": name.lower(), "password": PASSWORD})
        assert answer.headers["Location"] == "/student/", (name, answer.content.decode()[:500])
        browser.post("/account/logout/")
        signed_in = browser.post("/account/login/", {"login": name.lower(), "password": PASSWORD})
        assert signed_in.headers.get("Location") in ("/", "/student/"), name

    assert Student.objects.filter(user__isnull=False).count() == 35
    assert time.monotonic() - began < 300


def test_a_joker_who_types_wrong_codes_does_not_close_the_door_to_the_room(
    reader: Client, wall: JoinCode
) -> None:
    letters = code_to_show(wall).replace("-", "")
    for number in range(10):
        reader.post("/join/", {"code": f"{letters[:4]}222{number}"})

    answer = Client().post("/join/", {"code": letters})

    assert answer.headers.get("Location") == "/join/name/"

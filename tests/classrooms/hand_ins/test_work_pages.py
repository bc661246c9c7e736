"""A class's work for who marks it: what counts, more time, marking by two, publishing, taking along."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from classrooms.actions.assessing import assess, claim_work
from classrooms.models import Assessment, AuditEntry, ClassGroup, ClassPractice, School, Student, User
from tests.classrooms.hand_ins.given import WEB, give, hand
from tests.factories import make_class_group, make_student, make_teacher


@pytest.fixture
def given(class_group: ClassGroup) -> ClassPractice:
    return give(class_group)


@pytest.fixture
def teacher(reader: Client, ana: User) -> Client:
    reader.force_login(ana)
    return reader


@pytest.fixture
def javier(school: School, class_group: ClassGroup) -> User:
    user = make_teacher(school, "Javier")
    class_group.teachings.create(teacher_role=user.teacher_roles.get())
    return user


def base(given: ClassPractice) -> str:
    return f"/class/{given.class_group_id}/work/{given.pk}/"


def mark_page(given: ClassPractice, student: Student) -> str:
    return f"{base(given)}students/{student.pk}/"


def text_of(client: Client, address: str) -> str:
    """What the page says, without its marks."""
    main = client.get(address).content.decode().split("<main")[1].split("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def test_the_list_shows_who_handed_in_who_was_late_and_who_did_not(
    teacher: Client, class_group: ClassGroup, bruno: Student
) -> None:
    given = give(class_group, due_at=timezone.now() - timedelta(minutes=5))
    hand(given, bruno, at=timezone.now() - timedelta(minutes=9))
    hand(given, make_student(class_group, "Late"))
    make_student(class_group, "Missing")

    page = text_of(teacher, base(given))

    assert "2 of 3 handed in" in page
    assert re.search(r"Late in|García, Bruno in time .*García, Late late .*García, Missing missing", page)


def test_who_left_the_class_keeps_what_was_handed_in(
    teacher: Client, given: ClassPractice, bruno: Student
) -> None:
    hand(given, bruno)
    bruno.enrolments.update(left_on=timezone.localdate())

    assert "left the class" in text_of(teacher, base(given))


def test_the_list_takes_as_many_queries_for_thirty_as_for_two(
    teacher: Client, given: ClassPractice, django_assert_max_num_queries: object
) -> None:
    for _ in range(30):
        hand(given, make_student(given.class_group))

    with django_assert_max_num_queries(14):  # type: ignore[operator]
        teacher.get(base(given))


def test_a_mark_with_a_comma_is_kept_and_shown_to_the_student_only_when_let_out(
    teacher: Client, reader: Client, given: ClassPractice, bruno: Student, ana: User
) -> None:
    row = hand(given, bruno)
    teacher.post(mark_page(given, bruno), {"mark": "7,5", "comment": "Buen trabajo", "version": "0"})
    student = Client(headers={"accept-language": "en"})
    student.force_login(bruno.user)
    before = text_of(student, f"/student/hand-ins/{row.pk}/")

    teacher.post(base(given) + "publish/")

    after = text_of(student, f"/student/hand-ins/{row.pk}/")
    assert Assessment.objects.get().mark == Decimal("7.5")
    assert ("7,50" in before, "Buen trabajo" in before) == (False, False)
    assert ("7,50" in after, "Buen trabajo" in after) == (True, True)
    assert set(AuditEntry.objects.values_list("verb", flat=True)) >= {"work.marked", "work.published"}


@pytest.mark.parametrize("mark", ["siete", "7,555", "101", "-1"])
def test_what_is_no_mark_is_not_kept_and_the_comment_is_not_lost(
    teacher: Client, given: ClassPractice, bruno: Student, mark: str
) -> None:
    answer = teacher.post(mark_page(given, bruno), {"mark": mark, "comment": "Bien", "version": "0"})

    assert not Assessment.objects.filter(marked_at__isnull=False).exists()
    assert "Bien" in answer.content.decode()


def test_two_teachers_do_not_overwrite_each_other(
    teacher: Client, given: ClassPractice, bruno: Student, javier: User
) -> None:
    hand(given, bruno)
    assess(
        class_practice=given, student=bruno, hand_in=None, mark=Decimal(9), comment="", version=0, by=javier
    )

    answer = teacher.post(mark_page(given, bruno), {"mark": "5", "comment": "mine", "version": "0"})

    page = answer.content.decode()
    assert (answer.status_code, Assessment.objects.get().mark) == (409, Decimal(9))
    assert all(text in page for text in ("Javier has marked it meanwhile", "9,00", "mine"))


def test_after_comparing_it_can_be_saved_on_purpose(
    teacher: Client, given: ClassPractice, bruno: Student, javier: User
) -> None:
    assess(
        class_practice=given, student=bruno, hand_in=None, mark=Decimal(9), comment="", version=0, by=javier
    )
    page = teacher.post(
        mark_page(given, bruno), {"mark": "5", "comment": "", "version": "0"}
    ).content.decode()
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version is not None

    teacher.post(mark_page(given, bruno), {"mark": "5", "comment": "", "version": version[1]})

    assert Assessment.objects.get().mark == Decimal(5)


def test_a_colleague_reads_who_is_marking_it_and_can_take_it_over(
    teacher: Client, given: ClassPractice, bruno: Student, javier: User
) -> None:
    claim_work(class_practice=given, student=bruno, by=javier)
    pages = [text_of(teacher, address) for address in (base(given), mark_page(given, bruno))]
    teacher.post(mark_page(given, bruno) + "claim/")
    still = Assessment.objects.get().claimed_by

    teacher.post(mark_page(given, bruno) + "claim/", {"take_over": "1"})

    assert all("Javier is marking it" in page for page in pages)
    assert (still, str(Assessment.objects.get().claimed_by)) == (javier, "Ana")


def test_a_claim_that_nobody_renews_ends_by_itself(
    teacher: Client, given: ClassPractice, bruno: Student, javier: User, ana: User
) -> None:
    claim_work(class_practice=given, student=bruno, by=javier)
    Assessment.objects.update(claimed_at=timezone.now() - timedelta(minutes=31))

    assert "is marking it" not in text_of(teacher, mark_page(given, bruno))
    assert claim_work(class_practice=given, student=bruno, by=ana).claimed_by == ana


def test_saving_goes_to_the_next_student_and_lets_go(
    teacher: Client, given: ClassPractice, bruno: Student
) -> None:
    zoe = make_student(given.class_group, "Zoe")
    teacher.post(mark_page(given, bruno) + "claim/")

    answer = teacher.post(mark_page(given, bruno), {"mark": "8", "comment": "", "version": "0", "next": "1"})

    assert answer["Location"] == mark_page(given, zoe)
    assert Assessment.objects.get().claimed_by is None


def test_more_time_for_one_student_makes_their_late_work_count_as_in_time(
    teacher: Client, class_group: ClassGroup, bruno: Student
) -> None:
    given = give(class_group, due_at=timezone.now() - timedelta(hours=1))
    row = hand(given, bruno)
    until = timezone.localtime(timezone.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")

    teacher.post(mark_page(given, bruno) + "extension/", {"due_at": until})

    row.refresh_from_db()
    assert not row.is_late
    assert "until" in text_of(teacher, base(given))


def test_more_time_cannot_end_before_the_class_s_own_date(
    teacher: Client, given: ClassPractice, bruno: Student
) -> None:
    answer = teacher.post(mark_page(given, bruno) + "extension/", {"due_at": "2020-01-01T10:00"})

    assert "before the class" in answer.content.decode()
    assert not given.extensions.exists()


def test_a_class_that_one_does_not_teach_is_not_there(
    teacher: Client, school: School, javier: User, given: ClassPractice
) -> None:
    other = make_class_group(school, "2º SMR", teacher=make_teacher(school, "Tomás"))
    foreign = give(other)
    teacher.force_login(javier)

    assert teacher.get(base(foreign)).status_code == 404
    assert teacher.get(f"/class/{given.class_group_id}/work/{foreign.pk}/").status_code == 404


def test_an_archived_class_is_looked_at_and_not_changed(
    teacher: Client, given: ClassPractice, bruno: Student
) -> None:
    hand(given, bruno)
    ClassGroup.objects.update(archived_at=timezone.now())

    seen = [teacher.get(address).status_code for address in (base(given), mark_page(given, bruno))]
    sent = [
        teacher.post(address, {"mark": "5", "version": "0", "comment": ""}).status_code
        for address in (mark_page(given, bruno), base(given) + "publish/", mark_page(given, bruno) + "claim/")
    ]

    assert (seen, sent) == ([200, 200], [404, 404, 404])


def test_the_csv_opens_in_a_spanish_spreadsheet_and_runs_no_formula(
    teacher: Client, given: ClassPractice, bruno: Student, ana: User
) -> None:
    hand(given, bruno)
    assess(
        class_practice=given,
        student=bruno,
        hand_in=None,
        mark=Decimal("7.5"),
        comment="=1+1",
        version=0,
        by=ana,
    )

    answer = teacher.get(base(given) + "marks.csv")

    text = answer.content.decode()
    assert text.startswith("\ufeffSurnames;Given name;")
    assert "García;Bruno;" in text
    assert ";7,50;'=1+1" in text
    assert AuditEntry.objects.filter(verb="work.exported").exists()


def test_the_teacher_reads_what_the_student_was_told_of_a_key_in_the_image(
    teacher: Client, given: ClassPractice, bruno: Student
) -> None:
    sign = {"kind": "private_key", "where": "history", "place": "3", "masked": "----…"}
    row = hand(given, bruno, WEB)
    type(row).objects.update(secret_signs=[sign])

    assert "A private key in step 3 of the Dockerfile: ----…" in text_of(teacher, mark_page(given, bruno))


def test_saving_goes_to_the_next_who_handed_in_and_is_not_marked(
    teacher: Client, given: ClassPractice, bruno: Student
) -> None:
    make_student(given.class_group, "Missing")
    zoe = make_student(given.class_group, "Zoe")
    hand(given, bruno)
    hand(given, zoe)
    sent = {"mark": "8", "comment": "", "version": "0", "next": "1"}

    first = teacher.post(mark_page(given, bruno), sent)
    last = teacher.post(mark_page(given, zoe), sent)

    assert first["Location"] == mark_page(given, zoe)
    assert last["Location"] == base(given), "all that was handed in is marked: back to where it is let out"


def test_the_list_leads_to_the_first_that_is_to_be_marked(
    teacher: Client, given: ClassPractice, bruno: Student
) -> None:
    zoe = make_student(given.class_group, "Zoe")
    hand(given, bruno)
    hand(given, zoe)
    teacher.post(mark_page(given, bruno), {"mark": "8", "comment": "", "version": "0"})

    page = teacher.get(base(given)).content.decode()

    assert f'<a class="button" href="{mark_page(given, zoe)}">Mark 1 hand-in</a>' in page


def test_saving_nothing_marks_nobody(teacher: Client, given: ClassPractice, bruno: Student) -> None:
    hand(given, bruno)

    teacher.post(mark_page(given, bruno), {"mark": "", "comment": " ", "version": "0"})

    page = text_of(teacher, base(given))
    assert "0 marked" in page and "see the mark" not in page
    assert not AuditEntry.objects.filter(verb="work.marked").exists()


def test_a_mark_that_is_emptied_is_taken_back_from_the_student(
    teacher: Client, given: ClassPractice, bruno: Student
) -> None:
    row = hand(given, bruno)
    teacher.post(mark_page(given, bruno), {"mark": "8", "comment": "", "version": "0"})
    teacher.post(base(given) + "publish/")

    teacher.post(mark_page(given, bruno), {"mark": "", "comment": "", "version": "1"})

    student = Client(headers={"accept-language": "en"})
    student.force_login(bruno.user)
    assert "0 marked" in text_of(teacher, base(given))
    assert "Your mark" not in text_of(student, f"/student/hand-ins/{row.pk}/")


@pytest.mark.parametrize(("mark", "is_asked"), [("85", True), ("10", False), ("8,5", False)])
def test_a_mark_above_ten_is_kept_and_asked_about(
    teacher: Client, given: ClassPractice, bruno: Student, mark: str, is_asked: bool
) -> None:
    sent = {"mark": mark, "comment": "", "version": "0"}

    page = teacher.post(mark_page(given, bruno), sent, follow=True).content.decode()

    assert ("Is a comma missing?" in page) is is_asked
    assert Assessment.objects.get().marked_at


def test_who_marks_to_a_hundred_is_asked_once(teacher: Client, given: ClassPractice, bruno: Student) -> None:
    zoe = make_student(given.class_group, "Zoe")
    sent = {"mark": "85", "comment": "", "version": "0"}
    teacher.post(mark_page(given, bruno), sent, follow=True)

    page = teacher.post(mark_page(given, zoe), sent, follow=True).content.decode()

    assert "Is a comma missing?" not in page


def test_the_page_of_the_class_says_how_much_is_to_be_marked(
    teacher: Client, given: ClassPractice, bruno: Student
) -> None:
    zoe = make_student(given.class_group, "Zoe")
    for student in (bruno, bruno, zoe):
        hand(given, student)
    teacher.post(mark_page(given, zoe), {"mark": "8", "comment": "", "version": "0"})

    page = text_of(teacher, f"/class/{given.class_group_id}/")

    assert "Hand-ins · 1 to mark" in page


def test_work_of_an_archived_class_is_found_from_its_page(
    teacher: Client, given: ClassPractice, bruno: Student
) -> None:
    hand(given, bruno)
    ClassGroup.objects.update(archived_at=timezone.now())

    page = teacher.get(f"/class/{given.class_group_id}/").content.decode()

    assert base(given) in page
    assert "/dates/" not in page and "/withdraw/" not in page
    assert "1 to mark" not in page, "nothing is marked in the archive"


def test_the_first_page_says_which_class_has_something_to_mark(
    teacher: Client, given: ClassPractice, bruno: Student, school: School
) -> None:
    make_class_group(school, "2º DAW")
    before = text_of(teacher, "/")
    for student in (bruno, bruno, make_student(given.class_group, "Zoe")):
        hand(given, student)

    after = text_of(teacher, "/")

    assert "to mark" not in before
    assert "2 to mark" in after and after.count("to mark") == 1

"""Class lists: looked at first, brought in by one transaction, the same list again changes nothing."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from classrooms import signals
from classrooms.actions import roster_preparing
from classrooms.actions.refusals import ImportNotWaiting
from classrooms.actions.roster_preparing import prepare_import
from classrooms.actions.rosters import RosterOutcome, carry_out, drop_import
from classrooms.actions.students import add_student
from classrooms.identity import external_id_hash
from classrooms.models import AuditEntry, ClassGroup, Enrolment, RosterImport, School, Student, User
from classrooms.queries.roster_preview import roster_preview
from classrooms.rosters.reading import read_roster
from classrooms.rosters.rows import RosterReading
from classrooms.uploads import LARGEST_UPLOAD
from tests.classrooms.regalum import DAW, PLANTED, csv_of, student, text_of
from tests.factories import make_class_group, make_teacher

NEREA = student("9000001", "Nerea", "Alba", "Núñez")
OMAR = student("9000002", "Omar", "Haddad", "")
TWIN = student("9000003", "Nerea", "Alba", "Núñez")


def bring_in(
    school: School, *students: tuple[str, ...], by: User | None = None, **choice: object
) -> RosterOutcome:
    waiting = prepare_import(school=school, data=csv_of(*students), by=by)
    return carry_out(roster_import=waiting, by=by, **choice)  # type: ignore[arg-type]


def enrolled(school: School) -> set[str]:
    current = Enrolment.objects.current().filter(class_group__school=school)
    return {f"{one.student.list_name} {one.class_group.name}" for one in current}


def everything_in_the_database() -> str:
    assert connection.connection is not None
    return "\n".join(connection.connection.iterdump())


def test_a_list_makes_its_class_and_its_students(school: School, ana: User) -> None:
    outcome = bring_in(school, NEREA, OMAR, TWIN, by=ana)

    assert outcome == RosterOutcome(new=3)
    assert sorted(enrolled(school)) == ["Alba Núñez, Nerea 1SMR", "Haddad, Omar 1SMR"]
    assert Student.objects.count() == 3
    assert ClassGroup.objects.taught_by(ana).get().name == "1SMR"


def test_nothing_is_written_before_somebody_confirms(school: School, ana: User) -> None:
    prepare_import(school=school, data=csv_of(NEREA), by=ana)

    assert not Student.objects.exists() and not ClassGroup.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_others_may_write_while_a_list_is_read(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []

    def read(*args: Any, **choices: Any) -> RosterReading:
        seen.append(connection.in_atomic_block)
        return read_roster(*args, **choices)

    monkeypatch.setattr(roster_preparing, "read_roster", read)
    prepare_import(school=school, data=csv_of(NEREA), by=None)

    assert seen == [False]


def test_the_same_list_again_changes_nothing_and_says_so(school: School, ana: User) -> None:
    bring_in(school, NEREA, OMAR, by=ana)
    waiting = prepare_import(school=school, data=text_of(NEREA, OMAR), by=ana)
    assert roster_preview(waiting).changes_nothing

    assert carry_out(roster_import=waiting, by=ana) == RosterOutcome(unchanged=2)


def test_confirming_twice_is_the_same_as_once(school: School, ana: User) -> None:
    waiting = prepare_import(school=school, data=csv_of(NEREA), by=ana)
    first = carry_out(roster_import=waiting, by=ana)

    assert carry_out(roster_import=waiting, by=ana) == first
    assert AuditEntry.objects.filter(verb="roster.imported").count() == 1


def test_what_must_not_be_kept_is_nowhere_in_the_database(school: School, ana: User) -> None:
    broken = student("9000009", "", "")
    waiting = prepare_import(school=school, data=csv_of(NEREA, broken, student("87654321X")), by=ana)
    before = everything_in_the_database()
    carry_out(roster_import=waiting, by=ana)
    after = everything_in_the_database()

    for secret in (*PLANTED, "9000001", "9000009", "87654321X"):
        assert secret not in before and secret not in after
    assert "Alba" in after


def test_good_lines_go_in_although_others_are_bad(school: School, ana: User) -> None:
    waiting = prepare_import(school=school, data=csv_of(NEREA, student("", "Iker", "Ruiz"), OMAR), by=ana)
    (bad,) = roster_preview(waiting).bad_rows

    assert (bad.line, bad.column) == (3, "Nº Id. Escolar")
    assert carry_out(roster_import=waiting, by=ana) == RosterOutcome(new=2, bad=1)


def test_a_list_of_one_class_withdraws_nobody_of_another(school: School, ana: User) -> None:
    bring_in(school, NEREA, student("9000004", "Vera", "Cano", unit="2DAW", course=DAW), by=ana)

    outcome = bring_in(school, NEREA, by=ana)

    assert outcome == RosterOutcome(unchanged=1) and len(enrolled(school)) == 2


def test_who_is_missing_stays_unless_somebody_says_that_they_left(school: School, ana: User) -> None:
    bring_in(school, NEREA, OMAR, by=ana)
    bring_in(school, NEREA, by=ana)
    assert len(enrolled(school)) == 2
    omar = Enrolment.objects.get(student__given_name="Omar")

    outcome = bring_in(school, NEREA, by=ana, leavers={omar.pk})

    assert outcome == RosterOutcome(unchanged=1, left=1)
    omar.refresh_from_db()
    assert omar.left_on == timezone.localdate()


def test_who_leaves_by_a_list_is_announced_and_nobody_else(school: School, ana: User) -> None:
    bring_in(school, NEREA, OMAR, by=ana)
    omar = Enrolment.objects.get(student__given_name="Omar")
    heard: list[signals.Announced | None] = []
    signals.roster_changed.connect(listener := lambda announced=None, **kwargs: heard.append(announced))

    bring_in(school, NEREA, TWIN, by=ana, leavers={omar.pk})
    bring_in(school, NEREA, student("9000009", "Sara", "Gil", ""), by=ana)

    signals.roster_changed.disconnect(listener)
    said = signals.Announced("roster.imported", ana.pk, (omar.class_group_id,), (omar.student_id,))
    assert heard == [said, None]


def test_somebody_who_is_not_missing_cannot_be_made_to_leave(school: School, ana: User) -> None:
    bring_in(school, NEREA, OMAR, by=ana)

    bring_in(school, NEREA, OMAR, by=ana, leavers=set(Enrolment.objects.values_list("pk", flat=True)))

    assert len(enrolled(school)) == 2


def test_who_was_added_by_hand_is_never_missing(school: School, ana: User) -> None:
    bring_in(school, NEREA, by=ana)
    add_student(class_group=ClassGroup.objects.get(), given_name="Iker", first_surname="Ruiz", by=ana)

    waiting = prepare_import(school=school, data=csv_of(NEREA), by=ana)

    assert roster_preview(waiting).changes_nothing


def test_moved_left_back_and_corrected_are_told_apart(school: School, ana: User) -> None:
    bring_in(
        school, NEREA, OMAR, student("9000005", "Leo", "Cobos"), student("9000006", "Ivan", "Rojas"), by=ana
    )
    moved = student("9000002", "Omar", "Haddad", "", unit="2DAW", course=DAW)
    gone = student("9000005", "Leo", "Cobos", state="Trasladada")
    corrected = student("9000006", "Iván", "Rojas")

    outcome = bring_in(school, NEREA, moved, gone, corrected, by=ana)
    assert outcome == RosterOutcome(unchanged=2, moved=1, left=1, corrected=1)

    back = bring_in(school, student("9000005", "Leo", "Cobos"), by=ana)

    assert back == RosterOutcome(returning=1)
    assert "Rojas Núñez, Iván 1SMR" in enrolled(school) and "Haddad, Omar 2DAW" in enrolled(school)
    assert "Haddad, Omar 1SMR" not in enrolled(school)


def test_a_word_nobody_knows_is_asked_and_the_answer_kept(school: School, ana: User) -> None:
    odd = student("9000007", "Unai", "Luque", state="Pendiente de confirmación")
    waiting = prepare_import(school=school, data=csv_of(NEREA, odd), by=ana)
    (question,) = roster_preview(waiting).questions
    assert (question.word, question.rows) == ("Pendiente de confirmación", 1)

    outcome = carry_out(roster_import=waiting, by=ana, answers={question.word: "active"})

    assert outcome.new == 2
    school.refresh_from_db()
    assert not roster_preview(prepare_import(school=school, data=csv_of(NEREA, odd), by=ana)).questions


def test_an_answer_that_nobody_asked_for_is_not_kept(school: School, ana: User) -> None:
    bring_in(school, NEREA, by=ana, answers={"Matriculado/a": "left"})

    school.refresh_from_db()
    assert school.enrolment_words == {}


def test_an_unanswered_word_leaves_its_lines_alone(school: School, ana: User) -> None:
    bring_in(school, student("9000007", "Unai", "Luque", state="Pendiente de confirmación"), by=ana)

    assert enrolled(school) == set()


def test_a_teacher_brings_in_nothing_of_classes_of_others(school: School, ana: User) -> None:
    bring_in(school, NEREA, by=ana)
    javier = make_teacher(school, "Javier")
    own = student("9000004", "Vera", "Cano", unit="2DAW", course=DAW)

    waiting = prepare_import(school=school, data=csv_of(OMAR, own), by=javier)

    assert [place[0] for place in waiting.summary["left_out"]] == ["1SMR"]
    assert carry_out(roster_import=waiting, by=javier).new == 1


def test_a_class_made_by_hand_without_course_is_the_class_of_the_list(school: School, ana: User) -> None:
    class_group = make_class_group(school, "1SMR", teacher=ana)

    bring_in(school, NEREA, by=ana)

    assert ClassGroup.objects.get() == class_group and class_group.enrolments.count() == 1


def test_a_person_of_last_year_is_the_same_person(school: School, ana: User) -> None:
    known = Student.objects.create(
        school=school,
        external_id_hash=external_id_hash(school.pk, "9000001"),
        given_name="Nerea",
        first_surname="A",
    )

    bring_in(school, NEREA, by=ana)

    known.refresh_from_db()
    assert Student.objects.get() == known and known.list_name == "Alba Núñez, Nerea"


def test_bringing_in_is_announced_and_a_list_without_changes_is_not(school: School, ana: User) -> None:
    heard: list[object] = []

    def hear(**facts: object) -> None:
        heard.append(facts["school"])

    signals.roster_changed.connect(hear)
    for _time in range(2):
        bring_in(school, NEREA, by=ana)
    signals.roster_changed.disconnect(hear)

    assert heard == [school]


def test_a_dropped_list_is_forgotten_and_cannot_be_brought_in(school: School, ana: User) -> None:
    waiting = prepare_import(school=school, data=csv_of(NEREA), by=ana)
    drop_import(roster_import=waiting, by=ana)

    assert "Nerea" not in str(RosterImport.objects.values())
    with pytest.raises(ImportNotWaiting):
        carry_out(roster_import=waiting, by=ana)


def upload(client: Client, school: School, data: bytes, **fields: str) -> tuple[int, str]:
    """Status and page after following redirects, in English."""
    file = SimpleUploadedFile("RegAlum.csv", data)
    answer = client.post(
        f"/school/{school.pk}/roster/",
        {"file": file, **fields},
        follow=True,
        headers={"accept-language": "en"},
    )
    return answer.status_code, answer.content.decode()


def test_the_page_shows_what_will_happen_and_then_what_happened(
    client: Client, school: School, ana: User
) -> None:
    client.force_login(ana)
    _status, page = upload(client, school, csv_of(NEREA, OMAR))
    assert "Bring in 2 students" in page and "windows-1252" in page and "DNI/Pasaporte" in page

    path = f"/roster/{RosterImport.objects.get().pk}/"
    for _time in range(2):
        answer = client.post(path, {"decision": "carry_out"}, follow=True, headers={"accept-language": "en"})

    assert "The class list is in" in answer.content.decode() and len(enrolled(school)) == 2


def test_answers_on_the_page_count(client: Client, school: School, ana: User) -> None:
    bring_in(school, NEREA, OMAR, by=ana)
    client.force_login(ana)
    _status, page = upload(client, school, csv_of(NEREA, student("9000007", "Unai", "Luque", state="Repite")))
    assert "Who of them has left?" in page or "Has this student left?" in page
    omar = Enrolment.objects.get(student__given_name="Omar")
    path = f"/roster/{RosterImport.objects.latest('pk').pk}/"

    client.post(path, {"decision": "carry_out", "left": omar.pk, "word_1": "Repite", "means_1": "active"})

    assert enrolled(school) == {"Alba Núñez, Nerea 1SMR", "Luque Núñez, Unai 1SMR"}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty."),
        (b"%PDF-1.7 whatever", "This is a PDF."),
        (b"PK\x03\x04 whatever", "damaged or cut off"),
        (b"name;age\r\nNerea;16\r\n", "none of those that the portal knows"),
        (b"\x00\x01\x02" * 50, "not text"),
    ],
)
def test_a_file_that_is_no_list_gets_a_sentence(
    client: Client, school: School, ana: User, data: bytes, sentence: str
) -> None:
    client.force_login(ana)

    status, page = upload(client, school, data)

    assert (status, RosterImport.objects.count()) == (200, 0)
    assert sentence in page


@pytest.mark.parametrize("too_much", [1, 10 * 1024 * 1024])
def test_a_file_that_is_too_large_gets_a_sentence(
    client: Client, school: School, ana: User, too_much: int
) -> None:
    client.force_login(ana)

    status, page = upload(client, school, b"a" * (LARGEST_UPLOAD + too_much))

    assert status == 200 and "larger than 20 MB" in page


def test_no_file_at_all_gets_a_sentence(client: Client, school: School, ana: User) -> None:
    client.force_login(ana)

    answer = client.post(f"/school/{school.pk}/roster/", headers={"accept-language": "en"})

    assert "Choose the file with the class list." in answer.content.decode()


def test_a_wrong_encoding_is_said_and_another_can_be_chosen(
    client: Client, school: School, ana: User
) -> None:
    client.force_login(ana)
    _status, page = upload(client, school, csv_of(NEREA), encoding="utf-8")
    assert "Choose another encoding" in page

    _status, page = upload(client, school, csv_of(NEREA), encoding="windows-1252")

    assert "Alba Núñez, Nerea" in page


def test_others_neither_upload_nor_see_a_list(client: Client, school: School, ana: User, carla: User) -> None:
    waiting = prepare_import(school=school, data=csv_of(NEREA), by=ana)
    for person in (carla, make_teacher(school, "Rosa", role="read_only")):
        client.force_login(person)

        assert upload(client, school, csv_of(NEREA))[0] == 404
        assert client.get(f"/roster/{waiting.pk}/").status_code == 404
        assert client.post(f"/roster/{waiting.pk}/", {"decision": "carry_out"}).status_code == 404


def test_a_colleague_neither_sees_nor_brings_in_a_list_with_other_classes(
    client: Client, school: School, ana: User
) -> None:
    waiting = prepare_import(school=school, data=csv_of(NEREA), by=ana)
    client.force_login(make_teacher(school, "Javier"))

    assert client.get(f"/roster/{waiting.pk}/").status_code == 404
    assert client.post(f"/roster/{waiting.pk}/", {"decision": "carry_out"}).status_code == 404
    assert not ClassGroup.objects.exists()


def test_an_owner_sees_the_list_of_a_teacher(client: Client, school: School, ana: User) -> None:
    javier = make_teacher(school, "Javier")
    waiting = prepare_import(school=school, data=csv_of(NEREA), by=javier)
    client.force_login(ana)

    assert client.get(f"/roster/{waiting.pk}/").status_code == 200


@pytest.mark.parametrize("number", ["9" * 25, "9" * 5000, "²"])
def test_numbers_that_no_page_made_do_no_harm(client: Client, school: School, ana: User, number: str) -> None:
    waiting = prepare_import(school=school, data=csv_of(NEREA), by=ana)
    client.force_login(ana)
    sent = {"decision": "carry_out", "left": number, "class_of_1": number}

    assert client.post(f"/roster/{waiting.pk}/", sent).status_code == 302
    assert "Alba Núñez, Nerea 1SMR" in enrolled(school)


def test_a_list_of_nobody_is_not_said_to_change_nothing(client: Client, school: School, ana: User) -> None:
    waiting = prepare_import(school=school, data=csv_of(), by=ana)
    client.force_login(ana)

    page = client.get(f"/roster/{waiting.pk}/", headers={"Accept-Language": "en"}).content.decode()

    assert "No line of the list can be brought in." in page
    assert "This list changes nothing." not in page

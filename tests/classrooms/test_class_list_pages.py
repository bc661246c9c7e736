"""Class lists of every format through the pages: explained, remembered, and nothing of them kept that may not be."""

import logging
import random
import tempfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from classrooms.actions.roster_preparing import prepare_import
from classrooms.actions.rosters import RosterOutcome, carry_out
from classrooms.forms.carried_files import MOST_CARRIED, packed, unpacked
from classrooms.models import (
    AuditEntry,
    ClassGroup,
    ColumnMapping,
    Enrolment,
    ListedClassName,
    RosterImport,
    School,
    Student,
    User,
)
from classrooms.queries.roster_decisions import Decisions
from classrooms.queries.roster_preview import roster_preview
from classrooms.rosters.choices import Choices
from classrooms.rosters.comparison import ClassPlace
from tests.classrooms.regalum import SMR, csv_of, student
from tests.classrooms.rosters.every_format import (
    KINDS,
    MARIA,
    OTHER_MARIA,
    OWN_COLUMNS,
    PEOPLE,
    SECRETS,
    Kind,
    github_classroom,
    own_csv,
    own_xlsx,
    pasted,
)
from tests.factories import make_class_group, make_student, make_teacher


@pytest.fixture
def teacher(ana: User, client: Client) -> Client:
    client.force_login(ana)
    return client


def upload(client: Client, school: School, data: bytes, **fields: object) -> str:
    """Where the upload leads; the text of the page where it leads nowhere."""
    file = SimpleUploadedFile("lista.bin", data)
    answer = client.post(
        f"/school/{school.pk}/roster/", {"file": file, **fields}, headers={"accept-language": "en"}
    )
    return answer["Location"] if answer.status_code == 302 else answer.content.decode()


def explain(client: Client, school: School, data: bytes, columns: tuple[str, ...], **fields: object) -> str:
    """The page of the columns sent as a browser sends it."""
    sent = {f"column_{place}": field for place, field in enumerate(columns)}
    form = {
        "carried": packed(data),
        "file_name": "lista.csv",
        "step": "go",
        "heading_line": 1,
        **sent,
        **fields,
    }
    answer = client.post(f"/school/{school.pk}/roster/columns/", form, headers={"accept-language": "en"})
    return answer["Location"] if answer.status_code == 302 else answer.content.decode()


def everything_kept(directory: Path) -> str:
    assert connection.connection is not None
    database = "\n".join(connection.connection.iterdump())
    places = [directory, Path(settings.MEDIA_ROOT)] if settings.MEDIA_ROOT else [directory]
    files = [path for place in places if place.is_dir() for path in place.rglob("*") if path.is_file()]
    return database + "".join(path.read_bytes().decode("latin-1") for path in files)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
def test_nothing_that_was_planted_is_in_database_log_or_temporary_file(
    kind: Kind, teacher: Client, school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    caplog.set_level(logging.DEBUG)
    data = kind.make([*PEOPLE, MARIA.__class__("9000077", "", "", "")])
    columns, said = (
        kind.choices.columns,
        {"class_group": "new" if kind.choices.unit else "", "class_name": "1SMR"},
    )
    if kind.choices.is_pasted:
        said |= {"is_pasted": "1", "heading_line": 0}
        columns = ("list_name",) if kind.make is pasted else ("surnames", "given_name", "unit")
        said["separator"] = "line" if kind.make is pasted else "tab"

    looked = upload(teacher, school, data, look="1")
    where = explain(teacher, school, data, columns, **said) if columns else upload(teacher, school, data)
    if "/roster/" not in where[:10]:
        where = explain(teacher, school, data, (), **{**said, "format_name": kind.name, "heading_line": ""})
    between = everything_kept(tmp_path)
    teacher.post(where, {"decision": "carry_out"})
    after = everything_kept(tmp_path)

    assert Student.objects.count() >= len(PEOPLE) and looked
    for secret in (*SECRETS.values(), *(one.number for one in PEOPLE), *(one.account for one in PEOPLE)):
        assert secret not in between and secret not in after and secret not in caplog.text, secret


def test_an_unknown_table_is_asked_about_with_five_rows_and_a_proposal(
    teacher: Client, school: School
) -> None:
    page = upload(teacher, school, own_csv(PEOPLE))

    assert "What do the columns say?" in page and page.count('<select name="column_') == len(OWN_COLUMNS)
    assert "García López" in page and SECRETS["dni"] not in page and not RosterImport.objects.exists()


@pytest.mark.parametrize("make", [own_csv, own_xlsx])
def test_what_the_columns_are_is_kept_and_the_next_list_needs_no_question(
    make: object, teacher: Client, school: School
) -> None:
    first = explain(teacher, school, make(PEOPLE[:2]), OWN_COLUMNS)  # type: ignore[operator]
    again = upload(teacher, school, make(PEOPLE))  # type: ignore[operator]

    assert first.startswith("/roster/") and again.startswith("/roster/")
    assert ColumnMapping.objects.get().headings == [
        "Código",
        "Apellidos del alumno",
        "Su nombre",
        "Ciclo y grupo",
    ]
    assert len(RosterImport.objects.latest("pk").rows) == len(PEOPLE)


def test_what_one_school_explained_is_nothing_to_another(
    teacher: Client, school: School, other_school: School
) -> None:
    explain(teacher, school, own_csv(PEOPLE), OWN_COLUMNS)

    assert other_school.column_mappings.count() == 0


def test_a_line_of_data_that_was_taken_for_headings_is_not_kept(teacher: Client, school: School) -> None:
    where = explain(teacher, school, own_csv(PEOPLE), OWN_COLUMNS, heading_line=2)

    assert where.startswith("/roster/") and not ColumnMapping.objects.exists()


def test_columns_without_a_name_are_said_and_nothing_is_kept(teacher: Client, school: School) -> None:
    page = explain(teacher, school, own_csv(PEOPLE), ("", "external_id", "", "", "", "", "", "unit"))

    assert "Say which columns hold the name" in page and not ColumnMapping.objects.exists()


def test_looking_again_shows_another_heading_line_encoding_and_separator(
    teacher: Client, school: School
) -> None:
    data = ("Lista de clase\r\n" + own_csv(PEOPLE).decode("cp1252")).encode()
    page = explain(
        teacher, school, data, (), step="look", heading_line=2, encoding="utf-8", separator="semicolon"
    )

    assert "Ciclo y grupo" in page and "García López" in page


def test_a_list_of_names_needs_a_class_and_makes_it(teacher: Client, school: School) -> None:
    page = explain(
        teacher, school, pasted(PEOPLE), ("list_name",), heading_line=0, separator="line", is_pasted="1"
    )
    assert "Say which class it is" in page

    where = explain(
        teacher, school, pasted(PEOPLE), ("list_name",), heading_line=0, separator="line", is_pasted="1",
        class_group="new", class_name="1SMR",
    )  # fmt: skip
    teacher.post(where, {"decision": "carry_out"})

    assert Enrolment.objects.filter(class_group__name="1SMR").count() == len(PEOPLE)


def test_pasted_names_go_straight_on_when_the_class_is_chosen(
    teacher: Client, school: School, class_group: ClassGroup
) -> None:
    answer = teacher.post(
        f"/school/{school.pk}/roster/", {"names": "Mora, Noa\nCano, Leo", "class_group": class_group.pk}
    )

    assert answer.status_code == 302 and len(RosterImport.objects.get().rows) == 2


def test_a_file_too_large_to_be_carried_is_asked_for_again() -> None:
    assert packed(b"a" * 20_000_000) and unpacked(packed(b"a" * 1000)) == b"a" * 1000
    assert packed(random.Random(1).randbytes(MOST_CARRIED)) == ""


@pytest.mark.parametrize("text", ["", "!", "aGVsbG8=", packed(b"x" * 100)[:-8]])
def test_what_is_no_carried_file_is_none(text: str) -> None:
    assert unpacked(text) is None


def test_a_carried_file_cannot_unpack_without_end() -> None:
    assert unpacked(packed(b"0" * (21 * 1024 * 1024))) is None


# --- Who is it? ---------------------------------------------------------------------------------------------


def names_of(school: School, by: User, *people: object, class_name: str = "1SMR") -> RosterImport:
    choices = Choices(unit=class_name, is_pasted=True)
    return prepare_import(school=school, data=pasted(people), by=by, choices=choices)  # type: ignore[arg-type]


def test_a_list_of_names_identifies_nobody_it_asks(school: School, ana: User) -> None:
    carry_out(roster_import=names_of(school, ana, MARIA, OTHER_MARIA), by=ana)
    assert Student.objects.count() == 2  # two people of one name stay two

    again = names_of(school, ana, MARIA, OTHER_MARIA)

    assert [len(one.students) for one in roster_preview(again, by=ana).who_is_it] == [2, 2]
    assert carry_out(roster_import=again, by=ana) == RosterOutcome()
    assert Student.objects.count() == 2


def test_answers_say_who_is_the_same_person_and_who_another(
    school: School, ana: User, class_group: ClassGroup
) -> None:
    known = make_student(class_group, "María", first_surname="García", second_surname="López")
    waiting = names_of(school, ana, MARIA, OTHER_MARIA, class_name=class_group.name)

    outcome = carry_out(
        roster_import=waiting, by=ana, decisions=Decisions(people={1: str(known.pk), 2: "new"})
    )

    assert outcome == RosterOutcome(new=1, unchanged=1)
    assert Student.objects.filter(first_surname="García").count() == 2


def test_a_list_of_names_withdraws_nobody(school: School, ana: User, class_group: ClassGroup) -> None:
    make_student(class_group, "Noa")
    waiting = names_of(school, ana, MARIA, class_name=class_group.name)

    assert roster_preview(waiting, by=ana).missing == ()


def test_an_account_is_known_again_and_never_taken_for_a_number(school: School, ana: User) -> None:
    choices = Choices(unit="1SMR", course=SMR)
    for expected in (RosterOutcome(new=2), RosterOutcome(unchanged=2)):
        waiting = prepare_import(
            school=school, data=github_classroom([MARIA, PEOPLE[2]]), by=ana, choices=choices
        )
        assert carry_out(roster_import=waiting, by=ana) == expected


def test_who_came_with_a_number_is_asked_about_in_a_list_of_accounts(school: School, ana: User) -> None:
    carry_out(
        roster_import=prepare_import(
            school=school, data=csv_of(student("9000001", "María", "García", "López")), by=ana
        ),
        by=ana,
    )
    waiting = prepare_import(
        school=school, data=github_classroom([MARIA]), by=ana, choices=Choices(unit="1SMR", course=SMR)
    )

    assert len(roster_preview(waiting, by=ana).who_is_it) == 1
    assert carry_out(roster_import=waiting, by=ana) == RosterOutcome() and Student.objects.count() == 1


def test_the_page_asks_who_it_is_and_the_answer_counts(
    teacher: Client, school: School, ana: User, class_group: ClassGroup
) -> None:
    known = make_student(class_group, "María", first_surname="García", second_surname="López")
    waiting = names_of(school, ana, MARIA, class_name=class_group.name)
    assert 'name="who_1"' in teacher.get(f"/roster/{waiting.pk}/").content.decode()

    teacher.post(f"/roster/{waiting.pk}/", {"decision": "carry_out", "who_1": known.pk, "who_x": "y"})

    assert Student.objects.count() == 1


# --- Which class? -------------------------------------------------------------------------------------------


def test_a_class_in_another_spelling_is_the_one_there_is(
    school: School, ana: User, class_group: ClassGroup
) -> None:
    waiting = prepare_import(school=school, data=csv_of(student("9000001", unit="1SMR")), by=ana)

    carry_out(roster_import=waiting, by=ana)

    assert ClassGroup.objects.get() == class_group and class_group.name == "1º SMR"


def test_an_unknown_class_is_asked_and_the_answer_is_kept_for_the_next_list(
    school: School, ana: User, class_group: ClassGroup
) -> None:
    place = ClassPlace("1CFSC", SMR)
    waiting = prepare_import(school=school, data=csv_of(student("9000001", unit="1CFSC")), by=ana)
    assert [one.place for one in roster_preview(waiting, by=ana).which_class] == [place]

    carry_out(roster_import=waiting, by=ana, decisions=Decisions(classes={place: str(class_group.pk)}))
    again = prepare_import(school=school, data=csv_of(student("9000001", unit="1CFSC")), by=ana)

    assert roster_preview(again, by=ana).which_class == () and roster_preview(again, by=ana).changes_nothing
    assert ClassGroup.objects.count() == 1


def test_a_class_that_is_left_out_stays_out_next_time(
    school: School, ana: User, class_group: ClassGroup
) -> None:
    place = ClassPlace("1ESO", SMR)
    waiting = prepare_import(school=school, data=csv_of(student("9000001", unit="1ESO")), by=ana)
    carry_out(roster_import=waiting, by=ana, decisions=Decisions(classes={place: "out"}))

    again = prepare_import(school=school, data=csv_of(student("9000001", unit="1ESO")), by=ana)

    assert again.rows == [] and not Student.objects.exists()
    assert ListedClassName.objects.get().class_name == ""


def test_a_class_that_got_a_new_name_is_left_alone_until_somebody_says_so(school: School, ana: User) -> None:
    both = [student("9000001", "Nerea"), student("9000002", "Omar")]
    carry_out(roster_import=prepare_import(school=school, data=csv_of(*both), by=ana), by=ana)
    renamed = csv_of(student("9000001", "Nerea", unit="SMR-1A"), student("9000002", "Omar", unit="SMR-1A"))
    waiting = prepare_import(school=school, data=renamed, by=ana)
    (question,) = roster_preview(waiting, by=ana).which_class
    assert question.likely == ClassGroup.objects.get()

    assert carry_out(roster_import=waiting, by=ana) == RosterOutcome()

    waiting = prepare_import(school=school, data=renamed, by=ana)
    answer = Decisions(classes={question.place: str(ClassGroup.objects.get().pk)})
    assert carry_out(roster_import=waiting, by=ana, decisions=answer) == RosterOutcome(unchanged=2)


def test_a_class_of_a_colleague_cannot_be_meant(school: School, class_group: ClassGroup) -> None:
    javier = make_teacher(school, "Javier")
    make_class_group(school, "2DAW", teacher=javier)
    waiting = prepare_import(school=school, data=csv_of(student("9000001", unit="1CFSC")), by=javier)

    answer = Decisions(classes={ClassPlace("1CFSC", SMR): str(class_group.pk)})
    assert carry_out(roster_import=waiting, by=javier, decisions=answer) == RosterOutcome()

    assert not Enrolment.objects.exists() and not ListedClassName.objects.exists()


def test_the_page_asks_which_class_and_the_answer_counts(
    teacher: Client, school: School, ana: User, class_group: ClassGroup
) -> None:
    waiting = prepare_import(school=school, data=csv_of(student("9000001", unit="1CFSC")), by=ana)
    assert 'name="listed_means_1"' in teacher.get(f"/roster/{waiting.pk}/").content.decode()

    sent = {"listed_unit_1": "1CFSC", "listed_course_1": SMR, "listed_means_1": class_group.pk}
    teacher.post(f"/roster/{waiting.pk}/", {"decision": "carry_out", **sent})

    assert Enrolment.objects.get().class_group == class_group


# --- What the school has explained --------------------------------------------------------------------------


def test_the_table_of_words_shows_and_changes_what_they_mean(teacher: Client, school: School) -> None:
    path = f"/school/{school.pk}/roster/meanings/"
    assert "Baja de oficio" in teacher.get(path).content.decode()

    teacher.post(
        path,
        {
            "word_1": "Baja de oficio", "usual_1": "left", "means_1": "active",
            "word_2": "Anulada", "usual_2": "left", "means_2": "left",
            "word_new": "Repite", "means_new": "active",
        },
    )  # fmt: skip

    school.refresh_from_db()
    assert school.enrolment_words == {"Baja de oficio": "active", "Repite": "active"}
    assert AuditEntry.objects.filter(verb="roster.words_changed").count() == 1


def test_a_word_can_be_asked_again(teacher: Client, school: School) -> None:
    school.enrolment_words = {"Repite": "active"}
    school.save()

    teacher.post(f"/school/{school.pk}/roster/meanings/", {"word_1": "Repite", "usual_1": "", "means_1": ""})

    school.refresh_from_db()
    assert school.enrolment_words == {}


def test_class_names_and_columns_can_be_forgotten_here_and_not_elsewhere(
    teacher: Client, school: School, other_school: School
) -> None:
    own = ListedClassName.objects.create(school=school, unit="1CFSC", class_name="1SMR")
    foreign = ListedClassName.objects.create(school=other_school, unit="1CFSC", class_name="1SMR")
    mapping = ColumnMapping.objects.create(
        school=school, signature="s", columns=["list_name"], headings=["Quién"]
    )
    path = f"/school/{school.pk}/roster/meanings/"

    for sent in ({"forget_class": own.pk}, {"forget_class": foreign.pk}, {"forget_columns": mapping.pk}):
        teacher.post(path, sent)

    assert list(ListedClassName.objects.all()) == [foreign] and not ColumnMapping.objects.exists()


def test_a_list_of_names_says_who_is_in_it_twice(
    teacher: Client, school: School, class_group: ClassGroup
) -> None:
    people = "García López, María\nGARCIA LOPEZ, Maria\nRuiz Gil, Omar\n"
    prepared = prepare_import(
        school=school, by=None, data=people.encode(), choices=Choices(unit=class_group.name, is_pasted=True)
    )

    page = teacher.get(f"/roster/{prepared.pk}/", headers={"accept-language": "en"}).content.decode()

    assert "in the list more than once: García López, María. If" in page


def test_who_is_asked_about_anyway_is_not_warned_of_too(
    teacher: Client, school: School, class_group: ClassGroup
) -> None:
    for _ in range(2):
        make_student(class_group, "María", first_surname="García", second_surname="López")
    people = "García López, María\nGarcía López, María\n"
    prepared = prepare_import(
        school=school, by=None, data=people.encode(), choices=Choices(unit=class_group.name, is_pasted=True)
    )

    page = teacher.get(f"/roster/{prepared.pk}/", headers={"accept-language": "en"}).content.decode()

    assert "in the list more than once" not in page


def test_two_spellings_of_a_new_class_are_told(teacher: Client, school: School) -> None:
    rows = [student(1, unit="1DAW"), student(2, unit="1º DAW")]
    prepared = prepare_import(school=school, by=None, data=csv_of(*rows))

    page = teacher.get(f"/roster/{prepared.pk}/", headers={"accept-language": "en"}).content.decode()

    assert "more than one way: 1DAW, 1º DAW." in page


def test_the_kind_of_list_is_said_in_the_readers_language(teacher: Client, school: School) -> None:
    prepared = prepare_import(
        school=school, by=None, data=b"Ruiz Gil, Omar\n", choices=Choices(unit="1SMR", is_pasted=True)
    )

    page = teacher.get(f"/roster/{prepared.pk}/", headers={"accept-language": "es"}).content.decode()

    assert "Pasted names" not in page and "nombres pegados" in page


def test_a_table_without_the_schools_numbers_is_not_only_sent_back(teacher: Client, school: School) -> None:
    rows = "Nº;Alumno/a;Unidad;Estado matrícula\n1;Ruiz Gil, Omar;1DAW;\n".encode("cp1252")

    assert "it is enough to say here what its columns are" in upload(teacher, school, rows)

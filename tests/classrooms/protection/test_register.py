"""The register of activity: nobody changes it, owners search and take it along."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from classrooms.actions import audit
from classrooms.actions.register_upkeep import drop_old_entries, opened_register
from classrooms.actions.seeing import note_seen
from classrooms.models import AuditEntry, ClassGroup, RegisterOpening, School, Student, User
from classrooms.queries.activity import activity_page

STATEMENTS = [
    "UPDATE classrooms_auditentry SET verb = 'x'",
    "UPDATE classrooms_auditentry SET about = ''",
    "UPDATE classrooms_auditentry SET facts = '{}'",
    "DELETE FROM classrooms_auditentry",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_database_itself_refuses_to_change_or_delete_an_entry(
    statement: str, school: School, ana: User
) -> None:
    audit.record(school=school, actor=ana, verb="class.created", about="1º SMR", facts={"a": 1})

    with (
        pytest.raises(DatabaseError, match="only added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert AuditEntry.objects.get().verb == "class.created"


def test_the_model_refuses_as_well(school: School) -> None:
    entry = audit.record(school=school, actor=None, verb="class.created", about="x")

    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        entry.delete()


def test_who_goes_leaves_the_entry_without_a_name_and_nothing_else_of_it_changes(
    school: School, ana: User
) -> None:
    entry = audit.record(school=school, actor=ana, verb="class.created", about="1º SMR")

    ana.delete()

    entry.refresh_from_db()
    assert (entry.actor, entry.verb, entry.about) == (None, "class.created", "1º SMR")


def test_an_opening_is_gone_before_anybody_else_could_use_it(school: School) -> None:
    audit.record(school=school, actor=None, verb="class.created", about="x")
    with opened_register("a test"):
        AuditEntry.objects.update(about="y")

    assert not RegisterOpening.objects.exists()


def test_looks_are_kept_shorter_than_changes(school: School, ana: User) -> None:
    long_ago = timezone.now() - timedelta(days=100)
    for verb in ("student.seen", "student.changed"):
        AuditEntry.objects.create(school=school, actor=ana, verb=verb, at=long_ago)

    dropped = drop_old_entries(
        school=school,
        changed_before=timezone.now() - timedelta(days=700),
        seen_before=timezone.now() - timedelta(days=90),
    )

    assert (dropped, AuditEntry.objects.get().verb) == (1, "student.changed")


def test_looking_twice_within_an_hour_is_one_look(ana: User, bruno: Student) -> None:
    note_seen(by=ana, about=bruno, what="student")
    note_seen(by=ana, about=bruno, what="student")

    assert AuditEntry.objects.filter(verb="student.seen", student=bruno).count() == 1


@pytest.mark.parametrize("page", ["record/", ""])
def test_the_pages_of_a_student_write_down_who_looked(
    client: Client, ana: User, bruno: Student, page: str
) -> None:
    enrolment = bruno.enrolments.get()
    client.force_login(ana)

    client.get(f"/class/{enrolment.class_group_id}/students/{enrolment.pk}/{page}")

    assert AuditEntry.objects.get(verb="student.seen").actor == ana


def test_printed_slips_are_written_down_with_who_has_them(
    client: Client, ana: User, class_group: ClassGroup
) -> None:
    client.force_login(ana)

    client.post(f"/class/{class_group.pk}/codes/slips/")

    of_slips = AuditEntry.objects.filter(actor=ana, about=str(class_group))
    assert set(of_slips.values_list("verb", flat=True)) == {"codes.created", "slips.seen"}


@pytest.fixture
def entries(school: School, ana: User, class_group: ClassGroup, bruno: Student) -> None:
    audit.record(school=school, actor=ana, verb="student.changed", about=bruno)
    audit.record(school=school, actor=ana, verb="hub.connected", about="iestriana")
    audit.record(school=school, actor=None, verb="student.seen", about=bruno)


@pytest.mark.usefixtures("entries")
def test_it_is_searched_by_person_kind_and_day(school: School) -> None:
    def verbs(**asked: object) -> list[str]:
        return [one.verb for one in activity_page(school, **asked)]  # type: ignore[arg-type]

    assert "hub.connected" not in verbs(person="bruno garcia")
    assert set(verbs(person="Ana")) == {"student.changed", "hub.connected"}
    assert verbs(kind="hub") == ["hub.connected"]
    assert verbs(kind="seen") == ["student.seen"]
    assert verbs(until=timezone.localdate() - timedelta(days=1)) == []


@pytest.mark.usefixtures("entries")
def test_it_goes_out_as_csv_and_no_cell_runs(client: Client, school: School, ana: User) -> None:
    audit.record(school=school, actor=ana, verb="class.renamed", about="=HYPERLINK(1)")
    client.force_login(ana)

    answer = client.get(f"/school/{school.pk}/activity.csv?kind=classes", headers={"accept-language": "en"})

    text = answer.getvalue().decode()  # type: ignore[attr-defined]
    assert "renamed a class to =HYPERLINK(1)" in text and "hub.connected" not in text
    assert not any(cell.startswith("=") for line in text.splitlines() for cell in line.split(","))
    assert AuditEntry.objects.filter(verb="register.exported", actor=ana).exists()

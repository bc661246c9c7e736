"""Looks into handed-in images: the school's choice, who reads what was found, and what is left when a person goes."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from classrooms.actions.erasing import erase_student
from classrooms.actions.layer_looks import ask_layer_look, finish_layer_look, set_looks_in_layers
from classrooms.image_layers.settling import REASONS, ImageFound, LayerSign
from classrooms.models import AuditEntry, ClassGroup, HandIn, LayerLook, School, Student, User
from classrooms.queries.activity import sentence
from classrooms.queries.person import person_data
from classrooms.secret_signs.files import RULES
from classrooms.secret_signs.kinds import KINDS
from classrooms.templatetags.layer_words import layer_sentence, reason_sentence
from tests.classrooms.hand_ins.given import give, hand
from tests.factories import make_student, make_teacher

FOUND = ImageFound(
    (LayerSign("env_file", "app/.env<b>", 3), LayerSign("docker_login", "root/.docker/config.json", 1, True)),
    ("zstd",),
)


@pytest.fixture
def row(school: School, class_group: ClassGroup, bruno: Student) -> HandIn:
    set_looks_in_layers(school=school, looks_in_layers=True, by=None)
    class_group.refresh_from_db()
    return hand(give(class_group), bruno)


@pytest.fixture
def found(row: HandIn) -> HandIn:
    finish_layer_look(look=LayerLook.objects.get(), found=FOUND, at=timezone.now())
    return row


def rules_of(school: School) -> str:
    return f"/school/{school.pk}/data-protection/rules/"


def receipt(client: Client, row: HandIn) -> str:
    client.force_login(row.student.user)
    return client.get(f"/student/hand-ins/{row.pk}/").content.decode()


def mark_page(row: HandIn) -> str:
    given = row.class_practice
    return f"/class/{given.class_group_id}/work/{given.pk}/students/{row.student_id}/"


def test_it_is_off_until_an_owner_switches_it_on_and_the_register_says_so(
    reader: Client, ana: User, school: School
) -> None:
    reader.force_login(ana)
    before = reader.get(rules_of(school)).content.decode()
    for answer in ("yes", "yes", "no"):
        reader.post(rules_of(school), {"question": "layers", "looks_in_layers": answer})

    school.refresh_from_db()
    entries = AuditEntry.objects.filter(verb="school.looks_in_layers").order_by("pk")
    assert "Not looked through" in before
    assert "1,000 MB at most" in before
    assert school.looks_in_layers is False
    assert [sentence(one) for one in entries] == [
        "let handed-in images be looked into for keys and passwords",
        "decided that handed-in images are no longer looked into",
    ]


def test_only_owners_decide_it(reader: Client, school: School) -> None:
    reader.force_login(make_teacher(school, "Javier"))

    answer = reader.post(rules_of(school), {"question": "layers", "looks_in_layers": "yes"})

    school.refresh_from_db()
    assert (answer.status_code in (403, 404), school.looks_in_layers) == (True, False)


def test_nothing_is_asked_for_where_it_is_off_and_once_where_it_is_on(
    school: School, class_group: ClassGroup, bruno: Student
) -> None:
    row = hand(give(class_group), bruno)
    assert not LayerLook.objects.exists()

    set_looks_in_layers(school=school, looks_in_layers=True, by=None)
    row = HandIn.objects.get()
    ask_layer_look(row)
    ask_layer_look(row)

    assert LayerLook.objects.count() == 1


def test_switched_off_what_was_found_stays_and_what_waits_goes(school: School, found: HandIn) -> None:
    hand(found.class_practice, found.student)

    set_looks_in_layers(school=school, looks_in_layers=False, by=None)

    assert [look.hand_in for look in LayerLook.objects.all()] == [found]


def test_a_look_that_was_taken_back_meanwhile_keeps_nothing(row: HandIn) -> None:
    look = LayerLook.objects.get()
    LayerLook.objects.all().delete()

    finish_layer_look(look=look, found=FOUND, at=timezone.now())

    assert not LayerLook.objects.exists()


def test_the_student_reads_that_it_is_still_looked_through(reader: Client, row: HandIn) -> None:
    assert "still looking through the files" in receipt(reader, row)


def test_the_student_reads_where_it_is_what_to_do_and_what_was_not_looked_at(
    reader: Client, found: HandIn
) -> None:
    page = receipt(reader, found)

    assert "A password or key among settings: app/.env&lt;b&gt; (layer 3)." in page
    assert "A later step deletes it; it is in the image all the same." in page
    assert "https://app.docker.com/settings/personal-access-tokens" in page
    assert ".dockerignore" in page
    assert "new tag" in page
    assert "zstd" in page


def test_the_student_finds_the_note_from_the_page_of_the_practice(reader: Client, found: HandIn) -> None:
    reader.force_login(found.student.user)
    page = reader.get(f"/student/practices/{found.class_practice_id}/").content.decode()
    assert "key in the image?" in page


def test_an_image_in_which_nothing_was_found_says_so_only_if_all_was_looked_at(
    reader: Client, row: HandIn
) -> None:
    look = LayerLook.objects.get()
    finish_layer_look(look=look, found=ImageFound(), at=timezone.now())
    assert "nothing looks like a key" in receipt(reader, row)

    LayerLook.objects.update(reasons=["time"])
    page = receipt(reader, row)
    assert "nothing looks like a key" not in page
    assert "It took longer than the portal reads one image." in page


def test_the_teachers_of_the_class_read_it_and_the_list_marks_it(
    reader: Client, ana: User, found: HandIn
) -> None:
    reader.force_login(ana)

    page = reader.get(mark_page(found)).content.decode()
    listed = reader.get(f"/class/{found.class_practice.class_group_id}/work/{found.class_practice_id}/")

    assert "app/.env&lt;b&gt; (layer 3)" in page
    assert "key in the image?" in listed.content.decode()


def test_nobody_else_reads_it(reader: Client, carla: User, class_group: ClassGroup, found: HandIn) -> None:
    for user in (carla, make_student(class_group, "Elena", has_account=True).user):
        reader.force_login(user)
        assert reader.get(mark_page(found)).status_code in (403, 404)
        assert reader.get(f"/student/hand-ins/{found.pk}/").status_code in (403, 404)


def test_the_receipt_that_anybody_can_check_says_nothing_of_it(reader: Client, found: HandIn) -> None:
    page = reader.get("/receipt/", {"number": found.receipt, "signature": "x"}).content.decode()
    assert ".env" not in page


def test_it_is_in_what_the_portal_tells_a_person_and_goes_when_the_person_is_erased(
    ana: User, found: HandIn
) -> None:
    assert "app/.env" in str(person_data(found.student)["layerlook"])

    erase_student(student=found.student, by=ana)

    assert not LayerLook.objects.exists()


def test_every_kind_and_every_reason_has_words() -> None:
    kinds = {rule.kind for rule in RULES} | {kind.code for kind in KINDS}
    for kind in kinds:
        sign = {"kind": kind, "path": "a", "layer": 1, "is_deleted": False}
        assert kind not in layer_sentence(sign)
    assert all(reason_sentence(code) for code in REASONS)
    assert reason_sentence("of a later version") == ""

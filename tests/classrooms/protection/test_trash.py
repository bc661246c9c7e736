"""What is deleted lies in the trash for thirty days, comes back as it was, then goes by itself."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db.models import CASCADE, Model
from django.test import Client
from django.utils import timezone, translation

from classrooms.actions.assessing import assess
from classrooms.actions.class_groups import create_class_group
from classrooms.actions.purging import purge_due
from classrooms.actions.refusals import NotDeletable
from classrooms.actions.restoring import restore
from classrooms.actions.trash import delete
from classrooms.models import AuditEntry, ClassGroup, Deletion, Image, Practice, School, Student, User
from classrooms.queries.deletion import BOOKKEEPING, deletion_preview
from tests.classrooms.hand_ins.given import give, hand
from tests.factories import make_assigned_image, make_image, make_student, make_teacher

IN_31_DAYS = timezone.localdate() + timedelta(days=31)


def test_a_deleted_class_is_nowhere_and_comes_back_whole(
    client: Client, ana: User, class_group: ClassGroup, bruno: Student
) -> None:
    client.force_login(ana)
    deletion = delete(row=class_group, by=ana)
    assert client.get(f"/class/{class_group.pk}/").status_code == 404

    restore(deletion=deletion, by=ana)

    assert client.get(f"/class/{class_group.pk}/").status_code == 200
    assert not ClassGroup.objects.get().is_archived
    assert bruno.enrolments.current().get().class_group == class_group


def test_the_public_page_of_a_deleted_class_stops(reader: Client, class_group: ClassGroup) -> None:
    class_group.has_public_page = True
    class_group.save()

    delete(row=class_group, by=None)

    assert reader.get(f"/c/{class_group.code}/").status_code == 404


def test_a_deleted_student_cannot_sign_in_and_is_back_in_the_class_afterwards(
    client: Client, ana: User, bruno: Student
) -> None:
    assert bruno.user is not None
    client.force_login(bruno.user)
    deletion = delete(row=bruno, by=ana)
    assert client.get("/student/").status_code == 302

    restore(deletion=deletion, by=ana)

    bruno.user.refresh_from_db()
    assert bruno.user.is_active
    assert bruno.enrolments.current().exists()


def test_a_class_list_that_brings_a_deleted_student_makes_a_new_one_and_the_old_cannot_come_back(
    school: School, class_group: ClassGroup
) -> None:
    old = make_student(class_group, "Elena", external_id_hash="a" * 64)
    deletion = delete(row=old, by=None)
    make_student(class_group, "Elena", external_id_hash="a" * 64)

    with pytest.raises(NotDeletable, match="taken this name"):
        restore(deletion=deletion, by=None)

    assert Deletion.objects.in_trash().get() == deletion


def test_a_class_of_the_same_name_can_be_made_meanwhile(school: School, class_group: ClassGroup) -> None:
    delete(row=class_group, by=None)

    new = create_class_group(school=school, name=class_group.name, by=None)

    assert new.pk != class_group.pk


def test_an_image_out_of_the_list_is_withdrawn_and_given_again_with_it(class_group: ClassGroup) -> None:
    assigned = make_assigned_image(class_group, make_image(class_group.school, "nginx"))

    deletion = delete(row=assigned.image, by=None)
    assigned.refresh_from_db()
    assert assigned.withdrawn_at is not None and not Image.objects.exists()

    restore(deletion=deletion, by=None)
    assigned.refresh_from_db()
    assert assigned.withdrawn_at is None


def test_a_repository_that_docker_hub_lists_is_not_hidden(school: School) -> None:
    image = make_image(school)
    image.listed_at = timezone.now()
    image.save()

    with pytest.raises(NotDeletable, match="Delete it there first"):
        delete(row=image, by=None)

    assert Image.objects.get() == image


def test_a_deleted_school_is_closed_and_its_owner_brings_it_back(
    client: Client, school: School, ana: User, class_group: ClassGroup
) -> None:
    client.force_login(ana)
    delete(row=school, by=ana)
    assert {
        client.get(path).status_code for path in (f"/school/{school.pk}/", f"/class/{class_group.pk}/")
    } == {404}

    assert f"/school/{school.pk}/restore/" in client.get("/").content.decode()
    client.post(f"/school/{school.pk}/restore/")

    assert client.get(f"/class/{class_group.pk}/").status_code == 200


def test_after_thirty_days_a_class_is_gone_for_good(class_group: ClassGroup, bruno: Student) -> None:
    make_assigned_image(class_group)
    deletion = delete(row=class_group, by=None)

    assert (purge_due(), ClassGroup.with_deleted.count()) == (0, 1)
    assert (purge_due(IN_31_DAYS), ClassGroup.with_deleted.count()) == (1, 0)

    deletion.refresh_from_db()
    assert deletion.name == ""
    with pytest.raises(NotDeletable):
        restore(deletion=deletion, by=None)


def test_after_thirty_days_no_name_of_a_student_is_left(bruno: Student) -> None:
    delete(row=bruno, by=None)

    purge_due(IN_31_DAYS)

    row = Student.with_deleted.get()
    assert (row.given_name, row.sort_name, row.user) == ("", "", None)
    assert not AuditEntry.objects.filter(about__contains="Bruno").exists()


def test_after_thirty_days_a_school_goes_with_its_students_accounts_and_teachers_stay(
    school: School, ana: User, class_group: ClassGroup, bruno: Student
) -> None:
    make_assigned_image(class_group)
    delete(row=school, by=ana)

    purge_due(IN_31_DAYS)

    assert not School.with_deleted.exists() and not Student.with_deleted.exists()
    assert list(User.objects.all()) == [ana]


def test_what_goes_is_counted_over_all_relations(class_group: ClassGroup, bruno: Student) -> None:
    make_assigned_image(class_group)

    counted = {one.label: one.count for one in deletion_preview(class_group).goes}

    assert counted["enrolments"] == 1 and counted["assigned images"] == 1


def test_work_that_goes_with_a_class_is_counted_too(
    class_group: ClassGroup, bruno: Student, ana: User
) -> None:
    given = give(class_group)
    row = hand(given, bruno)
    assess(class_practice=given, student=bruno, hand_in=row, mark=Decimal(7), comment="", version=0, by=ana)

    for one in (class_group, class_group.school):
        counted = {goes.label: goes.count for goes in deletion_preview(one).goes}
        assert (counted["hand-ins"], counted["assessments"]) == (1, 1)


@pytest.mark.parametrize("model", [ClassGroup, Student, Image, Practice, School])
def test_what_goes_has_a_name_in_the_readers_language(model: type[Model]) -> None:
    related = {one.related_model for one in model._meta.related_objects if one.on_delete is CASCADE}
    with translation.override("es"):
        named = {one.__name__: str(one._meta.verbose_name_plural) for one in related - BOOKKEEPING}

    with translation.override("en"):
        english = {one.__name__: str(one._meta.verbose_name_plural) for one in related - BOOKKEEPING}
    assert [name for name, words in named.items() if words == english[name]] == []


def test_the_name_is_typed_without_the_dot_that_nobody_finds(
    client: Client, ana: User, class_group: ClassGroup
) -> None:
    client.force_login(ana)
    address = f"/school/{class_group.school_id}/delete/class_group/{class_group.pk}/"

    client.post(address, {"name": str(class_group).replace(" · ", " ")})

    assert "·" in str(class_group) and not ClassGroup.objects.exists()


def test_the_trash_is_found_from_the_page_of_the_school(client: Client, ana: User, school: School) -> None:
    client.force_login(ana)

    assert f'href="/school/{school.pk}/trash/"' in client.get(f"/school/{school.pk}/").content.decode()


def test_the_page_asks_for_the_name(client: Client, ana: User, class_group: ClassGroup) -> None:
    client.force_login(ana)
    address = f"/school/{class_group.school_id}/delete/class_group/{class_group.pk}/"

    assert (
        "This is not the name"
        in client.post(address, {"name": "2º"}, headers={"accept-language": "en"}).content.decode()
    )
    assert ClassGroup.objects.exists()
    client.post(address, {"name": str(class_group).upper()})
    assert not ClassGroup.objects.exists()


def test_a_teacher_deletes_no_school_and_brings_back_only_the_own(
    client: Client, school: School, ana: User, class_group: ClassGroup
) -> None:
    deletion = delete(row=class_group, by=ana)
    client.force_login(make_teacher(school, "Javier"))

    assert client.get(f"/school/{school.pk}/delete/school/{school.pk}/").status_code == 404
    assert client.post(f"/school/{school.pk}/trash/{deletion.pk}/restore/").status_code == 404

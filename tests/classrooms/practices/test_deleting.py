"""A practice goes into the trash where nothing hangs on it, and into the archive where work does."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from classrooms.actions.practice_archive import archive_practice
from classrooms.actions.practices import (
    Dates,
    Needed,
    PracticeText,
    give_practice,
    publish_practice,
    withdraw_practice,
    write_practice,
)
from classrooms.actions.purging import purge_due
from classrooms.actions.refusals import NotDeletable, NotGivable
from classrooms.actions.restoring import restore
from classrooms.actions.trash import delete
from classrooms.models import AssignedImage, ClassGroup, Deletion, HandIn, Practice, Student, User
from classrooms.queries.check_results import checkable
from tests.classrooms.hand_ins.given import give, hand
from tests.classrooms.practices.scene import lamp, make_practice

pytestmark = pytest.mark.django_db
IN_31_DAYS = timezone.localdate() + timedelta(days=31)


@pytest.fixture
def teacher(reader: Client, ana: User) -> Client:
    reader.force_login(ana)
    return reader


def address(practice: Practice) -> str:
    return f"/school/{practice.school_id}/delete/practice/{practice.pk}/"


def test_one_that_no_class_has_is_deleted_on_its_page_and_brought_back(
    teacher: Client, class_group: ClassGroup
) -> None:
    practice = write_practice(school=class_group.school, written=PracticeText("Práctica 7"), by=None)
    publish_practice(practice=practice, by=None)
    assert address(practice) in teacher.get(f"/practice/{practice.pk}/").content.decode()

    teacher.post(address(practice), {"name": "Práctica 7"})

    assert teacher.get(f"/practice/{practice.pk}/").status_code == 404
    assert "Práctica 7" not in teacher.get(f"/school/{practice.school_id}/practices/").content.decode()
    deletion = Deletion.objects.get()
    assert "Práctica 7" in teacher.get(f"/school/{practice.school_id}/trash/").content.decode()
    teacher.post(f"/school/{practice.school_id}/trash/{deletion.pk}/restore/")
    assert teacher.get(f"/practice/{practice.pk}/").status_code == 200


def test_a_draft_goes_although_a_class_has_it_and_comes_back_to_that_class(class_group: ClassGroup) -> None:
    given = make_practice(class_group, "A", Needed(lamp(class_group), "1.0"))
    publish_practice(practice=given.practice, by=None, is_draft=True)

    deletion = delete(row=given.practice, by=None)

    given.refresh_from_db()
    assert given.withdrawn_at is not None
    assert not AssignedImage.objects.current().exists()
    restore(deletion=deletion, by=None)
    given.refresh_from_db()
    assert given.withdrawn_at is None
    assert AssignedImage.objects.current().get().is_for_practices


def test_what_a_class_has_stays_and_the_page_says_what_to_do(
    teacher: Client, class_group: ClassGroup
) -> None:
    given = make_practice(class_group)

    page = teacher.get(address(given.practice)).content.decode()
    refused = teacher.post(address(given.practice), {"name": "Práctica 6"})

    assert "1 class has this practice. Withdraw it there first" in page
    assert "Put it into the archive" not in page and 'name="name"' not in page
    assert refused.status_code == 200 and Practice.objects.filter(pk=given.practice_id).exists()


def test_what_somebody_handed_in_to_goes_into_the_archive_with_its_work(
    teacher: Client, class_group: ClassGroup, bruno: Student
) -> None:
    given = give(class_group)
    hand(given, bruno)
    withdraw_practice(class_practice=given, by=None)
    practice, school = given.practice, class_group.school
    page = teacher.get(address(practice)).content.decode()
    assert "The work of 1 student belongs to this practice" in page and "Put it into the archive" in page

    teacher.post(f"/practice/{practice.pk}/archive/")

    with pytest.raises(NotDeletable, match="work of 1 student"):
        delete(row=practice, by=None)
    listed = [
        practice.title in teacher.get(f"/school/{school.pk}/practices/?show={show}").content.decode()
        for show in ("all", "archived")
    ]
    assert listed == [False, True]
    assert HandIn.objects.get().class_practice == given
    assert practice not in checkable(school, [])[1]


def test_a_draft_that_somebody_handed_in_to_stays(class_group: ClassGroup, bruno: Student) -> None:
    given = give(class_group)
    hand(given, bruno)
    publish_practice(practice=given.practice, by=None, is_draft=True)

    with pytest.raises(NotDeletable, match="Withdraw it there first"):
        delete(row=given.practice, by=None)


def test_in_the_archive_it_is_given_to_nobody_until_it_is_back(
    teacher: Client, class_group: ClassGroup
) -> None:
    practice = write_practice(school=class_group.school, written=PracticeText("P"), by=None)
    archive_practice(practice=practice, by=None)
    with pytest.raises(NotGivable, match="archive"):
        give_practice(practice=practice, class_groups=[class_group], dates=Dates(), by=None)

    teacher.post(f"/practice/{practice.pk}/archive/", {"back": "yes"})

    practice.refresh_from_db()
    assert give_practice(practice=practice, class_groups=[class_group], dates=Dates(), by=None)


def test_what_a_class_has_is_not_archived(teacher: Client, class_group: ClassGroup) -> None:
    given = make_practice(class_group)

    answer = teacher.post(f"/practice/{given.practice_id}/archive/", follow=True)

    assert "Withdraw it there first" in answer.content.decode()
    assert Practice.objects.get(pk=given.practice_id).archived_at is None


def test_an_archived_class_that_comes_back_does_not_meet_a_deleted_practice(class_group: ClassGroup) -> None:
    given = make_practice(class_group)
    class_group.archived_at = timezone.now()
    class_group.save()

    delete(row=given.practice, by=None)

    class_group.archived_at = None
    class_group.save()
    assert not class_group.class_practices.visible().exists()  # type: ignore[attr-defined]


def test_after_thirty_days_it_is_gone_for_good(class_group: ClassGroup) -> None:
    practice = write_practice(school=class_group.school, written=PracticeText("P"), by=None)
    delete(row=practice, by=None)

    assert purge_due(IN_31_DAYS) == 1

    assert not Practice.with_deleted.exists()


def test_a_school_goes_with_a_practice_that_lay_in_its_trash(class_group: ClassGroup) -> None:
    needed = Needed(lamp(class_group), "1.0")
    written = PracticeText("P", images=(needed,))
    practice = write_practice(school=class_group.school, written=written, by=None)
    delete(row=practice, by=None)
    deletion = delete(row=class_group.school, by=None)
    Deletion.objects.exclude(pk=deletion.pk).update(purge_on=IN_31_DAYS + timedelta(days=9))

    purge_due(IN_31_DAYS)

    assert not Practice.with_deleted.exists()


def test_a_copy_says_nothing_of_a_deleted_original(teacher: Client, class_group: ClassGroup) -> None:
    practice = write_practice(school=class_group.school, written=PracticeText("Original"), by=None)
    teacher.post(f"/practice/{practice.pk}/copy/")
    delete(row=practice, by=None)

    page = teacher.get(f"/practice/{Practice.objects.get().pk}/").content.decode()

    assert f"/practice/{practice.pk}/" not in page

"""Practices: written, given to classes with their images, changed, copied, taken back."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from classrooms.actions.class_groups import archive_class_group
from classrooms.actions.images import assign_image, withdraw_image
from classrooms.actions.practices import (
    Dates,
    Needed,
    PracticeText,
    change_dates,
    change_practice,
    copy_practice,
    give_practice,
    publish_practice,
    withdraw_practice,
    write_practice,
)
from classrooms.actions.refusals import ClassIsArchived, NotGivable
from classrooms.models import (
    AssignedImage,
    AuditEntry,
    ClassGroup,
    ClassPractice,
    Image,
    Practice,
    School,
    User,
)
from tests.factories import make_class_group, make_image, make_school

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2026-11-24T10:00+00:00")


@pytest.fixture
def lamp(school: School) -> Image:
    return make_image(school, "iestriana/lamp")


@pytest.fixture
def practice(school: School, ana: User, lamp: Image) -> Practice:
    written = PracticeText("Práctica 6", "Instala *LAMP*.", images=(Needed(lamp, "1.0", ports=("8080:80",)),))
    return write_practice(school=school, written=written, by=ana)


def give(
    practice: Practice, *class_groups: ClassGroup, by: User | None = None, **dates: Any
) -> list[ClassPractice]:
    return give_practice(practice=practice, class_groups=class_groups, dates=Dates(**dates), by=by)


def images_of(class_group: ClassGroup) -> list[str]:
    current = AssignedImage.objects.current().filter(class_group=class_group)
    return [f"{row.image}:{row.tag}{' (practices)' if row.is_for_practices else ''}" for row in current]


def test_a_practice_begins_as_a_draft_that_no_student_sees(
    practice: Practice, class_group: ClassGroup
) -> None:
    give(practice, class_group)
    assert not ClassPractice.objects.visible().exists()


def test_published_and_given_it_is_seen_and_the_class_has_its_images(
    practice: Practice, class_group: ClassGroup, ana: User
) -> None:
    give(practice, class_group, by=ana)
    publish_practice(practice=practice, by=ana)
    assert ClassPractice.objects.visible().get().class_group == class_group
    assert images_of(class_group) == ["iestriana/lamp:1.0 (practices)"]


def test_it_is_seen_from_its_moment_on(practice: Practice, class_group: ClassGroup) -> None:
    publish_practice(practice=practice, by=None)
    give(practice, class_group, visible_from=NOW)
    assert not ClassPractice.objects.visible(NOW - timedelta(seconds=1)).exists()
    assert ClassPractice.objects.visible(NOW).exists()


def test_it_is_given_to_several_classes_at_once_and_giving_again_sets_the_dates(
    practice: Practice, class_group: ClassGroup, school: School
) -> None:
    other = make_class_group(school, "2º ASIR")
    give(practice, class_group, other)
    give(practice, class_group, due_at=NOW)
    assert [row.due_at for row in ClassPractice.objects.order_by("class_group_id")] == [NOW, None]


@pytest.mark.parametrize(
    "dates",
    [
        {"visible_from": NOW, "due_at": NOW},
        {"due_at": NOW, "locked_at": NOW - timedelta(minutes=1)},
    ],
)
def test_dates_out_of_order_are_refused(
    practice: Practice, class_group: ClassGroup, dates: dict[str, Any]
) -> None:
    with pytest.raises(NotGivable):
        give(practice, class_group, **dates)


def test_another_schools_class_or_image_is_refused(practice: Practice, school: School) -> None:
    other = make_school("IES Sur", namespace="iessur")
    with pytest.raises(NotGivable):
        give(practice, make_class_group(other))
    with pytest.raises(NotGivable):
        written = PracticeText("Otra", images=(Needed(make_image(other, "iessur/web")),))
        write_practice(school=school, written=written, by=None)
    assert Practice.objects.count() == 1


def test_an_archived_class_is_refused_and_nobody_gets_it(
    practice: Practice, class_group: ClassGroup, school: School
) -> None:
    archived = make_class_group(school, "2º ASIR")
    archive_class_group(class_group=archived, by=None)
    with pytest.raises(ClassIsArchived):
        give(practice, class_group, archived)
    assert not ClassPractice.objects.exists()


def test_with_the_last_practice_goes_the_image(
    practice: Practice, class_group: ClassGroup, ana: User
) -> None:
    copy = copy_practice(practice=practice, by=ana)
    (first,), (second,) = give(practice, class_group), give(copy, class_group)
    withdraw_practice(class_practice=first, by=ana)
    assert images_of(class_group) == ["iestriana/lamp:1.0 (practices)"]
    withdraw_practice(class_practice=second, by=ana)
    assert images_of(class_group) == []


def test_an_image_that_a_teacher_gave_stays_when_the_practice_goes(
    practice: Practice, class_group: ClassGroup, lamp: Image, ana: User
) -> None:
    (given,) = give(practice, class_group)
    assign_image(class_group=class_group, image=lamp, tag="1.0", by=ana)
    withdraw_practice(class_practice=given, by=ana)
    assert images_of(class_group) == ["iestriana/lamp:1.0"]


def test_an_image_that_a_practice_needs_stays_when_the_teacher_takes_it(
    practice: Practice, class_group: ClassGroup, lamp: Image, ana: User
) -> None:
    give(practice, class_group)
    assigned = assign_image(class_group=class_group, image=lamp, tag="1.0", by=ana)
    withdraw_image(assigned=assigned, by=ana)
    assert images_of(class_group) == ["iestriana/lamp:1.0 (practices)"]


def test_other_images_of_a_practice_reach_its_classes(
    practice: Practice, class_group: ClassGroup, school: School
) -> None:
    give(practice, class_group)
    web = make_image(school, "iestriana/web")
    change_practice(practice=practice, written=PracticeText("Práctica 6", images=(Needed(web),)), by=None)
    assert images_of(class_group) == ["iestriana/web:latest (practices)"]


def test_the_same_again_changes_and_records_nothing(practice: Practice, lamp: Image) -> None:
    before = AuditEntry.objects.count()
    written = PracticeText("Práctica 6", "Instala *LAMP*.", images=(Needed(lamp, "1.0", ports=("8080:80",)),))
    change_practice(practice=practice, written=written, by=None)
    assert AuditEntry.objects.count() == before


def test_a_copy_is_a_draft_with_the_same_recipe(practice: Practice, ana: User) -> None:
    publish_practice(practice=practice, by=ana)
    copy = copy_practice(practice=practice, by=ana)
    image = copy.images.get()
    assert (copy.is_draft, copy.title, image.tag, image.ports) == (True, "Práctica 6", "1.0", ["8080:80"])


def test_dates_are_changed_in_one_class_only(
    practice: Practice, class_group: ClassGroup, school: School
) -> None:
    given, other = give(practice, class_group, make_class_group(school, "2º ASIR"))
    change_dates(class_practice=given, dates=Dates(due_at=timezone.now()), by=None)
    other.refresh_from_db()
    assert other.due_at is None

"""From one academic year to the next on one page, and back within thirty days."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from classrooms.academic_years import academic_year_of
from classrooms.actions.class_groups import enrol_student
from classrooms.actions.refusals import YearNotBegun
from classrooms.actions.years import begin_year, undo_year
from classrooms.models import AssignedImage, ClassGroup, School, Student, SubGroup, User, YearChange
from classrooms.queries.years import default_choices, school_years, year_plan
from tests.factories import make_assigned_image, make_class_group, make_student

YEAR = academic_year_of(timezone.localdate())


@pytest.fixture
def seated(class_group: ClassGroup) -> Student:
    class_group.students_are_members = True
    class_group.save()
    return make_student(class_group, "Nerea", docker_id="nerea1")


def begin(school: School, ana: User) -> YearChange:
    return begin_year(school=school, from_year=YEAR, choices=default_choices(school, YEAR), by=ana)


def copies(school: School) -> list[ClassGroup]:
    return list(school.class_groups.filter(academic_year=YEAR + 1))


def test_classes_are_copied_with_images_and_teachers_and_without_students(
    school: School, ana: User, class_group: ClassGroup, bruno: Student
) -> None:
    make_assigned_image(class_group, tag="1.2", title="Práctica 1")

    begin(school, ana)

    (copy,) = copies(school)
    assert (copy.name, copy.enrolments.count(), copy.teachings.get().teacher_role.user) == ("1º SMR", 0, ana)
    assert copy.assigned_images.get().title == "Práctica 1"
    assert copy.code != class_group.code


def test_dates_of_images_go_to_the_same_day_of_the_week_a_year_later(
    school: School, ana: User, class_group: ClassGroup
) -> None:
    day = timezone.now() + timedelta(days=3)
    make_assigned_image(class_group, visible_from=day)

    begin(school, ana)

    copied = AssignedImage.objects.get(class_group__academic_year=YEAR + 1)
    assert copied.visible_from is not None
    assert copied.visible_from - day == timedelta(weeks=52)


def test_an_image_of_a_part_is_not_the_whole_new_classs(
    school: School, ana: User, class_group: ClassGroup
) -> None:
    part = SubGroup.objects.create(class_group=class_group, name="Desdoble A")
    make_assigned_image(class_group, sub_group=part)

    begin(school, ana)

    copied = AssignedImage.objects.get(class_group__academic_year=YEAR + 1)
    assert copied.sub_group is not None
    assert (copied.sub_group.name, copied.sub_group.class_group.academic_year) == ("Desdoble A", YEAR + 1)


def test_who_leaves_docker_hub_is_counted_and_named(school: School, seated: Student, bruno: Student) -> None:
    plan = year_plan(school, YEAR, default_choices(school, YEAR))

    assert plan.leavers == (seated,)


def test_who_has_a_seat_by_another_class_stays(
    school: School, class_group: ClassGroup, seated: Student
) -> None:
    other = make_class_group(school, "2º DAW", year=YEAR + 1, students_are_members=True)
    enrol_student(student=seated, class_group=other, by=None)

    assert year_plan(school, YEAR, default_choices(school, YEAR)).leavers == ()


def test_taken_back_the_old_classes_are_active_and_unused_copies_in_the_trash(
    school: School, ana: User, class_group: ClassGroup, seated: Student
) -> None:
    change = begin(school, ana)

    done = undo_year(change=change, by=ana)

    class_group.refresh_from_db()
    assert not class_group.is_archived and class_group.students_are_members
    assert (done.reopened, done.copies_removed, done.to_invite_again) == (1, 1, 1)
    assert copies(school) == []
    assert school.deletions.in_trash().get().kind == "class_group"


def test_a_copy_with_students_stays_and_is_named(school: School, ana: User, class_group: ClassGroup) -> None:
    change = begin(school, ana)
    (copy,) = copies(school)
    make_student(copy, "Elena")

    assert undo_year(change=change, by=ana).copies_kept == (str(copy),)
    assert copies(school) == [copy]


def test_after_thirty_days_or_twice_it_is_refused(school: School, ana: User, class_group: ClassGroup) -> None:
    change = begin(school, ana)
    YearChange.objects.update(changed_at=timezone.now() - timedelta(days=31))
    with pytest.raises(YearNotBegun):
        undo_year(change=change, by=ana)

    YearChange.objects.update(changed_at=timezone.now())
    undo_year(change=change, by=ana)
    with pytest.raises(YearNotBegun):
        undo_year(change=change, by=ana)


def test_a_class_that_is_there_is_not_copied_twice(
    school: School, ana: User, class_group: ClassGroup
) -> None:
    there = make_class_group(school, class_group.name, year=YEAR + 1)

    begin(school, ana)

    assert copies(school) == [there]


def page_data(school: School, shown: str, **more: Any) -> dict[str, Any]:
    ids = list(school.class_groups.values_list("pk", flat=True))
    base = {"copy": ids, "archive": ids, "with_images": "on", "with_teachers": "on", "free_seats": "on"}
    return {**base, "shown": shown, "step": "begin", **more}


def test_the_page_does_what_it_showed(client: Client, school: School, ana: User, seated: Student) -> None:
    client.force_login(ana)
    page = client.get(f"/school/{school.pk}/years/new/")
    assert "nerea1" in page.content.decode()

    answer = client.post(f"/school/{school.pk}/years/new/", page_data(school, page.context["plan"].digest))

    assert answer.status_code == 302
    assert len(copies(school)) == 1


def test_where_somebody_would_leave_who_was_not_shown_the_page_is_shown_again(
    client: Client, school: School, ana: User, class_group: ClassGroup, seated: Student
) -> None:
    client.force_login(ana)
    shown = client.get(f"/school/{school.pk}/years/new/").context["plan"].digest
    make_student(class_group, "Omar", docker_id="omar1")

    page = client.post(f"/school/{school.pk}/years/new/", page_data(school, shown))

    assert page.status_code == 200 and page.context["has_changed"]
    assert copies(school) == []


def test_the_years_are_listed_by_programme_in_two_queries(
    school: School, ana: User, class_group: ClassGroup, django_assert_num_queries: Any
) -> None:
    make_class_group(school, "1º DAW B", year=YEAR - 1)

    with django_assert_num_queries(2):
        years = school_years(school)

    assert [(one.year, one.courses[0][0].programme, one.courses[0][0].year) for one in years] == [
        (YEAR, "SMR", 1), (YEAR - 1, "DAW", 1)
    ]  # fmt: skip


def test_taking_a_year_back_says_what_came_back_and_where_its_copies_are(
    reader: Client, school: School, ana: User, class_group: ClassGroup
) -> None:
    change = begin(school, ana)
    reader.force_login(ana)

    page = reader.post(f"/school/{school.pk}/years/{change.pk}/undo/", follow=True).content.decode()

    assert "Taken back: 1 class is active again." in page
    assert "1 copy that nobody used is in the trash for thirty days." in page

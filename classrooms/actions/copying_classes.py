"""A class of one year made again for the next: what it uses and who teaches it, without its students."""

from datetime import datetime, timedelta

from classrooms.actions.class_groups import unused_code
from classrooms.actions.practice_versions import copy_versions
from classrooms.models import (
    AssignedImage,
    ClassGroup,
    ClassPractice,
    ClassPracticeVersion,
    SubGroup,
    TeacherRole,
    Teaching,
)
from classrooms.queries.years import YearChoices

# A year later on the same day of the week: a practice of the second Monday of October stays one.
A_YEAR = timedelta(weeks=52)


def copy_class(old: ClassGroup, choices: YearChoices) -> ClassGroup | None:
    """The class in the next year; None where one of that name and course is there already."""
    new, is_new = ClassGroup.objects.get_or_create(
        school_id=old.school_id,
        name=old.name,
        course=old.course,
        academic_year=old.academic_year + 1,
        defaults={
            "code": unused_code(),
            "students_are_members": old.students_are_members and not choices.free_seats,
            "hub_is_off": old.hub_is_off,
            "machines": old.machines,
            "run_machine": old.run_machine,
            "has_public_page": old.has_public_page,
        },
    )
    if not is_new:
        return None
    if choices.with_teachers:
        _copy_teachers(old, new)
    parts = {one.pk: _copy_part(one, new, choices) for one in old.sub_groups.all()}
    if choices.with_images:
        _copy_images(old, new, parts)
        _copy_practices(old, new, parts)
    return new


def _copy_teachers(old: ClassGroup, new: ClassGroup) -> None:
    """Those whose role holds today, with their part in the class."""
    current = TeacherRole.objects.current().filter(school_id=old.school_id)
    for teaching in old.teachings.filter(teacher_role__in=current):
        teaching.pk, teaching.class_group = None, new
        teaching._state.adding = True
        teaching.save(force_insert=True)


def _copy_part(part: SubGroup, new: ClassGroup, choices: YearChoices) -> SubGroup:
    copied = SubGroup.objects.create(class_group=new, name=part.name)
    teaching = Teaching.objects.filter(class_group=new).values("teacher_role")
    copied.teacher_roles.set(part.teacher_roles.filter(pk__in=teaching))
    return copied


def _copy_images(old: ClassGroup, new: ClassGroup, parts: dict[int, SubGroup]) -> None:
    AssignedImage.objects.bulk_create(
        AssignedImage(
            class_group=new,
            image=one.image,
            sub_group=parts.get(one.sub_group_id or 0),
            tag=one.tag,
            digest=one.digest,
            title=one.title,
            note=one.note,
            run_options=one.run_options,
            visible_from=_a_year_later(one.visible_from),
            assigned_by=one.assigned_by,
            is_for_practices=one.is_for_practices,
        )
        for one in AssignedImage.objects.current().filter(class_group=old, image__deleted_at__isnull=True)
    )


def _copy_practices(old: ClassGroup, new: ClassGroup, parts: dict[int, SubGroup]) -> None:
    """The same practices with their dates a year later; hand-ins and extensions stay with the old class."""
    given = list(old.class_practices.filter(withdrawn_at__isnull=True).prefetch_related("versions"))
    copies = ClassPractice.objects.bulk_create(
        ClassPractice(
            practice_id=one.practice_id,
            class_group=new,
            sub_group=parts.get(one.sub_group_id or 0),
            visible_from=_a_year_later(one.visible_from),
            due_at=_a_year_later(one.due_at),
            locked_at=_a_year_later(one.locked_at),
            given_by_id=one.given_by_id,
        )
        for one in given
    )
    ClassPracticeVersion.objects.bulk_create(
        version
        for one, copy in zip(given, copies, strict=True)
        for version in copy_versions(old=one, new=copy)
    )


def _a_year_later(moment: datetime | None) -> datetime | None:
    return moment + A_YEAR if moment else None

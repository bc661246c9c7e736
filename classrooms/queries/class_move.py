"""What changes for a student who goes to another class: shown before anybody says yes."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from classrooms.models import AssignedImage, ClassGroup, Enrolment, SubGroup, User


@dataclass(frozen=True)
class ClassMove:
    """Images as the student's page names them. `may_pull`: private ones for which Docker Hub will let the student in.

    `docker_hub` is "none" (nothing happens there), "moves" (another team), "leaves" or "joins" (a seat).
    """

    enrolment: Enrolment
    to: ClassGroup
    loses: tuple[AssignedImage, ...]
    gains: tuple[AssignedImage, ...]
    stays: tuple[AssignedImage, ...]
    docker_hub: str
    private_lost: tuple[str, ...]
    private_gained: tuple[str, ...]
    was_there: Enrolment | None


def classes_to_move_to(enrolment: Enrolment, user: User) -> QuerySet[ClassGroup]:
    """Active classes of the school that the person may change, without the student's own."""
    taught = ClassGroup.objects.taught_by(user).active().values("pk")
    classes = ClassGroup.objects.filter(pk__in=taught, school_id=enrolment.class_group.school_id)
    return classes.exclude(pk=enrolment.class_group_id).order_by("-academic_year", "name", "course")


def class_move(enrolment: Enrolment, to: ClassGroup) -> ClassMove:
    """What the move would mean, from the rows alone: nobody is asked."""
    student, old = enrolment.student, enrolment.class_group
    current = student.enrolments.current().filter(class_group__archived_at__isnull=True)
    other = [one.class_group for one in current.select_related("class_group") if one.pk != enrolment.pk]
    others = [one for one in other if one.pk != to.pk]
    was_there = student.enrolments.filter(class_group=to).first()
    before, after = _seen(enrolment, [old, *other]), _seen(enrolment, [to, *others])
    kept = {(one.image_id, one.tag) for one in before} & {(one.image_id, one.tag) for one in after}
    loses = [one for one in before if (one.image_id, one.tag) not in kept]
    gains = [one for one in after if (one.image_id, one.tag) not in kept]
    has_id = bool(student.docker_id) and student.may_use_docker_id
    private_before = _private(before, [old, *other]) if has_id else set()
    private_after = _private(after, [to, *others]) if has_id else set()
    return ClassMove(
        enrolment=enrolment,
        to=to,
        loses=tuple(loses),
        gains=tuple(gains),
        stays=tuple(one for one in after if (one.image_id, one.tag) in kept),
        docker_hub=_on_docker_hub(old, to, others) if has_id else "none",
        private_lost=tuple(sorted(private_before - private_after)),
        private_gained=tuple(sorted(private_after - private_before)),
        was_there=was_there,
    )


def _seen(enrolment: Enrolment, classes: Collection[ClassGroup]) -> list[AssignedImage]:
    """Images that the student sees in these classes; of parts of a class only the student's own."""
    parts = SubGroup.objects.filter(enrolments__student=enrolment.student_id)
    visible = AssignedImage.objects.visible().filter(
        Q(sub_group__isnull=True) | Q(sub_group__in=parts), class_group__in=classes
    )
    return list(visible.select_related("image").order_by("image__repository", "tag"))


def _private(images: Collection[AssignedImage], classes: Collection[ClassGroup]) -> set[str]:
    members = {one.pk for one in classes if one.students_are_members}
    return {str(one.image) for one in images if one.image.is_private and one.class_group_id in members}


def _on_docker_hub(old: ClassGroup, to: ClassGroup, others: Collection[ClassGroup]) -> str:
    is_member_elsewhere = any(one.students_are_members for one in others)
    was = old.students_are_members or is_member_elsewhere
    will = to.students_are_members or is_member_elsewhere
    if was and will:
        return "moves" if old.students_are_members or to.students_are_members else "none"
    if was:
        return "leaves"
    return "joins" if will else "none"

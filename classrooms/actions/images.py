"""Images that a school has or uses, and which class uses which."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from classrooms import signals
from classrooms.actions import audit
from classrooms.actions.archived import refuse_archived
from classrooms.actions.catalogue import record_catalogue, record_missing_tag, record_tags, record_trouble
from classrooms.actions.practice_images import follow_practices
from classrooms.actions.refusals import NotAssignable
from classrooms.image_references.reference import ImageReference
from classrooms.models import AssignedImage, ClassGroup, Image, School, SubGroup, User

__all__ = [
    "assign_image",
    "change_assigned_image",
    "follow_reference",
    "record_catalogue",
    "record_missing_tag",
    "record_tags",
    "record_trouble",
    "want_repository",
    "withdraw_image",
]


@transaction.atomic
def want_repository(
    *, school: School, name: str, is_private: bool, description: str = "", by: User | None
) -> Image:
    """The image whose repository the sync is to create in the school's account, as account/`name`.

    Wanting what is there changes nothing but `is_wanted`. Raises NotAssignable while no account is connected.
    """
    if not school.namespace:
        raise NotAssignable(
            _("Connect Docker Hub first: a repository needs the account in which it will live.")
        )
    image, is_new = Image.objects.get_or_create(
        school=school,
        repository=f"{school.namespace}/{name}",
        defaults={"is_private": is_private, "description": description, "is_own": True, "is_wanted": True},
    )
    if is_new or not image.is_wanted:
        Image.objects.filter(pk=image.pk).update(is_wanted=True, is_own=True)
        audit.record(
            school=school, actor=by, verb="image.wanted", about=image, facts={"is_private": is_private}
        )
        signals.images_changed.send(sender=Image, school=school, class_group=None)
    image.refresh_from_db()
    return image


def follow_reference(*, school: School, reference: ImageReference) -> Image:
    """The school's row for the repository that a person named, made when it is new."""
    is_own = reference.is_on_docker_hub and bool(school.namespace) and reference.namespace == school.namespace
    image, _is_new = Image.objects.get_or_create(
        school=school, repository=reference.repository, defaults={"is_own": is_own}
    )
    return image


@transaction.atomic
def assign_image(
    *,
    class_group: ClassGroup,
    image: Image,
    by: User | None,
    tag: str = "latest",
    digest: str = "",
    title: str = "",
    note: str = "",
    run_options: str = "",
    visible_from: datetime | None = None,
    sub_group: SubGroup | None = None,
) -> AssignedImage:
    """Give a class, or a part of it, an image. The same tag again changes what is said of that assignment.

    Raises NotAssignable when the image or the sub-group is another's or the class is archived.
    """
    _refuse_strangers(class_group, image)
    if sub_group is not None and sub_group.class_group_id != class_group.pk:
        raise NotAssignable(_("This sub-group belongs to another class."))
    details: dict[str, Any] = {
        "digest": digest, "title": title, "note": note, "run_options": run_options,
        "visible_from": visible_from, "is_for_practices": False,
    }  # fmt: skip
    assigned, is_new = AssignedImage.objects.current().update_or_create(
        class_group=class_group,
        image=image,
        tag=tag,
        sub_group=sub_group,
        defaults=details,
        create_defaults={**details, "assigned_by": by},
    )
    verb = "image.assigned" if is_new else "image.assignment_changed"
    audit.record(
        school=class_group.school, actor=by, verb=verb, about=class_group, facts={"image": f"{image}:{tag}"}
    )
    signals.images_changed.send(sender=AssignedImage, school=class_group.school, class_group=class_group)
    return assigned


@transaction.atomic
def change_assigned_image(
    *,
    assigned: AssignedImage,
    digest: str,
    title: str,
    note: str,
    run_options: str,
    visible_from: datetime | None,
    by: User | None,
) -> None:
    """Other words, another date; frozen at `digest`, or "" to follow the tag. The same again changes nothing."""
    refuse_archived(assigned.class_group)
    details: dict[str, Any] = {
        "digest": digest, "title": title, "note": note, "run_options": run_options,
        "visible_from": visible_from,
    }  # fmt: skip
    if all(getattr(assigned, name) == value for name, value in details.items()):
        return
    if assigned.digest and digest and assigned.digest != digest:
        details["version_changed_at"] = timezone.now()
    AssignedImage.objects.filter(pk=assigned.pk).update(**details)
    class_group = assigned.class_group
    facts = {"image": f"{assigned.image}:{assigned.tag}"}
    audit.record(
        school=class_group.school,
        actor=by,
        verb="image.assignment_changed",
        about=class_group,
        facts=facts,
    )
    signals.images_changed.send(sender=AssignedImage, school=class_group.school, class_group=class_group)


@transaction.atomic
def withdraw_image(*, assigned: AssignedImage, by: User | None) -> None:
    """Take an image from a class. Withdrawing twice changes nothing; the row stays as its history."""
    now = timezone.now()
    refuse_archived(assigned.class_group)
    if not AssignedImage.objects.filter(pk=assigned.pk, withdrawn_at__isnull=True).update(withdrawn_at=now):
        return
    class_group = assigned.class_group
    facts = {"image": f"{assigned.image}:{assigned.tag}"}
    audit.record(school=class_group.school, actor=by, verb="image.withdrawn", about=class_group, facts=facts)
    announced = signals.Announced(
        "image.withdrawn",
        by.pk if by else None,
        class_group_ids=(class_group.pk,),
        assigned_image_ids=(assigned.pk,),
    )
    signals.images_changed.send(
        sender=AssignedImage, school=class_group.school, class_group=class_group, announced=announced
    )
    # A practice may need it still: then students find it there.
    follow_practices(class_group=class_group, by=by)


def _refuse_strangers(class_group: ClassGroup, image: Image) -> None:
    if class_group.school_id != image.school_id:
        raise NotAssignable(_("This image belongs to another school."))
    if class_group.is_archived:
        raise NotAssignable(
            _("This class is archived. Take it out of the archive before you give it an image.")
        )

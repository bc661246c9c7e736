"""What people ask to be changed of a repository of the school's own account, and that it has been done there."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from classrooms import signals
from classrooms.actions import audit
from classrooms.actions.refusals import NotAssignable
from classrooms.models import Image, School, User


@transaction.atomic
def wish_image_change(
    *,
    image: Image,
    by: User | None,
    is_private: bool | None = None,
    description: str | None = None,
    has_immutable_tags: bool | None = None,
) -> None:
    """Have the sync change what is not None. The same as now takes an earlier wish back.

    Raises NotAssignable for an image of somebody else's account.
    """
    if not image.is_own:
        raise NotAssignable(_("Only the school’s own images can be changed."))
    columns: dict[str, object] = {}
    if is_private is not None:
        columns["wished_private"] = None if is_private == image.is_private else is_private
    if description is not None:
        columns["wished_description"] = None if description == image.description else description
    if has_immutable_tags is not None:
        is_so = has_immutable_tags == image.has_immutable_tags
        columns["wished_immutable"] = None if is_so else has_immutable_tags
    Image.objects.filter(pk=image.pk).update(**columns)
    audit.record(school=image.school, actor=by, verb="image.change_wished", about=image)
    signals.images_changed.send(sender=Image, school=image.school, class_group=None)


def grant_image_wish(
    *,
    school: School,
    repository: str,
    is_private: bool | None = None,
    description: str | None = None,
    has_immutable_tags: bool | None = None,
) -> None:
    """It is so on Docker Hub now: the wish is over, unless somebody wishes otherwise meanwhile."""
    images = Image.objects.filter(school=school, repository=repository)
    if is_private is not None:
        images.update(is_private=is_private)
        images.filter(wished_private=is_private).update(wished_private=None)
    if description is not None:
        images.filter(wished_description__isnull=False).update(wished_description=None)
        images.update(description=description)
    if has_immutable_tags is not None:
        images.update(has_immutable_tags=has_immutable_tags)
        images.filter(wished_immutable=has_immutable_tags).update(wished_immutable=None)

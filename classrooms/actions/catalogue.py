"""Keeps what a registry said about the school's images: repositories, tags, and why nothing is known."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from classrooms import signals
from classrooms.actions.schools import set_namespace
from classrooms.image_facts import RepositoryFacts, TagFacts
from classrooms.models import AssignedImage, Image, ImageTag, School

_DESCRIBED = [
    "description", "is_private", "is_own", "listed_at", "last_updated", "wished_private", "wished_description",
]  # fmt: skip
_CHECKED = [
    "found", "digest", "previous_digest", "digest_changed_at", "compressed_bytes", "platforms", "pushed_at",
    "pushed_by", "checked_at", "trouble",
]  # fmt: skip


@transaction.atomic
def record_catalogue(
    *, school: School, account_name: str, repositories: Iterable[RepositoryFacts], at: datetime
) -> None:
    """Keep the whole list of the account's repositories. The same list again changes only `listed_at`.

    A repository that is no longer listed stays, with its old `listed_at`: a class may still use it. Announces
    images_changed when one that a class uses became private or public, for this changes what its team needs.
    """
    set_namespace(school=school, namespace=account_name)
    known = {image.repository: image for image in school.images.all()}
    uses = set(
        AssignedImage.objects.current().filter(image__school=school).values_list("image_id", flat=True)
    )
    new: list[Image] = []
    changed: list[Image] = []
    needs_word = False
    for facts in repositories:
        repository = f"{school.namespace}/{facts.name}"
        image = known.get(repository) or Image(school=school, repository=repository)
        needs_word |= image.pk in uses and (image.is_private, image.is_own) != (facts.is_private, True)
        _describe(image, facts, at)
        (changed if image.pk else new).append(image)
    Image.objects.bulk_create(new)
    Image.objects.bulk_update(changed, _DESCRIBED, batch_size=200)
    if needs_word:
        signals.images_changed.send(sender=Image, school=school, class_group=None)


def _describe(image: Image, facts: RepositoryFacts, at: datetime) -> None:
    image.description = facts.description[:200]
    image.is_private, image.is_own = facts.is_private, True
    image.listed_at, image.last_updated = at, facts.last_updated
    # What was asked for and is so already, whoever did it, is no wish any more.
    if image.wished_private == facts.is_private:
        image.wished_private = None
    if image.wished_description == image.description:
        image.wished_description = None


@transaction.atomic
def record_tags(*, image: Image, tags: Iterable[TagFacts], at: datetime, is_whole: bool = True) -> None:
    """Keep what was seen of an image's tags. A digest that differs from the last one is noted with its time.

    `is_whole`: these are all the tags, so the others are gone. Otherwise the others are left as they were.
    """
    known = {tag.name: tag for tag in image.tags.all()}
    seen = [
        _checked(known.get(facts.name) or ImageTag(image=image, name=facts.name), facts, at) for facts in tags
    ]
    gone = [tag for name, tag in known.items() if is_whole and name not in {tag.name for tag in seen}]
    for tag in gone:
        tag.found, tag.checked_at, tag.trouble = False, at, ""
    ImageTag.objects.bulk_create([tag for tag in seen if not tag.pk])
    ImageTag.objects.bulk_update([tag for tag in [*seen, *gone] if tag.pk], _CHECKED, batch_size=200)


def record_missing_tag(*, image: Image, tag: str, at: datetime) -> None:
    """Keep that the registry was asked for this tag and has none of that name."""
    ImageTag.objects.update_or_create(
        image=image, name=tag, defaults={"found": False, "checked_at": at, "trouble": ""}
    )


def record_trouble(*, image: Image, tag: str, trouble: str, at: datetime) -> None:
    """Keep why nothing could be learnt of a tag: "unreachable", "denied". What was known before stays."""
    ImageTag.objects.update_or_create(
        image=image, name=tag, defaults={"trouble": trouble[:40], "checked_at": at}
    )


def record_audience(*, image: Image, is_public: bool) -> None:
    """Keep that another's image can be pulled by anybody; not public means that nobody knows, for it may be gone."""
    Image.objects.filter(pk=image.pk, is_own=False).update(is_private=False if is_public else None)


def _checked(tag: ImageTag, facts: TagFacts, at: datetime) -> ImageTag:
    if tag.digest and facts.digest and tag.digest != facts.digest:
        tag.previous_digest, tag.digest_changed_at = tag.digest, at
    tag.digest = facts.digest or tag.digest
    tag.compressed_bytes, tag.platforms = facts.compressed_bytes, list(facts.platforms)
    tag.pushed_at, tag.checked_at, tag.found, tag.trouble = facts.pushed_at, at, True, ""
    tag.pushed_by = facts.pushed_by or tag.pushed_by
    return tag

"""Tries a token before students get it: it has to pull the class's private images, and may do nothing besides."""

from __future__ import annotations

from enum import StrEnum

from django.conf import settings

from classrooms.models import AssignedImage, ClassGroup
from hubsync.hub.errors import HubAuthLost, HubError
from hubsync.hub.registry import RegistryReader
from hubsync.models import HubAccount

PATIENCE_SECONDS = 8.0


class Found(StrEnum):
    """What a trial found."""

    GOOD = "good"
    REFUSED = "refused"
    CANNOT_PULL = "cannot_pull"
    MAY_PUSH = "may_push"
    NO_ANSWER = "no_answer"
    NOTHING_TO_TRY = "nothing_to_try"


def private_images_of(class_group: ClassGroup) -> list[str]:
    """The school's own private images that the class uses: "organization/name"."""
    used = AssignedImage.objects.current().filter(
        class_group=class_group, image__is_own=True, image__is_private=True
    )
    return sorted(set(used.values_list("image__repository", flat=True)))


def try_pull_token(account: HubAccount, class_group: ClassGroup, token: str) -> Found:
    """Ask the registry what this token may do with each private image of the class. Spends no pull."""
    repositories = private_images_of(class_group)
    if not repositories:
        return Found.NOTHING_TO_TRY
    registry = RegistryReader(settings.REGISTRY_URL, (account.name, token), answer_seconds=PATIENCE_SECONDS)
    try:
        return _found(registry, repositories)
    except HubAuthLost:
        return Found.REFUSED
    except HubError:
        return Found.NO_ANSWER
    finally:
        registry.close()


def _found(registry: RegistryReader, repositories: list[str]) -> Found:
    for repository in repositories:
        may = registry.may_pull(repository)
        if not may:
            # Who gives no token at all was not Docker Hub's registry: a filter, or a page of an error.
            return Found.CANNOT_PULL if may is False else Found.NO_ANSWER
        if registry.may_push(repository):
            return Found.MAY_PUSH
    return Found.GOOD

"""Tries a token before students get it: it has to pull the class's private images, and may do nothing besides."""

from __future__ import annotations

from enum import StrEnum

from django.conf import settings
from django.db.models import Q, QuerySet

from classrooms.models import AssignedImage, ClassGroup, ClassPractice, PracticeImage
from hubsync.hub.errors import HubAuthLost, HubError
from hubsync.hub.registry import RegistryReader
from hubsync.models import HubAccount
from hubsync.sync.exams import begun

PATIENCE_SECONDS = 8.0


class Found(StrEnum):
    """What a trial found."""

    GOOD = "good"
    REFUSED = "refused"
    CANNOT_PULL = "cannot_pull"
    MAY_PUSH = "may_push"
    MAY_SEE_EXAM = "may_see_exam"
    NO_ANSWER = "no_answer"
    NOTHING_TO_TRY = "nothing_to_try"


def private_images_of(class_group: ClassGroup) -> list[str]:
    """The school's own private images that the class may pull now: "organization/name"."""
    waiting = set(waiting_images_of(class_group))
    return [name for name in _all_private_of(class_group) if name not in waiting]


def waiting_images_of(class_group: ClassGroup) -> list[str]:
    """Those that it has for exams alone whose minute has not come: no student may hold a token that pulls them."""
    given = ClassPractice.objects.filter(class_group=class_group, withdrawn_at__isnull=True)
    later = given.filter(Q(practice__is_exam=True) & (Q(practice__is_draft=True) | ~begun()))
    now = given.exclude(pk__in=later.values("pk"))
    by_itself = AssignedImage.objects.current().filter(class_group=class_group, is_for_practices=False)
    open_now = {*_needed_by(now), *by_itself.values_list("image__repository", flat=True)}
    return sorted({*_needed_by(later)} & {*_all_private_of(class_group)} - open_now)


def _needed_by(given: QuerySet[ClassPractice]) -> QuerySet[PracticeImage, str]:
    rows = PracticeImage.objects.filter(practice__class_practices__in=given)
    return rows.values_list("image__repository", flat=True)


def _all_private_of(class_group: ClassGroup) -> list[str]:
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
        return _found(registry, repositories, waiting_images_of(class_group))
    except HubAuthLost:
        return Found.REFUSED
    except HubError:
        return Found.NO_ANSWER
    finally:
        registry.close()


def _found(registry: RegistryReader, repositories: list[str], waiting: list[str]) -> Found:
    for repository in repositories:
        may = registry.may_pull(repository)
        if not may:
            # Who gives no token at all was not Docker Hub's registry: a filter, or a page of an error.
            return Found.CANNOT_PULL if may is False else Found.NO_ANSWER
        if registry.may_push(repository):
            return Found.MAY_PUSH
    sees_exam = any(registry.may_pull(repository) for repository in waiting)
    return Found.MAY_SEE_EXAM if sees_exam else Found.GOOD

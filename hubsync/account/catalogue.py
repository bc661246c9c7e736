"""Reads repositories and tags into the school's images: on a press, and by the worker for what is old."""

from __future__ import annotations

from datetime import timedelta

from django.core.cache import cache
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from classrooms.actions.catalogue import record_catalogue
from classrooms.image_facts import RepositoryFacts
from classrooms.models import AssignedImage, Image, ImageTag
from hubsync.account.connections import reader_for
from hubsync.account.tag_lookup import read_tags, split_repository
from hubsync.hub.errors import HubAuthLost, HubError
from hubsync.models import HubAccount, SealedCredential
from hubsync.sync.whole_lists import whole

__all__ = ["read_catalogue", "read_tags", "refresh_due", "split_repository"]
FRESH_FOR = timedelta(hours=6)
# After a trouble, so that a Docker Hub that is down is not asked at each turn of the worker.
AGAIN_AFTER = timedelta(minutes=10)
ACCOUNTS_AT_ONCE, IMAGES_AT_ONCE = 2, 5


def read_catalogue(account: HubAccount, *, is_urgent: bool = True) -> int:
    """Read the account's repositories into the school's images; how many there are. `is_urgent`: a person waits.

    Raises NoCredential, CredentialUnreadable and the errors of `hubsync.hub.errors`; then nothing was changed.
    """
    try:
        with reader_for(account, is_urgent=is_urgent) as reader:
            rows = whole(reader.list_repositories(account.name), lambda row: row.name, "repositories")
    except HubAuthLost:
        SealedCredential.objects.filter(account=account).update(refused_at=timezone.now())
        raise
    now = timezone.now()
    facts = [RepositoryFacts(row.name, row.is_private, row.description, row.updated_at) for row in rows]
    record_catalogue(school=account.school, account_name=account.name, repositories=facts, at=now)
    HubAccount.objects.filter(pk=account.pk).update(catalogue_read_at=now, last_answer_at=now)
    return len(facts)


def refresh_due() -> int:
    """Read what is old or was never read, a little at a time; how many accounts and images were read.

    For the worker's loop. One worker at a time; troubles wait for a while and never come out of here.
    """
    if not cache.add("hubsync.account.catalogue.turn", 1, timeout=60):
        return 0
    try:
        accounts = [account for account in _due_accounts() if _read_quietly(account)]
        images = list(_due_images())
        for image in images:
            read_tags(image, is_urgent=False)
        return len(accounts) + len(images)
    finally:
        cache.delete("hubsync.account.catalogue.turn")


def _due_accounts() -> list[HubAccount]:
    old = Q(catalogue_read_at__isnull=True) | Q(catalogue_read_at__lt=timezone.now() - FRESH_FOR)
    usable = Q(credential__isnull=False, credential__refused_at__isnull=True) & ~Q(uuid="")
    accounts = (
        HubAccount.objects.filter(old & usable).select_related("school").order_by("catalogue_read_at", "pk")
    )
    return [account for account in accounts if not cache.get(_pause_key(account))][:ACCOUNTS_AT_ONCE]


def _read_quietly(account: HubAccount) -> bool:
    try:
        read_catalogue(account, is_urgent=False)
    except HubError:
        cache.set(_pause_key(account), 1, timeout=int(AGAIN_AFTER.total_seconds()))
        return False
    return True


def _pause_key(account: HubAccount) -> str:
    return f"hubsync.account.catalogue.pause.{account.pk}"


def _due_images() -> list[Image]:
    """Images with a tag that a class uses and of which nothing fresh is known."""
    now = timezone.now()
    fresh = Q(trouble="", checked_at__gte=now - FRESH_FOR) | (
        ~Q(trouble="") & Q(checked_at__gte=now - AGAIN_AFTER)
    )
    known = ImageTag.objects.filter(fresh, image=OuterRef("image"), name=OuterRef("tag"))
    used = AssignedImage.objects.current().filter(~Exists(known)).values_list("image", flat=True)
    return list(Image.objects.filter(pk__in=used).select_related("school").order_by("pk")[:IMAGES_AT_ONCE])

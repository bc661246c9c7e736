"""Reads repositories and tags into the school's images: on a press, and by the worker for what is old.

Repositories come from Docker Hub's list with the school's token. Tags come from Docker Hub's API, which counts no
pulls: with the token for the school's own images, as nobody for others'. Where the API shows no platforms (it has left
them out for months) the registry is asked, which costs one pull.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.cache import cache
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from classrooms.actions.catalogue import record_catalogue, record_missing_tag, record_tags, record_trouble
from classrooms.image_facts import RepositoryFacts, TagFacts
from classrooms.models import AssignedImage, Image, ImageTag
from hubsync.connections import anonymous_reader, reader_for
from hubsync.errors import HubAuthLost, HubError, HubForbidden, HubNotFound, HubThrottled, HubUnavailable
from hubsync.image_answers import Tag
from hubsync.models import HubAccount, SealedCredential
from hubsync.observed import whole
from hubsync.reader import HubReader
from hubsync.registry import RegistryReader

FRESH_FOR = timedelta(hours=6)
# After a trouble, so that a Docker Hub that is down is not asked at each turn of the worker.
AGAIN_AFTER = timedelta(minutes=10)
ACCOUNTS_AT_ONCE, IMAGES_AT_ONCE = 2, 5


def read_catalogue(account: HubAccount) -> int:
    """Read the account's repositories into the school's images; how many there are.

    Raises NoCredential, CredentialUnreadable and the errors of `hubsync.errors`; then nothing was changed.
    """
    try:
        with reader_for(account) as reader:
            rows = whole(reader.list_repositories(account.name), lambda row: row.name, "repositories")
    except HubAuthLost:
        SealedCredential.objects.filter(account=account).update(refused_at=timezone.now())
        raise
    now = timezone.now()
    facts = [RepositoryFacts(row.name, row.is_private, row.description, row.updated_at) for row in rows]
    record_catalogue(school=account.school, account_name=account.name, repositories=facts, at=now)
    HubAccount.objects.filter(pk=account.pk).update(catalogue_read_at=now, last_answer_at=now)
    return len(facts)


def read_tags(image: Image) -> None:
    """Look up the tags of an image: all of an own one, those that classes use of another. Troubles are recorded."""
    wanted = sorted(set(AssignedImage.objects.current().filter(image=image).values_list("tag", flat=True)))
    now = timezone.now()
    account = HubAccount.objects.filter(school=image.school).exclude(uuid="").first()
    namespace, name = split_repository(image.repository)
    if not namespace:
        _record_troubles(image, wanted, "other_registry", now)
        return
    try:
        if image.is_own and account is not None:
            with reader_for(account) as reader:
                _read_all(reader, image, namespace, name, wanted, now)
        else:
            with anonymous_reader() as reader:
                for tag in wanted:
                    _read_one(reader, image, namespace, name, tag, now)
    except HubError as error:
        _record_troubles(image, wanted, _trouble(error), now)


def refresh_due() -> int:
    """Read what is old or was never read, a little at a time; how many accounts and images were read.

    For the worker's loop. One worker at a time; troubles wait for a while and never come out of here.
    """
    if not cache.add("hubsync.catalogue.turn", 1, timeout=60):
        return 0
    try:
        accounts = [account for account in _due_accounts() if _read_quietly(account)]
        images = list(_due_images())
        for image in images:
            read_tags(image)
        return len(accounts) + len(images)
    finally:
        cache.delete("hubsync.catalogue.turn")


def split_repository(repository: str) -> tuple[str, str]:
    """("iestriana", "lamp") of "iestriana/lamp", ("library", "nginx") of "nginx"; ("", "") of another registry's."""
    parts = repository.removeprefix("docker.io/").split("/")
    if len(parts) == 1:
        return "library", parts[0]
    is_a_host = "." in parts[0] or ":" in parts[0] or parts[0] == "localhost"
    return ("", "") if is_a_host or len(parts) > 2 else (parts[0], parts[1])


def _read_all(
    reader: HubReader, image: Image, namespace: str, name: str, wanted: list[str], now: datetime
) -> None:
    listing = reader.list_tags(namespace, name)
    tags = [
        _facts(reader, tag, f"{namespace}/{name}", ask_registry=tag.name in wanted) for tag in listing.rows
    ]
    record_tags(image=image, tags=tags, at=now, is_whole=listing.complete)
    for missing in set(wanted) - {tag.name for tag in tags} if listing.complete else ():
        record_missing_tag(image=image, tag=missing, at=now)


def _read_one(reader: HubReader, image: Image, namespace: str, name: str, tag: str, now: datetime) -> None:
    found = reader.find_tag(namespace, name, tag)
    if found is None:
        record_missing_tag(image=image, tag=tag, at=now)
        return
    facts = _facts(reader, found, f"{namespace}/{name}", ask_registry=True)
    record_tags(image=image, tags=[facts], at=now, is_whole=False)


def _facts(reader: HubReader, tag: Tag, repository: str, *, ask_registry: bool) -> TagFacts:
    platforms = tuple(sorted({str(one.platform) for one in tag.images}))
    digest, size = tag.digest, tag.compressed_bytes
    if len(tag.images) > 1:
        # Hub: full_size of a tag for several platforms is that of one of them.
        size = max((one.compressed_bytes or 0 for one in tag.images), default=0) or size
    if ask_registry and (not platforms or not digest):
        with_registry = _ask_registry(reader, repository, tag.name)
        platforms, digest = platforms or with_registry[0], digest or with_registry[1]
    return TagFacts(tag.name, digest, size, platforms, tag.pushed_at)


def _ask_registry(reader: HubReader, repository: str, tag: str) -> tuple[tuple[str, ...], str]:
    """(platforms, digest), empty where the registry does not tell: what the API said stands anyway."""
    registry = RegistryReader.of(reader.connection)
    try:
        found = registry.look_up(repository, tag, with_platforms=True)
    except HubError:
        return (), ""
    finally:
        registry.close()
    return (tuple(str(platform) for platform in found.platforms), found.digest) if found else ((), "")


def _record_troubles(image: Image, tags: list[str], trouble: str, now: datetime) -> None:
    for tag in tags:
        record_trouble(image=image, tag=tag, trouble=trouble, at=now)


def _trouble(error: HubError) -> str:
    if isinstance(error, HubThrottled):
        return "throttled"
    if isinstance(error, HubUnavailable):
        return "unreachable"
    return "denied" if isinstance(error, HubAuthLost | HubForbidden | HubNotFound) else "unreachable"


def _due_accounts() -> list[HubAccount]:
    old = Q(catalogue_read_at__isnull=True) | Q(catalogue_read_at__lt=timezone.now() - FRESH_FOR)
    usable = Q(credential__isnull=False, credential__refused_at__isnull=True) & ~Q(uuid="")
    accounts = (
        HubAccount.objects.filter(old & usable).select_related("school").order_by("catalogue_read_at", "pk")
    )
    return [account for account in accounts if not cache.get(_pause_key(account))][:ACCOUNTS_AT_ONCE]


def _read_quietly(account: HubAccount) -> bool:
    try:
        read_catalogue(account)
    except HubError:
        cache.set(_pause_key(account), 1, timeout=int(AGAIN_AFTER.total_seconds()))
        return False
    return True


def _pause_key(account: HubAccount) -> str:
    return f"hubsync.catalogue.pause.{account.pk}"


def _due_images() -> list[Image]:
    """Images with a tag that a class uses and of which nothing fresh is known."""
    now = timezone.now()
    fresh = Q(trouble="", checked_at__gte=now - FRESH_FOR) | (
        ~Q(trouble="") & Q(checked_at__gte=now - AGAIN_AFTER)
    )
    known = ImageTag.objects.filter(fresh, image=OuterRef("image"), name=OuterRef("tag"))
    used = AssignedImage.objects.current().filter(~Exists(known)).values_list("image", flat=True)
    return list(Image.objects.filter(pk__in=used).select_related("school").order_by("pk")[:IMAGES_AT_ONCE])

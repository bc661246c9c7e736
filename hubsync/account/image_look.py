"""Looks at images before a class: what Docker Hub says of each, several at once, without spending a pull.

The API tells existence, digest, platforms, size and age in one call that is no pull. The registry is asked, by HEAD,
whether a frozen version is still there, and for an index only where the API leaves the platforms out. How other
registries are asked stands in `other_look`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime

from classrooms.actions.catalogue import record_missing_tag, record_tags, record_trouble
from classrooms.image_checks.verdicts import SeenImage
from classrooms.image_facts import TagFacts
from classrooms.models import ImageVersion
from classrooms.queries.image_checks import CheckItem
from hubsync.account.connections import anonymous_reader, reader_for
from hubsync.account.other_look import look_elsewhere
from hubsync.account.tag_answers import code_of, platforms_of, size_of
from hubsync.account.tag_lookup import split_repository
from hubsync.hub.errors import HubError
from hubsync.hub.image_answers import ManifestFacts, Tag
from hubsync.hub.reader import HubReader
from hubsync.hub.registry import RegistryReader
from hubsync.models import HubAccount

# A worker may wait for the portal's own share of the calls; nobody sits at a page that hangs meanwhile.
PATIENCE_SECONDS = 20.0


def look_at_images(
    items: Sequence[CheckItem], at: datetime, platforms: Sequence[str] = ()
) -> dict[CheckItem, SeenImage]:
    """What was seen of each; the catalogue keeps it too. What could not be asked says why, and never raises.

    `platforms` of the room's computers ("linux/amd64") say whose size counts in other registries.
    """
    others = [item for item in items if not split_repository(item.image.repository)[0]]
    elsewhere = look_elsewhere(others, platforms, at)
    asked = [item for item in items if item not in elsewhere]
    own = [item for item in asked if item.image.is_own]
    foreign = [item for item in asked if not item.image.is_own]
    seen = elsewhere | _own(own, at) | _with(anonymous_reader, foreign, at)
    return {item: seen[item] for item in items}


def _own(items: Sequence[CheckItem], at: datetime) -> dict[CheckItem, SeenImage]:
    """With the school's token, so that its private images are seen; as nobody where there is none."""
    if not items:
        return {}
    account = HubAccount.objects.filter(school=items[0].image.school).exclude(uuid="").first()
    if account is None:
        return _with(anonymous_reader, items, at)
    return _with(lambda **kwargs: reader_for(account, **kwargs), items, at)


def _with(
    connect: Callable[..., AbstractContextManager[HubReader]], items: Sequence[CheckItem], at: datetime
) -> dict[CheckItem, SeenImage]:
    if not items:
        return {}
    known = _known_platforms(items)
    try:
        with connect(is_urgent=False, budget_seconds=PATIENCE_SECONDS) as reader:
            registry = RegistryReader.of(reader.connection)
            try:
                looks = [_Look(reader, registry, item, known) for item in items]
                answers = reader.connection.read_together(looks)
            finally:
                registry.close()
    except HubError as error:
        return {item: SeenImage(None, trouble=code_of(error)) for item in items}
    for item, (tag, seen) in zip(items, answers, strict=True):
        _keep(item, tag, seen, at)
    return {item: seen for item, (_tag, seen) in zip(items, answers, strict=True)}


class _Look:
    """One image; what goes wrong with it is no reason not to look at the others."""

    def __init__(
        self,
        reader: HubReader,
        registry: RegistryReader,
        item: CheckItem,
        known: dict[tuple[int, str], list[str]],
    ) -> None:
        self.reader, self.registry, self.item, self.known = reader, registry, item, known
        self.path = "/".join(split_repository(item.image.repository))

    def __call__(self) -> tuple[Tag | None, SeenImage]:
        try:
            namespace, _slash, name = self.path.partition("/")
            tag = self.reader.find_tag(namespace, name, self.item.tag)
            return tag, self._seen(tag)
        except HubError as error:
            return None, SeenImage(None, trouble=code_of(error))

    def _seen(self, tag: Tag | None) -> SeenImage:
        is_private = self.item.image.is_private is True
        frozen = self.item.frozen
        if frozen and (tag is None or tag.digest != frozen):
            return self._seen_frozen(tag, is_private=is_private)
        if tag is None:
            return SeenImage(False, is_private=is_private)
        platforms, digest = platforms_of(tag), tag.digest
        if not platforms or not digest:
            told = self._ask(self.item.tag, with_platforms=not platforms)
            platforms = platforms or _platforms(told)
            digest = digest or (told.digest if told else "")
        there = True if frozen else None
        return SeenImage(True, digest, platforms, size_of(tag), tag.pushed_at, "", there, is_private)

    def _seen_frozen(self, tag: Tag | None, *, is_private: bool) -> SeenImage:
        """Of the version that students get, which is not the one that the tag means."""
        known = self.known.get((self.item.image.pk, self.item.frozen))
        told = self._ask(self.item.frozen, with_platforms=known is None)
        return SeenImage(
            found=tag is not None,
            digest=tag.digest if tag else "",
            platforms=tuple(known or ()) or _platforms(told),
            frozen_found=told is not None,
            is_private=is_private,
        )

    def _ask(self, reference: str, *, with_platforms: bool) -> ManifestFacts | None:
        return self.registry.look_up(self.path, reference, with_platforms=with_platforms)


def _known_platforms(items: Iterable[CheckItem]) -> dict[tuple[int, str], list[str]]:
    """Of frozen versions that were looked into before: they never change."""
    digests = {item.frozen for item in items if item.frozen}
    rows = ImageVersion.objects.filter(digest__in=digests, image__in={item.image.pk for item in items})
    return {(row.image_id, row.digest): row.platforms for row in rows if row.platforms}


def _keep(item: CheckItem, tag: Tag | None, seen: SeenImage, at: datetime) -> None:
    if seen.found is None:
        record_trouble(image=item.image, tag=item.tag, trouble=seen.trouble, at=at)
    elif tag is None:
        record_missing_tag(image=item.image, tag=item.tag, at=at)
    else:
        platforms = platforms_of(tag) or (seen.platforms if seen.frozen_found is None else ())
        facts = TagFacts(
            item.tag, tag.digest or seen.digest, size_of(tag), platforms, tag.pushed_at, tag.pushed_by
        )
        record_tags(image=item.image, tags=[facts], at=at, is_whole=False)


def _platforms(told: ManifestFacts | None) -> tuple[str, ...]:
    return tuple(str(platform) for platform in told.platforms) if told else ()

"""Looks at images of other registries before a class: the same facts for the same rows, by HEAD and the index."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import datetime

from classrooms.actions.catalogue import record_audience, record_missing_tag, record_tags, record_trouble
from classrooms.image_checks.verdicts import SeenImage
from classrooms.image_facts import TagFacts
from classrooms.image_references.reading import read_reference
from classrooms.models import Image, ImageTag
from classrooms.queries.image_checks import CheckItem
from hubsync.account.other_registries import Silence, in_lanes, other_reader, registry_of, trouble_of
from hubsync.hub.errors import HubError
from hubsync.hub.other_reader import OtherImage, OtherRegistryReader
from hubsync.hub.side_by_side import AT_ONCE, SideBySide

NOBODY_ASKED = SeenImage(None, trouble="elsewhere")
# What was seen, and what is kept of the tag; None where nothing new was learnt of it.
Seen = tuple[SeenImage, TagFacts | None]


def look_elsewhere(
    items: Sequence[CheckItem], platforms: Sequence[str], at: datetime
) -> dict[CheckItem, SeenImage]:
    """What was seen of each; the catalogue keeps it too. Sizes are those of the images for `platforms`.

    Of a registry that is not listed nobody is asked. One that does not answer keeps no other from being asked.
    """
    known = _known(items)
    asked = [item for item in items if registry_of(item.image.repository)]
    silence, together = Silence(), SideBySide()
    lanes = [_Lane(lane, platforms, known, silence) for lane in in_lanes(asked, AT_ONCE)]
    try:
        answers = {item: seen for found in together.run(lanes) for item, seen in found.items()}
    finally:
        together.close()
    for item, (seen, facts) in answers.items():
        _keep(item, seen, facts, at)
    _keep_audience({item: seen for item, (seen, _facts) in answers.items()})
    return {item: answers[item][0] if item in answers else NOBODY_ASKED for item in items}


class _Lane:
    """Some of the images, one after the other over connections of its own."""

    def __init__(
        self,
        items: Sequence[CheckItem],
        platforms: Sequence[str],
        known: dict[tuple[int, str], ImageTag],
        silence: Silence,
    ) -> None:
        self.items, self.platforms, self.known, self.silence = items, platforms, known, silence

    def __call__(self) -> dict[CheckItem, Seen]:
        with ExitStack() as opened:
            readers: dict[str, OtherRegistryReader] = {}
            return {item: self._seen(item, readers, opened) for item in self.items}

    def _seen(self, item: CheckItem, readers: dict[str, OtherRegistryReader], opened: ExitStack) -> Seen:
        registry = registry_of(item.image.repository)
        assert registry is not None
        try:
            with self.silence.heard(registry):
                if registry.host not in readers:
                    readers[registry.host] = opened.enter_context(other_reader(registry))
                return self._look(readers[registry.host], item)
        except HubError as error:
            return SeenImage(None, trouble=trouble_of(error)), None

    def _look(self, reader: OtherRegistryReader, item: CheckItem) -> Seen:
        path = read_reference(item.image.repository).path
        now = reader.find_digest(path, item.tag)
        there = self._contents(reader, path, item, now) if now is not None else None
        facts = _facts(item.tag, there) if there else None
        if not item.frozen or (there and there.digest == item.frozen):
            seen = _as_seen(there) if there else SeenImage(False)
            return _frozen(seen, there, is_there=True) if item.frozen else seen, facts
        old = reader.read_other(path, item.frozen, self.platforms)
        seen = _as_seen(old) if old else SeenImage(there is not None)
        return _frozen(seen, there, is_there=old is not None), facts

    def _contents(
        self, reader: OtherRegistryReader, path: str, item: CheckItem, digest: str
    ) -> OtherImage | None:
        """What is known of this digest already, for it never changes; else read."""
        row = self.known.get((item.image.pk, item.tag))
        if row and digest and row.digest == digest and row.platforms and row.compressed_bytes is not None:
            return OtherImage(digest, tuple(row.platforms), row.compressed_bytes, row.pushed_at)
        return reader.read_other(path, digest or item.tag, self.platforms)


def _as_seen(image: OtherImage) -> SeenImage:
    return SeenImage(True, image.digest, image.platforms, image.compressed_bytes, image.built_at)


def _frozen(seen: SeenImage, there: OtherImage | None, *, is_there: bool) -> SeenImage:
    """The frozen version with what its tag means by now."""
    return SeenImage(
        found=there is not None,
        digest=there.digest if there else "",
        platforms=seen.platforms,
        compressed_bytes=seen.compressed_bytes,
        renewed_at=seen.renewed_at,
        frozen_found=is_there,
    )


def _facts(tag: str, image: OtherImage) -> TagFacts:
    # Other registries tell no push; the day of the build stands where Docker Hub's push does.
    return TagFacts(tag, image.digest, image.compressed_bytes, image.platforms, image.built_at)


def _known(items: Sequence[CheckItem]) -> dict[tuple[int, str], ImageTag]:
    rows = ImageTag.objects.filter(image__in={item.image.pk for item in items}, found=True)
    return {(row.image_id, row.name): row for row in rows}


def _keep(item: CheckItem, seen: SeenImage, facts: TagFacts | None, at: datetime) -> None:
    if facts:
        record_tags(image=item.image, tags=[facts], at=at, is_whole=False)
    elif seen.found is None:
        record_trouble(image=item.image, tag=item.tag, trouble=seen.trouble, at=at)
    else:
        record_missing_tag(image=item.image, tag=item.tag, at=at)


def _keep_audience(answers: dict[CheckItem, SeenImage]) -> None:
    """What nobody in particular was shown, anybody can pull."""
    shown: dict[Image, bool] = {}
    for item, seen in answers.items():
        if seen.found is not None:
            shown[item.image] = shown.get(item.image, False) or seen.found or seen.frozen_found is True
    for image, is_public in shown.items():
        record_audience(image=image, is_public=is_public)

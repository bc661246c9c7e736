"""Reads what is in a version of an image, once for each digest: it costs one pull of the portal's, and is kept.

Where a version is in another registry than Docker Hub, that one is asked, which counts no pulls.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from classrooms.actions.versions import record_version
from classrooms.image_checks.versions import Comparison, VersionFacts
from classrooms.image_references.reading import read_reference
from classrooms.models import Image, ImageVersion
from hubsync.account.connections import anonymous_reader, reader_for
from hubsync.account.other_registries import PATIENCE_SECONDS, other_reader, registry_of
from hubsync.account.tag_lookup import split_repository
from hubsync.hub.errors import HubError, HubUnavailable
from hubsync.hub.registry import RegistryReader
from hubsync.models import HubAccount


class NotComparable(Exception):
    """One of the two could not be read. `which` is "old" or "new"; `is_gone` where the registry has it no more."""

    def __init__(self, which: str, *, is_gone: bool) -> None:
        super().__init__(which)
        self.which, self.is_gone = which, is_gone


def compare_versions(image: Image, old: str, new: str, *, platform: str) -> Comparison:
    """The two versions side by side, for one kind of computer. Raises NotComparable."""
    known = {
        row.digest: _facts(row) for row in ImageVersion.objects.filter(image=image, digest__in=(old, new))
    }
    missing = [(which, digest) for which, digest in (("old", old), ("new", new)) if digest not in known]
    if missing:
        known |= _read(image, missing, platform)
    return Comparison(known[old], known[new])


def _read(image: Image, missing: list[tuple[str, str]], platform: str) -> dict[str, VersionFacts]:
    try:
        with _registry(image) as registry:
            return {digest: _read_one(registry, image, which, digest, platform) for which, digest in missing}
    except HubError:
        raise NotComparable(missing[0][0], is_gone=False) from None


@contextmanager
def _registry(image: Image) -> Iterator[RegistryReader]:
    """Raises HubUnavailable for a registry that this installation does not ask."""
    if not split_repository(image.repository)[0]:
        other = registry_of(image.repository)
        if other is None:
            raise HubUnavailable("this registry is not asked")
        with other_reader(other, PATIENCE_SECONDS) as reader:
            yield reader
        return
    account = HubAccount.objects.filter(school=image.school).exclude(uuid="").first()
    with reader_for(account) if account and image.is_own else anonymous_reader() as hub:
        registry = RegistryReader.of(hub.connection)
        try:
            yield registry
        finally:
            registry.close()


def _read_one(registry: RegistryReader, image: Image, which: str, digest: str, platform: str) -> VersionFacts:
    path = read_reference(image.repository).path
    found = registry.read_image(path, digest, platform=platform)
    if found is None:
        raise NotComparable(which, is_gone=True)
    platforms = [str(one) for one in found.platforms]
    facts = VersionFacts.from_config(digest, found.config, found.compressed_bytes, platforms)
    record_version(image=image, facts=facts)
    return facts


def _facts(row: ImageVersion) -> VersionFacts:
    names = ("platforms", "layers", "steps", "environment", "command", "ports")
    lists = {name: tuple(getattr(row, name)) for name in names}
    return VersionFacts(row.digest, row.platform, row.built_at, row.compressed_bytes, **lists)

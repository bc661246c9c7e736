"""Two attempts of a student side by side: what the second one changed, read from Docker Hub by digest.

Each digest is read once in a week, because reading it costs a pull; the pulls that hand-ins need are left alone.
"""

from __future__ import annotations

from django.core.cache import cache

from classrooms.image_checks.versions import Comparison, VersionFacts
from classrooms.image_references.reading import read_reference
from classrooms.models import HandIn, School
from hubsync.account.connections import anonymous_reader, reader_for
from hubsync.account.hand_in_look import PULLS_LEFT_ALONE
from hubsync.account.versions import NotComparable
from hubsync.hub.errors import HubError
from hubsync.hub.registry import RegistryReader
from hubsync.models import HubAccount

KEPT_SECONDS = 7 * 24 * 3600


def compare_attempts(old: HandIn, new: HandIn, *, platform: str) -> Comparison:
    """By the digests that were handed in, whatever the tags mean by now. Raises NotComparable."""
    school = old.class_practice.class_group.school
    chosen = _platform_of_both(old, new, platform)
    return Comparison(_facts(school, old, "old", chosen), _facts(school, new, "new", chosen))


def _platform_of_both(old: HandIn, new: HandIn, platform: str) -> str:
    """The class's where both attempts have it, else one that both have: layers of other computers are never the same."""
    both = [one for one in new.platforms if one in old.platforms]
    return next((one for one in both if f"{one}/".startswith(f"{platform}/")), both[0] if both else platform)


def _facts(school: School, row: HandIn, which: str, platform: str) -> VersionFacts:
    key = f"work_version:{row.digest}:{platform}"
    known = cache.get(key)
    if isinstance(known, VersionFacts):
        return known
    try:
        facts = _read(school, row, which, platform)
    except HubError:
        raise NotComparable(which, is_gone=False) from None
    cache.set(key, facts, KEPT_SECONDS)
    return facts


def _read(school: School, row: HandIn, which: str, platform: str) -> VersionFacts:
    reference = read_reference(row.reference)
    account = HubAccount.objects.filter(school=school, name=reference.namespace).exclude(uuid="").first()
    with reader_for(account) if account else anonymous_reader() as reader:
        registry = RegistryReader.of(reader.connection)
        try:
            # A HEAD costs nothing and tells what is left.
            there = registry.look_up(reference.path, row.digest)
            limit = registry.last_limit
            if limit is not None and limit.remaining <= PULLS_LEFT_ALONE:
                raise NotComparable(which, is_gone=False)
            found = registry.read_image(reference.path, row.digest, platform=platform) if there else None
        finally:
            registry.close()
    if found is None:
        raise NotComparable(which, is_gone=True)
    platforms = [str(one) for one in found.platforms]
    return VersionFacts.from_config(row.digest, found.config, found.compressed_bytes, platforms)

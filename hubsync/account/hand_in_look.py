"""What Docker Hub says of an image that a student hands in, while the student looks.

The registry is asked first: HEAD counts neither as a pull nor among the calls of the API, so that a whole class can hand
in within a minute. What only the API knows (who pushed, and when) is added where it answers, and what only the image's
configuration tells (keys left in it, its ports) where a pull is left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from classrooms.image_checks.hand_in import SeenHandIn
from classrooms.image_references.reference import ImageReference
from classrooms.models import School
from hubsync.account.connections import anonymous_reader, reader_for
from hubsync.account.tag_lookup import split_repository
from hubsync.hub.errors import HubError
from hubsync.hub.image_answers import ImageContents, ManifestFacts, Tag
from hubsync.hub.reader import HubReader
from hubsync.hub.registry import RegistryReader
from hubsync.models import HubAccount

T = TypeVar("T")
# Once all pulls are used the registry refuses HEAD too, and nobody could fix a version any more.
PULLS_LEFT_ALONE = 20


@contextmanager
def looking(school: School, reference: ImageReference) -> Iterator[HubReader]:
    """As the school where the image is in its own account, else as nobody. Raises HubError."""
    account = HubAccount.objects.filter(school=school, name=reference.namespace).exclude(uuid="").first()
    with reader_for(account) if account else anonymous_reader() as reader:
        yield reader


def look_at_hand_in(school: School, reference: ImageReference, *, platform: str) -> SeenHandIn:
    """All that is to be learnt of one image; `found` None where nothing answered."""
    try:
        with looking(school, reference) as reader:
            registry = RegistryReader.of(reader.connection)
            try:
                return _look(reader, registry, reference, platform)
            finally:
                registry.close()
    except HubError:
        return SeenHandIn(None)


def digests_of(school: School, references: list[ImageReference]) -> dict[str, str | None]:
    """By the name as written: the digest, "" for what is not there, None where nobody answered. Costs no pull."""
    return {one.familiar: _digest(school, one) for one in references}


def _digest(school: School, reference: ImageReference) -> str | None:
    if reference.digest:
        return reference.digest
    if not reference.is_on_docker_hub:
        return ""
    try:
        with looking(school, reference) as reader:
            registry = RegistryReader.of(reader.connection)
            try:
                found = registry.look_up(reference.path, reference.tag or "latest")
            finally:
                registry.close()
    except HubError:
        return None
    return found.digest if found else ""


def _look(
    reader: HubReader, registry: RegistryReader, reference: ImageReference, platform: str
) -> SeenHandIn:
    name = reference.digest or reference.tag or "latest"
    has_answered, manifest = _asked(lambda: registry.look_up(reference.path, name))
    namespace, repository = split_repository(reference.repository)
    told, tag = (
        (False, None) if reference.digest else _asked(lambda: reader.find_tag(namespace, repository, name))
    )
    if manifest is None and tag is None:
        return SeenHandIn(False if has_answered or told else None)
    digest = (manifest.digest if manifest else "") or (tag.digest if tag else "")
    limit = registry.last_limit
    may_pull = limit is None or limit.remaining > PULLS_LEFT_ALONE
    _, contents = (
        _asked(lambda: registry.read_image(reference.path, digest, platform=platform))
        if may_pull
        else (False, None)
    )
    return _seen(digest, manifest, tag, contents)


def _asked(ask: Callable[[], T | None]) -> tuple[bool, T | None]:
    """Whether there was an answer, and the answer."""
    try:
        return True, ask()
    except HubError:
        return False, None


def _seen(
    digest: str, manifest: ManifestFacts | None, tag: Tag | None, contents: ImageContents | None
) -> SeenHandIn:
    # The API may lag behind the registry: what it says of another version is not said of this one.
    same = tag if tag and (tag.digest == digest or not tag.digest) else None
    of_tag = tuple(sorted({str(one.platform) for one in same.images})) if same else ()
    platforms = tuple(sorted(str(one) for one in contents.platforms)) if contents else of_tag
    size = contents.compressed_bytes if contents else same.compressed_bytes if same else None
    return SeenHandIn(
        True,
        digest,
        platforms,
        size,
        same.pushed_at if same else None,
        same.pushed_by if same else "",
        dict(contents.config) if contents else None,
    )

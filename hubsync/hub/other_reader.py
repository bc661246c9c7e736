"""Asks a registry that is not Docker Hub about one image: as nobody, within its own list of places, little and for short.

What comes back is believed only where it is a manifest, and where its bytes are what their digest says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from time import monotonic

from requests.adapters import HTTPAdapter

from hubsync.hub import json_fields as field
from hubsync.hub.decipher import Answer, read_json
from hubsync.hub.errors import HubAuthLost, HubError, HubForbidden, HubUnavailable
from hubsync.hub.image_answers import Platform
from hubsync.hub.json_fields import Row, row_of
from hubsync.hub.manifests import INDEXES, MANIFESTS, digests_for, facts_of, read_config, with_contents
from hubsync.hub.other_registries import OtherRegistry
from hubsync.hub.registry import RegistryReader
from hubsync.hub.wire import USER_AGENT

# Registries take no manifest larger than this; a configuration has some kilobytes.
MOST_BYTES = 4 * 1024 * 1024
ANSWER_SECONDS = 5.0
# For all that one reader asks: a registry whose every answer takes its whole time ends a look all the same.
LOOK_SECONDS = 30.0
# Of a class's kinds of computers; no school has more.
MOST_PLATFORMS = 4
# What a registry may say to a HEAD without a body that would tell whether it was the registry that said it.
_REFUSED = (401, 403, 404, 405)


@dataclass(frozen=True)
class OtherImage:
    """What stands behind a tag or a digest; `compressed_bytes` of the largest of the platforms that were asked for.

    `built_at` is None where the configuration is not to be had, or where the builder wrote no time.
    """

    digest: str
    platforms: tuple[str, ...] = ()
    compressed_bytes: int | None = None
    built_at: datetime | None = None


class OtherRegistryReader(RegistryReader):
    """Reads one other registry, for one look. Every answer is within the time and the size of this module."""

    def __init__(
        self,
        registry: OtherRegistry,
        *,
        user_agent: str = USER_AGENT,
        adapter: HTTPAdapter | None = None,
        answer_seconds: float = ANSWER_SECONDS,
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        super().__init__(
            registry.url,
            trust=registry,
            user_agent=user_agent,
            adapter=adapter,
            answer_seconds=answer_seconds,
            most_bytes=MOST_BYTES,
        )
        self._until = monotonic() + look_seconds

    def find_digest(self, repository: str, reference: str) -> str | None:
        """The digest of a tag, or of itself, by HEAD; None for what is missing or private, which nobody tells apart.

        "" where the registry names none. Raises HubUnavailable where it gave no usable answer.
        """
        answer = self._manifest("HEAD", repository, reference)
        return None if answer is None else facts_of(answer, reference).digest

    def read_other(self, repository: str, reference: str, wanted: Sequence[str] = ()) -> OtherImage | None:
        """What the manifest tells: of an index its platforms, and the size of the images for `wanted` ("linux/amd64").

        Raises HubUnavailable as `find_digest`; what is wanting behind the first manifest is only left out.
        """
        answer = self._manifest("GET", repository, reference)
        if answer is None:
            return None
        facts = with_contents(facts_of(answer, reference), answer)
        digest = f"sha256:{sha256(answer.body).hexdigest()}"
        if not facts.is_index:
            config = self._config(repository, facts.config_digest)
            own = Platform.from_row(config)
            names = (str(own),) if own else ()
            return OtherImage(digest, names, facts.compressed_bytes, _built_at(config))
        index = row_of(read_json(answer.body), "index")
        size, built_at = self._within(repository, digests_for(index, wanted[:MOST_PLATFORMS]))
        return OtherImage(digest, tuple(map(str, facts.platforms)), size, built_at)

    def _within(self, repository: str, digests: Sequence[str]) -> tuple[int | None, datetime | None]:
        """(largest size, when the first was built) of images of an index."""
        sizes: list[int] = []
        config: Row = {}
        for digest in digests:
            try:
                answer = self._manifest("GET", repository, digest)
                facts = with_contents(facts_of(answer, digest), answer) if answer else None
            except HubError:
                break
            if facts is None:
                continue
            sizes += [facts.compressed_bytes] if facts.compressed_bytes is not None else []
            config = config or self._config(repository, facts.config_digest)
        return max(sizes, default=None), _built_at(config)

    def _config(self, repository: str, digest: str) -> Row:
        """Of an image; empty where it is not to be had, or lies where this registry is not known to keep it."""
        try:
            answer = self._blob(repository, digest) if digest else None
            return read_config(answer, digest) if answer and answer.status == 200 else {}
        except HubError:
            return {}

    def _manifest(self, method: str, repository: str, reference: str) -> Answer | None:
        if monotonic() > self._until:
            raise HubUnavailable("the look has taken too long")
        try:
            answer = super()._manifest(method, repository, reference)
        except (HubAuthLost, HubForbidden):
            # GitHub and GitLab refuse the token of what is missing or private, where Docker Hub refuses the manifest.
            return None
        except HubUnavailable as problem:
            if method == "HEAD" and problem.status in _REFUSED:
                return self._manifest("GET", repository, reference)
            raise
        if answer is not None:
            _believe(answer, reference)
        return answer


def _believe(answer: Answer, reference: str) -> None:
    """Raise HubUnavailable for what is no manifest, and for one that is not what its digest says."""
    facts = facts_of(answer, reference)
    if facts.media_type not in INDEXES + MANIFESTS:
        raise HubUnavailable("the answer is no manifest", status=answer.status)
    expected = reference if ":" in reference else facts.digest
    is_whole = bool(answer.body) and expected.startswith("sha256:")
    if is_whole and sha256(answer.body).hexdigest() != expected.removeprefix("sha256:").lower():
        raise HubUnavailable("the manifest is not what its digest says", status=answer.status)


def _built_at(config: Row) -> datetime | None:
    """Builders that want the same bytes each time write the beginning of 1970, or of 1980, which says nothing."""
    moment = field.moment(config, "created")
    return moment if moment and moment.year > 1980 else None

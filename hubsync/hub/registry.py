"""What the registry itself says about a tag: digest, platforms, size, and how many pulls are left.

The registry is another service than the API, with a token of its own for each repository. A pull is counted
when a manifest is fetched by GET; HEAD is not counted, but is refused too once all pulls are used.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Self
from urllib.parse import quote, urlsplit

from requests.adapters import HTTPAdapter

from hubsync.hub.bearer import Concealed, WithPassword, read_claims
from hubsync.hub.bounded import ANSWER_SECONDS, LARGEST_BODY, SignIn, open_session
from hubsync.hub.decipher import Answer, conceal, read_json, sentence_of, throttled
from hubsync.hub.errors import HubThrottled, HubUnavailable
from hubsync.hub.headers import header, read_retry_after
from hubsync.hub.image_answers import ImageContents, ManifestFacts, Platform, PullLimit
from hubsync.hub.json_fields import row_of
from hubsync.hub.manifests import (
    digest_for,
    facts_of,
    is_registrys_own,
    pull_limit_of,
    read_config,
    with_contents,
    with_platform,
)
from hubsync.hub.registry_door import RegistryDoor, Trust
from hubsync.hub.transport import HubConnection
from hubsync.hub.wire import REDIRECTS, USER_AGENT, utc_now

# The grammar of the distribution reference, without a host.
_PART = r"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*"
NAME = re.compile(rf"{_PART}(?:/{_PART})*", re.ASCII)
# Hub: the window of the limit has been an hour and six hours; where nothing is said, look again in a while.
AFTER_LAST_PULL = timedelta(minutes=15)
LIMIT_PREVIEW = "ratelimitpreview/test"


class RegistryReader:
    """Reads a registry, as nobody or with an identifier and a secret.

    Sends no pull unless asked for platforms.
    """

    def __init__(
        self,
        registry_url: str,
        auth: tuple[str, str] | None = None,
        *,
        sign_in: SignIn | None = None,
        on_call: Callable[[str, str, int], None] | None = None,
        user_agent: str = USER_AGENT,
        adapter: HTTPAdapter | None = None,
        answer_seconds: float = ANSWER_SECONDS,
        now: Callable[[], datetime] = utc_now,
        trust: Trust | None = None,
        most_bytes: int = LARGEST_BODY,
    ) -> None:
        self._door = RegistryDoor(
            registry_url,
            session=open_session(user_agent, adapter),
            sign_in=WithPassword(auth[0], Concealed(auth[1])) if auth else sign_in,
            on_call=on_call,
            answer_seconds=answer_seconds,
            now=now,
            trust=trust,
            most_bytes=most_bytes,
        )
        self._now = now
        # What the last answer about a manifest told; None before, and where there is no limit.
        self.last_limit: PullLimit | None = None

    @property
    def registry_url(self) -> str:
        return self._door.registry_url

    @property
    def is_refused(self) -> bool:
        """Whether the token server refused the credential; it is not tried again."""
        return self._door.is_refused

    @classmethod
    def of(cls, connection: HubConnection) -> Self:
        """The registry that belongs to a connection, with its credential and its patience. Needs its `registry_url`."""
        if not connection.registry_url:
            raise ValueError("this connection knows no registry")
        return cls(
            connection.registry_url,
            sign_in=connection.registry_sign_in(),
            answer_seconds=connection.answer_seconds,
            now=connection.now,
        )

    def __repr__(self) -> str:
        who = "somebody" if self._door.sign_in else "nobody"
        return f"<RegistryReader {urlsplit(self.registry_url).hostname} as {who}>"

    def close(self) -> None:
        """Let go of the kept connections and tokens."""
        self._door.close()

    def look_up(
        self, repository: str, reference: str, *, with_platforms: bool = False
    ) -> ManifestFacts | None:
        """What stands behind "organization/name" and a tag or digest;

        None where it is missing or hidden from us.

        The registry does not tell missing from private. Without `with_platforms` one HEAD is sent, which
        counts as no pull. With it, an index (or a single image's manifest) is fetched, which counts as one, and
        of a single image its configuration too, which counts as none.
        """
        answer = self._manifest("HEAD", repository, reference)
        if answer is None:
            return None
        facts = facts_of(answer, reference)
        if not with_platforms:
            return facts
        # By digest, so that both answers are about the same image although the tag may move between them.
        whole = self._manifest("GET", repository, facts.digest or reference)
        if whole is None:
            return None
        found = with_contents(facts, whole)
        return self._with_platform(repository, found) if found.config_digest else found

    def read_image(self, repository: str, digest: str, *, platform: str) -> ImageContents | None:
        """What is in the image behind a digest, of an index the one for `platform`; None where it is not to be had.

        No layer is fetched. It counts as one pull, as every manifest fetched by GET.
        """
        answer = self._manifest("GET", repository, digest)
        if answer is None:
            return None
        facts = with_contents(facts_of(answer, digest), answer)
        platforms = facts.platforms
        if facts.is_index:
            chosen = digest_for(row_of(read_json(answer.body), "index"), platform)
            answer = self._manifest("GET", repository, chosen) if chosen else None
            if answer is None:
                return None
            facts = with_contents(facts_of(answer, chosen), answer)
        blob = self._blob(repository, facts.config_digest) if facts.config_digest else None
        if blob is None or blob.status != 200:
            return None
        config = read_config(blob, facts.config_digest)
        own = Platform.from_row(config)
        return ImageContents(platforms or ((own,) if own else ()), facts.compressed_bytes, config)

    def pull_limit(self) -> PullLimit | None:
        """How many pulls are left for this address or account; None where there is no limit. Spends no pull.

        Hub: the numbers in the manual and in the header have differed, so nothing is assumed about them.
        """
        answer = self._manifest("HEAD", LIMIT_PREVIEW, "latest")
        if answer is None:
            raise HubUnavailable("the registry has no image to read the pull limit from")
        return pull_limit_of(answer.headers)

    def may_pull(self, repository: str) -> bool | None:
        """Whether this credential may pull "organization/name", from the token alone;

        None where it does not say.

        Hub: the token server grants what is both asked and allowed, and does not refuse the rest.
        """
        return self._may(repository, "pull")

    def may_push(self, repository: str) -> bool | None:
        """Whether this credential may push too, from the token alone; None where it does not say."""
        return self._may(repository, "push")

    def _may(self, repository: str, action: str) -> bool | None:
        challenge = self._door.send("HEAD", _path(repository, "manifests", "latest"), None)
        if challenge.status != 401:
            return None
        asked = "pull" if action == "pull" else f"pull,{action}"
        claims = read_claims(self._door.token(repository, challenge, asked).reveal())
        granted = claims.get("access")
        if not isinstance(granted, list):
            return None
        return any(
            one.get("name") == repository and action in (one.get("actions") or ())
            for one in granted
            if isinstance(one, dict)
        )

    def _with_platform(self, repository: str, facts: ManifestFacts) -> ManifestFacts:
        """The platform of a single image; as it is where the configuration is not to be had."""
        answer = self._blob(repository, facts.config_digest)
        return with_platform(facts, answer) if answer.status == 200 else facts

    def _blob(self, repository: str, digest: str) -> Answer:
        answer = self._door.authorized("GET", repository, blob_path(repository, digest))
        place = header(answer.headers, "Location")
        if answer.status in REDIRECTS and self._door.trust.is_store(place):
            # Hub: blobs lie with another company, under a signed address; our token is not for it.
            return self._door.ask("GET", place, None, None)
        return answer

    def _manifest(self, method: str, repository: str, reference: str) -> Answer | None:
        """The answer where it is a manifest, None for missing and hidden alike, or a named error raised."""
        answer = self._door.authorized(method, repository, _path(repository, "manifests", reference))
        self.last_limit = pull_limit_of(answer.headers)
        if answer.status in (401, 404) or (answer.status == 403 and is_registrys_own(answer)):
            if is_registrys_own(answer):
                return None
            raise _unavailable(answer)
        if answer.status == 429:
            raise self._throttled(answer)
        if answer.status != 200:
            raise _unavailable(answer)
        return answer

    def _throttled(self, answer: Answer) -> HubThrottled:
        now = self._now()
        told = read_retry_after(answer.headers, now)
        sentence = throttled(answer, now, sentence_of(read_json(answer.body))).sentence
        return HubThrottled(told or now + AFTER_LAST_PULL, sentence)


def blob_path(repository: str, digest: str) -> str:
    """Where the registry has a configuration or a layer. Raises ValueError for what is no name of a repository."""
    return _path(repository, "blobs", digest)


def _path(repository: str, what: str, reference: str) -> str:
    if not NAME.fullmatch(repository) or len(repository) > 255:
        raise ValueError("this is no name of a repository")
    return f"/v2/{repository}/{what}/{quote(reference, safe=':')}"


def _unavailable(answer: Answer) -> HubUnavailable:
    return HubUnavailable(conceal(sentence_of(read_json(answer.body))), status=answer.status)

"""Reading what a registry answers: manifests, indexes, challenges and the headers of the pull limit. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from urllib.parse import urlsplit

from hubsync.hub import json_fields as field
from hubsync.hub.decipher import Answer, read_json
from hubsync.hub.errors import HubUnavailable
from hubsync.hub.headers import header, read_limit
from hubsync.hub.image_answers import ManifestFacts, Platform, PullLimit
from hubsync.hub.json_fields import Row

INDEXES = (
    "application/vnd.oci.image.index.v1+json",
    "application/vnd.docker.distribution.manifest.list.v2+json",
)
MANIFESTS = (
    "application/vnd.oci.image.manifest.v1+json",
    "application/vnd.docker.distribution.manifest.v2+json",
)
# Everything that is understood, or the registry converts the manifest and its digest is another.
ACCEPT = ", ".join(INDEXES + MANIFESTS)
DIGEST = re.compile(r"[a-z0-9+._-]+:[0-9a-fA-F]{32,}", re.ASCII)


def read_challenge(value: str) -> dict[str, str]:
    """realm, service and scope of a `WWW-Authenticate: Bearer …`; empty where it is another scheme."""
    scheme, _, rest = value.partition(" ")
    return dict(re.findall(r'(\w+)="([^"]*)"', rest)) if scheme.lower() == "bearer" else {}


def is_trusted_realm(realm: str, registry_url: str) -> bool:
    """Whether a token server may be given our credential: as well encrypted, and of the same domain."""
    try:
        there, here = urlsplit(realm), urlsplit(registry_url)
    except ValueError:
        return False
    name, registry = there.hostname or "", here.hostname or ""
    if there.scheme not in ("https", here.scheme) or there.username is not None:
        return False
    # auth.docker.io belongs to registry-1.docker.io; localhost on another port to localhost.
    domain = registry.partition(".")[2]
    return name == registry or (
        "." in domain and not registry.replace(".", "").isdigit() and name.endswith(f".{domain}")
    )


def is_as_encrypted(place: str, registry_url: str) -> bool:
    """Whether a redirect leads to a whole address that is not less encrypted than the registry's."""
    try:
        there, here = urlsplit(place), urlsplit(registry_url)
    except ValueError:
        return False
    return bool(there.hostname) and there.scheme in {"https", here.scheme}


def is_registrys_own(answer: Answer) -> bool:
    """Whether the refusal is the registry's own: HEAD has no body, so its kind and version have to do."""
    said = read_json(answer.body)
    told = header(answer.headers, "Content-Type") + header(answer.headers, "Docker-Distribution-Api-Version")
    return isinstance(said, dict) or (not answer.body and ("json" in told or "registry/" in told))


def facts_of(answer: Answer, reference: str) -> ManifestFacts:
    media_type = header(answer.headers, "Content-Type").partition(";")[0].strip()
    digest = header(answer.headers, "Docker-Content-Digest")
    if not DIGEST.fullmatch(digest):
        digest = reference if DIGEST.fullmatch(reference) else ""
    return ManifestFacts(digest, media_type, is_index=media_type in INDEXES)


def with_contents(facts: ManifestFacts, answer: Answer) -> ManifestFacts:
    said = read_json(answer.body)
    if not isinstance(said, dict):
        raise HubUnavailable("the manifest is cut off or is not JSON", status=answer.status)
    if facts.is_index:
        return ManifestFacts(facts.digest, facts.media_type, True, _platforms(said), None)
    digest = field.text(field.row_or_empty(said, "config"), "digest")
    config = digest if DIGEST.fullmatch(digest) else ""
    return ManifestFacts(facts.digest, facts.media_type, False, (), _size(said), config)


def with_platform(facts: ManifestFacts, answer: Answer) -> ManifestFacts:
    """The same with the platform that a single image's configuration tells.

    Raises HubUnavailable where the answer is not what its digest says.
    """
    platform = Platform.from_row(read_config(answer, facts.config_digest))
    return replace(facts, platforms=(platform,) if platform else ())


def digest_for(index: Row, platform: str) -> str:
    """Of the images of an index the digest of that for a platform ("linux/amd64"), else of the first; "" without any."""
    return next(iter(digests_for(index, (platform,))), "")


def digests_for(index: Row, platforms: Sequence[str]) -> tuple[str, ...]:
    """Of the images of an index the digests of those for these platforms, each once; of the first where there is none.

    "linux/arm64" is also what an index calls "linux/arm64/v8".
    """
    images = [
        (str(found), digest)
        for row in field.rows(index, "manifests")
        if (found := Platform.from_row(field.row_or_empty(row, "platform")))
        and DIGEST.fullmatch(digest := field.text(row, "digest"))
    ]
    chosen = [
        next((digest for name, digest in images if f"{name}/".startswith(f"{wanted}/")), "")
        for wanted in platforms
    ]
    return tuple(dict.fromkeys(filter(None, chosen))) or tuple(digest for _name, digest in images[:1])


def read_config(answer: Answer, digest: str) -> Row:
    """An image's configuration. Raises HubUnavailable where the answer is not what its digest says."""
    algorithm, _, value = digest.partition(":")
    if algorithm == "sha256" and sha256(answer.body).hexdigest() != value.lower():
        raise HubUnavailable("the image's configuration is not what its digest says", status=answer.status)
    said = read_json(answer.body)
    if not isinstance(said, dict):
        raise HubUnavailable("the image's configuration is not JSON", status=answer.status)
    return said


def _platforms(index: Row) -> tuple[Platform, ...]:
    # Attestations stand in the index as unknown/unknown; they are no images.
    rows = (field.row_or_empty(one, "platform") for one in field.rows(index, "manifests"))
    return tuple(sorted({platform for row in rows if (platform := Platform.from_row(row))}))


def _size(manifest: Row) -> int | None:
    """What has to be downloaded: the layers and the configuration. None where a size is missing."""
    parts = [field.row_or_empty(manifest, "config"), *field.rows(manifest, "layers")]
    sizes = [field.number(part, "size") for part in parts]
    known = [size for size in sizes if size is not None]
    return sum(known) if len(known) == len(sizes) and len(parts) > 1 else None


def pull_limit_of(headers: Mapping[str, str]) -> PullLimit | None:
    limit = read_limit(header(headers, "ratelimit-limit"))
    remaining = read_limit(header(headers, "ratelimit-remaining"))
    if limit is None or remaining is None:
        return None
    return PullLimit(limit[0], remaining[0], limit[1], header(headers, "docker-ratelimit-source"))

"""What Docker Hub says about repositories, tags and manifests, as values. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hubsync.hub import json_fields as field
from hubsync.hub.json_fields import Row


@dataclass(frozen=True)
class Repository:
    """A repository. `full_description` is "" in lists, and `updated_at` None before the first push."""

    namespace: str
    name: str
    is_private: bool
    description: str
    full_description: str
    is_active: bool
    updated_at: datetime | None
    pull_count: int | None
    size_bytes: int | None

    @property
    def reference(self) -> str:
        """ "organization/name" """
        return f"{self.namespace}/{self.name}"

    @classmethod
    def from_row(cls, row: Row) -> Repository:
        return cls(
            namespace=field.needed_text(row, "namespace"),
            name=field.needed_text(row, "name"),
            is_private=field.needed_flag(row, "is_private"),
            description=field.text(row, "description"),
            full_description=field.text(row, "full_description"),
            is_active=field.number(row, "status") in (1, None),
            updated_at=field.moment(row, "last_updated"),
            pull_count=field.number(row, "pull_count"),
            size_bytes=field.number(row, "storage_size"),
        )


@dataclass(frozen=True)
class ImmutableTags:
    """Which tags nobody may push again: `enabled` None where the answer did not tell; no rules mean all tags."""

    enabled: bool | None
    rules: tuple[str, ...]

    @classmethod
    def from_row(cls, row: Row) -> ImmutableTags:
        """Of a repository in either of its two shapes."""
        settings = field.row_or_empty(row, "immutable_tags_settings")
        if isinstance(settings.get("enabled"), bool):
            return cls(field.yes(settings, "enabled"), field.texts(settings, "rules"))
        # Hub: the legacy route has two flat fields, the rules as one comma-joined text.
        told = row.get("immutable_tags")
        rules = field.text(row, "immutable_tags_rules").split(",")
        return cls(told if isinstance(told, bool) else None, tuple(filter(None, rules)))


@dataclass(frozen=True, order=True)
class Platform:
    """What an image runs on: `str()` gives "linux/arm/v7"."""

    os: str
    architecture: str
    variant: str = ""

    def __str__(self) -> str:
        return "/".join(filter(None, (self.os, self.architecture, self.variant)))

    @classmethod
    def from_row(cls, row: Row) -> Platform | None:
        """None for what is no image: build attestations show as unknown/unknown."""
        os, architecture = field.text(row, "os"), field.text(row, "architecture")
        if not os or not architecture or "unknown" in (os, architecture):
            return None
        return cls(os, architecture, field.text(row, "variant"))


@dataclass(frozen=True)
class TagImage:
    """One image behind a tag. `compressed_bytes` is what has to be downloaded for it."""

    platform: Platform
    digest: str
    compressed_bytes: int | None


@dataclass(frozen=True)
class Tag:
    """A tag. `images` empty says nothing about the platforms: Docker Hub has left it empty for months.

    `pushed_by` is the Docker ID of who pushed it last, in lower case; "" where Docker Hub names nobody.
    """

    name: str
    digest: str
    is_active: bool
    compressed_bytes: int | None
    pushed_at: datetime | None
    media_type: str
    content_type: str
    images: tuple[TagImage, ...]
    pushed_by: str = ""

    @classmethod
    def from_row(cls, row: Row) -> Tag:
        return cls(
            name=field.needed_text(row, "name"),
            digest=field.text(row, "digest"),
            is_active=field.text(row, "tag_status") != "inactive",
            compressed_bytes=field.number(row, "full_size"),
            pushed_at=field.moment(row, "tag_last_pushed") or field.moment(row, "last_updated"),
            media_type=field.text(row, "media_type"),
            content_type=field.text(row, "content_type"),
            # Hub: `images` may be null, empty, or hold unknown/unknown entries.
            images=tuple(filter(None, map(_tag_image, field.rows(row, "images")))),
            # Hub: undocumented; a token of an organization pushes as nobody.
            pushed_by=field.text(row, "last_updater_username").lower(),
        )


def _tag_image(row: Row) -> TagImage | None:
    platform = Platform.from_row(row)
    if platform is None:
        return None
    return TagImage(platform, field.text(row, "digest"), field.number(row, "size"))


@dataclass(frozen=True)
class ManifestFacts:
    """What the registry says about one tag or digest.

    `platforms` is empty and `compressed_bytes` None where they were not asked for, or where the manifest
    does not tell: an index tells its platforms and no size, a single image its size, and its platform in the
    configuration that `config_digest` names.
    """

    digest: str
    media_type: str
    is_index: bool
    platforms: tuple[Platform, ...] = ()
    compressed_bytes: int | None = None
    config_digest: str = ""


@dataclass(frozen=True)
class ImageContents:
    """What is in an image as far as no layer is opened. `config` is its configuration as OCI describes it."""

    platforms: tuple[Platform, ...]
    compressed_bytes: int | None
    config: Mapping[str, Any]


@dataclass(frozen=True)
class PullLimit:
    """How many pulls are left for `source` (an address, or an account id) in a window of `window_seconds`."""

    limit: int
    remaining: int
    window_seconds: int | None
    source: str

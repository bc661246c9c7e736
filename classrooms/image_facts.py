"""What a registry says about repositories and tags, in the words in which it is stored. Pure."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class RepositoryFacts:
    """A repository of the school's own account; `name` is the part after the slash."""

    name: str
    is_private: bool
    description: str = ""
    last_updated: datetime | None = None


@dataclass(frozen=True)
class TagFacts:
    """One tag. Platforms are written "linux/amd64"; what is not known is None, "" or empty."""

    name: str
    digest: str = ""
    compressed_bytes: int | None = None
    platforms: tuple[str, ...] = ()
    pushed_at: datetime | None = None
    pushed_by: str = ""


def is_made_for(platform: str, wanted: str) -> bool:
    """Whether what is made for `platform` ("linux/arm64/v8") runs where "linux/arm64" is wanted."""
    return platform == wanted or platform.startswith(f"{wanted}/")


def short_digest(digest: str) -> str:
    """ "sha256:4f5e6d7c…": enough to tell two versions apart; "" where there is none."""
    algorithm, _colon, value = digest.partition(":")
    return f"{algorithm}:{value[:8]}…" if value else ""

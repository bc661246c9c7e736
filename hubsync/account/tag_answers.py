"""What Docker Hub's API says of a tag, in the words in which the catalogue keeps it."""

from __future__ import annotations

from hubsync.hub.errors import HubAuthLost, HubError, HubForbidden, HubNotFound, HubThrottled
from hubsync.hub.image_answers import Tag


def size_of(tag: Tag) -> int | None:
    """What has to be downloaded, for the largest of the platforms.

    Hub: full_size of a tag for several platforms is that of one of them.
    """
    sizes = [one.compressed_bytes for one in tag.images if one.compressed_bytes]
    return max(sizes) if len(sizes) > 1 else tag.compressed_bytes


def platforms_of(tag: Tag) -> tuple[str, ...]:
    """As they are written: "linux/amd64". Hub: the API has left them out for months."""
    return tuple(sorted({str(one.platform) for one in tag.images}))


def code_of(error: HubError) -> str:
    """Why nothing was learnt, as it is kept with the tag."""
    if isinstance(error, HubThrottled):
        return "throttled"
    return "denied" if isinstance(error, HubAuthLost | HubForbidden | HubNotFound) else "unreachable"

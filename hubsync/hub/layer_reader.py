"""Reads the layers of an image as a stream. Blobs count as no pull; the manifest that names them does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from hubsync.hub import json_fields as field
from hubsync.hub.decipher import read_json
from hubsync.hub.errors import HubUnavailable
from hubsync.hub.headers import header
from hubsync.hub.json_fields import Row, row_of
from hubsync.hub.manifests import DIGEST, digest_for, facts_of
from hubsync.hub.registry import RegistryReader, blob_path
from hubsync.hub.streamed import Streamed
from hubsync.hub.wire import REDIRECTS

# Hub: one redirect, to another company's storage (2026-09). A storage that moves says so once more.
MOST_HOPS = 3
# An image has at most 127 layers (https://docs.docker.com/reference/dockerfile/).
MOST_LAYERS = 200


@dataclass(frozen=True)
class Layer:
    """`is_elsewhere`: it lies at an address of its maker, which is not asked."""

    digest: str
    is_elsewhere: bool = False


class LayerReader(RegistryReader):
    """A reader that also fetches layers."""

    def list_layers(self, repository: str, digest: str, *, platform: str) -> tuple[Layer, ...] | None:
        """The layers, the base first, of an index those of the image for `platform`; None where it is not to be had.

        Counts as one pull, of an index as two.
        """
        answer = self._manifest("GET", repository, digest)
        if answer is not None and facts_of(answer, digest).is_index:
            chosen = digest_for(row_of(read_json(answer.body), "index"), platform)
            answer = self._manifest("GET", repository, chosen) if chosen else None
        if answer is None:
            return None
        rows = field.rows(row_of(read_json(answer.body), "manifest"), "layers")
        return tuple(_layer(row) for row in rows[:MOST_LAYERS])

    @contextmanager
    def open_layer(self, repository: str, digest: str, *, seconds: float) -> Iterator[Iterator[bytes]]:
        """The bytes of a layer as they come, all within `seconds`. Raises HubUnavailable, also in the midst of them."""
        with self._storage(repository, digest, seconds) as found:
            if found.status != 200:
                raise HubUnavailable("the registry does not give the layer", status=found.status)
            yield found.pieces()

    def _storage(self, repository: str, digest: str, seconds: float) -> Streamed:
        """Where the bytes are at last. Only the registry itself is sent the token."""
        found = self._door.open_authorized(repository, blob_path(repository, digest), seconds)
        for _ in range(MOST_HOPS):
            place = header(found.headers, "Location")
            if found.status not in REDIRECTS or not self._door.trust.is_store(place):
                break
            with found:
                pass
            found = self._door.open(place, None, seconds)
        return found


def _layer(row: Row) -> Layer:
    digest, kind = field.text(row, "digest"), field.text(row, "mediaType")
    if not DIGEST.fullmatch(digest):
        raise HubUnavailable("the manifest names a layer by no digest")
    # Those of Windows: Microsoft does not let others hand them on.
    return Layer(digest, is_elsewhere="foreign" in kind or "nondistributable" in kind)
